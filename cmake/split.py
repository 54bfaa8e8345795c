#!/usr/bin/env python3
"""Splits the WebAssembly program in two: what the first frame needs, and the rest.

usage: split.py PROGRAM.wasm FIRST.wasm LATER.wasm --nm LLVM_NM --wasm-split WASM_SPLIT
                [--first=PATTERN]... OBJECT...
An object of a source whose path ends in a PATTERN (a regular expression) is for the first frame. A
function goes to LATER.wasm when the objects that hold it are all others, unless it is a small or a
generic one that the first part calls: of functions with the same code one is left, under the name
of any of them. PROGRAM.wasm needs its names; the outputs have none. What turns out to be wanted
too early is loaded then (web/platform/shell.js), so a wrong guess costs time and breaks nothing.
"""
import argparse
import pathlib
import re
import subprocess
import sys

SMALL = 40  # lines of text


def output_of(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode()


def plain(name):
    """A function's name without what the linker adds to tell local functions of one name apart."""
    return re.sub(r"( \[?\(?\.[^()]*\)?\]?|\.\d+|\.llvm\.\d+)+$", "", name)


def escaped(name):
    """Binaryen's spelling of a name."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "!#$%&'*+-./:<=>?@^_`|~")
                   else "".join(f"\\{byte:02x}" for byte in c.encode()) for c in name)


def symbols(nm, objects):
    """The functions that objects hold: those of their own, and those that others may hold too."""
    own, shared = set(), set()
    for options in ((), ("--demangle",)) if objects else ():
        for line in output_of(nm, "--defined-only", *options, *objects).splitlines():
            match = re.match(r"[0-9a-f-]* *([TtWwVv]) (.*)", line)
            if match:
                (own if match[1] in "Tt" else shared).add(escaped(plain(match[2])))
    return own, shared


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

    firsts = [path for path in given.objects if is_first.search(path)]
    others = [path for path in given.objects if not is_first.search(path)]
    in_first = set().union(*symbols(given.nm, firsts))
    own, shared = symbols(given.nm, others)
    # What runs before main stays, it would fetch the rest at once.
    later_names = {name for name in (own | shared) - in_first
                   if not name.startswith(("_GLOBAL__", "__cxx_global"))}

    text = output_of(pathlib.Path(given.wasm_split).with_name("wasm-dis"), "--all-features",
                     given.program)
    lines, calls = {}, {}
    function = None
    for line in text.splitlines():
        if line.startswith(" (func $"):
            function = line[8:].partition(" ")[0]
            lines[function], calls[function] = 0, set()
        elif function is not None:
            lines[function] += 1
            call = line.partition("(call $")[2]
            if call:
                calls[function].add(call.partition(" ")[0].rstrip(")"))

    def is_generic(name):
        # Templates of the library count as somebody's own when they are of a local type.
        return (plain(name) not in own or "operator\\28\\29" in name or
                re.match(r"([^<\\]|\\20)*std::__2::", name))

    # Visitors of variants stand in tables, where nobody is seen to call them.
    later = {name for name in lines
             if plain(name) in later_names and "__variant_detail::__visitation" not in name}
    waiting = [name for name in lines if name not in later]
    while waiting:
        for name in calls[waiting.pop()] & later:
            if lines[name] <= SMALL or is_generic(name):
                later.remove(name)
                waiting.append(name)
    if not later:
        sys.exit("split.py: no function of the program is known by name")

    for part in (given.first_part, given.later_part):
        part.parent.mkdir(parents=True, exist_ok=True)
    listed = given.later_part.with_suffix(".txt")
    listed.write_text("\n".join(sorted(later)) + "\n")
    subprocess.run([given.wasm_split, given.program, "--split-funcs", f"@{listed}",
                    "--placeholdermap", "--export-prefix", "%", "--all-features",
                    "-o1", given.first_part, "-o2", given.later_part], check=True)


main()
