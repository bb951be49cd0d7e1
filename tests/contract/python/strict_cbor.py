"""The CBOR of docs/FORMATS.md "CBOR": one encoding per value, everything else refused.

Values: int, bytes, str, list, dict with str keys, bool, None.
"""

MAX_LEVEL = 16
INT_MIN, INT_MAX = -(2**63), 2**63 - 1


class Refused(ValueError):
    """The bytes are not the deterministic CBOR of one value."""


def _head(major: int, argument: int) -> bytes:
    if argument < 24:
        return bytes([major << 5 | argument])
    for extra, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if argument < 1 << 8 * size:
            return bytes([major << 5 | extra]) + argument.to_bytes(size, "big")
    raise ValueError("number too large")


def _key_order(key: str):
    raw = key.encode()
    return len(raw), raw


def encode(value) -> bytes:
    if value is None:
        return b"\xf6"
    if value is True:
        return b"\xf5"
    if value is False:
        return b"\xf4"
    if isinstance(value, int):
        if not INT_MIN <= value <= INT_MAX:
            raise ValueError("integer out of range")
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        raw = value.encode()
        return _head(3, len(raw)) + raw
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(encode(item) for item in value)
    if isinstance(value, dict):
        parts = [_head(5, len(value))]
        for key in sorted(value, key=_key_order):
            parts += [encode(key), encode(value[key])]
        return b"".join(parts)
    raise TypeError(f"no CBOR for {type(value).__name__}")


class _Reader:
    def __init__(self, data: bytes):
        self.data = data
        self.at = 0

    def take(self, count: int) -> bytes:
        if count > len(self.data) - self.at:
            raise Refused("the bytes end too early")
        self.at += count
        return self.data[self.at - count : self.at]

    def head(self):
        first = self.take(1)[0]
        major, info = first >> 5, first & 31
        if major == 7:
            if info not in (20, 21, 22):
                raise Refused("float, undefined or another simple value")
            return major, info
        if info < 24:
            return major, info
        if info > 27:
            raise Refused("indefinite or reserved length")
        size = 1 << info - 24
        argument = int.from_bytes(self.take(size), "big")
        if argument < (24, 1 << 8, 1 << 16, 1 << 32)[info - 24]:
            raise Refused("a number is not in its shortest form")
        return major, argument

    def text(self, size: int) -> str:
        try:
            return self.take(size).decode("utf-8", "strict")
        except UnicodeDecodeError as error:
            raise Refused("text is not valid UTF-8") from error

    def value(self, level: int = 0):
        if level > MAX_LEVEL:
            raise Refused("nested too deeply")
        major, argument = self.head()
        if major == 7:
            return {20: False, 21: True, 22: None}[argument]
        if major in (0, 1):
            if argument > INT_MAX:
                raise Refused("integer out of range")
            return argument if major == 0 else -1 - argument
        if major == 2:
            return self.take(argument)
        if major == 3:
            return self.text(argument)
        if major == 4:
            return self.items(argument, level)
        if major == 5:
            return self.pairs(argument, level)
        raise Refused("tag")

    def items(self, count: int, level: int) -> list:
        if count > len(self.data) - self.at:
            raise Refused("an array is longer than the bytes left")
        return [self.value(level + 1) for _ in range(count)]

    def pairs(self, count: int, level: int) -> dict:
        if 2 * count > len(self.data) - self.at:
            raise Refused("a map is longer than the bytes left")
        out, last = {}, None
        for _ in range(count):
            major, size = self.head()
            if major != 3:
                raise Refused("a key is not text")
            key = self.text(size)
            if last is not None and _key_order(key) <= _key_order(last):
                raise Refused("keys are not sorted, or one stands twice")
            last = key
            out[key] = self.value(level + 1)
        return out


def decode(data: bytes):
    reader = _Reader(data)
    value = reader.value()
    if reader.at != len(data):
        raise Refused("bytes are left over")
    return value
