"""One message for many: encoded and framed at most once in each encoding, whoever and however many it is for."""

from collections.abc import Mapping, Sequence
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
    """The same bytes for everybody but for the values of some keys, which are each receiver's own."""

    __slots__ = ("_keys", "_message", "_shared")

    def __init__(self, message: Mapping[str, Any], *keys: str) -> None:
        self._message, self._keys = message, keys
        self._shared: dict[Encoding, Sequence[bytes]] = {}

    def in_(self, encoding: Encoding, *own: Any) -> bytes:
        """The frame of the message with `own` in the places of the keys."""
        shared = self._shared.get(encoding)
        if shared is None:
            shared = self._shared[encoding] = open_ended(encoding, self._message, *self._keys)
        whole = shared[0]
        for each, after in zip(own, shared[1:], strict=True):
            whole += encoded(encoding, each) + after
        return framed(encoding, whole)
