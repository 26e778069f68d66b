"""A machine with too little of something: those who are in play on, those who come are turned away, and nothing spins."""

import asyncio
import os
import resource
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.faults.test_bad_surroundings import Evening, is_calm
from tests.faults.test_dead_and_slow import Page, a_screen
from tests.support.server import running

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="takes its files from a running process, and reads how busy it is")

SPARE, MANY = 10, 100  # descriptors that are left, and connections that are tried
MOST_MB = 32.0  # for all of them; a reply has half a kilobyte, and nobody is kept more than 128
WATCHED_S, MOST_BUSY = 1.0, 0.5  # of one core, while a hundred knock in vain


@contextmanager
def few_files(pid: int) -> Iterator[None]:
    """The process has but some descriptors left."""
    _, hard = before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    highest = max(int(each.name) for each in Path(f"/proc/{pid}/fd").iterdir())
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (highest + 1 + SPARE, hard))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_NOFILE, before)


def busy_s(pid: int) -> float:
    """CPU time that it has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def is_turned_away(sock: socket.socket) -> bool:
    """Its end has come; who was let in may still say something."""
    sock.setblocking(False)
    try:
        return sock.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


async def test_without_files_new_sockets_are_turned_away_old_ones_live_and_nothing_spins(tmp_path: Path) -> None:
    log: list[str] = []
    with running(tmp_path / "var", log=log) as server, ExitStack() as knocking:
        evening, pid = await Evening(server).begin(), server.process.pid
        assert (await evening.verdict(await evening.answer(0)))["verdict"] == "recorded"
        with few_files(pid):
            where = ("127.0.0.1", server.port)
            sockets = [knocking.enter_context(socket.create_connection(where)) for _ in range(MANY)]
            began_s = busy_s(pid)
            await asyncio.sleep(WATCHED_S)
            assert busy_s(pid) - began_s < MOST_BUSY * WATCHED_S
            assert sum(map(is_turned_away, sockets)) >= MANY - SPARE
            for option in (1, 0):
                assert (await evening.verdict(await evening.answer(option)))["verdict"] == "recorded"
            await evening.host.do("LockLobby", locked=True)
            await evening.host.do("LockLobby", locked=False)
        knocking.close()
        assert (await evening.health(200))["redis"] == "ok"
        await evening.guest.come()
        assert (await evening.join("Ан-2"))["t"] == "joined"
        await evening.end()
    assert is_calm(log), log


def resident_mb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024**2


async def test_a_hundred_pages_that_ask_and_never_read_cost_little_memory_and_not_the_host(tmp_path: Path) -> None:
    with running(tmp_path / "var") as server:
        evening = await Evening(server).begin()
        key, pid = await a_screen(evening.host), server.process.pid
        pages = [await Page(server, key).come() for _ in range(MANY)]
        before_mb = resident_mb(pid)
        for _ in range(3):
            for page in pages:
                await page.ask_much()
            assert (await evening.verdict(await evening.answer(0)))["verdict"] == "recorded"
            await evening.host.do("LockLobby", locked=True)
            await evening.host.do("LockLobby", locked=False)
        assert resident_mb(pid) - before_mb < MOST_MB
        for page in pages:
            page.sock.close()
        await evening.end()
