"""Whether a process hears its store, and whether it is alone there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from quizserver.services import hearing
from quizserver.services.hearing import ALONE_AFTER_S, Hearing
from tests.services.evening import BATTLE
from tests.services.processes import Store
from tests.services.test_running import until
from tests.support.fakes.memory import Memory
from tests.support.fakes.presence import FakePresence


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "LOOKS_EVERY_S", 0.02)


class HangingPresence(FakePresence):
    """One that answers nobody while it hangs, and is asked no second thing on the same line."""

    hangs = False

    async def leases(self, battle: object) -> frozenset[str]:
        while self.hangs:
            await asyncio.sleep(3600)
        return await super().leases(BATTLE)


class Ear:
    """A process that listens. `line` may be gone; `ahead_s` is how far its loop's time was put forward."""

    def __init__(self, store: Store) -> None:
        self.line: Memory = replace(store.memory)
        self.presence, self.ahead_s = HangingPresence(self.line, store.hands.store_ms), 0.0
        self.hearing = Hearing("we", self.presence, {BATTLE: None}, self.loop_time)  # type: ignore[dict-item]
        self.silences = 0
        self.hearing.on_silence.append(self.silent)

    def loop_time(self) -> float:
        return asyncio.get_running_loop().time() + self.ahead_s

    def silent(self) -> None:
        self.silences += 1


@asynccontextmanager
async def listening(*others: str) -> AsyncIterator[Ear]:
    store = Store()
    ear = Ear(store)
    for other in ("we", *others):
        await store.presence.renew(other, [BATTLE])
    running = asyncio.gather(ear.hearing.tick(), ear.hearing.go_on_looking())
    try:
        await asyncio.sleep(0.05)
        yield ear
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_whoever_has_the_store_for_itself_is_alone_also_while_the_store_is_silent() -> None:
    async with listening() as ear:
        assert ear.hearing.is_alone
        ear.line.gone = True
        await asyncio.sleep(0.2)
        assert ear.hearing.is_alone and not ear.hearing.is_cut_off
    assert ear.silences == 0


@pytest.mark.parametrize("how", ["refuses", "hangs"])
async def test_who_hears_nothing_while_others_may_is_cut_off_until_it_hears_again(
    how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "LOOK_TAKES_S", 0.1)
    async with listening("others") as ear:
        for times in (1, 2):
            assert not (ear.hearing.is_alone or ear.hearing.is_cut_off)
            ear.line.gone, ear.presence.hangs = how == "refuses", how == "hangs"
            await until(lambda: ear.hearing.is_cut_off)
            await asyncio.sleep(0.1)
            assert ear.silences == times
            ear.line.gone = ear.presence.hangs = False
            await until(lambda: not ear.hearing.is_cut_off)


async def test_a_look_or_two_that_are_not_answered_are_no_silence() -> None:
    async with listening("others") as ear:
        ear.line.gone = True
        await asyncio.sleep(1.5 * hearing.LOOKS_EVERY_S)
        ear.line.gone = False
        await asyncio.sleep(0.1)
        assert ear.silences == 0


async def test_others_are_remembered_for_a_minute() -> None:
    async with listening("others") as ear:
        ear.line.leases[BATTLE].pop("others")
        await asyncio.sleep(0.05)
        assert not ear.hearing.is_alone
        ear.ahead_s += ALONE_AFTER_S
        await until(lambda: ear.hearing.is_alone)


async def test_who_stood_still_is_not_alone_before_it_has_looked() -> None:
    async with listening() as ear:
        ear.presence.hangs = True
        await asyncio.sleep(0.05)
        ear.ahead_s += 5  # others may have come and gone
        assert not ear.hearing.is_alone
        await asyncio.sleep(0.1)
        assert not (ear.hearing.is_alone or ear.hearing.is_cut_off)
        ear.presence.hangs = False
        await asyncio.sleep(0.1)
        assert not ear.hearing.is_alone  # what it is told now may be as old as its standing still


async def test_who_stood_still_is_alone_again_once_it_has_looked() -> None:
    async with listening() as ear:
        ear.ahead_s += 5
        assert not ear.hearing.is_alone
        await until(lambda: ear.hearing.is_alone)
