#!/usr/bin/env python3
"""Makes the demo's inputs: photos as a tablet's camera would give them, and the log of a receiver that drives to a site
and stays there. Standard library only; the same arguments give the same bytes.

    tools/make_demo_inputs.py --out DIR [--photos N] [--track-to LAT,LON] [--start RFC3339]

writes DIR/photo-1.jpg, photo-2.png, photo-3.jpg … and DIR/track.nmea. The first photo carries EXIF: taken at the site,
camera held upright (orientation 6). The sources: ITU-T T.81 (baseline JPEG), EXIF 2.32, W3C PNG, NMEA 0183.
"""
import argparse
import colorsys
import datetime
import math
import os
import struct
import sys
import zlib

DRIVE_SECONDS, DWELL_SECONDS, SPEED = 180, 240, 12.0  # metres a second, from 2 km away
SHAPES = {  # 3 × 5 blocks, a row a number of three bits
    "0": (7, 5, 5, 5, 7), "1": (2, 6, 2, 2, 7), "2": (7, 1, 7, 4, 7), "3": (7, 1, 7, 1, 7), "4": (5, 5, 7, 1, 1),
    "5": (7, 4, 7, 1, 7), "6": (7, 4, 7, 5, 7), "7": (7, 1, 1, 2, 2), "8": (7, 5, 7, 5, 7), "9": (7, 5, 7, 1, 7)}


# --- the picture: a gradient of one hue, with its number in blocks ------------------------------------------------

