#!/usr/bin/env python3
"""Splits the WebAssembly program in two: what the first frame needs, and the rest.

usage: split.py PROGRAM.wasm FIRST.wasm LATER.wasm --nm LLVM_NM --wasm-split WASM_SPLIT
                [--first=PATTERN]... OBJECT...
An object of a source whose path ends in a PATTERN (a regular expression) is for the first frame. A
function goes to LATER.wasm when the objects that hold it are all others. PROGRAM.wasm needs its
names; the outputs have none.
"""
import argparse
import pathlib
import re
import subprocess
import sys


def output_of(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode()


def plain(name):
    """A function's name without what the linker adds to tell local functions of one name apart."""
    return re.sub(r"( \[?\(?\.[^()]*\)?\]?|\.\d+|\.llvm\.\d+)+$", "", name)


def escaped(name):
    """Binaryen's spelling of a name."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "!#$%&'*+-./:<=>?@^_`|~")
                   else "".join(f"\\{byte:02x}" for byte in c.encode()) for c in name)


def main():
    parser = argparse.ArgumentParser()
    for name in ("program", "first_part", "later_part"):
        parser.add_argument(name, type=pathlib.Path)
    for name in ("--nm", "--wasm-split"):
        parser.add_argument(name, required=True)
    parser.add_argument("--first", action="append", required=True)
    parser.add_argument("objects", nargs="+")
    given = parser.parse_args()
    is_first = re.compile(f"({'|'.join(given.first)})[.]o(bj)?$")

    wanted = {False: set(), True: set()}
    for at_first in (False, True):
        group = [path for path in given.objects if bool(is_first.search(path)) == at_first]
        for options in ((), ("--demangle",)):
            for line in output_of(given.nm, "--defined-only", *options, *group).splitlines():
                match = re.match(r"[0-9a-f-]* *([TtWwVv]) (.*)", line)
                if match:
                    wanted[at_first].add(escaped(plain(match[2])))
    later_names = wanted[False] - wanted[True]

    wasm_opt = pathlib.Path(given.wasm_split).with_name("wasm-opt")
    names = []
    for line in output_of(wasm_opt, given.program, "--all-features", "--print-function-map",
                          "--output", "/dev/null").splitlines():
        name = line.partition(":")[2]
        # What runs before main stays, it would fetch the rest at once.
        if plain(name) in later_names and not name.startswith(("_GLOBAL__", "__cxx_global")):
            names.append(name)
    if not names:
        sys.exit("split.py: no function of the program is known by name")
    for part in (given.first_part, given.later_part):
        part.parent.mkdir(parents=True, exist_ok=True)
    listed = given.later_part.with_suffix(".txt")
    listed.write_text("\n".join(names) + "\n")
    subprocess.run([given.wasm_split, given.program, "--split-funcs", f"@{listed}",
                    "--export-prefix", "%", "--all-features",
                    "-o1", given.first_part, "-o2", given.later_part], check=True)


main()
