"""A hub that sends back whatever it is sent, so that a transport can be looked at alone; and frames as a client writes them."""

import struct
from dataclasses import dataclass, field
from typing import Any

from quizserver.hub.connection import Connection
from quizserver.hub.credits import Credits
from quizserver.hub.limits import Limits, Rate
from quizserver.hub.outbox import KEEP
from quizserver.wire.closing import Closing
from quizserver.wire.codec import Encoding
from quizserver.wire.framing import framed

CONT, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10


@dataclass
class _House:
    limits: Limits = field(default_factory=Limits)


class EchoHub:
    """`heard`: the messages in their order. `ended`: who is gone."""

    def __init__(self, **limits: Any) -> None:
        self.house = _House(Limits(**limits))
        self.heard: list[bytes] = []
        self.clients: list[Connection] = []
        self.refilled: list[Connection] = []
        self.ended: list[Connection] = []

    def now_ms(self) -> int:
        return 0

    def connected(self, outlet: Any, encoding: Encoding, address: str, is_open: bool = False) -> Connection:
        self.clients.append(Connection(outlet, encoding, address, Credits(Rate(1, 1), 0)))
        return self.clients[-1]

    def received(self, who: Connection, raw: bytes, stamp_ms: int) -> None:
        if not who.closed:
            self.heard.append(raw)
            who.write(framed(who.encoding, raw), KEEP)

    def refill(self, who: Connection) -> None:
        self.refilled.append(who)

    def send_away(self, who: Connection, ending: Closing) -> None:
        who.close(ending)

    def lost(self, who: Connection) -> None:
        self.ended.append(who)


def frame(opcode: int, payload: bytes = b"", fin: bool = True, rsv: int = 0, mask: bytes | None = b"\x11\x22\x33\x44") -> bytes:
    """As a client writes it; `mask` None: as it must not."""
    first, length = fin << 7 | rsv << 4 | opcode, len(payload)
    flag = 0 if mask is None else 0x80
    if length < 126:
        head = struct.pack("!BB", first, flag | length)
    elif length < 65536:
        head = struct.pack("!BBH", first, flag | 126, length)
    else:
        head = struct.pack("!BBQ", first, flag | 127, length)
    if mask is None:
        return head + payload
    return head + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))


def closing(code: int | None = 1000, reason: bytes = b"") -> bytes:
    """A client's goodbye."""
    return frame(CLOSE, b"" if code is None else struct.pack("!H", code) + reason)


def is_whole(data: bytes) -> bool:
    """True where a server's last frame has come to its end."""
    try:
        frames_in(data)
    except (AssertionError, IndexError):
        return False
    return True


def frames_in(data: bytes) -> list[tuple[int, bytes]]:
    """What a server sent: opcodes and payloads, none of them masked, fragmented or cut off."""
    found, at = [], 0
    while at < len(data):
        first, length, at = data[at], data[at + 1], at + 2
        assert first & 0xF0 == 0x80 and length < 128, "a server's frame is whole, plain and unmasked"
        if length > 125:
            size = 2 if length == 126 else 8
            length, at = int.from_bytes(data[at : at + size]), at + size
        assert at + length <= len(data), "cut off"
        found.append((first & 0x0F, data[at : at + length]))
        at += length
    return found
