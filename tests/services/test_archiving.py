"""The continuous archive: close behind, in nobody's way, and itself again after every trouble."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.ids import AnswerId, BattleId, SeatId, TeamId
from quizserver.services import archiving as archiving_module
from quizserver.services.answering import Said
from quizserver.services.archiving import Archiving
from quizserver.services.ports import Entry, StoreGone
from quizserver.services.running import Running
from tests.services.evening import BATTLE, CHOICE, NUMBER, PIN, RIGHT, WRONG, join
from tests.services.processes import Store, done, running_on
from tests.services.test_battles import another_past, rewritten
from tests.support.fakes.archive import FakeArchive

OPEN = (join(1), join(2), ask.StartRound(), ask.ShowQuestion(), ask.ShowQuestion())


class Process:
    """A process that archives when a test says so."""

    def __init__(self, store: Store, running: Running, archive: FakeArchive) -> None:
        self.store, self.running, self.archive = store, running, archive
        self.archiving = Archiving(running, archive)
        self.live = running.battles[BATTLE]

    async def say(self, number: int, team: int = 1, value: object = RIGHT, after_ms: int = 0) -> None:
        """A team's answer to the choice, stamped so long after its opening."""
        stamp_ms = self.live.known.boxes[CHOICE, 1].opens_at_ms + after_ms
        said = Said(AnswerId(f"{number:032x}"), TeamId(f"t{team}"), SeatId("s"), CHOICE, 1, value, stamp_ms)
        self.running.answering.receive(self.live.known, said, lambda reply: None)
        await self.running.answering.drained(BATTLE)

    async def archived(self) -> list[Entry]:
        return [entry async for entry in self.archive.read(BATTLE)]

    async def archived_ids(self) -> list[int]:
        """Numbers of the archived answers to the choice."""
        return sorted(int(row.id, 16) for row in (await self.archive.answers(BATTLE)).get((CHOICE, 1), ()))


@asynccontextmanager
async def process(store: Store, archive: FakeArchive | None = None) -> AsyncIterator[Process]:
    async with running_on(store) as running:
        yield Process(store, running, archive or FakeArchive())


@pytest.fixture
async def one() -> AsyncIterator[Process]:
    """A process whose battle has two open questions."""
    store = Store()
    await store.begun(*OPEN)
    async with process(store) as each:
        yield each


async def until(is_so: Callable[[], bool], within_s: float = 3.0) -> None:
    async with asyncio.timeout(within_s):
        while not is_so():
            await asyncio.sleep(0.005)


# --- entries -------------------------------------------------------------------------------------------------------------


async def test_what_stands_in_the_ledger_stands_in_the_archive_to_the_byte(one: Process) -> None:
    await one.archiving.carry()
    assert await one.archived() == list(await one.store.ledger().read(BATTLE))
    assert await one.archive.battles() == {BATTLE: PIN}
    await done(one.live, ask.Pause())
    await one.archiving.carry()
    assert await one.archive.head(BATTLE) == one.live.head


async def test_a_long_ledger_is_carried_in_parts(one: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archiving_module, "READ_AT_ONCE", 2)
    await one.archiving.carry()
    assert await one.archive.head(BATTLE) == one.live.head


async def test_a_battle_without_entries_is_nothing_to_archive(one: Process) -> None:
    await one.store.ledger().register(BattleId("empty"), "7")
    await one.archiving.carry()
    assert list(await one.archive.battles()) == [BATTLE]


async def test_two_processes_archive_the_same_once() -> None:
    store, archive = Store(), FakeArchive()
    await store.begun(*OPEN)
    async with process(store, archive) as left, process(store, archive) as right:
        await asyncio.gather(left.archiving.carry(), right.archiving.carry())
        await done(left.live, ask.Pause())
        await right.archiving.carry()
        await left.archiving.carry()
        assert await archive.head(BATTLE) == left.live.head


