"""Being there: an outage gives its time back, once, before anything is decided late."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, ClassVar

import pytest

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.ids import BattleId
from quizserver.services import presence, write_pace
from quizserver.services.battles import LiveBattle
from quizserver.services.entries import decode
from quizserver.services.ports import Sign, StoreGone
from quizserver.services.presence import Heartbeat, clock_runs
from quizserver.services.write_pace import WritePace
from tests.services.evening import BATTLE, join
from tests.services.processes import Store, done
from tests.support.meanwhile import meanwhile

OPEN = (join(1), ask.StartRound(), ask.ShowQuestion(), ask.ShowQuestion(), ask.CallLast())
LASTING_S = 40.0


class Process:
    """One process on a battle whose loop time a test can put forward with the store's clock."""

    def __init__(self, name: str, store: Store, live: LiveBattle) -> None:
        self.live, self.store = live, store
        self.battles = {live.id: live}
        self.pace = WritePace()
        self.heart = Heartbeat(name, store.presence, self.battles, self.loop_time, self.pace)

    def loop_time(self) -> float:
        return self.store.hands.store_ms() / 1000


async def process(store: Store, name: str) -> Process:
    return Process(name, store, await store.live())


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "OTHERS_S", 0.02)


async def outage(*commands: ask.Command) -> Store:
    """A store whose battle had a server until 40 s ago, and a battle after these commands."""
    store = Store()
    live = await store.begun(*commands)
    await Process("first", store, live).heart.beat(BATTLE)
    store.hands.forward(LASTING_S)
    return store


async def extensions(store: Store) -> list[did.ClockExtended]:
    events = [decode(entry)[0] for entry in await store.ledger().read(BATTLE)]
    return [event for event in events if isinstance(event, did.ClockExtended)]


# --- outages -------------------------------------------------------------------------------------------------------------


async def test_an_outage_while_a_clock_runs_gives_its_time_back() -> None:
    store = await outage(*OPEN)
    one = await process(store, "one")
    before = one.live.known.clock
    await one.heart.arrive(BATTLE)
    [extended] = await extensions(store)
    assert (extended.why, extended.by) == ("outage", "one")
    assert LASTING_S * 1000 <= extended.by_ms < LASTING_S * 1000 + 500
    assert before and one.live.known.clock and one.live.known.clock.deadline_ms == before.deadline_ms + extended.by_ms


async def test_two_processes_that_start_at_once_give_it_back_once() -> None:
    for _ in range(10):
        store = await outage(*OPEN)
        both = await process(store, "one"), await process(store, "two")
        await asyncio.gather(*(each.heart.arrive(BATTLE) for each in both))
        assert len(await extensions(store)) == 1
        assert both[0].live.state == both[1].live.state


async def test_whoever_is_ready_a_moment_later_decides_on_the_extended_clock() -> None:
    """Else it would call out a clock that another process is about to extend."""
    store = await outage(*OPEN)
    first, second = await process(store, "first"), await process(store, "second")
    await asyncio.gather(first.heart.ready(BATTLE), second.heart.ready(BATTLE))
    assert second.live.known.clock == first.live.known.clock
    assert len(await extensions(store)) == 1


async def test_two_questions_of_one_process_wait_for_one_beat() -> None:
    store = await outage(*OPEN)
    one = await process(store, "one")
    await asyncio.gather(one.heart.beat(BATTLE), one.heart.ready(BATTLE), one.heart.ready(BATTLE))
    assert len(await extensions(store)) == 1
    assert one.live.known.clock and one.live.known.clock.deadline_ms > store.hands.store_ms()


