"""Hostile frames over real sockets, from everybody who can have one, while others sit in the same hall."""

import asyncio
import logging
import random
from contextlib import suppress
from dataclasses import dataclass, field

from quizserver.hub.limits import Limits, Rate
from quizserver.services.seating import Seated
from quizserver.wire.allowed import Role
from quizserver.wire.codec import Encoding, encoded
from tests.attacks.fuzz import MEMORY_MB, memory_mb, some_bytes
from tests.hub.stage import HOST_KEY, Stage, staged
from tests.transports.echo import BINARY, CLOSE, frame
from tests.transports.fuzz import some_frame
from tests.transports.sockets import Client, client, served

AT_ONCE = 20  # frames of one connection
WARM_UP = 2_000  # frames; what they make a process load and keep is no leak
PATIENCE_S = 30.0  # whoever stops in the middle of a frame is asked whether it lives, and let go
SIDE_BY_SIDE = 8
PLENTY = Rate(1e9, 1e9)


@dataclass
class Report:
    frames: int = 0
    connections: int = 0
    tracebacks: list[str] = field(default_factory=list)
    others_closed: int = 0
    never_ended: int = 0
    grown_mb: float = 0.0

    @property
    def is_well(self) -> bool:
        return not (self.tracebacks or self.others_closed or self.never_ended) and self.grown_mb <= MEMORY_MB


class _Tracebacks(logging.Handler):
    """Whatever reaches a log with a traceback, or as an error."""

    def __init__(self, found: list[str]) -> None:
        super().__init__()
        self._found = found

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info or record.levelno >= logging.ERROR:
            self._found.append(self.format(record))


async def over_sockets(count: int, seed: int = 1) -> Report:
    """So many frames; a screen, a team and a console that do nothing wrong stay connected all the while."""
    report, root = Report(), logging.getLogger()
    handler = _Tracebacks(report.tracebacks)
    root.addHandler(handler)
    try:
        async with staged(limits=Limits(joins=PLENTY, wrong_tries=PLENTY, unknown_tokens=PLENTY)) as stage, served(stage) as port:
            tokens = await _tokens(stage)
            async with client(port) as screen, client(port) as team, client(port) as console:
                for who, token in ((screen, tokens["screen"]), (team, tokens["team"]), (console, HOST_KEY)):
                    await who.say("hello", v=1, token=token)
                    await who.hears("welcome")
                await _attack(port, [None, tokens["rogue"], tokens["desk"]], WARM_UP, random.Random(0), Report())
                before_mb = memory_mb()
                await _attack(port, [None, tokens["rogue"], tokens["desk"]], count, random.Random(seed), report)
                report.grown_mb = round(memory_mb() - before_mb, 1)
                report.others_closed = sum([not await _is_there(who) for who in (screen, team, console)])
    finally:
        root.removeHandler(handler)
    return report


async def _tokens(stage: Stage) -> dict[str, str]:
    tokens = {}
    for name in ("team", "rogue"):
        seated = await stage.running.seating.join(stage.live, name)
        assert isinstance(seated, Seated)
        tokens[name] = seated.token
    for role in (Role.SCREEN, Role.DESK):
        admitted = await stage.running.seating.admit_staff(stage.live, role, next(iter(stage.live.known.venues)))
        assert isinstance(admitted, str)
        tokens[role.value] = admitted
    return tokens


async def _attack(port: int, tokens: list[str | None], count: int, chance: random.Random, report: Report) -> None:
    async def one() -> None:
        while report.frames < count:
            report.frames += AT_ONCE
            report.connections += 1
            await _connection(port, chance.choice(tokens), chance, report)

    await asyncio.gather(*(one() for _ in range(SIDE_BY_SIDE)))


async def _connection(port: int, token: str | None, chance: random.Random, report: Report) -> None:
    """One connection's life: what it sends, and that it ends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Protocol: {Encoding.MSGPACK.value}\r\n\r\n".encode()
    )
    with suppress(ConnectionError):
        await reader.readuntil(b"\r\n\r\n")
        hello = encoded(Encoding.MSGPACK, {"t": "hello", "v": 1, **({"token": token} if token else {})})
        sent = [frame(BINARY, hello)] if chance.random() < 0.8 else []
        for _ in range(AT_ONCE):
            sent.append(frame(BINARY, some_bytes(chance, Encoding.MSGPACK)) if chance.random() < 0.7 else some_frame(chance))
        writer.write(b"".join([*sent, frame(CLOSE, b"")]))
        if chance.random() < 0.5:
            writer.write_eof()
        try:
            async with asyncio.timeout(PATIENCE_S):
                while await reader.read(65536):
                    pass
        except TimeoutError:
            report.never_ended += 1
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


async def _is_there(who: Client) -> bool:
    """True if it is connected and answered."""
    with suppress(Exception):
        await who.say("clock", sent=1)
        await who.hears("clock")
        return True
    return False
