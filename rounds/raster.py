"""Width and height out of the first bytes of a PNG, JPEG or WebP, without decoding it."""

_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a frame header; the three left out share the range and mean tables."""


def raster_size(data: bytes) -> tuple[int, int]:
    """(width, height) in pixels. Raises ValueError where the bytes are none of the three kinds, or end too early."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return _big(data, 16, 4), _big(data, 20, 4)
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP" and len(data) >= 30:
        return _webp(data)
    raise ValueError("no PNG, JPEG or WebP")


def _big(data: bytes, start: int, count: int) -> int:
    return int.from_bytes(data[start:start + count], "big")


def _little(data: bytes, start: int, count: int) -> int:
    return int.from_bytes(data[start:start + count], "little")


def _jpeg(data: bytes) -> tuple[int, int]:
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        if data[place + 1] in _JPEG_FRAMES:
            return _big(data, place + 7, 2), _big(data, place + 5, 2)
        place += 2 + _big(data, place + 2, 2)
    raise ValueError("a JPEG without a frame")


def _webp(data: bytes) -> tuple[int, int]:
    match data[12:16]:
        case b"VP8X":
            return _little(data, 24, 3) + 1, _little(data, 27, 3) + 1
        case b"VP8L":
            bits = _little(data, 21, 4)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            return _little(data, 26, 2) & 0x3FFF, _little(data, 28, 2) & 0x3FFF
    raise ValueError("a WebP without a picture")