def shows_block(number, bx, by):
    """True where block (bx, by), counted in units of 32 pixels, belongs to a digit of the number."""
    text = str(number)
    x, y = bx - 2, by - 4
    if not 0 <= y < 5 or x < 0 or x // 4 >= len(text) or x % 4 == 3:
        return False
    return bool(SHAPES[text[x // 4]][y] >> (2 - x % 4) & 1)


def make_pixels(number, width, height):
    """Rows of bytes, RGB. Each 8 × 8 block has one colour, which keeps both encoders fast."""
    hue = (number * 0.381966) % 1.0  # the golden angle: neighbours differ
    rows = []
    for by in range(height // 8):
        line = bytearray()
        for bx in range(width // 8):
            light = 0.35 + 0.5 * (bx + by) / (width // 8 + height // 8)
            colour = colorsys.hsv_to_rgb((hue + 0.1 * by / (height // 8)) % 1.0, 0.55, light)
            if shows_block(number, bx // 4, by // 4):
                colour = (0.98, 0.98, 0.94)
            line += bytes(int(c * 255) for c in colour) * 8
        rows += [bytes(line)] * 8
    return rows


# --- PNG ----------------------------------------------------------------------------------------------------------

def png(rows, width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 6)) + chunk(b"IEND", b""))


# --- JPEG: baseline, 4:4:4, the tables of annex K -----------------------------------------------------------------

DC_BITS = (0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0)
DC_VALUES = tuple(range(12))
AC_BITS, AC_VALUES = (0, 1) + (0,) * 14, (0x00,)  # flat blocks need one code only: end of block
QUANTUM = 2  # one step for all: the blocks are flat, so that only the first coefficient is ever other than zero


def codes(bits, values):
    """value → (code, length), as annex C makes them."""
    out, code, at = {}, 0, 0
    for length, count in enumerate(bits, 1):
        for value in values[at:at + count]:
            out[value] = (code, length)
            code += 1
        at += count
        code <<= 1
    return out


class BitWriter:
    def __init__(self):
        self.out, self.bits, self.count = bytearray(), 0, 0

    def put(self, value, length):
        self.bits = self.bits << length | value
        self.count += length
        while self.count >= 8:
            self.count -= 8
            byte = self.bits >> self.count & 0xff
            self.out += bytes((byte, 0)) if byte == 0xff else bytes((byte,))
        self.bits &= (1 << self.count) - 1

    def end(self):
        if self.count:
            self.put((1 << (8 - self.count)) - 1, 8 - self.count)
        return bytes(self.out)


def segment(marker, data):
    return struct.pack(">BBH", 0xff, marker, len(data) + 2) + data


def scan(rows, width, height):
    dc, ac = codes(DC_BITS, DC_VALUES), codes(AC_BITS, AC_VALUES)
    writer, before = BitWriter(), [0, 0, 0]
    for y in range(0, height, 8):
        row = rows[y]
        for x in range(0, width, 8):
            r, g, b = row[3 * x:3 * x + 3]
            for i, level in enumerate((0.299 * r + 0.587 * g + 0.114 * b - 128, -0.168736 * r - 0.331264 * g + 0.5 * b,
                                       0.5 * r - 0.418688 * g - 0.081312 * b)):
                value = round(level * 8 / QUANTUM)  # the cosine transform of a flat block: 8 times its level
                difference, before[i] = value - before[i], value
                size = abs(difference).bit_length()
                writer.put(*dc[size])
                if size:
                    writer.put(difference if difference > 0 else difference + (1 << size) - 1, size)
                writer.put(*ac[0])
    return writer.end()


def jpeg(rows, width, height, exif=b""):
    frame = struct.pack(">BHHB", 8, height, width, 3) + bytes((1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0))
    head = segment(0xe1, exif) if exif else segment(0xe0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
    return (b"\xff\xd8" + head + segment(0xdb, b"\0" + bytes([QUANTUM] * 64)) + segment(0xc0, frame) +
            segment(0xc4, b"\0" + bytes(DC_BITS) + bytes(DC_VALUES)) +
            segment(0xc4, b"\x10" + bytes(AC_BITS) + bytes(AC_VALUES)) +
            segment(0xda, bytes((3, 1, 0, 2, 0, 3, 0, 0, 63, 0))) + scan(rows, width, height) + b"\xff\xd9")


# --- EXIF ---------------------------------------------------------------------------------------------------------

def rationals(degrees):
    whole = round(abs(degrees) * 36000000)  # in 1e-4 seconds
    return struct.pack(">6I", whole // 36000000, 1, whole // 600000 % 60, 1, whole % 600000, 10000)


def directory(at, entries):
    """One IFD that starts at offset `at`; entries: (tag, type, count, data)."""
    table, extra, behind = b"", b"", at + 2 + 12 * len(entries) + 4
    for tag, kind, count, data in entries:
        if len(data) > 4:
            data, extra = struct.pack(">I", behind + len(extra)), extra + data + b"\0" * (len(data) % 2)
        table += struct.pack(">HHI", tag, kind, count) + data.ljust(4, b"\0")
    return struct.pack(">H", len(entries)) + table + b"\0\0\0\0" + extra


def ascii_entry(tag, text):
    data = text.encode() + b"\0"
    return tag, 2, len(data), data


def exif(lat, lon, taken, orientation):
    stamp = taken.strftime("%Y:%m:%d %H:%M:%S")
    photo = [ascii_entry(0x9003, stamp), ascii_entry(0x9011, "+08:00")]
    gps = [(0, 1, 4, b"\2\3\0\0"), ascii_entry(1, "S" if lat < 0 else "N"), (2, 5, 3, rationals(lat)),
           ascii_entry(3, "W" if lon < 0 else "E"), (4, 5, 3, rationals(lon))]

    def main(photo_at, gps_at):
        return [ascii_entry(0x010f, "Zhicha"), ascii_entry(0x0110, "Demo camera 演示"),
                (0x0112, 3, 1, struct.pack(">H", orientation)), (0x8769, 4, 1, struct.pack(">I", photo_at)),
                (0x8825, 4, 1, struct.pack(">I", gps_at))]
    photo_at = 8 + len(directory(8, main(0, 0)))
    gps_at = photo_at + len(directory(photo_at, photo))
    return (b"Exif\0\0MM\0*\0\0\0\x08" + directory(8, main(photo_at, gps_at)) + directory(photo_at, photo) +
            directory(gps_at, gps))


# --- the receiver's log -------------------------------------------------------------------------------------------

def sentence(body):
    total = 0
    for byte in body.encode():
        total ^= byte
    return f"${body}*{total:02X}\r\n"


def angle(degrees, width, letters):
    minutes = round(abs(degrees) * 60 * 100000)
    whole, rest = divmod(minutes, 60 * 100000)
    return f"{whole:0{width}d}{rest // 100000:02d}.{rest % 100000:05d},{letters[degrees < 0]}"


def track(lat, lon, start):
    """A second a fix: from the south-west to the site, then standing there with the noise of a real receiver."""
    out = []
    for second in range(DRIVE_SECONDS + DWELL_SECONDS + 1):
        left = max(0.0, DRIVE_SECONDS - second) * SPEED
        east = -left * 0.6 + 1.5 * math.sin(second * 0.37)
        north = -left * 0.8 + 1.5 * math.cos(second * 0.23)
        here_lat = lat + north / 111200.0
        here_lon = (lon + east / (111320.0 * math.cos(math.radians(lat))) + 540) % 360 - 180
        place = angle(here_lat, 2, "NS") + "," + angle(here_lon, 3, "EW")
        now = start + datetime.timedelta(seconds=second)
        time, knots = now.strftime("%H%M%S.00"), SPEED * 3600 / 1852 if left > 0 else 0.0
        out.append(sentence(f"GNGGA,{time},{place},1,14,0.8,70.0,M,-20.0,M,,"))
        out.append(sentence("GNGSA,A,3,02,05,12,15,20,25,29,,,,,,1.4,0.8,1.1,1"))
        out.append(sentence("GNGSA,A,3,06,09,16,21,27,33,39,,,,,,1.4,0.8,1.1,4"))
        out.append(sentence(f"GNRMC,{time},A,{place},{knots:.3f},36.87,{now.strftime('%d%m%y')},,,A,V"))
        out.append(sentence(f"GNGST,{time},8.0,,,,2.4,1.8,4.1"))
    return "".join(out).encode()


# --- arguments ----------------------------------------------------------------------------------------------------

def place_argument(text):
    lat, lon = (float(part) for part in text.split(","))
    if not (-89 <= lat <= 89 and -180 <= lon <= 180):
        raise ValueError(text)
    return lat, lon


def time_argument(text):
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(datetime.timezone.utc)


def main():
    parser = argparse.ArgumentParser(description="Makes photos and a receiver log for the demo.")
    parser.add_argument("folder", nargs="?", help="the same as --out")
    parser.add_argument("--out", help="the folder to write to")
    parser.add_argument("--photos", type=int, default=4)
    parser.add_argument("--track-to", type=place_argument, default=(30.8188740, 111.0031960), metavar="LAT,LON")
    parser.add_argument("--start", type=time_argument, default="2026-11-24T01:00:00Z", metavar="RFC3339")
    options = parser.parse_args()
    folder = options.out or options.folder
    if not folder:
        parser.error("the folder to write to is missing: --out DIR")
    os.makedirs(folder, exist_ok=True)
    lat, lon = options.track_to
    start = options.start
    arrived = start + datetime.timedelta(seconds=DRIVE_SECONDS + 60, hours=8)  # as a camera in China shows it
    for number in range(1, options.photos + 1):
        rows = make_pixels(number, 640, 480)
        if number % 2 == 0:
            name, data = f"photo-{number}.png", png(rows, 640, 480)
        else:
            name = f"photo-{number}.jpg"
            data = jpeg(rows, 640, 480, exif(lat, lon, arrived, 6) if number == 1 else b"")
        with open(os.path.join(folder, name), "wb") as out:
            out.write(data)
    with open(os.path.join(folder, "track.nmea"), "wb") as out:
        out.write(track(lat, lon, start))
    print(f"{options.photos} photos and track.nmea ({DRIVE_SECONDS + DWELL_SECONDS + 1} fixes) in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
