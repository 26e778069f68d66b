"""What a process knew of its teams' lines when a question opened goes into the ledger, once, and nothing that it learned later."""

import asyncio
from contextlib import AbstractAsyncContextManager

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.ids import TeamId
from quizserver.battle.settings import BattleSettings, TieBreak
from quizserver.services import giving_time
from quizserver.services.battles import LiveBattle, News
from quizserver.services.giving_time import GivingTime
from tests.services.evening import BATTLE, CHOICE, PIN, creation, join
from tests.services.processes import Store, done
from tests.support.meanwhile import meanwhile

TIMED = BattleSettings(tie_breaks=(TieBreak.SPEED,), give_ms=150)
T1, T2 = TeamId("t1"), TeamId("t2")


async def begun(store: Store) -> LiveBattle:
    await store.ledger().register(BATTLE, PIN)
    live = await store.live()
    await done(live, creation(TIMED), join(1), join(2), ask.StartRound())
    return live


def giving(live: LiveBattle, trips: dict[TeamId, int]) -> AbstractAsyncContextManager[None]:
    return meanwhile(GivingTime("p", live, lambda: trips).run())


async def given(live: LiveBattle, teams: int = 1) -> dict[TeamId, int]:
    """As soon as so many teams were."""
    told = asyncio.Event()
    live.listeners.append(lambda news: told.set())
    async with asyncio.timeout(5):
        while len((box := live.known.boxes[CHOICE, 1]).given) < teams:
            told.clear()
            await told.wait()
    return dict(box.given)


async def test_only_what_was_known_before_the_opening_was_told_is_given() -> None:
    live = await begun(Store())
    trips = {T1: 80}
    async with giving(live, trips):
        live.listeners.append(lambda news: trips.update({T1: 10, T2: 500}))  # as whoever is told could make it look
        await done(live, ask.ShowQuestion())
        assert await given(live) == {T1: 80}


async def test_many_teams_go_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giving_time, "MOST_TEAMS", 1)
    live = await begun(Store())
    async with giving(live, {T1: 80, T2: 60}):
        await done(live, ask.ShowQuestion())
        assert await given(live, 2) == {T1: 80, T2: 60}


async def test_a_store_that_is_gone_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giving_time, "RETRY_S", 0.01)
    store = Store()
    live = await begun(store)

    def goes(news: News) -> None:
        """Right after the opening, and not for long."""
        live.listeners.remove(goes)
        store.memory.gone = True
        asyncio.get_running_loop().call_later(0.05, setattr, store.memory, "gone", False)

    async with giving(live, {T1: 80}):
        live.listeners.append(goes)
        await done(live, ask.ShowQuestion())
        assert await given(live) == {T1: 80}


async def test_a_past_that_was_read_anew_gives_nothing() -> None:
    store = Store()
    live = await begun(store)
    await done(await store.live(), ask.ShowQuestion())
    async with giving(live, {T1: 80}):
        await live.reload()
        await done(live, ask.Extend(by_ms=1000))
        assert live.known.boxes[CHOICE, 1].given == {}
