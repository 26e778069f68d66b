"""Redis stops answering and does not die: that is said within seconds, nothing is acknowledged meanwhile, and all is afterwards."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.test_bad_surroundings import Evening, is_calm, redis_of
from tests.support.server import running
from tests.support.sockets import Message

NOTICED_S = 3.0  # 2.5, and what a busy machine adds
BACK_S = 2.0


@contextmanager
def hung(pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


async def lock_lobby(evening: Evening, locked: bool) -> Message:
    return await evening.host.ask("do", command="LockLobby", args={"locked": locked})


@pytest.mark.parametrize("for_s", [0, 4])
async def test_a_hung_redis_is_noticed_and_answers_are_acknowledged_soon_after_its_return(tmp_path: Path, for_s: float) -> None:
    log: list[str] = []
    with running(tmp_path / "var", log=log) as server:
        evening = await Evening(server).begin()
        saved = await evening.answer(0)
        assert (await evening.verdict(saved))["verdict"] == "recorded"
        with hung(redis_of(tmp_path / "var")):
            began, waiting = time.monotonic(), await evening.answer(1)
            pressed = await lock_lobby(evening, True)
            assert time.monotonic() < began + NOTICED_S
            assert (pressed["refused"]["code"], pressed["refused"]["temporary"]) == ("store_gone", True)
            while time.monotonic() < began + for_s:  # so long that what waited on the first connections was given up
                assert (await lock_lobby(evening, True))["refused"]["code"] == "store_gone"
            assert evening.acks(waiting) == []
        back = time.monotonic()
        assert (await evening.verdict(waiting))["verdict"] == "recorded"
        assert (await lock_lobby(evening, True))["ok"]
        assert time.monotonic() < back + BACK_S
        await evening.end()
    assert is_calm(log), log


async def test_a_redis_that_stands_still_for_a_second_is_no_outage(tmp_path: Path) -> None:
    log: list[str] = []
    with running(tmp_path / "var", log=log) as server:
        evening = await Evening(server).begin()
        with hung(redis_of(tmp_path / "var")):
            waiting = await evening.answer(1)
            await asyncio.sleep(1)
        assert (await lock_lobby(evening, True))["ok"]
        assert (await evening.verdict(waiting))["verdict"] == "recorded"
        await evening.end()
    assert log == []
