"""Bytes to plain messages and back: one schema in two encodings, msgpack for pages and JSON for people and tools.

What comes in is bounded before it is believed: size, depth, kinds of values, repeated keys. Whatever the bytes are, `decoded`
either returns a map of plain values or raises WireError; it never raises anything else and never repeats a hostile value in words.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import chain
from typing import Any, NoReturn

import msgpack  # type: ignore[import-untyped]

SMALL_MESSAGE = 16 * 1024  # bytes: the longest answer and the longest name fit many times over
LARGE_MESSAGE = 64 * 1024  # bytes: 100 operations of a desk, each naming what it replaces
MOST_DEPTH = 8  # maps and lists inside each other; our deepest message has six
MOST_ITEMS = 200  # in one list or map, so that a lying header reserves no memory; the longest honest list has 100
GREATEST_INT = 2**53  # beyond it a browser's numbers are no longer exact

Plain = Mapping[str, Any]


class Encoding(StrEnum):
    """The WebSocket subprotocols, the preferred one first. Their messages are binary and text frames."""

    MSGPACK = "quiz.v1.msgpack"
    JSON = "quiz.v1.json"


class WireError(Exception):
    """What a client sent is no message of ours. `code` is a stable word; the client's fault, always."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


def decoded(encoding: Encoding, raw: bytes, limit: int = SMALL_MESSAGE) -> dict[str, Any]:
    """The map in one message of at most `limit` bytes. Raises WireError: too_big, malformed, too_deep, bad_value."""
    if len(raw) > limit:
        raise WireError("too_big", str(limit))
    try:
        message = _parsed_msgpack(raw) if encoding is Encoding.MSGPACK else _parsed_json(raw)
    except WireError:
        raise
    except (ValueError, RecursionError, msgpack.exceptions.UnpackException):
        raise WireError("malformed") from None
    if not isinstance(message, dict):
        raise WireError("malformed")
    _examine(message, 1)
    return message


def encoded(encoding: Encoding, message: Plain) -> bytes:
    """One message of ours. JSON is UTF-8; the transport sends it as text."""
    return _packed(message) if encoding is Encoding.MSGPACK else _dumped(message)


def open_ended(encoding: Encoding, message: Plain, *keys: str) -> Sequence[bytes]:
    """`message` with room for more entries: what stands before, between and after the encoded values of `keys`.

    So that what many receive is encoded once, and only what is a receiver's own is encoded for each.
    """
    first, *others = keys
    if encoding is Encoding.JSON:
        opening = _dumped(message)[:-1] + (b"," if message else b"")
        return [opening + _dumped(first) + b":", *(b"," + _dumped(key) + b":" for key in others), b"}"]
    entries = b"".join(_packed(name) + _packed(value) for name, value in message.items())
    header = msgpack.Packer().pack_map_header(len(message) + len(keys))
    return [header + entries + _packed(first), *map(_packed, others), b""]


_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


_PACKER = msgpack.Packer(use_bin_type=True)  # for all: making one costs more than what it packs, and it keeps nothing


def _packed(value: Any) -> bytes:
    packed: bytes = _PACKER.pack(value)
    return packed


def _dumped(value: Any) -> bytes:
    return _JSON.encode(value).encode()


def _parsed_msgpack(raw: bytes) -> Any:
    return msgpack.unpackb(
        raw,
        raw=False,
        strict_map_key=True,
        max_str_len=len(raw),
        max_array_len=MOST_ITEMS,
        max_map_len=MOST_ITEMS,
        max_bin_len=0,
        max_ext_len=0,
        ext_hook=_no_extension,
        object_pairs_hook=_without_repeats,
    )


def _parsed_json(raw: bytes) -> Any:
    return json.loads(
        raw.decode(), parse_float=_no_fraction, parse_constant=_no_fraction, parse_int=_whole, object_pairs_hook=_without_repeats
    )


def _without_repeats(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    pairs = list(pairs)
    message = dict(pairs)
    if len(message) < len(pairs):
        raise WireError("malformed", "a key is repeated")
    return message


def _no_extension(code: int, data: bytes) -> NoReturn:
    raise WireError("bad_value", "extension")


def _no_fraction(text: str) -> NoReturn:
    raise WireError("bad_value", "fraction")


def _whole(text: str) -> int:
    if len(text) > len(str(-GREATEST_INT)):
        raise WireError("bad_value", "number")
    return int(text)


def _examine(items: dict[Any, Any] | list[Any], depth: int) -> None:
    """Refuses what both parsers let through: other kinds of values, great numbers, NUL and half characters, too much depth."""
    if len(items) > MOST_ITEMS:
        raise WireError("malformed", "too many items")
    if depth > MOST_DEPTH and items:
        raise WireError("too_deep", str(MOST_DEPTH))
    for value in chain(items, items.values()) if type(items) is dict else items:
        kind = type(value)  # the parsers make these and no subclasses of them
        if kind is str:
            if "\0" in value or not _is_text(value):
                raise WireError("bad_value", "text")
        elif kind is int:
            if not -GREATEST_INT <= value <= GREATEST_INT:
                raise WireError("bad_value", "number")
        elif kind is dict or kind is list:
            _examine(value, depth + 1)
        elif value is not None and kind is not bool:
            raise WireError("bad_value", kind.__name__)


def _is_text(value: str) -> bool:
    """False for half of a surrogate pair, which JSON can spell and nobody can write down."""
    return value.isascii() or not any("\ud800" <= char <= "\udfff" for char in value)
