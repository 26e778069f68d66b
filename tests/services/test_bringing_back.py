"""A store loses its data while a server runs: the battle is brought back by one process, and everybody plays on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.ids import AnswerId, SeatId, TeamId
from quizserver.battle.refusals import Refused
from quizserver.services import running as running_module
from quizserver.services.answering import Answering, Said
from quizserver.services.entries import decode
from quizserver.services.ports import Entry, Head, Recorded, StoreGone, Verdict
from quizserver.services.restoring import Restoring
from quizserver.services.running import Running, Stores
from tests.services.evening import BATTLE, CHOICE, RIGHT, WRONG, join
from tests.services.processes import Store, done
from tests.services.test_restoring import LAST_CALL, OPEN, archived, offered
from tests.services.test_running import until
from tests.support.fakes.archive import FakeArchive


@asynccontextmanager
async def playing(store: Store, archive: FakeArchive, processes: int = 1) -> AsyncIterator[list[Running]]:
    """Processes that restore what the store has lost."""
    async with AsyncExitStack() as stack:
        every: list[Running] = []
        for name in range(processes):
            restoring = Restoring(store.ledger(), store.boxes, store.presence, store.secrets, archive, f"p{name}")
            running = Running(
                Stores(store.ledger(), store.boxes, store.feed(), store.presence, store.secrets, store.seats), restoring
            )
            await running.open()
            stack.push_async_callback(running.close)
            every.append(running)
        yield every


async def noted(store: Store) -> list[did.Restored]:
    events = [decode(entry)[0] for entry in await store.ledger().read(BATTLE)]
    return [event for event in events if isinstance(event, did.Restored)]


def at_epoch(every: list[Running], epoch: int) -> bool:
    return all(running.battles[BATTLE].head.epoch == epoch for running in every)


@pytest.mark.parametrize("processes", [1, 2, 3])
async def test_a_store_that_is_emptied_under_running_servers_is_restored_by_one_of_them(processes: int) -> None:
    store, archive, state = await archived(*OPEN, answers=1)
    async with playing(store, archive, processes) as every:
        await store.memory.empty()
        await until(lambda: at_epoch(every, 1))
        assert len(await noted(store)) == 1
        for running in every:
            assert running.battles[BATTLE].known.teams == state.teams
            await done(running.battles[BATTLE], ask.LockLobby(locked=True), ask.LockLobby(locked=False))
        await until(lambda: all(running.open_answers[BATTLE].count((CHOICE, 1)) == 1 for running in every))


async def test_it_may_be_lost_again_and_again() -> None:
    store, archive, _ = await archived(*OPEN)
    async with playing(store, archive, 2) as every:
        for epoch in (1, 2, 3):
            await store.memory.empty()
            await until(lambda epoch=epoch: at_epoch(every, epoch))
        await done(every[0].battles[BATTLE], join(8))


async def test_a_store_that_comes_back_as_it_was_before_has_its_end_again() -> None:
    store, archive, state = await archived(*LAST_CALL)
    async with playing(store, archive) as every:
        store.memory.logs[BATTLE].entries = store.memory.logs[BATTLE].entries[:-2]
        await store.memory.tell()
        await until(lambda: at_epoch(every, 1))
        assert every[0].battles[BATTLE].known.phase is state.phase


async def test_where_the_archive_knows_no_more_than_the_older_store_it_goes_on_from_there() -> None:
    store, archive, state = await archived(*OPEN)
    async with playing(store, archive) as every:
        live = every[0].battles[BATTLE]
        await done(live, ask.LockLobby(locked=True))
        store.memory.logs[BATTLE].entries = store.memory.logs[BATTLE].entries[:-1]
        assert isinstance(await live.ask(ask.LockLobby(locked=False)), Refused)  # and the feed may not have been that far
        await until(lambda: at_epoch(every, 1))
        assert not live.known.lobby_locked and live.known.teams == state.teams
        await done(live, ask.LockLobby(locked=True))


async def test_answers_the_archive_has_not_heard_of_are_put_back_by_those_who_have() -> None:
    store, archive, state = await archived(*OPEN, answers=1)
    async with playing(store, archive) as every:
        running, told = every[0], list[Recorded | Refused]()
        for number, (team, value) in enumerate([(1, RIGHT), (2, WRONG), (2, RIGHT)], 5):
            one = offered(number, state, team=team, value=value)
            said = Said(one.id, one.team, one.device, one.question, one.opening, one.value, one.stamp_ms)
            running.answering.receive(state, said, told.append)
            await running.answering.drained(BATTLE)
        assert all(isinstance(each, Recorded) and each.verdict is Verdict.RECORDED for each in told)
        await store.memory.empty()
        await until(lambda: at_epoch(every, 1))
        standing = {each.team: (each.id, each.value) for each in await store.boxes.standing(BATTLE, CHOICE, 1)}
        assert standing == {TeamId("t1"): (AnswerId(f"{5:032x}"), RIGHT), TeamId("t2"): (AnswerId(f"{7:032x}"), RIGHT)}
        assert (await noted(store))[0].lost["choice.1"] == "3"


@pytest.mark.parametrize("processes", [1, 2])
async def test_answers_that_the_store_came_back_without_are_missed_though_its_ledger_is_whole(processes: int) -> None:
    store, archive, _ = await archived(*OPEN, answers=2)
    async with playing(store, archive, processes) as every:
        await until(lambda: all(running.open_answers[BATTLE].count((CHOICE, 1)) == 1 for running in every))
        box = store.memory.boxes[BATTLE, CHOICE, 1]
        box.rows.clear()
        box.devices.clear()
        for running in every:
            running.stores.feed.watch(BATTLE, running.battles[BATTLE].head)  # as after an outage: the boxes are looked at again
        await until(lambda: at_epoch(every, 1))
        assert [(each.team, each.revision) for each in await store.boxes.standing(BATTLE, CHOICE, 1)] == [("t1", 2)]
        assert len(await noted(store)) == 1


async def test_answers_that_cannot_be_brought_back_yet_keep_nobody_from_playing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_module, "RETRY_S", 0.01)
    store, archive, _ = await archived(*OPEN, answers=1)
    async with playing(store, archive, 1) as every:
        await until(lambda: every[0].open_answers[BATTLE].count((CHOICE, 1)) == 1)
        store.memory.boxes[BATTLE, CHOICE, 1].rows.clear()
        archive.gone = "The archive is away."
        every[0].stores.feed.watch(BATTLE, every[0].battles[BATTLE].head)
        await until(lambda: every[0]._unreadable.why)
        other = await store.live()
        await done(other, ask.LockLobby(locked=True))
        await until(lambda: every[0].battles[BATTLE].known.lobby_locked)
        archive.gone = ""
        await until(lambda: at_epoch(every, 1))


async def test_answers_for_which_the_restored_past_has_no_room_stay_out() -> None:
    store, archive, state = await archived(*LAST_CALL)
    box = state.boxes[CHOICE, 1]
    assert box.cut_off_ms
    heard = [
        Recorded(Verdict.RECORDED, AnswerId(f"{number:032x}"), TeamId(team), CHOICE, 1, 1, stamp_ms, RIGHT)
        for number, (team, stamp_ms) in enumerate(
            [("t1", box.opens_at_ms - 1), ("t1", box.cut_off_ms + 1), ("t9", box.opens_at_ms), ("t2", box.cut_off_ms)]
        )
    ]
    await store.memory.empty()
    restoring = Restoring(store.ledger(), store.boxes, store.presence, store.secrets, archive, "one")
    assert await restoring.bring_back(BATTLE, Head(0, state.version, ""), heard)
    assert [each.team for each in await store.boxes.standing(BATTLE, CHOICE, 1)] == ["t2"]
    assert await restoring.bring_back(BATTLE, Head(0, state.version, ""), heard) is None


async def test_a_battle_that_nobody_has_is_waited_for() -> None:
    store, _, state = await archived(*OPEN)
    await store.memory.empty()
    restoring = Restoring(store.ledger(), store.boxes, store.presence, store.secrets, FakeArchive(), "one")
    with pytest.raises(StoreGone, match="neither"):
        await restoring.bring_back(BATTLE, Head(0, state.version, ""), ())


async def test_an_answer_that_finds_its_box_gone_waits_with_its_stamp_until_it_is_back() -> None:
    store, archive, state = await archived(*OPEN)
    async with playing(store, archive) as every:
        told: list[Recorded | Refused] = []
        for kept in (store.memory.logs, store.memory.boxes):  # and no feed has heard of it
            kept.clear()
        said = Said(AnswerId("a" * 32), TeamId("t1"), SeatId("s"), CHOICE, 1, RIGHT, state.boxes[CHOICE, 1].opens_at_ms + 1)
        every[0].answering.receive(every[0].battles[BATTLE].known, said, told.append)
        await every[0].answering.drained(BATTLE)
        [result] = told
        assert isinstance(result, Recorded) and result.verdict is Verdict.RECORDED
        assert result.stamp_ms == said.stamp_ms and at_epoch(every, 1)


async def test_an_answer_to_a_box_that_is_not_open_is_told_so_where_the_store_is_whole() -> None:
    store = Store()
    live = await store.begun(*OPEN)
    asked: list[object] = []

    async def is_whole(battle: object) -> None:
        asked.append(battle)

    async def ready(battle: object) -> None: ...

    answering, told = Answering(store.boxes, ready, is_whole), list[Recorded | Refused]()
    said = Said(AnswerId("a" * 32), TeamId("t1"), SeatId("s"), CHOICE, 1, RIGHT, live.known.boxes[CHOICE, 1].opens_at_ms - 1)
    answering.receive(live.known, said, told.append)
    await answering.drained(BATTLE)
    assert isinstance(told[0], Recorded) and told[0].verdict is Verdict.NOT_OPEN and asked == [BATTLE]


async def test_an_archive_that_hangs_is_asked_again(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(running_module, "RESTORE_S", 0.02)
    monkeypatch.setattr(running_module, "RETRY_S", 0.01)
    store, archive, _ = await archived(*OPEN)
    head, tries = archive.head, 0

    async def slow_at_first(battle: object) -> Head:
        nonlocal tries
        tries += 1
        await asyncio.sleep(60 if tries < 3 else 0)
        return await head(BATTLE)

    async with playing(store, archive) as every:
        monkeypatch.setattr(archive, "head", slow_at_first)
        await store.memory.empty()
        await until(lambda: at_epoch(every, 1))
    assert len([line for line in caplog.messages if "must be restored" in line]) == 1


async def test_a_clock_that_ran_while_the_ledger_was_lost_has_the_time_back() -> None:
    store, archive, state = await archived(*LAST_CALL)
    async with playing(store, archive) as every:
        running = every[0]
        running.clock._monotonic_ns = store.hands.monotonic_ns
        await until(lambda: running._heart._signs_ms)
        entries: list[Entry] = []
        store.memory.logs[BATTLE].entries, entries = entries, store.memory.logs[BATTLE].entries
        await store.presence.alive(BATTLE, "nobody")
        store.presence.__init__(store.memory, store.hands.store_ms)  # type: ignore[misc]  # it has forgotten our signs
        heart = running._heart
        archive.gone = "The archive is away."
        with pytest.raises(StoreGone):
            await heart.beat(BATTLE)
        store.hands.forward(5)
        archive.gone = ""
        await until(lambda: at_epoch(every, 1))
        await heart.beat(BATTLE)
        after = running.battles[BATTLE].known
        assert after.clock and state.clock
        assert 5_000 <= after.clock.deadline_ms - state.clock.deadline_ms < 8_000
