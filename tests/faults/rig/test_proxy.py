"""The proxy does to a connection what it says, and nothing else."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.faults.rig.proxy import Proxy

A_WHILE_S = 0.2


class Peer:
    """One end of a connection."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock, self._loop = sock, asyncio.get_running_loop()
        sock.setblocking(False)

    async def say(self, data: bytes) -> None:
        await self._loop.sock_sendall(self._sock, data)

    async def hear(self, size: int) -> bytes:
        """So many bytes, or what came until the end."""
        heard = b""
        while len(heard) < size and (data := await self._loop.sock_recv(self._sock, size - len(heard))):
            heard += data
        return heard

    async def hears_nothing(self) -> bool:
        """Neither bytes nor an end for a while."""
        try:
            await asyncio.wait_for(self.hear(1), A_WHILE_S)
        except TimeoutError:
            return True
        return False

    def close(self) -> None:
        self._sock.close()


class Place:
    """A listening target with a proxy before it."""

    def __init__(self, proxy: Proxy, listening: socket.socket) -> None:
        self.proxy, self.listening = proxy, listening
        self._peers: list[Peer] = []

    async def near(self) -> Peer:
        """Connects to the proxy."""
        sock = socket.socket()
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", self.proxy.port))
        self._peers.append(Peer(sock))
        return self._peers[-1]

    async def pair(self) -> tuple[Peer, Peer]:
        """Both ends of a connection through the proxy."""
        near = await self.near()
        sock, _ = await asyncio.get_running_loop().sock_accept(self.listening)
        self._peers.append(Peer(sock))
        return near, self._peers[-1]

    def close(self) -> None:
        for peer in self._peers:
            peer.close()


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    async with opened() as place:
        yield place


@asynccontextmanager
async def opened() -> AsyncIterator[Place]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        async with asyncio.timeout(20), Proxy(listening.getsockname()[1]) as proxy:
            place = Place(proxy, listening)
            yield place
            place.close()


async def test_in_fine_weather_every_byte_arrives_in_order_and_so_does_the_end(place: Place) -> None:
    near, far = await place.pair()
    much = bytes(range(256)) * 4000
    heard, _ = await asyncio.gather(far.hear(len(much)), near.say(much))
    assert heard == much
    await far.say(b"answer")
    assert await near.hear(6) == b"answer"
    near.close()
    assert await far.hear(1) == b""


async def test_latency_delays_chunks_that_follow_each_other_no_longer_than_one(place: Place) -> None:
    near, far = await place.pair()
    place.proxy.weather.latency_s, place.proxy.weather.jitter_s = 0.2, 0.01
    began = time.monotonic()
    for _ in range(10):
        await near.say(b"x")
        await asyncio.sleep(0.01)
    assert await far.hear(10) == b"x" * 10
    assert 0.28 <= time.monotonic() - began < 1.0


async def test_throttle_lets_through_so_many_bytes_a_second(place: Place) -> None:
    near, far = await place.pair()
    place.proxy.weather.bytes_per_s = 10_000
    began = time.monotonic()
    await near.say(bytes(3_000))
    await far.hear(3_000)
    assert time.monotonic() - began >= 0.3


async def test_blackhole_tells_nobody_and_afterwards_all_arrives(place: Place) -> None:
    near, far = await place.pair()
    place.proxy.weather.blackhole = True
    await near.say(b"waits")
    assert await far.hears_nothing()
    place.proxy.clear()
    assert await far.hear(5) == b"waits"


async def test_reset_is_felt_at_both_ends(place: Place) -> None:
    near, far = await place.pair()
    place.proxy.reset()
    for end in (near, far):
        with pytest.raises(ConnectionResetError):
            await end.hear(1)
    near, far = await place.pair()  # who comes anew is welcome
    await near.say(b"x")
    assert await far.hear(1) == b"x"


async def test_refused_connections_are_reset_and_present_ones_go_on(place: Place) -> None:
    near, far = await place.pair()
    place.proxy.weather.refuses = True
    refused = await place.near()
    with pytest.raises(ConnectionResetError):
        await refused.hear(1)
    await near.say(b"still")
    assert await far.hear(5) == b"still"


async def test_half_open_connection_is_not_told_that_the_other_end_has_gone(place: Place) -> None:
    near, far = await place.pair()
    await near.say(b"x")
    assert await far.hear(1) == b"x"
    place.proxy.half_open()
    near.close()
    place.proxy.clear()
    assert await far.hears_nothing()
    near, far = await place.pair()
    await near.say(b"new")
    assert await far.hear(3) == b"new"


async def test_slow_close_is_told_later(place: Place) -> None:
    near, far = await place.pair()
    place.proxy.weather.closes_after_s = 2 * A_WHILE_S
    near.close()
    assert await far.hears_nothing()
    assert await far.hear(1) == b""


async def test_whoever_connects_while_the_target_is_away_is_reset() -> None:
    async with opened() as place:
        place.listening.close()
        near = await place.near()
        with pytest.raises(ConnectionResetError):
            await near.hear(1)


async def test_a_connection_that_is_reset_before_it_is_carried_is_closed(place: Place) -> None:
    loop = asyncio.get_running_loop()
    with socket.socket() as caller:
        caller.setblocking(False)
        await loop.sock_connect(caller, ("127.0.0.1", place.proxy.port))
        while not place.proxy.connections:
            await asyncio.sleep(0)
        place.proxy.reset()
        with pytest.raises(ConnectionResetError):
            await asyncio.wait_for(loop.sock_recv(caller, 1), 5)
