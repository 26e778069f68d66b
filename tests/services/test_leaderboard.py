"""The leaderboard in the store: what everybody may see, soon after it can be seen, and nothing before."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.ids import TeamId
from quizserver.battle.settings import Source
from quizserver.services import leaderboard
from quizserver.services.battles import LiveBattle
from quizserver.services.leaderboard import Leaderboard
from tests.services.evening import BATTLE, CHOICE, FIRST, HALL, NUMBER, join, mark, sits
from tests.services.processes import Store, done, running_on
from tests.services.test_running import until
from tests.support.fakes.standings import FakeStandingCache

ONLINE, PAPER = TeamId("t1"), TeamId("t2")
SHOWN = (join(1), join(2, Source.PAPER), sits(), ask.StartRound(), ask.ShowQuestion(), ask.ShowQuestion())
CLOSED = (*SHOWN, ask.CallLast(), ask.CloseAnswers())
SEALED = tuple(ask.SealBox(question=question, opening=1, rows=()) for question in (CHOICE, NUMBER))


@asynccontextmanager
async def written(store: Store) -> AsyncIterator[tuple[LiveBattle, FakeStandingCache]]:
    """A process that writes, and its battle with the first solution revealed."""
    cache = FakeStandingCache(store.memory)
    async with running_on(store) as running:
        Leaderboard(running, cache).begin()
        yield running.battles[BATTLE], cache


@pytest.fixture(autouse=True)
def without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaderboard, "EVERY_S", 0.01)


async def revealed(store: Store) -> None:
    live = await store.begun(*CLOSED)
    await done(live, *SEALED, ask.ConfirmCollected(venue=HALL, scope=FIRST), ask.Reveal(), ask.Reveal())


async def places(cache: FakeStandingCache) -> dict[TeamId, tuple[int, int]]:
    """(place, points)."""
    found = await cache.places(BATTLE, "total", [ONLINE, PAPER])
    return {team: (placed.place, placed.points) for team, placed in found.items()}


async def test_paper_and_phones_stand_in_one_leaderboard_as_soon_as_something_is_revealed() -> None:
    store = Store()
    await revealed(store)
    async with written(store) as (live, cache):
        await until(lambda: cache._kept)
        assert await places(cache) == {ONLINE: (1, 0), PAPER: (1, 0)}
        await done(live, ask.EnterMarks(operations=(mark(2, CHOICE, "1"),)))
        async with asyncio.timeout(3):
            while await places(cache) != {ONLINE: (2, 0), PAPER: (1, 100)}:
                await asyncio.sleep(0.005)
        assert await cache.top(BATTLE, "total", 0, 1) == [PAPER]


async def test_while_a_sheet_is_out_the_leaderboard_says_which_places_are_possible() -> None:
    store = Store()
    await revealed(store)
    async with written(store) as (_, cache):
        await until(lambda: cache._kept)
        found = await cache.places(BATTLE, "total", [ONLINE, PAPER])
        assert {team: placed.possible for team, placed in found.items()} == {ONLINE: (1, 2), PAPER: None}


async def test_before_the_first_solution_there_are_no_places() -> None:
    store = Store()
    await store.begun(*CLOSED)
    async with written(store) as (live, cache):
        await done(live, ask.AdjustPoints(team=ONLINE, points=100, reason="a song"))
        await asyncio.sleep(0.1)
        assert cache._kept == {}


async def test_a_frozen_standing_stays_as_everybody_sees_it() -> None:
    store = Store()
    await revealed(store)
    async with written(store) as (live, cache):
        await done(live, ask.FreezeStanding(frozen=True), ask.AdjustPoints(team=ONLINE, points=100, reason="a song"))
        await asyncio.sleep(0.1)
        assert await places(cache) == {ONLINE: (1, 0), PAPER: (1, 0)}
        await done(live, ask.FreezeStanding(frozen=False))
        async with asyncio.timeout(3):
            while (await places(cache))[ONLINE] != (1, 100):
                await asyncio.sleep(0.005)


async def test_what_moves_nobody_is_not_written_again() -> None:
    store = Store()
    await revealed(store)
    async with written(store) as (live, cache):
        await until(lambda: cache._kept)
        version = cache._kept[BATTLE, "total"][0]
        await done(live, ask.LockLobby(locked=True))
        await asyncio.sleep(0.1)
        assert cache._kept[BATTLE, "total"][0] == version < live.known.version


async def test_a_store_that_is_gone_for_a_while_has_the_latest_when_it_is_back(caplog: pytest.LogCaptureFixture) -> None:
    store = Store()
    await revealed(store)
    async with written(store) as (live, cache):
        await until(lambda: cache._kept)
        await done(live, ask.AdjustPoints(team=ONLINE, points=100, reason="a song"))
        store.memory.gone = True
        await asyncio.sleep(0.1)
        store.memory.gone = False
        async with asyncio.timeout(5):
            while (await places(cache))[ONLINE] != (1, 100):
                await asyncio.sleep(0.005)
    assert "Traceback" not in caplog.text