async def test_a_past_that_is_not_the_ledgers_is_set_aside_and_never_lost(one: Process, caplog: pytest.LogCaptureFixture) -> None:
    await one.archiving.carry()
    archived = await one.archived()
    rewritten(one.store, 1, await another_past(20))
    await one.archiving.carry()
    assert [past.entries for past in one.archive.set_asides] == [archived]
    assert len(await one.archived()) == 21
    assert "is set aside" in caplog.text


async def test_an_archive_that_is_ahead_of_the_ledger_is_left_alone(one: Process) -> None:
    await one.archiving.carry()
    archived = await one.archived()
    one.store.memory.logs[BATTLE].entries = archived[:-1]
    await one.archiving.carry()
    assert await one.archived() == archived


async def test_a_ledger_that_does_not_continue_itself_is_not_archived(
    one: Process, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archiving_module, "EVERY_S", 0.005)
    await one.archiving.carry()
    archived = await one.archived()
    log = one.store.memory.logs[BATTLE]
    log.entries = [*log.entries, Entry(len(log.entries) + 1, b"{}", "0" * 64)]
    one.archiving.begin()
    await until(lambda: "does not continue" in one.archiving.trouble)
    await asyncio.sleep(0.05)
    assert await one.archived() == archived and one.archive.set_asides == []
    assert len([line for line in caplog.messages if line.startswith("the archive waits")]) == 1


async def test_a_ledger_that_is_shorter_than_its_head_is_tried_again(one: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archiving_module, "EVERY_S", 0.005)
    entries, one.store.memory.logs[BATTLE].entries = one.store.memory.logs[BATTLE].entries, []
    heads = one.running.stores.ledger.heads

    async def old_heads(battles: object) -> object:
        return {BATTLE: one.live.head}

    one.running.stores.ledger.heads = old_heads  # type: ignore[method-assign, assignment]
    one.archiving.begin()
    await until(lambda: "is not as long" in one.archiving.trouble)
    one.running.stores.ledger.heads = heads  # type: ignore[method-assign]
    one.store.memory.logs[BATTLE].entries = entries
    await until(lambda: not one.archiving.trouble)


# --- answers -------------------------------------------------------------------------------------------------------------


async def test_answers_in_open_boxes_are_archived_with_all_their_revisions(one: Process) -> None:
    await one.archiving.carry()
    await one.say(1, value=WRONG, after_ms=10)
    await one.say(2, after_ms=20)
    await one.say(3, team=2)
    await one.archiving.carry()
    assert await one.archived_ids() == [1, 2, 3]


async def test_answers_from_before_its_start_are_archived_as_they_stand(one: Process) -> None:
    await one.say(1, value=WRONG, after_ms=10)
    await one.say(2, after_ms=20)
    async with process(one.store) as later:
        await later.archiving.carry()
        assert await later.archived_ids() == [2]


async def test_answers_of_another_process_are_archived_too(one: Process) -> None:
    async with process(one.store) as other:
        await one.archiving.carry()
        await other.say(1)
        await until(lambda: one.running.open_answers[BATTLE].count((CHOICE, 1)) == 1)
        await one.archiving.carry()
        assert await one.archived_ids() == [1]


async def test_a_pass_that_fails_leaves_every_revision_for_the_next(one: Process) -> None:
    await one.archiving.carry()
    await one.say(1, value=WRONG, after_ms=10)
    await one.say(2, after_ms=20)
    one.archive.gone = "locked"
    with pytest.raises(StoreGone):
        await one.archiving.carry()
    await one.say(3, team=2)
    one.archive.gone = ""
    await one.archiving.carry()
    assert await one.archived_ids() == [1, 2, 3]


async def test_passes_that_go_on_failing_keep_no_more_than_can_wait(one: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archiving_module, "MOST_WAITING", 2)
    await one.archiving.carry()
    one.archive.gone = "locked"
    for number in range(1, 5):
        await one.say(number, after_ms=number)
        with pytest.raises(StoreGone):
            await one.archiving.carry()
        assert len(one.archiving._waiting.get(BATTLE, ())) <= 2
    one.archive.gone = ""
    await one.archiving.carry()
    assert (await one.archived_ids())[-1] == 4


