#!/usr/bin/env python3
"""Makes icons.gen.hpp: the named icons as UTF-8 strings.

usage: icons.py ICONS.txt CODEPOINTS.json OUTPUT.hpp
"""
import json
import pathlib
import re
import sys

names_path, codepoints_path, out_path = sys.argv[1:4]
codepoints = json.loads(pathlib.Path(codepoints_path).read_text("utf-8"))
names = [line.strip() for line in pathlib.Path(names_path).read_text("utf-8").splitlines()
         if line.strip() and not line.startswith("#")]

faults = [f"icons.py: {names_path}: there is no icon '{name}'"
          for name in names if name not in codepoints]
if faults:
    sys.exit("\n".join(faults))

lines = []
for name in sorted(set(names)):
    code = codepoints[name]
    code = int(code, 16) if isinstance(code, str) else code
    text = "".join(f"\\x{byte:02x}" for byte in chr(code).encode("utf-8"))
    lines.append(f'inline constexpr const char* {re.sub("-", "_", name)} = "{text}";  '
                 f"// U+{code:04X}")

out = pathlib.Path(out_path)
out.parent.mkdir(parents=True, exist_ok=True)
out.write_text("#pragma once\n\n// Made by cmake/icons.py from assets/fonts/icons.txt.\n\n"
               "namespace tc::ui::icon {\n\n" + "\n".join(lines)
               + "\n\n}  // namespace tc::ui::icon\n", "utf-8")
