"""Two servers on one Redis, and the network between Redis and one of them dies, or that one stands still: nobody who moves to it is
shown less than was acknowledged to it, and those who are with it are told to go."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from quizserver.wire import closing
from tests.faults.rig.proxy import Proxy, Weather
from tests.faults.test_bad_surroundings import Evening, OwnRedis, is_calm, own_redis
from tests.support.server import Server, running
from tests.support.sockets import Device

__all__ = ["own_redis"]

TOLD_S = 2.0  # one second of silence, a look in between, and what a busy machine adds
BACK_S = 4.0  # a look that is given up, and those who come back each at a moment of its own


@dataclass
class Two:
    """An evening on the first server; the second one's way to Redis goes through `line`."""

    evening: Evening
    second: Server
    line: Proxy

    async def answered(self) -> int:
        """The revision of one more answer of the team, acknowledged by the first server."""
        ack = await self.evening.verdict(await self.evening.answer(0))
        assert ack["verdict"] == "recorded"
        return int(ack["revision"])

    async def moves(self, to: Server | None = None) -> Device:
        """The team's device, on the second server."""
        device = Device((to or self.second).socket, self.evening.team.token)
        await device.come()
        return device


@pytest.fixture
async def two(tmp_path: Path, own_redis: OwnRedis) -> AsyncIterator[Two]:
    async with _two(tmp_path, own_redis) as both:
        yield both


@asynccontextmanager
async def _two(folder: Path, redis: OwnRedis) -> AsyncIterator[Two]:
    log: list[str] = []
    async with Proxy(redis.port) as line:
        first = running(folder / "var", "--redis-url", f"redis://127.0.0.1:{redis.port}", log=log)
        with first as here:
            second = running(folder / "var", "--redis-url", f"redis://127.0.0.1:{line.port}", log=log)
            there = await asyncio.to_thread(second.__enter__)
            try:
                evening = await Evening(here).begin()
                await asyncio.sleep(1)  # both have seen that they are two
                yield Two(evening, there, line)
                await evening.end()
            finally:
                line.clear()
                await asyncio.to_thread(second.__exit__, None, None, None)
    assert is_calm(log), log


def revision_of(device: Device) -> int:
    [answer] = device.mine["answers"].values()
    return int(answer["revision"])


@pytest.mark.parametrize("weather", [Weather(blackhole=True), Weather(refuses=True)], ids=["silent", "refuses"])
async def test_a_server_that_is_cut_off_tells_everybody_to_go_and_greets_nobody_of_the_past(two: Two, weather: Weather) -> None:
    await two.answered()
    screen = await Device(two.second.socket).come()
    two.line.weather = weather
    if weather.refuses:
        two.line.reset()
    cut = time.monotonic()
    latest = await two.answered()
    moved = await two.moves()
    assert (moved.ended, moved.mine) == (closing.STORE_GONE.code, {})
    await screen.until(lambda: screen.ended is not None)
    assert screen.ended == closing.STORE_GONE.code and time.monotonic() < cut + TOLD_S
    while time.monotonic() < cut + TOLD_S:
        assert (await two.moves()).mine == {}
    latest = await two.answered()
    two.line.clear()
    back, moved = time.monotonic(), await two.moves()
    while moved.ended:
        await asyncio.sleep(0.1)
        moved = await two.moves()
    await moved.until(lambda: bool(moved.mine))
    assert time.monotonic() < back + BACK_S
    assert [message["mine"]["answers"] for message in moved.said if message["t"] == "mine"] == [moved.mine["answers"]]
    assert revision_of(moved) == latest
    for device in (screen, moved):
        await device.go()


async def test_a_server_that_stood_still_first_learns_what_it_missed(two: Two) -> None:
    await two.answered()
    two.second.process.send_signal(signal.SIGSTOP)
    for _ in range(5):
        latest = await two.answered()
        await asyncio.sleep(0.3)
    coming = asyncio.create_task(two.moves())  # its hello is the first that is read afterwards
    await asyncio.sleep(0.3)
    os.kill(two.second.process.pid, signal.SIGCONT)
    moved = await coming
    await moved.until(lambda: bool(moved.mine))
    assert revision_of(moved) == latest
    assert [message["mine"] for message in moved.said if message["t"] == "mine"] == [moved.mine]
    await moved.go()


async def test_who_moves_between_sound_servers_is_shown_its_latest_answer_each_time(two: Two) -> None:
    for _ in range(10):
        latest = await two.answered()
        moved = await two.moves()
        await moved.until(lambda: bool(moved.mine))  # noqa: B023
        assert revision_of(moved) == latest
        await moved.go()
        await two.evening.team.come()
