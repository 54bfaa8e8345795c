#!/usr/bin/env python3
"""Brings a static site up to date.

usage: site.py FOLDER [--worker-part FILE]... NAME=SOURCE...
Each SOURCE is copied to FOLDER/NAME, with a Brotli and a gzip version beside it where that pays.
files.json lists the names. The parts of the service worker become sw.js, together with the list of
all other files and their hashes, which it keeps for use without a network.
Files whose content is the same are left alone, files that are not named are removed.
"""
import gzip
import hashlib
import json
import os
import pathlib
import sys

import brotli

SMALLEST = 1024
COMPRESSED_ALREADY = {".woff2", ".png", ".webp"}


def write(path, data):
    """Replaces a file in one step, as a server may be reading it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".new")
    temporary.write_bytes(data)
    os.replace(temporary, path)


def worker(parts, files):
    """Workbox's parts with a list of the files before the last one, which is our own."""
    manifest = [{"url": name, "revision": hashlib.sha256(data).hexdigest()[:20]}
                for name, data in sorted(files.items())]
    texts = []
    for part in parts:
        lines = pathlib.Path(part).read_text("utf-8").splitlines()
        texts.append("\n".join(line for line in lines if not line.startswith("//# sourceMapping")))
    own = texts.pop()
    return "\n".join(["'use strict';", *texts, "const tongchengFiles = " + json.dumps(manifest) + ";",
                      own, ""]).encode()


def main():
    folder = pathlib.Path(sys.argv[1])
    wanted = set()
    arguments = sys.argv[2:]
    parts = []
    while arguments and arguments[0] == "--worker-part":
        parts.append(arguments[1])
        del arguments[:2]
    files = {}
    for argument in arguments:
        name, source = argument.split("=", 1)
        files[name] = pathlib.Path(source).read_bytes()
    # For the page that is saved as one file with all of them inside.
    files["files.json"] = json.dumps(sorted(files)).encode()
    if parts:
        files["sw.js"] = worker(parts, files)
    for name, data in files.items():
        path = folder / name
        versions = {path: None}
        if len(data) > SMALLEST and path.suffix not in COMPRESSED_ALREADY:
            versions[path.with_name(path.name + ".br")] = lambda d: brotli.compress(d, quality=11)
            versions[path.with_name(path.name + ".gz")] = lambda d: gzip.compress(d, 9, mtime=0)
        wanted |= versions.keys()
        same = path.is_file() and path.read_bytes() == data
        if same and all(version.is_file() for version in versions):
            continue
        # The plain file is the mark of completion, so it comes last.
        for version, compress in reversed(versions.items()):
            write(version, compress(data) if compress else data)

    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path not in wanted:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


main()
