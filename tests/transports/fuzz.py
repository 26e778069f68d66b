"""Random streams of bytes, random cuts, a server that writes, closes and waits in between: what a channel makes of them.

`python -m tests.transports.fuzz 100000` compares so many streams, lazy against eager.
"""

import random
import struct
import sys
from collections.abc import Iterator
from typing import Any

from quizserver.hub.outbox import MINE
from quizserver.transports.channel import Channel
from quizserver.transports.watch import Watch
from quizserver.wire import closing as endings
from quizserver.wire.codec import Encoding
from tests.transports.echo import BINARY, CLOSE, CONT, PING, PONG, TEXT, EchoHub, closing, frame

Step = tuple[str, bytes]
"""What happens: `data` that arrives, a frame that the hub `says`, that it `closes`, that the peer stops taking or `takes` again."""


class FakeTransport:
    """Remembers. `aborted` and `closing` as a loop's transport would have it."""

    def __init__(self) -> None:
        self.written, self.closing, self.aborted = b"", False, False

    def set_write_buffer_limits(self, high: int, low: int) -> None:
        assert (high, low) == (0, 0)

    def set_protocol(self, protocol: Any) -> None:
        self.protocol = protocol

    def write(self, data: bytes) -> None:
        self.written += data

    def close(self) -> None:
        self.closing = True

    def abort(self) -> None:
        self.aborted = True

    def get_extra_info(self, name: str) -> Any:
        return self

    def setsockopt(self, *option: Any) -> None:
        pass

    def get_write_buffer_size(self) -> int:
        return len(self.written)

    def fileno(self) -> int:
        return -1


def never(delay_s: float, call: Any) -> Any:
    """A timer that nobody waits for."""
    return _NoTimer()


class _NoTimer:
    def cancel(self) -> None:
        pass


def played(steps: list[Step], is_lazy: bool) -> tuple[Any, ...]:
    """All that can be seen of a channel after these steps."""
    hub: Any = EchoHub()
    transport: Any = FakeTransport()
    channel = Channel(hub, Watch(10, never), is_lazy, transport, set())
    channel.begin(b"", Encoding.JSON, "")
    for kind, data in steps:
        if transport.closing or transport.aborted:
            break
        match kind:
            case "data":
                channel.data_received(data)
            case "says":
                if not hub.clients[0].closed:
                    channel.write(data, MINE)
            case "closes":
                hub.clients[0].close(endings.REPLACED)
            case "stops":
                channel.pause_writing()
            case "takes":
                channel.resume_writing()
    return hub.heard, transport.written, transport.closing, transport.aborted, hub.clients[0].closed


def differs(seed: int) -> bool:
    """True if this stream tells the two apart."""
    steps = list(stream(random.Random(seed)))
    return played(steps, True) != played(steps, False)


def stream(chance: random.Random) -> Iterator[Step]:
    """Mostly honest frames, sometimes anything; cut anywhere; now and then the server does something too."""
    data = b"".join(some_frame(chance) for _ in range(chance.randint(1, 12)))
    paused = False
    for piece in pieces(data, chance):
        yield "data", piece
        roll = chance.random()
        if roll < 0.03:
            yield "closes", b""
        elif roll < 0.10:
            yield "says", b"\x82\x05hello"
        elif roll < 0.16:
            paused = not paused
            yield ("stops" if paused else "takes"), b""


def pieces(data: bytes, chance: random.Random) -> Iterator[bytes]:
    most = chance.choice([1, 3, 20, 200, len(data)])
    at = 0
    while at < len(data):
        step = chance.randint(1, max(1, most))
        yield data[at : at + step]
        at += step


def some_frame(chance: random.Random) -> bytes:
    mask = chance.randbytes(4)
    small, word = chance.randbytes(chance.randint(0, 125)), "да нет".encode() * chance.randint(0, 10)
    usual = [
        lambda: frame(BINARY, small, mask=mask),
        lambda: frame(TEXT, word, mask=mask),
        lambda: frame(PING, small, mask=mask),
        lambda: frame(PONG, small, mask=mask),
        lambda: frame(BINARY, chance.randbytes(chance.choice([126, 127, 300, 70])), mask=mask),
        lambda: in_fragments(chance, small + word, mask),
    ]
    odd = [
        lambda: frame(TEXT, small, mask=mask),
        lambda: frame(chance.choice([TEXT, BINARY]), word, fin=False, mask=mask),
        lambda: frame(CONT, word, fin=chance.random() < 0.5, mask=mask),
        lambda: frame(BINARY, small, mask=None),
        lambda: frame(BINARY, small, rsv=chance.randint(1, 7), mask=mask),
        lambda: frame(chance.choice([3, 7, 11, 15]), small, mask=mask),
        lambda: frame(chance.choice([PING, PONG, CLOSE]), b"x" * 126, mask=mask),
        lambda: frame(chance.choice([PING, PONG, CLOSE]), b"", fin=False, mask=mask),
        lambda: closing(chance.choice([None, 1000, 1001, 1005, 3000, 999]), chance.choice([b"", b"why", b"\xff"])),
        lambda: frame(CLOSE, b"\x03", mask=mask),
        lambda: struct.pack("!BBQ", 0x82, 0xFF, chance.choice([2**17, 2**62])) + mask,
        lambda: struct.pack("!BBH", 0x82, 0xFE, len(small)) + mask + small,  # longer than it need be
        lambda: frame(BINARY, small, mask=mask)[: chance.randint(1, 5)],
        lambda: chance.randbytes(chance.randint(1, 20)),
    ]
    return chance.choice(odd if chance.random() < 0.06 else usual)()


def in_fragments(chance: random.Random, payload: bytes, mask: bytes) -> bytes:
    cuts = sorted(chance.randint(0, len(payload)) for _ in range(chance.randint(1, 3)))
    parts = [payload[a:b] for a, b in zip([0, *cuts], [*cuts, len(payload)], strict=True)]
    made = b""
    for number, part in enumerate(parts):
        if number and chance.random() < 0.3:
            made += frame(PING, b"in between", mask=mask)
        made += frame(CONT if number else chance.choice([TEXT, BINARY]), part, fin=number == len(parts) - 1, mask=mask)
    return made


def main(streams: int) -> int:
    """How many of so many streams tell lazy and eager apart; the first of them is named."""
    found = [seed for seed in range(streams) if differs(seed)]
    sys.stdout.write(f"{streams} streams, {len(found)} that differ" + (f", the first with seed {found[0]}\n" if found else "\n"))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
