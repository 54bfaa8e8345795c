#!/usr/bin/env python3
"""Makes the site's fonts: WOFF2 subsets of Noto Sans CJK SC and of Lucide's icon font.

usage: subset.py --noto FOLDER --lucide FOLDER --icons ICONS.txt --out FOLDER TEXT... [--more TEXT...]
The letters are those of the TEXT files and FIRST_RANGES: what a first visit shows. Those of the
other texts, LATER_RANGES, SINGLES, and the 3755 characters that Chinese is mostly written with
(GB 2312, level 1), go into fonts of their own, which the page loads when it shows one of them. The
same input gives the same bytes.
"""
import argparse
import hashlib
import json
import logging
import pathlib
import sys

import fontTools
from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FIRST_RANGES = [
    (0x0020, 0x007E),  # ASCII
    (0x2010, 0x2027),  # dashes, quotation marks, ellipsis
    (0x2190, 0x2193),  # arrows
    (0x3000, 0x3011),  # CJK punctuation
]
LATER_RANGES = [
    (0x00A0, 0x00FF),  # Latin-1
    (0x2030, 0x203B),
    (0x2460, 0x2473),  # circled numbers
    (0x3012, 0x3020),
    (0xFF01, 0xFF5E),  # fullwidth forms
]
SINGLES = "€№™−×÷±≈≠≤≥∞■□▲△▼▽◆◇○◎●★☆✓✗〜￥"
FACE = "Noto Sans CJK SC"
WEIGHTS = ("Regular", "Bold")


def characters(ranges, paths):
    found = {code for first, last in ranges for code in range(first, last + 1)}
    for path in paths:
        text = pathlib.Path(path).read_text("utf-8")
        if path.endswith(".json"):
            text += json.dumps(json.loads(text), ensure_ascii=False)  # resolves \u escapes
        found |= {ord(char) for char in text if char >= " "}
    return found


def common_characters():
    """Level 1 of GB 2312: rows 16 to 55."""
    codes = set()
    for row in range(0xB0, 0xD8):
        text = bytes(byte for cell in range(0xA1, 0xFF) for byte in (row, cell))
        codes |= {ord(char) for char in text.decode("gb2312", "ignore")}
    return codes


def options():
    chosen = subset.Options()
    chosen.layout_features = []
    chosen.hinting = False
    chosen.desubroutinize = True  # longer, but smaller once compressed
    chosen.glyph_names = False
    chosen.notdef_outline = True
    chosen.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # 13 and 14 are the licence
    chosen.name_languages = [0x409]
    chosen.recalc_timestamp = False
    chosen.drop_tables += ["BASE", "GPOS", "GSUB", "GDEF", "VORG", "vhea", "vmtx", "DSIG", "FFTM"]
    chosen.flavor = "woff2"
    return chosen


def write(font, codes, path):
    subsetter = subset.Subsetter(options())
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    font.flavor = "woff2"
    temporary = path.with_name(path.name + ".new")
    font.save(temporary)
    temporary.replace(path)


def noto_face(path):
    for number, font in enumerate(TTCollection(path, lazy=True).fonts):
        if font["name"].getDebugName(1).startswith(FACE):
            return TTFont(path, fontNumber=number, lazy=True, recalcTimestamp=False)
    sys.exit(f"subset.py: {path}: there is no face {FACE}")


def main():
    parser = argparse.ArgumentParser()
    for name in ("noto", "lucide", "icons", "out"):
        parser.add_argument("--" + name, required=True, type=pathlib.Path)
    parser.add_argument("texts", nargs="*")
    parser.add_argument("--more", nargs="*", default=[])
    arguments = parser.parse_args()
    logging.getLogger("fontTools").setLevel(logging.ERROR)

    wanted = characters(FIRST_RANGES, arguments.texts)
    more = (characters(LATER_RANGES, arguments.more) | {ord(char) for char in SINGLES}
            | common_characters()) - wanted
    codepoints = json.loads((arguments.lucide / "codepoints.json").read_text("utf-8"))
    names = [line.strip() for line in arguments.icons.read_text("utf-8").splitlines()]
    names = [name for name in names if name and not name.startswith("#")]
    missing = [name for name in names if name not in codepoints]
    if missing:
        sys.exit(f"subset.py: there is no icon {', '.join(missing)}")
    codes = {int(code, 16) if isinstance(code, str) else code
             for code in (codepoints[name] for name in names)}

    sources = {weight: arguments.noto / f"NotoSansCJK-{weight}.ttc" for weight in WEIGHTS}
    results = [arguments.out / f"tongcheng-{name}.woff2"
               for name in [weight.lower() for weight in WEIGHTS]
               + [f"more-{weight.lower()}" for weight in WEIGHTS] + ["icons"]]

    # The texts change far more often than the set of characters in them.
    state = hashlib.sha256(repr((
        sorted(wanted), sorted(more), sorted(codes), fontTools.version, pathlib.Path(__file__).read_bytes(),
        [source.stat().st_size for source in sources.values()],
        (arguments.lucide / "lucide.ttf").read_bytes())).encode()).hexdigest()
    stamp = arguments.out / "stamp"
    if (stamp.is_file() and stamp.read_text() == state
            and all(result.is_file() for result in results)):
        for result in results:
            result.touch()
        return

    arguments.out.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    for weight, source in sources.items():
        write(noto_face(source), wanted, arguments.out / f"tongcheng-{weight.lower()}.woff2")
        write(noto_face(source), more, arguments.out / f"tongcheng-more-{weight.lower()}.woff2")
    write(TTFont(arguments.lucide / "lucide.ttf", recalcTimestamp=False), codes,
          arguments.out / "tongcheng-icons.woff2")
    stamp.write_text(state)


main()