async def test_more_answers_than_can_wait_are_archived_as_they_stand(one: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archiving_module, "MOST_WAITING", 2)
    await one.archiving.carry()
    for number in range(1, 5):
        await one.say(number, after_ms=number)
    await one.archiving.carry()
    assert await one.archived_ids() == [4]


async def test_sealed_boxes_are_forgotten_and_freed_once_their_seal_is_archived(one: Process) -> None:
    await one.say(1)
    await one.archiving.carry()
    await done(one.live, ask.CallLast(), ask.CloseAnswers())
    await until(lambda: all(box.sealed for box in one.live.known.boxes.values()))
    assert await one.archived_ids() == [1]
    one.archive.gone = "locked"
    with pytest.raises(StoreGone):
        await one.archiving.carry()
    assert not one.store.memory.boxes[BATTLE, CHOICE, 1].dropped
    one.archive.gone = ""
    await one.archiving.carry()
    assert await one.archive.answers(BATTLE) == {}
    assert all(one.store.memory.boxes[BATTLE, question, 1].dropped for question in (CHOICE, NUMBER))
    await one.archiving.carry()


async def test_an_answer_heard_after_its_seal_is_not_archived_apart(one: Process) -> None:
    await one.archiving.carry()
    await one.say(1)
    await done(one.live, ask.CallLast(), ask.CloseAnswers())
    await until(lambda: all(box.sealed for box in one.live.known.boxes.values()))
    await one.archiving.carry()
    assert await one.archive.answers(BATTLE) == {}


async def test_a_battle_that_this_process_does_not_follow_yet_has_its_entries_archived(one: Process) -> None:
    del one.running.battles[BATTLE]
    await one.archiving.carry()
    assert await one.archive.head(BATTLE) == one.live.head


# --- going on ------------------------------------------------------------------------------------------------------------


async def test_it_goes_on_by_itself_and_says_how_far_behind_it_is(one: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archiving_module, "EVERY_S", 0.01)
    one.archiving.begin()
    await done(one.live, ask.Pause())
    await until(lambda: BATTLE in one.archive.pasts and one.archive.pasts[BATTLE].head == one.live.head)
    assert one.archiving.lag_ms < 1_000 and one.archiving.trouble == ""


async def test_trouble_grows_the_lag_is_one_line_and_holds_up_nobody(
    one: Process, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(archiving_module, "EVERY_S", 0.005)
    one.archiving.begin()
    one.archive.gone = "the disk is full"
    await done(one.live, ask.Pause(), ask.Resume())
    await until(lambda: one.archiving.trouble == "the disk is full")
    await asyncio.sleep(0.15)
    assert one.archiving.lag_ms >= 150
    one.archive.gone = ""
    await until(lambda: one.archiving.lag_ms < 100)
    assert one.archiving.trouble == ""
    assert caplog.messages == ["the archive waits: the disk is full", "the archive goes on"]


async def test_an_archive_that_hangs_is_given_up_and_tried_again(one: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archiving_module, "EVERY_S", 0.005)
    monkeypatch.setattr(archiving_module, "PASS_S", 0.02)
    put = one.archive.put

    async def hang(*arguments: object) -> None:
        await asyncio.sleep(60)

    one.archive.put = hang  # type: ignore[method-assign, assignment]
    one.archiving.begin()
    await until(lambda: one.archiving.trouble == "TimeoutError")
    one.archive.put = put  # type: ignore[method-assign]
    await until(lambda: not one.archiving.trouble)


async def test_the_last_pass_takes_what_is_left(one: Process) -> None:
    await one.archiving.finish()
    assert await one.archive.head(BATTLE) == one.live.head


async def test_the_last_pass_holds_up_no_goodbye(one: Process, caplog: pytest.LogCaptureFixture) -> None:
    one.archive.gone = "locked"
    await one.archiving.finish()
    assert caplog.messages == ["the archive waits: locked"]
