#!/usr/bin/env python3
"""Makes pictures of screens small enough for the documents: 256 colours, which a screen of plain areas hardly shows.
Standard library only. Takes 8-bit RGB and RGBA PNG without interlace, as Qt and Chromium write them.

    tools/small_png.py IN.png OUT.png [--most KB]     refuses to leave a file that is larger (default: 150)

Sources: W3C PNG (third edition) §7, §9, §11; median cut after Heckbert (1982).
"""
import argparse
import collections
import pathlib
import struct
import sys
import zlib


def chunks(data):
    at = 8
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        yield kind, data[at + 8:at + 8 + size]
        at += size + 12


def unfiltered(raw, width, height, step):
    """Rows of bytes as they were before the filters of §9."""
    line, rows, before = width * step, [], bytearray(width * step)
    for y in range(height):
        kind, row = raw[y * (line + 1)], bytearray(raw[y * (line + 1) + 1:(y + 1) * (line + 1)])
        for x in range(line if kind else 0):
            left, up = row[x - step] if x >= step else 0, before[x]
            if kind == 1:
                guess = left
            elif kind == 2:
                guess = up
            elif kind == 3:
                guess = (left + up) // 2
            else:
                corner = before[x - step] if x >= step else 0
                p = left + up - corner
                guess = min((abs(p - left), 0, left), (abs(p - up), 1, up), (abs(p - corner), 2, corner))[2]
            row[x] = (row[x] + guess) & 255
        rows.append(row)
        before = row
    return rows


def read(path):
    data = path.read_bytes()
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        sys.exit(f"{path} is no PNG")
    parts = list(chunks(data))
    width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", parts[0][1])
    if depth != 8 or colour not in (2, 6) or interlace:
        sys.exit(f"{path}: only 8-bit RGB or RGBA without interlace")
    step = 3 if colour == 2 else 4
    rows = unfiltered(zlib.decompress(b"".join(d for k, d in parts if k == b"IDAT")), width, height, step)
    return width, height, [list(zip(row[0::step], row[1::step], row[2::step])) for row in rows]


def palette(counts, most=256):
    """colour → index, and the colours: the most used areas keep theirs, the rest is cut at its medians."""
    exact = [c for c, _ in counts.most_common(96)]
    boxes, rest = [], [c for c in counts if c not in set(exact)]
    if rest:
        boxes = [rest]
    while boxes and len(boxes) + len(exact) < most:
        box = max(boxes, key=lambda b: max(max(c[i] for c in b) - min(c[i] for c in b) for i in range(3)) if len(b) > 1 else -1)
        if len(box) == 1:
            break
        axis = max(range(3), key=lambda i: max(c[i] for c in box) - min(c[i] for c in box))
        box.sort(key=lambda c: c[axis])
        boxes.remove(box)
        boxes += [box[:len(box) // 2], box[len(box) // 2:]]
    colours, index = list(exact), {c: i for i, c in enumerate(exact)}
    for box in boxes:
        weight = sum(counts[c] for c in box)
        for c in box:
            index[c] = len(colours)
        colours.append(tuple(round(sum(c[i] * counts[c] for c in box) / weight) for i in range(3)))
    return index, colours


def write(path, width, height, rows, most):
    index, colours = palette(collections.Counter(c for row in rows for c in row))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    lines = b"".join(b"\0" + bytes(index[c] for c in row) for row in rows)
    out = (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)) +
           chunk(b"PLTE", b"".join(bytes(c) for c in colours)) + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b""))
    if len(out) > most * 1024:
        sys.exit(f"{path} would be {len(out) // 1024} KB")
    path.write_bytes(out)


def main():
    parser = argparse.ArgumentParser(description="Makes a picture of a screen small: 256 colours.")
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("target", type=pathlib.Path)
    parser.add_argument("--most", type=int, default=150, help="kilobytes")
    options = parser.parse_args()
    write(options.target, *read(options.source), options.most)


if __name__ == "__main__":
    main()
