"""Somebody sets the clock of the machine while a question is open: it closes when it would have, and nothing is late by that."""

import asyncio
import time
from pathlib import Path

import pytest

from tests.faults.rig.own_redis import OwnRedis, can_lose_power
from tests.faults.test_bad_surroundings import Evening, is_calm
from tests.support.server import running
from tests.support.sockets import Device

needs_cc = pytest.mark.skipif(not can_lose_power(), reason="needs Linux and a C compiler, to set the clock of Redis alone")
SOON_S = 2.0  # four signs of life a second, and a busy machine
NEAR_MS = 300


async def time_of(team: Device) -> int:
    """Battle time, as a page asks for it."""
    before = len(team.said)
    await team.say("clock", sent=0)
    await team.until(lambda: any(each["t"] == "clock" for each in team.said[before:]))
    return int(next(each["now"] for each in team.said[before:] if each["t"] == "clock"))


@needs_cc
@pytest.mark.parametrize("by_s", [3600.0, -3600.0])
async def test_a_clock_that_is_set_by_an_hour_moves_no_deadline_and_makes_nothing_late(tmp_path: Path, by_s: float) -> None:
    (tmp_path / "disk").mkdir()
    redis, log = OwnRedis(tmp_path / "disk", tmp_path), list[str]()
    await redis.start()
    try:
        with running(tmp_path / "var", "--redis-url", redis.url, log=log) as server:
            evening = await Evening(server).begin()
            clock, now_ms, began = evening.team.view["clock"], await time_of(evening.team), time.monotonic()
            redis.set_clock(by_s)
            await asyncio.sleep(SOON_S)
            assert (await evening.verdict(await evening.answer(0)))["verdict"] == "recorded"
            assert abs(await time_of(evening.team) - now_ms - 1000 * (time.monotonic() - began)) < NEAR_MS
            assert evening.team.view["clock"] == clock
            await evening.end()
    finally:
        await redis.child.kill()
    assert is_calm(log) and len([line for line in log if "was set by" in line]) == 1, log


@needs_cc
async def test_a_start_behind_the_last_entry_goes_on_from_there(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    redis = OwnRedis(tmp_path / "disk", tmp_path)
    await redis.start()
    try:
        with running(tmp_path / "var", "--redis-url", redis.url) as server:
            evening = await Evening(server).begin()
            now_ms, token = evening.team.welcome["now"], evening.team.token
            await evening.end()
        redis.set_clock(-3600.0)
        with running(tmp_path / "var", "--redis-url", redis.url) as server:
            evening.server, evening.team.url, evening.team.token = server, server.socket, token
            await evening.team.come()
            assert evening.team.welcome["now"] > now_ms
            await evening.team.go()
    finally:
        await redis.child.kill()
