#!/usr/bin/env python3
"""Makes a C++ file that holds a text file's bytes, for programs that have no file system.

usage: embed.py INPUT NAME OUTPUT.hpp   (the text becomes tc::NAME, a std::string_view)
"""
import pathlib
import sys

source, name, target = sys.argv[1:4]
text = pathlib.Path(source).read_text("utf-8")
if ')~"' in text:
    sys.exit(f"embed.py: {source}: holds the sequence that ends a raw string")
# Compilers limit the length of one literal, not of several in a row.
parts = [text[i:i + 8000] for i in range(0, len(text), 8000)]
literals = "\n".join(f'    R"~({part})~"' for part in parts)
pathlib.Path(target).parent.mkdir(parents=True, exist_ok=True)
pathlib.Path(target).write_text(f"""#pragma once

// Made by cmake/embed.py from {pathlib.Path(source).name}.

#include <string_view>

namespace tc {{

inline constexpr std::string_view {name} =
{literals};

}}  // namespace tc
""", "utf-8")
