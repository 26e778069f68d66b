"""What a peer's bytes say: whole messages in order, and what the protocol itself answers to them. No socket, no clock.

`Parser` is websockets' own, with fragments put together. Most of what ever arrives needs none of it: `small_frames` reads whole,
small, unfragmented frames without remembering anything. Where `Parser.is_clean`, both would read what comes next alike, so that
the parser may be dropped: an idle connection then costs nothing but its socket.
"""

import logging
from typing import Any

from websockets.frames import Opcode
from websockets.protocol import OPEN, SERVER, Protocol
from websockets.streams import StreamReader

try:
    from websockets.speedups import apply_mask
except ImportError:  # pragma: no cover - a platform without wheels
    from websockets.utils import apply_mask

Frame = tuple[int, bytes]
"""An opcode and a whole, unmasked payload."""

TEXT, BINARY, PING, PONG = Opcode.TEXT.value, Opcode.BINARY.value, Opcode.PING.value, Opcode.PONG.value
SMALL = frozenset(0x80 | opcode for opcode in (TEXT, BINARY, PING, PONG))  # with FIN, without reserved bits
MOST_SMALL = 125  # bytes: what the one-byte length can say, and all that a control frame may have
MASKED = 0x80

_AT_EOF = StreamReader.at_eof.__code__
_logger = logging.getLogger("quizserver.websocket")
_logger.setLevel(logging.WARNING)  # websockets would say of each connection that it was closed


def small_frames(data: bytes) -> list[Frame] | None:
    """All of `data`, if it is nothing but whole, small, masked, unfragmented frames; None: it takes a parser."""
    frames: list[Frame] = []
    at, end = 0, len(data)
    while at < end:
        if end - at < 6 or data[at] not in SMALL:
            return None
        length = data[at + 1] - MASKED
        upto = at + 6 + length
        if not 0 <= length <= MOST_SMALL or upto > end:
            return None
        frames.append((data[at] & 0x0F, apply_mask(data[at + 6 : upto], data[at + 2 : at + 6])))
        at = upto
    return frames


def is_utf8(text: bytes) -> bool:
    """False for a text message that is no text (RFC 6455, 8.1); websockets leaves that to us."""
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def answers(frames: list[Frame]) -> bytes:
    """What the protocol itself answers to `small_frames`: a pong to each ping."""
    return b"".join(bytes((0x80 | PONG, len(payload))) + payload for opcode, payload in frames if opcode == PING)


class Parser:
    """All of RFC 6455 for one open connection without extensions."""

    __slots__ = ("_opcode", "_parts", "_protocol")

    def __init__(self, most_bytes: int) -> None:
        self._protocol = Protocol(SERVER, state=OPEN, max_size=most_bytes, logger=_logger)
        self._parts: list[bytes] = []
        self._opcode = BINARY

    def feed(self, data: bytes) -> list[Frame]:
        """The messages and pongs that are whole now. Afterwards ask `to_send` and `ends`."""
        self._protocol.receive_data(data)
        return [whole for frame in self._protocol.events_received() if (whole := self._whole(frame)) is not None]

    def to_send(self) -> bytes:
        """What the protocol answers: pongs, and a goodbye."""
        return b"".join(self._protocol.data_to_send())

    def say_goodbye(self, code: int, reason: str) -> None:
        """Begins to close, unless that has begun."""
        if self._protocol.state is OPEN:
            self._protocol.send_close(code, reason)

    @property
    def ends(self) -> bool:
        """True when the connection is to be closed as soon as all is sent: both said goodbye, or the peer broke the protocol."""
        return self._protocol.eof_sent

    @property
    def is_clean(self) -> bool:
        """True where a new parser would do as well as this one: between two messages, with nothing begun and nothing unsaid."""
        protocol = self._protocol
        return (
            protocol.state is OPEN
            and protocol.current_size is None
            and not protocol.reader.buffer
            and not protocol.writes
            # A frame whose header was read lives in the suspended generator alone.
            and _waits_in(protocol) is _AT_EOF
        )

    def _whole(self, frame: object) -> Frame | None:
        opcode, fin, payload = frame.opcode, frame.fin, bytes(frame.data)  # type: ignore[attr-defined]
        if opcode is Opcode.PONG:
            return PONG, payload
        if opcode not in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
            return None  # answered already
        if opcode is not Opcode.CONT:
            self._opcode = opcode.value
        self._parts.append(payload)
        if not fin:
            return None
        whole, self._parts = b"".join(self._parts), []
        return self._opcode, whole


def _waits_in(protocol: Protocol) -> Any:
    """The code in which the parser waits for bytes."""
    generator: Any = protocol.parser
    return getattr(generator.gi_yieldfrom, "gi_code", None)
