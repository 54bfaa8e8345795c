"""Prints the line coverage of core by folder; fails below the limit.

    python3 tests/coverage.py SUMMARY.json    (of gcovr --json-summary)
"""

import json
import sys
from collections import defaultdict

LIMIT = 90.0

folders = defaultdict(lambda: [0, 0])
with open(sys.argv[1], encoding="utf-8") as file:
    for entry in json.load(file)["files"]:
        for name in ("/".join(entry["filename"].split("/")[:2]), "core"):
            folders[name][0] += entry["line_covered"]
            folders[name][1] += entry["line_total"]

total = 0.0
for name in sorted(folders, key=lambda each: (each == "core", each)):
    covered, lines = folders[name]
    total = 100.0 * covered / lines
    print(f"{name:20} {covered:6} of {lines:6}  {total:5.1f} %")
if total < LIMIT:
    sys.exit(f"below {LIMIT:.0f} %")
