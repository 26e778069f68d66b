"""One message for many: encoded and framed at most once in each encoding, whoever and however many it is for."""

from collections.abc import Mapping
from typing import Any

from quizserver.wire.codec import Encoding, encoded, open_ended
from quizserver.wire.framing import framed
from quizserver.wire.to_client import ToClient


class Frame:
    """The same bytes for everybody of an encoding."""

    __slots__ = ("_bytes", "_message")

    def __init__(self, message: ToClient) -> None:
        self._message = message
        self._bytes: dict[Encoding, bytes] = {}

    def in_(self, encoding: Encoding) -> bytes:
        """The frame of the message."""
        known = self._bytes.get(encoding)
        if known is None:
            known = self._bytes[encoding] = framed(encoding, encoded(encoding, self._message.plain()))
        return known


class OpenFrame:
    """The same bytes for everybody but for the value of one key, which is each receiver's own."""

    __slots__ = ("_ends", "_key", "_message")

    def __init__(self, message: Mapping[str, Any], key: str) -> None:
        self._message, self._key = message, key
        self._ends: dict[Encoding, tuple[bytes, bytes]] = {}

    def in_(self, encoding: Encoding, own: Any) -> bytes:
        """The frame of the message with `own` in its place."""
        ends = self._ends.get(encoding)
        if ends is None:
            ends = self._ends[encoding] = open_ended(encoding, self._message, self._key)
        return framed(encoding, ends[0] + encoded(encoding, own) + ends[1])
