"""A channel's own way to the kernel: nothing is torn, nothing overtakes, and nothing is sent to whoever has the number next."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
import uvloop

from quizserver.hub.outbox import KEEP, MINE
from quizserver.transports.channel import Channel
from quizserver.transports.line import line_of
from quizserver.transports.watch import Watch
from quizserver.wire.codec import Encoding
from quizserver.wire.framing import framed
from tests.transports.echo import BINARY, CLOSE, EchoHub, frames_in
from tests.transports.fuzz import never

RESPONSE = b"101"
SMALL = 4096  # bytes in the kernel's buffers, so that they are soon full
NUMBERS = 2_000


@asynccontextmanager
async def connected() -> AsyncIterator[tuple[EchoHub, socket.socket]]:
    """A channel on a real socket, and its peer."""
    hub: Any = EchoHub()
    loop = asyncio.get_running_loop()
    near, far = socket.socketpair()
    for each in (near, far):
        each.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL)
        each.setblocking(False)
    transport, _ = await loop.create_connection(asyncio.Protocol, sock=near)
    Channel(hub, Watch(10, never), True, transport, set()).begin(RESPONSE, Encoding.MSGPACK, "")
    try:
        with far:
            assert await loop.sock_recv(far, len(RESPONSE)) == RESPONSE
            yield hub, far
    finally:
        transport.abort()
        await asyncio.sleep(0.01)


def on_both_loops(test: Callable[[EchoHub, socket.socket], Awaitable[None]]) -> Callable[..., None]:
    """With a hub and the peer of its one connection."""

    async def evening() -> None:
        async with connected() as (hub, far):
            await test(hub, far)

    @pytest.mark.parametrize("loop", [asyncio.new_event_loop, uvloop.new_event_loop])
    def played(loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
        with asyncio.Runner(loop_factory=loop) as runner:
            runner.run(evening())

    return played


async def read(far: socket.socket) -> bytes:
    """All that comes until the end, or until nothing does."""
    loop, heard = asyncio.get_running_loop(), b""
    with suppress(TimeoutError):
        while True:
            async with asyncio.timeout(0.1):
                part = await loop.sock_recv(far, 1 << 16)
            if not part:
                break
            heard += part
    return heard


@on_both_loops
async def test_whoever_reads_slowly_hears_whole_frames_in_their_order_and_the_last_one(hub: EchoHub, far: socket.socket) -> None:
    [who] = hub.clients
    for number in range(NUMBERS):
        who.write(framed(who.encoding, b"%06d" % number * 100), MINE)
    assert who.line is None
    heard = [payload for opcode, payload in frames_in(await read(far)) if opcode == BINARY]
    assert len(heard) < NUMBERS
    numbers = [int(payload[:6]) for payload in heard]
    assert [b"%06d" % number * 100 for number in numbers] == heard
    assert numbers == sorted(set(numbers)) and numbers[-1] == NUMBERS - 1
    assert who.line is not None
    who.write(framed(who.encoding, b"and on"), KEEP)
    assert frames_in(await read(far)) == [(BINARY, b"and on")]


@on_both_loops
async def test_a_socket_that_is_closed_keeps_no_number(hub: EchoHub, far: socket.socket) -> None:
    [who] = hub.clients
    line: Any = who.line
    far.close()
    while not hub.ended:
        who.write(framed(who.encoding, b"anybody?"), KEEP)  # an error of the line is the transport's to see
        await asyncio.sleep(0)
    assert (line.fileno(), who.line) == (-1, None)


@on_both_loops
async def test_nothing_is_said_after_the_goodbye(hub: EchoHub, far: socket.socket) -> None:
    [who] = hub.clients
    far.sendall(bytes((0x80 | CLOSE, 0x80, 0, 0, 0, 0)))
    while not who.closed:
        await asyncio.sleep(0)
    who.write(framed(who.encoding, b"one more thing"), KEEP)
    assert [opcode for opcode, _ in frames_in(await read(far))] == [CLOSE]


def test_where_bytes_are_encrypted_on_their_way_there_is_no_line() -> None:
    class Encrypted:
        def get_extra_info(self, name: str) -> Any:
            return object()

    stand_in: Any = Encrypted()
    assert line_of(stand_in) is None