async def test_a_night_is_given_back_in_hours() -> None:
    store = await outage(*OPEN)
    store.hands.forward(9_000)
    one = await process(store, "one")
    await one.heart.arrive(BATTLE)
    assert [extended.by_ms // 60_000 for extended in await extensions(store)] == [60, 60, 30]
    assert one.live.known.clock and one.live.known.clock.deadline_ms > store.hands.store_ms()


@pytest.mark.parametrize(
    "commands",
    [
        (),
        OPEN[:2],
        (*OPEN, ask.Pause()),
        (*OPEN, ask.CloseAnswers()),
    ],
    ids=["lobby", "round intro", "paused", "closed"],
)
async def test_where_nobodys_clock_ran_nothing_is_given_back(commands: Sequence[ask.Command]) -> None:
    store = await outage(*commands)
    one = await process(store, "one")
    await one.heart.arrive(BATTLE)
    assert await extensions(store) == []


async def test_a_clock_that_had_run_out_before_the_outage_is_not_extended() -> None:
    store = Store()
    live = await store.begun(*OPEN)
    store.hands.forward(100)
    await Process("first", store, live).heart.beat(BATTLE)
    store.hands.forward(LASTING_S)
    one = await process(store, "one")
    await one.heart.arrive(BATTLE)
    assert await extensions(store) == []


async def test_what_was_closed_while_we_stood_still_is_known_before_time_is_given_back() -> None:
    store = await outage(*OPEN)
    one = await process(store, "one")
    await done(await store.live(), ask.CloseAnswers())
    await one.heart.arrive(BATTLE)
    assert await extensions(store) == []


async def test_if_only_one_of_several_was_away_nothing_is_extended_by_itself() -> None:
    store = Store()
    live = await store.begun(*OPEN)
    stays, away = Process("stays", store, live), await process(store, "away")
    await away.heart.beat(BATTLE)
    for _ in range(5):
        store.hands.forward(0.9)
        await stays.heart.beat(BATTLE)
    await done(live, ask.LockLobby(locked=True))
    await away.heart.ready(BATTLE)
    assert await extensions(store) == []
    assert away.live.known.lobby_locked  # but it has caught up


async def test_the_first_process_of_a_battle_finds_no_outage() -> None:
    store = Store()
    one = Process("one", store, await store.begun(*OPEN))
    await one.heart.arrive(BATTLE)
    assert await extensions(store) == []


async def test_a_process_that_never_stood_still_beats_no_more_than_it_must() -> None:
    store = Store()
    one = Process("one", store, await store.begun(*OPEN))
    await one.heart.beat(BATTLE)
    store.memory.gone = True
    await one.heart.ready(BATTLE)


async def test_a_process_that_gets_no_core_is_told_like_a_slow_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_pace, "FEWEST", 3)
    store = Store()
    one, alive = Process("one", store, await store.begun(*OPEN)), store.presence.alive

    async def starved(battle: BattleId, process: str) -> Sign:
        asyncio.get_running_loop().call_soon(time.sleep, 2 * write_pace.SLOW_MS / 1000)
        await asyncio.sleep(0)
        return await alive(battle, process)

    monkeypatch.setattr(store.presence, "alive", starved)
    for _ in range(3):
        assert one.pace.slow_ms == 0
        await one.heart.beat(BATTLE)
    assert one.pace.slow_ms > write_pace.SLOW_MS


async def test_time_that_could_not_be_given_back_is_given_back_at_the_next_beat() -> None:
    store = await outage(*OPEN)
    one = await process(store, "one")
    catch_up = one.live.catch_up

    async def gone() -> None:
        raise StoreGone("gone")

    one.live.catch_up = gone  # type: ignore[method-assign]
    with pytest.raises(StoreGone):
        await one.heart.beat(BATTLE)
    one.live.catch_up = catch_up  # type: ignore[method-assign]
    await one.heart.ready(BATTLE)
    assert len(await extensions(store)) == 1


async def test_time_whose_giving_back_may_have_arrived_is_not_given_back_again() -> None:
    store = await outage(*OPEN)
    ledger = store.ledger()
    ledger.lose_answers = 1
    live = LiveBattle(BATTLE, ledger, await store.clock())
    await live.reload()
    one = Process("one", store, live)
    with pytest.raises(StoreGone):
        await one.heart.beat(BATTLE)
    await one.heart.beat(BATTLE)
    assert len(await extensions(store)) == 1


async def test_a_battle_that_is_not_ours_has_no_beat() -> None:
    store = Store()
    one = Process("one", store, await store.begun())
    await one.heart.beat(BattleId("another"))
    assert (await store.presence.alive(BattleId("another"), "two")).before_ms == 0


def test_without_a_battle_no_clock_runs() -> None:
    assert not clock_runs(None, 0)


# --- leases --------------------------------------------------------------------------------------------------------------


