"""All battles of a process while it runs: found, followed, kept in time, read anew when they are others."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.ids import AnswerId, BattleId, SeatId, TeamId
from quizserver.battle.questions import Pack
from quizserver.battle.refusals import Refused
from quizserver.battle.settings import BattleSettings
from quizserver.services import running as running_module
from quizserver.services import tasks as tasks_module
from quizserver.services.answering import Said
from quizserver.services.battles import LiveBattle
from quizserver.services.creating import Wish
from quizserver.services.ports import Entry, Recorded, StoreGone
from quizserver.services.running import Running
from tests.services.evening import BATTLE, CHOICE, PIN, RIGHT, creation, join, small_pack
from tests.services.processes import Store, done, running_on
from tests.services.test_battles import another_past, rewritten

OPEN = (join(1), ask.StartRound(), ask.ShowQuestion())


@asynccontextmanager
async def two(store: Store) -> AsyncIterator[tuple[Running, Running]]:
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(running_on(store)), await stack.enter_async_context(running_on(store))


async def until(is_so: object, within_s: float = 3.0) -> None:
    async with asyncio.timeout(within_s):
        while not is_so():  # type: ignore[operator]
            await asyncio.sleep(0.005)


async def test_every_battle_of_the_store_is_known_when_it_opens() -> None:
    store = Store()
    await store.begun()
    async with running_on(store) as running:
        assert running.by_pin(PIN) is running.battles[BATTLE]
        assert running.by_pin("000000") is None
        assert await store.presence.leases(BATTLE) == {running.process}
    assert await store.presence.leases(BATTLE) == frozenset()


async def test_a_battle_made_in_one_process_is_played_in_the_other() -> None:
    store = Store()
    async with two(store) as (left, right):
        found: list[BattleId] = []
        right.on_battle.append(lambda live: found.append(live.id))
        live = await left.create(Wish(small_pack(), BattleSettings()))
        assert isinstance(live, LiveBattle)
        await until(lambda: live.id in right.battles)
        await done(right.battles[live.id], join(1))
        await until(lambda: len(live.known.teams) == 1)
        assert found == [live.id]


async def test_a_battle_that_cannot_be_made_is_refused() -> None:
    async with running_on(Store()) as running:
        assert isinstance(await running.create(Wish(Pack("", {}, (), (), {}), BattleSettings())), Refused)
        assert running.battles == {}


async def test_a_battle_without_its_first_entry_is_followed_once_it_has_one() -> None:
    store = Store()
    await store.ledger().register(BATTLE, PIN)
    async with running_on(store) as running:
        assert running.battles == {}
        await done(await store.live(), creation())
        await until(lambda: running.battles)
        assert running.battles[BATTLE].known.pin == PIN


async def test_a_battle_that_cannot_be_read_keeps_nobody_from_the_others(caplog: pytest.LogCaptureFixture) -> None:
    store = Store()
    await store.begun()
    async with running_on(store) as running:
        store.memory.logs[BattleId("broken")].entries = [Entry(1, b"{}", "0" * 64)]
        await store.ledger().register(BattleId("broken"), "999999")
        await until(lambda: "battle broken cannot be followed" in caplog.text)
        await done(await store.live(), join(1))
        await until(lambda: len(running.battles[BATTLE].known.teams) == 1)
    assert len(caplog.messages) == 1


async def test_following_a_battle_twice_at_once_is_following_it_once() -> None:
    store = Store()
    async with running_on(store) as running:
        followed: list[LiveBattle] = []
        running.on_battle.append(followed.append)
        await store.begun()
        lives = await asyncio.gather(*(running.follow(BATTLE) for _ in range(3)))
        assert len(set(map(id, lives))) == 1 and len(followed) == 1


def said(live: LiveBattle) -> Said:
    return Said(AnswerId("a" * 32), TeamId("t1"), SeatId("s1"), CHOICE, 1, RIGHT, live.known.at_ms + 1)


async def test_an_answer_received_in_one_process_is_known_in_all() -> None:
    store = Store()
    await store.begun(*OPEN)
    async with two(store) as (left, right):
        heard: list[tuple[Running, int]] = []
        for each in (left, right):
            each.on_answers.append(lambda battle, changed, each=each: heard.append((each, len(changed))))  # type: ignore[misc]
        replies: list[object] = []
        left.answering.receive(left.battles[BATTLE].known, said(left.battles[BATTLE]), replies.append)
        await until(lambda: right.open_answers[BATTLE].count((CHOICE, 1)))
        await until(lambda: left.open_answers[BATTLE].count((CHOICE, 1)))
        assert isinstance(replies[0], Recorded)
        await asyncio.sleep(0.05)
        assert heard.count((left, 1)) == heard.count((right, 1)) == 1
        left.answering.on_recorded[0](BattleId("unknown"), [replies[0]])


async def test_answers_from_before_its_start_are_known() -> None:
    store = Store()
    live = await store.begun(*OPEN)
    async with running_on(store) as first:
        first.answering.receive(live.known, said(live), lambda reply: None)
        await first.answering.drained(BATTLE)
    async with running_on(store) as second:
        assert second.open_answers[BATTLE].count((CHOICE, 1)) == 1


async def test_the_evening_goes_on_by_itself_while_it_runs() -> None:
    store = Store()
    live = await store.begun(*OPEN, ask.ShowQuestion(), ask.CallLast())
    async with running_on(store) as running:
        store.hands.forward(0.1)
        await done(running.battles[BATTLE], ask.CloseAnswers())
        await until(lambda: all(box.sealed for box in running.battles[BATTLE].known.boxes.values()))
        assert running.open_answers[BATTLE].count((CHOICE, 1)) == 0
    await live.catch_up()
    assert live.known.boxes[CHOICE, 1].sealed


# --- a ledger that is another one ----------------------------------------------------------------------------------------


async def test_a_ledger_that_came_back_as_another_is_read_anew(caplog: pytest.LogCaptureFixture) -> None:
    store = Store()
    live = await store.begun(*OPEN)
    async with running_on(store) as running:
        running.answering.receive(live.known, said(live), lambda reply: None)
        await running.answering.drained(BATTLE)
        store.memory.boxes.clear()
        rewritten(store, 1, await another_past(3))
        await store.memory.tell()
        await until(lambda: running.battles[BATTLE].head.epoch == 1)
        assert len(running.battles[BATTLE].known.teams) == 3
        assert running.open_answers[BATTLE].count((CHOICE, 1)) == 0
        await done(await store.live(), ask.LockLobby(locked=True))
        await until(lambda: running.battles[BATTLE].known.lobby_locked)
    assert "was read anew up to entry 4" in caplog.text


async def test_entries_that_do_not_continue_are_no_end(caplog: pytest.LogCaptureFixture) -> None:
    store = Store()
    live = await store.begun(*OPEN)
    async with running_on(store) as running:
        entries = list(store.memory.logs[BATTLE].entries)
        broken = [Entry(len(entries) + 1, b"{}", "0" * 64), *entries][:1]
        store.memory.logs[BATTLE].entries = entries + broken
        await store.memory.tell()
        await asyncio.sleep(0.05)
        assert running.battles[BATTLE].state == live.state
        store.memory.logs[BATTLE].entries = entries
        await done(live, ask.LockLobby(locked=True))
        await until(lambda: running.battles[BATTLE].known.lobby_locked)


async def test_a_ledger_that_is_empty_is_waited_for_with_one_line_in_the_log(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running_module, "RETRY_S", 0.01)
    caplog.set_level(logging.INFO, "quizserver")
    store = Store()
    await store.begun(*OPEN)
    async with running_on(store) as running:
        log = store.memory.logs.pop(BATTLE)
        await store.memory.tell()
        await asyncio.sleep(0.1)
        assert len(running.battles[BATTLE].known.teams) == 1
        assert len([line for line in caplog.messages if "is empty" in line]) == 1
        store.memory.logs[BATTLE] = log
        await done(await store.live(), ask.LockLobby(locked=True))
        await until(lambda: running.battles[BATTLE].known.lobby_locked)


# --- trouble -------------------------------------------------------------------------------------------------------------


async def test_a_store_that_is_gone_for_a_while_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_module, "RETRY_S", 0.01)
    monkeypatch.setattr(running_module, "RESAMPLE_S", 0.01)
    store = Store()
    await store.begun(*OPEN)
    async with running_on(store) as running:
        store.memory.gone = True
        await asyncio.sleep(0.1)
        store.memory.gone = False
        await done(await store.live(), ask.LockLobby(locked=True))
        await until(lambda: running.battles[BATTLE].known.lobby_locked)


async def test_a_task_that_fails_is_begun_again(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks_module, "RETRY_S", 0.01)
    tries = 0

    async def run() -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise ValueError("a bug")
        await asyncio.sleep(60)

    store = Store()
    async with running_on(store) as running:
        running.keep("something", run)
        await until(lambda: tries == 2)
    assert "something begins again: a bug" in caplog.text and "Traceback" in caplog.text


async def test_a_task_that_goes_on_failing_is_said_once(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks_module, "RETRY_S", 0.01)
    tries = 0

    async def run() -> None:
        nonlocal tries
        tries += 1
        raise StoreGone("gone")

    async with running_on(Store()) as running:
        running.keep("something", run)
        await until(lambda: tries > 5)
    assert caplog.messages == ["something begins again: gone"]
    assert "Traceback" not in caplog.text


async def test_closing_waits_for_what_was_received_but_not_for_a_store_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_module, "GOODBYE_S", 0.1)
    store = Store()
    await store.begun(*OPEN)
    replies: list[object] = []
    async with running_on(store) as running:
        running.answering.receive(running.battles[BATTLE].known, said(running.battles[BATTLE]), replies.append)
    assert isinstance(replies[0], Recorded)
    async with running_on(store) as running:
        store.memory.gone = True
        running.answering.receive(running.battles[BATTLE].known, said(running.battles[BATTLE]), replies.append)
        began = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - began < 1.0
