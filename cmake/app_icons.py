#!/usr/bin/env python3
"""Makes the installable app's icons from the rectangles of icon.svg.

usage: app_icons.py ICON.svg FOLDER
Writes 192.png, 512.png and maskable.png (full bleed, the mark within the safe zone).
"""
import pathlib
import struct
import sys
import xml.etree.ElementTree as xml
import zlib

SAMPLES = 4


def rectangles(path):
    root = xml.parse(path).getroot()
    for node in root:
        if node.tag.endswith("rect"):
            number = lambda name: float(node.get(name, "0"))
            colour = bytes.fromhex(node.get("fill").lstrip("#"))
            yield number("x"), number("y"), number("width"), number("height"), number("rx"), colour


def inside(rect, px, py):
    x, y, width, height, radius, _ = rect
    if not (x <= px <= x + width and y <= py <= y + height):
        return False
    dx = max(x + radius - px, px - (x + width - radius), 0)
    dy = max(y + radius - py, py - (y + height - radius), 0)
    return dx * dx + dy * dy <= radius * radius


def render(rects, size, bleed):
    unit = 64 / size
    rows = []
    for row in range(size):
        line = bytearray([0])
        for column in range(size):
            total = [0, 0, 0, 0]
            for sample in range(SAMPLES * SAMPLES):
                px = (column + (sample % SAMPLES + 0.5) / SAMPLES) * unit
                py = (row + (sample // SAMPLES + 0.5) / SAMPLES) * unit
                if bleed:
                    px, py = 32 + (px - 32) * 1.25, 32 + (py - 32) * 1.25
                colour = rects[0][5] if bleed else None
                for rect in rects[1 if bleed else 0:]:
                    if inside(rect, px, py):
                        colour = rect[5]
                if colour is not None:
                    total = [total[0] + colour[0], total[1] + colour[1], total[2] + colour[2], total[3] + 1]
            count = total[3]
            line += bytes(round(value / count) if count else 0 for value in total[:3])
            line.append(round(255 * count / (SAMPLES * SAMPLES)))
        rows.append(bytes(line))
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(
        ">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"".join(rows), 9)) + chunk(b"IEND", b""))


def main():
    rects = list(rectangles(sys.argv[1]))
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "192.png").write_bytes(render(rects, 192, False))
    (folder / "512.png").write_bytes(render(rects, 512, False))
    (folder / "maskable.png").write_bytes(render(rects, 512, True))


main()
