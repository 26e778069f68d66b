"""Devices that take nothing, that take little, or that are gone without a goodbye: found in time, and nobody else waits."""

import asyncio
import fcntl
import socket
import sys
import termios
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import quantiles

import pytest

from quizserver.wire.codec import Encoding, encoded
from tests.faults.rig import packets
from tests.faults.test_killed_servers import evening, open_question, tap, until_open
from tests.support.meanwhile import meanwhile
from tests.support.server import Server, running
from tests.support.sockets import Device, Message
from tests.transports.sockets import masked, raw_socket

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux asks kernels, and says what they have confirmed")

HALF_OPEN_S, STALLED_S = 10.0, 11.0
SMALL = 4096  # of a receive buffer: a machine that reads nothing takes no more
MANY = 20  # as many messages as a page may send at once
MORE_TEAMS = 12  # so that so many pages of the standing are more than a small machine takes
SLOWLY, LOOKS_EVERY_S = 1024, 0.05  # bytes a second
BUSY_S = 2.0  # which a busy machine may add
ESTABLISHED = "01"  # in /proc/net/tcp


class Page:
    """A screen's page as one socket that reads as it likes."""

    def __init__(self, server: Server, token: str) -> None:
        self._server, self._token = server, token

    async def come(self) -> "Page":
        self.sock = await raw_socket(self._server.port, SMALL)
        await self.say(t="hello", v=1, token=self._token)
        return self

    async def say(self, **message: object) -> None:
        await asyncio.get_running_loop().sock_sendall(self.sock, masked(encoded(Encoding.MSGPACK, message)))

    async def ask_much(self) -> None:
        """For more than its machine takes unread."""
        for n in range(MANY):
            await self.say(t="page", n=n, of="standing", start=0, count=100)

    async def read_slowly(self) -> None:
        began, read = time.monotonic(), 0
        while True:
            await asyncio.sleep(LOOKS_EVERY_S)
            due = int(SLOWLY * (time.monotonic() - began)) - read
            read += len(await asyncio.get_running_loop().sock_recv(self.sock, due))


def has(server: Server, sock: socket.socket) -> bool:
    """Whether the server still believes in this connection."""
    ends = [f"0100007F:{port:04X}" for port in (server.port, sock.getsockname()[1])]
    rows = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines())
    return any(row[1:4] == [*ends, ESTABLISHED] for row in rows)


def socket_of(device: Device) -> socket.socket:
    assert device._socket
    found: socket.socket = device._socket.transport.get_extra_info("socket")
    return found


async def found_after(server: Server, sock: socket.socket) -> float:
    """Seconds from now, or from the last byte that it took, until the server lets it go."""
    began, took = time.monotonic(), unread(sock)
    async with asyncio.timeout(2 * STALLED_S):
        while has(server, sock):
            if unread(sock) != took:
                began, took = time.monotonic(), unread(sock)
            await asyncio.sleep(LOOKS_EVERY_S)
    return time.monotonic() - began


def unread(sock: socket.socket) -> int:
    """Bytes that have arrived."""
    return int.from_bytes(fcntl.ioctl(sock, termios.FIONREAD, bytes(4)), sys.byteorder)


async def a_screen(host: Device) -> str:
    token: str = (await host.do("AdmitStaff", role="screen"))["token"]
    return token


@asynccontextmanager
async def timed(team: Device) -> AsyncIterator[list[float]]:
    """How long a team waits for its acks meanwhile, in seconds."""
    waits: list[float] = []

    async def answer() -> None:
        while question := open_question(team):
            began = time.monotonic()
            sent = await team.answer(question["id"], question["opening"], question["options"][0]["id"])
            await team.hears(lambda message, sent=sent: message["t"] == "ack" and message["id"] == sent)  # type: ignore[misc]
            waits.append(time.monotonic() - began)
            await asyncio.sleep(0.25)

    async with meanwhile(answer()):
        yield waits


async def busy(host: Device) -> None:
    """Something to say to screens, all the while."""
    while True:
        await host.do("LockLobby", locked=True)
        await host.do("LockLobby", locked=False)
        await asyncio.sleep(0.1)


async def connected(host: Device) -> list[bool]:
    rows: list[Message] = (await host.ask("page", of="screens"))["page"]["rows"]
    return [row["connected"] for row in rows]


async def test_the_dead_and_the_stalled_are_found_in_time_the_slow_stay_and_nobody_waits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running(tmp_path) as server:
        host, teams = await evening(server)
        for n in range(MORE_TEAMS):
            await host.do("JoinTeam", name=f"Paper {n}", venue=next(iter(host.view["venues"])))
        keys = [await a_screen(host) for _ in range(4)]
        well = await Device(server.socket, keys[0]).come()
        stalled, slow = [await Page(server, key).come() for key in keys[1:3]]
        gone = await Device(server.socket, keys[3]).come()
        await until_open(teams)
        quiet, witness = teams[0], teams[1]
        for page in (stalled, slow):
            await page.ask_much()
        async with timed(witness) as waits, meanwhile(busy(host), slow.read_slowly(), *(tap(team, {}) for team in teams[2:5])):
            for device in (gone, quiet):
                packets.cut_off(socket_of(device))
            silent_s, told_s, stalled_s = await asyncio.gather(
                *(found_after(server, sock) for sock in (socket_of(quiet), socket_of(gone), stalled.sock))
            )
            assert has(server, slow.sock) and has(server, socket_of(well))
            assert await connected(host) == [True, False, True, False]
        with capsys.disabled():
            sys.stdout.write(
                f"\nfound: half open {silent_s:.1f} s, half open and told something {told_s:.1f} s, stalled {stalled_s:.1f} s;"
                f" others' acks p99 {1000 * quantiles(waits, n=100)[98]:.0f} ms\n"
            )
        assert max(silent_s, told_s) <= HALF_OPEN_S + BUSY_S and stalled_s <= STALLED_S + BUSY_S
        assert quantiles(waits, n=100)[98] < BUSY_S
        for page in (stalled, slow):
            page.sock.close()
        back = await Device(server.socket, keys[1]).come()
        await host.do("ShowQuestion")
        await back.until(lambda: bool(back.view) and back.at == well.at)
        assert back.view == well.view and await connected(host) == [True, True, False, False]
        for device in (host, well, gone, back, *teams):
            await device.go()
