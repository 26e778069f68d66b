"""What the server stands on gives way under it, while people play: nothing is acknowledged that is not kept, nothing is lost, each
page is told, and the log has one line for each thing that waits and none twice."""

import asyncio
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from quizserver.stores import redis_source
from tests.support.server import Server, free_port, running
from tests.support.sockets import Device, Message

PATIENCE_S = 20.0
OVER_THE_NETWORK = ("--port", "{port}", "--dir", "{folder}", "--logfile", "redis.log", "--save", "")
AS_WE_NEED_IT = ("--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction")


class OwnRedis:
    """A Redis that is not ours: nobody starts it again but its owner."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        folder.mkdir()
        self.start()

    def start(self) -> None:
        where = [each.format(port=self.port, folder=self.folder) for each in OVER_THE_NETWORK]
        self._process = subprocess.Popen([redis_source.server_binary(), *where, *AS_WE_NEED_IT])
        give_up = time.monotonic() + PATIENCE_S
        while b"PONG" not in self._said_to_ping():
            assert time.monotonic() < give_up

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def _said_to_ping(self) -> bytes:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as sock:
                sock.sendall(b"PING\r\n")
                return sock.recv(100)
        except OSError:
            time.sleep(0.02)
            return b""


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[OwnRedis]:
    redis = OwnRedis(tmp_path / "own")
    yield redis
    redis.kill()


@contextmanager
def no_room(*pids: int) -> Iterator[None]:
    """The disk takes not another byte of these processes: as when it is full or read-only, and also for root."""
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids}
    for pid, (_, hard) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        for pid, limits in before.items():
            if Path(f"/proc/{pid}").exists():
                resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


only_on_linux = pytest.mark.skipif(sys.platform != "linux", reason="takes the room from a running process")


class Evening:
    """A host and a team in an open question, and somebody at the door."""

    def __init__(self, server: Server) -> None:
        self.server = server

    async def begin(self) -> "Evening":
        self.host = await Device(self.server.socket, self.server.host_key).come()
        await self.host.until(lambda: bool(self.host.view))
        self.team = await (await Device(self.server.socket).come()).join(self.server.pin, "Ту-144")
        self.guest = await Device(self.server.socket).come()
        await self.host.do("StartRound")
        await self.host.do("ShowQuestion")
        await self.team.until(lambda: "opens_at" in self.team.view.get("clock", {}))
        await asyncio.sleep(max(0, self.team.view["clock"]["opens_at"] - self.team.welcome["now"]) / 1000)
        return self

    async def answer(self, option: int) -> str:
        question = self.team.view["questions"][self.team.view["question"]]
        return await self.team.answer(question["id"], question["opening"], question["options"][option]["id"])

    async def verdict(self, sent: str) -> Message:
        return await self.team.hears(lambda message: message["t"] == "ack" and message["id"] == sent)

    def acks(self, sent: str) -> list[Message]:
        return [message for message in self.team.said if message["t"] == "ack" and message["id"] == sent]

    async def join(self, name: str) -> Message:
        before = len(self.guest.said)
        await self.guest.say("join", pin=self.server.pin, name=name)
        await self.guest.until(lambda: any(m["t"] in ("joined", "refused") for m in self.guest.said[before:]))
        return next(m for m in self.guest.said[before:] if m["t"] in ("joined", "refused"))

    async def health(self, wanted: int) -> dict[str, Any]:
        """What a host is told of the parts, as soon as it is so."""
        async with asyncio.timeout(PATIENCE_S), httpx.AsyncClient() as client:
            while (answer := await client.get(f"{self.server.url}/healthz")).status_code != wanted:
                await asyncio.sleep(0.1)
        parts: dict[str, Any] = answer.json()["parts"]
        return parts

    async def end(self) -> None:
        """Everybody leaves, and the server stops as always."""
        for device in (self.host, self.team, self.guest):
            await device.go()
        assert await asyncio.to_thread(self.server.stop, signal.SIGINT) == 0


def is_calm(log: list[str]) -> bool:
    """No traceback: each complaint is one line that begins with a word."""
    return all(line[:1].isalpha() and "Traceback" not in line for line in log)


async def test_while_redis_is_gone_nothing_is_acknowledged_and_afterwards_all_is(tmp_path: Path, own_redis: OwnRedis) -> None:
    url, log = f"redis://127.0.0.1:{own_redis.port}", list[str]()
    with running(tmp_path / "var", "--redis-url", url, log=log) as server:
        evening = await Evening(server).begin()
        saved = await evening.answer(0)
        assert (await evening.verdict(saved))["verdict"] == "recorded"
        own_redis.kill()
        waiting = await evening.answer(1)
        pressed = await evening.host.ask("do", command="LockLobby", args={"locked": True})
        assert (pressed["refused"]["code"], pressed["refused"]["temporary"]) == ("store_gone", True)
        refused = await evening.join("Ан-2")
        assert (refused["code"], refused["temporary"]) == ("store_gone", True)
        assert "Redis" in (await evening.health(503))["redis"]
        await asyncio.sleep(1.5)
        assert evening.acks(waiting) == []  # the phone says "sending", and not "saved"
        assert evening.team.view["phase"] == "open"  # and keeps its picture
        own_redis.start()
        assert (await evening.verdict(waiting))["verdict"] == "recorded"
        assert (await evening.join("Ан-2"))["t"] == "joined"
        await evening.host.do("LockLobby", locked=True)
        await evening.health(200)
        await evening.end()
    assert is_calm(log), log
    assert len(log) == 2, log
    begins, ends = log  # a line when it goes, and one when it is back, however many wait for it
    assert " waits: Redis " in begins and ends.endswith(" goes on")


async def test_a_killed_redis_of_our_own_is_there_again_in_the_same_question(tmp_path: Path) -> None:
    log: list[str] = []
    with running(tmp_path / "var", log=log) as server:
        evening = await Evening(server).begin()
        saved = await evening.answer(0)
        assert (await evening.verdict(saved))["verdict"] == "recorded"
        os.kill(redis_of(tmp_path / "var"), signal.SIGKILL)
        waiting = await evening.answer(1)
        acks = [{**(await evening.verdict(sent)), "receipt": ""} for sent in (saved, waiting)]
        assert acks[1] == {**acks[0], "id": waiting, "revision": 2}
        await evening.health(200)
        await evening.end()
    assert is_calm(log), log
    assert "Redis was killed by signal 9." in log and "Redis was started again." in log
    assert len(log) == len(set(log)) <= 8, log


def redis_of(data: Path) -> int:
    return int((data / "redis.lock").read_text().split()[0])


@only_on_linux
async def test_an_archive_that_cannot_be_written_is_told_and_play_goes_on(tmp_path: Path) -> None:
    log: list[str] = []
    with running(tmp_path / "var", log=log) as server:
        evening = await Evening(server).begin()
        with no_room(server.process.pid):
            saved = await evening.answer(0)
            assert (await evening.verdict(saved))["verdict"] == "recorded"
            parts = await evening.health(503)
            assert parts["redis"] == "ok" and parts["archive"] != "ok"
            made = await evening.host.ask("do", command="CreateBattle", args={"pack": "industry"})
            assert (made["refused"]["code"], made["refused"]["temporary"]) == ("pictures_not_kept", True)
        await evening.health(200)
        await evening.host.do("CreateBattle", pack="industry")
        await evening.end()
    assert is_calm(log), log
    assert [line.split(":")[0] for line in log if "pictures_not_kept" not in line] == ["the archive waits", "the archive goes on"]
    assert len(log) == 3, log


@only_on_linux
async def test_an_answer_waits_for_room_on_the_disk_and_is_not_lost(tmp_path: Path) -> None:
    log: list[str] = []
    with running(tmp_path / "var", log=log) as server:
        evening = await Evening(server).begin()
        with no_room(server.process.pid, redis_of(tmp_path / "var")):
            waiting = await evening.answer(0)
            assert (await evening.health(503))["redis"] != "ok"
            await asyncio.sleep(2)
            assert evening.acks(waiting) == []
        assert (await evening.verdict(waiting))["verdict"] == "recorded"
        await evening.health(200)
        await evening.end()
    assert is_calm(log), log
    assert len([line for line in log if line.startswith("Redis could not be started again")]) == 1, log