def beating(one: Process) -> AbstractAsyncContextManager[None]:
    return meanwhile(one.heart.run())


async def test_a_process_holds_a_lease_from_the_moment_it_follows_a_battle() -> None:
    store = Store()
    one = Process("one", store, await store.begun())
    await one.heart.arrive(BATTLE)
    assert await store.presence.leases(BATTLE) == {"one"}


async def test_it_renews_its_lease_and_beats_until_it_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "BEAT_S", 0.01)
    monkeypatch.setattr(presence, "RENEW_S", 0.01)
    store = Store()
    one = Process("one", store, await store.begun())
    async with beating(one):
        await asyncio.sleep(0.02)
        store.hands.forward(5)
        await asyncio.sleep(0.05)
        assert await store.presence.leases(BATTLE) == {"one"}
        assert store.hands.store_ms() - (await store.presence.alive(BATTLE, "test")).before_ms < 500
    await one.heart.leave()
    assert await store.presence.leases(BATTLE) == frozenset()


async def test_a_store_that_is_gone_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "BEAT_S", 0.01)
    store = Store()
    one = Process("one", store, await store.begun(*OPEN))
    async with beating(one):
        await asyncio.sleep(0.03)
        store.memory.gone = True
        await asyncio.sleep(0.03)
        store.hands.forward(LASTING_S)
        store.memory.gone = False
        await asyncio.sleep(0.1)
    assert len(await extensions(store)) == 1


async def test_what_one_battle_waits_for_keeps_no_other_one_from_its_sign() -> None:
    store, other = Store(), BattleId("other")
    live: Any = await store.begun()

    class OneHangs:
        beaten: ClassVar[list[BattleId]] = []

        async def renew(self, process: str, battles: Sequence[BattleId]) -> None:
            """Has renewed it."""

        async def alive(self, battle: BattleId, process: str) -> Sign:
            self.beaten.append(battle)
            if battle == BATTLE:
                await asyncio.Event().wait()
            return await store.presence.alive(battle, process)

    hanging: Any = OneHangs()
    heart = Heartbeat("one", hanging, {BATTLE: live, other: live}, Process("one", store, live).loop_time, WritePace())
    async with meanwhile(heart.run()):
        await asyncio.sleep(0.02)
    assert hanging.beaten == [BATTLE, other]
    assert (await store.presence.alive(other, "two")).before_ms > 0


@pytest.mark.parametrize("by_s", [3600, -3600, 5, -5])
async def test_a_clock_of_the_store_that_is_set_moves_no_battle(by_s: int) -> None:
    store = Store()
    live, carried = await store.begun(*OPEN), await store.clock()
    one = Process("one", store, live)
    hearts = [Heartbeat(name, store.presence, {live.id: live}, one.loop_time, WritePace(), carried.now_ms) for name in ("a", "b")]
    for heart in hearts:
        await heart.beat(BATTLE)
    version, steady = live.head.version, store.hands.monotonic_ns
    store.hands.forward(by_s)
    carried._monotonic_ns = lambda: steady() - by_s * 1_000_000_000
    for heart in (*hearts, *hearts):
        await heart.beat(BATTLE)
    assert live.head.version == version  # no time is given back
    assert abs(await store.presence.now_ms() - carried.now_ms()) < 100


async def test_a_clock_that_is_set_while_the_store_is_slow_gives_no_hour_back(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store()
    live, carried = await store.begun(*OPEN), await store.clock()
    heart = Heartbeat("a", store.presence, {live.id: live}, Process("one", store, live).loop_time, WritePace(), carried.now_ms)
    alive = store.presence.alive

    async def slowly(battle: BattleId, process: str) -> Sign:
        sign = await alive(battle, process)
        store.hands.forward(0.4)  # longer than two clocks may be apart
        return sign

    monkeypatch.setattr(store.presence, "alive", slowly)
    await heart.beat(BATTLE)
    version, steady = live.head.version, store.hands.monotonic_ns
    store.hands.forward(-3600)
    carried._monotonic_ns = lambda: steady() + 3_600_000_000_000
    await heart.beat(BATTLE)
    monkeypatch.undo()
    for _ in range(3):
        await heart.beat(BATTLE)
    assert live.head.version == version
