"""A TCP proxy that spoils what goes through it, as a bad network would. Plain sockets: it needs nothing of the kernel.

`weather` may be changed at any moment and holds for all connections; `reset` and `half_open` are done to those there are.
"""

import asyncio
import socket
import struct
import time
from dataclasses import dataclass
from random import Random
from typing import Self

CHUNK = 16 * 1024
IN_FLIGHT = 64  # chunks on their way; a long delay needs some, and what does not fit waits at the sender
LOOKS_EVERY_S = 0.02  # whether the weather has changed
NO_LINGER = struct.pack("ii", 1, 0)  # a close that sends RST


@dataclass
class Weather:
    """All well unless said otherwise. Seconds, and bytes a second (0: as fast as it goes).

    `closes_after_s`: how long the other side believes in a connection that one side has closed. `blackhole`: nothing moves, and
    nobody is told; afterwards it goes on where it was. `refuses`: new connections are reset."""

    latency_s: float = 0.0
    jitter_s: float = 0.0
    bytes_per_s: float = 0.0
    closes_after_s: float = 0.0
    blackhole: bool = False
    refuses: bool = False


class Proxy:
    """Listens on `port` of this machine from entering to leaving, and carries to the port `target`. `random` draws the jitter."""

    def __init__(self, target: int, random: Random | None = None) -> None:
        self.weather, self.port = Weather(), 0
        self._target, self._random = target, random or Random(0)
        self._links: dict[asyncio.Task[None], _Link] = {}

    async def __aenter__(self) -> Self:
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=1000)
        self._listening.setblocking(False)
        self.port = self._listening.getsockname()[1]
        self._accepting = asyncio.create_task(self._accept(), name="accept at a proxy")
        return self

    async def __aexit__(self, *_: object) -> None:
        tasks = [self._accepting, *self._links]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._listening.close()

    @property
    def connections(self) -> int:
        return len(self._links)

    def reset(self) -> None:
        """RST to both ends of each connection."""
        for task in self._links:
            task.cancel()

    def half_open(self) -> None:
        """From now on nothing goes through the present connections, not even their end."""
        for link in self._links.values():
            link.dead = True

    def clear(self) -> None:
        """The weather is fine again; what is half open stays so."""
        self.weather = Weather()

    async def _accept(self) -> None:
        while True:
            near, _ = await asyncio.get_running_loop().sock_accept(self._listening)
            link = _Link(self, near)
            task = asyncio.create_task(link.carry(self._target), name="a proxied connection")
            self._links[task] = link
            task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        """Also one that was cancelled before its first step."""
        self._links.pop(task).tear()

    async def lands(self, size: int, came_at: float) -> None:
        """Returns when a chunk that came then may arrive."""
        weather = self.weather
        due = came_at + weather.latency_s + self._random.uniform(-1, 1) * weather.jitter_s
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        if weather.bytes_per_s:
            await asyncio.sleep(size / weather.bytes_per_s)


class _Link:
    """Two connections that are one to those at its ends."""

    def __init__(self, proxy: Proxy, near: socket.socket) -> None:
        self._proxy, self._near = proxy, near
        self._far = socket.socket()
        self.dead = False

    async def carry(self, target: int) -> None:
        """Until both directions have ended, or one is torn."""
        try:
            if self._proxy.weather.refuses:
                raise ConnectionRefusedError
            await self._both_ways(target)
        except* OSError:  # a peer that is gone, or was never there
            pass

    def tear(self) -> None:
        for sock in (self._near, self._far):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
            sock.close()

    async def _both_ways(self, target: int) -> None:
        for sock in (self._near, self._far):
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await asyncio.get_running_loop().sock_connect(self._far, ("127.0.0.1", target))
        async with asyncio.TaskGroup() as ways:
            for source, to in ((self._near, self._far), (self._far, self._near)):
                flying: asyncio.Queue[tuple[bytes, float]] = asyncio.Queue(IN_FLIGHT)
                ways.create_task(self._take(source, flying))
                ways.create_task(self._land(flying, to))
        for sock in (self._near, self._far):
            sock.shutdown(socket.SHUT_RDWR)

    async def _take(self, source: socket.socket, flying: "asyncio.Queue[tuple[bytes, float]]") -> None:
        data = b"to begin with"
        while data:
            await self._moves()
            data = await asyncio.get_running_loop().sock_recv(source, CHUNK)
            await flying.put((data, time.monotonic()))

    async def _land(self, flying: "asyncio.Queue[tuple[bytes, float]]", to: socket.socket) -> None:
        while True:
            data, came_at = await flying.get()
            await self._proxy.lands(len(data), came_at)
            await self._moves()
            if not data:
                break
            await asyncio.get_running_loop().sock_sendall(to, data)
        await asyncio.sleep(self._proxy.weather.closes_after_s)
        to.shutdown(socket.SHUT_WR)

    async def _moves(self) -> None:
        """Returns once nothing is swallowed."""
        while self.dead or self._proxy.weather.blackhole:
            await asyncio.sleep(LOOKS_EVERY_S)
