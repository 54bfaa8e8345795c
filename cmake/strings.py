#!/usr/bin/env python3
"""Makes strings.gen.hpp and strings.gen.cpp from the two language files.

usage: strings.py ZH.json EN.json OUTPUT_FOLDER
Fails when the files do not say the same things: other keys, an empty text, other placeholders.
"""
import json
import pathlib
import re
import sys

KEYWORDS = set("""alignas alignof and asm auto bool break case catch char class compl const
constexpr continue decltype default delete do double else enum explicit export extern false float
for friend goto if inline int long mutable namespace new noexcept not nullptr operator or private
protected public register requires return short signed sizeof static struct switch template this
throw true try typedef typeid typename union unsigned using virtual void volatile while xor
concept co_await co_return co_yield char8_t char16_t char32_t wchar_t""".split())

HEADER = """#pragma once

// Made by cmake/strings.py from assets/i18n.

#include <cstddef>
#include <cstdint>

#include "core/model/text.hpp"

namespace tc::ui {{

enum class Str : std::uint16_t {{
{names}
}};
inline constexpr std::size_t kStrCount = {count};

const char* text_of(Str text, Language language);

}}  // namespace tc::ui
"""

SOURCE = """// Made by cmake/strings.py from assets/i18n.

#include "web/ui/strings.gen.hpp"

namespace tc::ui {{
namespace {{

constexpr const char* kTexts[][2] = {{
{rows}
}};

}}  // namespace

const char* text_of(Str text, Language language) {{
  return kTexts[static_cast<std::size_t>(text)][language == Language::zh ? 0 : 1];
}}

}}  // namespace tc::ui
"""


def read(path, faults):
    def unique(pairs):
        seen = {}
        for key, value in pairs:
            if key in seen:
                faults.append(f"{path}: '{key}' is there twice")
            seen[key] = value
        return seen

    try:
        texts = json.loads(pathlib.Path(path).read_text("utf-8"), object_pairs_hook=unique)
    except (OSError, ValueError) as error:
        sys.exit(f"strings.py: {path}: {error}")
    if not isinstance(texts, dict):
        sys.exit(f"strings.py: {path}: not an object")
    for key, value in texts.items():
        if not isinstance(value, str):
            faults.append(f"{path}: '{key}' is not a text")
        elif not value.strip():
            faults.append(f"{path}: '{key}' is empty")
    return texts


def literal(text):
    out = []
    for char in text:
        if char in '"\\':
            out.append("\\" + char)
        elif char == "\n":
            out.append("\\n")
        elif char == "?":
            out.append("\\?")  # no trigraphs
        elif ord(char) < 0x20 or ord(char) == 0x7F:
            out.append(f"\\{ord(char):03o}")
        else:
            out.append(char)
    return '"' + "".join(out) + '"'


def main():
    zh_path, en_path, folder = sys.argv[1:4]
    faults = []
    zh, en = read(zh_path, faults), read(en_path, faults)
    faults += [f"{en_path}: '{key}' is missing" for key in zh if key not in en]
    faults += [f"{zh_path}: '{key}' is missing" for key in en if key not in zh]
    names = {}
    for key in sorted(set(zh) & set(en)):
        if isinstance(zh[key], str) and isinstance(en[key], str):
            used = [sorted(set(re.findall(r"\{\d+\}", texts[key]))) for texts in (zh, en)]
            if used[0] != used[1]:
                faults.append(f"'{key}': the placeholders differ: "
                              f"{' '.join(used[0]) or 'none'} in zh, "
                              f"{' '.join(used[1]) or 'none'} in en")
        name = re.sub(r"[.-]", "_", key)
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) or "__" in name or name in KEYWORDS:
            faults.append(f"'{key}' can't be a name in the program")
        elif name in names:
            faults.append(f"'{key}' and '{names[name]}' would have the same name {name}")
        names[name] = key
    if faults:
        sys.exit("\n".join("strings.py: " + fault for fault in faults))

    out = pathlib.Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    ordered = sorted(names)
    (out / "strings.gen.hpp").write_text(HEADER.format(
        names="\n".join(f"  {name}," for name in ordered), count=len(ordered)), "utf-8")
    (out / "strings.gen.cpp").write_text(SOURCE.format(rows="\n".join(
        f"    {{{literal(zh[names[name]])}, {literal(en[names[name]])}}}," for name in ordered)),
        "utf-8")


main()
