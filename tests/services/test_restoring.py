"""Bringing battles back from the archive: all of it or nothing, and what may be missing is said."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

import pytest

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.ids import AnswerId, BattleId, QuestionId, SeatId, TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.state import BattleState
from quizserver.services.archiving import Archiving
from quizserver.services.entries import decode
from quizserver.services.ports import Head, Offered, Verdict
from quizserver.services.restoring import RestoredBattle, Restoring
from quizserver.services.seating import Seated
from tests.services.evening import BATTLE, CHOICE, NUMBER, PIN, RIGHT, WRONG, Evening, creation, join
from tests.services.processes import Store, done, running_on
from tests.support.fakes.archive import FakeArchive

OPEN = (join(1), join(2), ask.StartRound(), ask.ShowQuestion(), ask.ShowQuestion())
LAST_CALL = (*OPEN, ask.CallLast())


def offered(number: int, state: BattleState, question: QuestionId = CHOICE, team: int = 1, value: str = RIGHT) -> Offered:
    stamp_ms = state.boxes[question, 1].opens_at_ms + number
    return Offered(AnswerId(f"{number:032x}"), TeamId(f"t{team}"), SeatId("s"), question, 1, value, stamp_ms)


async def archived(*commands: ask.Command, answers: int = 0) -> tuple[Store, FakeArchive, BattleState]:
    """A battle after these commands, with answers to the choice, all of it archived."""
    store, archive = Store(), FakeArchive()
    live = await store.begun(*commands)
    state = live.known
    async with running_on(store) as running:
        given = [offered(number, state, value=WRONG if number == 1 else RIGHT) for number in range(1, answers + 1)]
        archiving = Archiving(running, archive)
        await archiving.carry()
        running._heard(BATTLE, await store.boxes.offer(BATTLE, given))
        await archiving.carry()
        return store, archive, running.battles[BATTLE].known


async def restored(store: Store, archive: FakeArchive, by: str = "one") -> list[RestoredBattle]:
    return await Restoring(store.ledger(), store.boxes, store.presence, store.secrets, archive, by).restore()


async def restoration(store: Store) -> did.Restored:
    events = [decode(entry)[0] for entry in await store.ledger().read(BATTLE)]
    [event] = [event for event in events if isinstance(event, did.Restored)]
    return event


# --- a store that has lost everything ------------------------------------------------------------------------------------


async def test_a_store_that_has_lost_everything_has_the_battle_back_to_the_byte() -> None:
    store, archive, state = await archived(*OPEN)
    before = await store.ledger().read(BATTLE)
    await store.memory.empty()
    [report] = await restored(store, archive)
    assert list(await store.ledger().read(BATTLE))[: len(before)] == before
    assert await store.ledger().battles() == {BATTLE: PIN}
    live = await store.live()
    forget: Mapping[str, object] = {"version": 0, "at_ms": 0, "epoch": 0, "clock": None, "restored": {}}
    assert replace(live.known, **forget) == replace(state, **forget)  # type: ignore[arg-type]
    assert (report.battle, report.pin, report.upto, report.entries) == (BATTLE, PIN, len(before), len(before))


async def test_the_epoch_rises_and_the_ledger_says_what_happened_to_it() -> None:
    store, archive, state = await archived(*OPEN)
    await store.memory.empty()
    await restored(store, archive)
    assert (await store.ledger().head(BATTLE)).epoch == 1
    noted = await restoration(store)
    assert (noted.epoch, noted.upto, noted.by) == (1, state.version, "one")
    assert noted.lost == {"since_ms": str(state.at_ms), "choice.1": "0", "number.1": "0"}
    assert (await store.live()).known.epoch == 1


async def test_answers_in_open_boxes_are_there_again_and_devices_are_told_the_same() -> None:
    store, archive, state = await archived(*OPEN, answers=3)
    await store.memory.empty()
    [report] = await restored(store, archive)
    [standing] = await store.boxes.standing(BATTLE, CHOICE, 1)
    assert (standing.id, standing.revision, standing.value) == (AnswerId(f"{3:032x}"), 3, RIGHT)
    again, new = await store.boxes.offer(BATTLE, [offered(3, state), offered(9, state, NUMBER, value="104")])
    assert (again.verdict, again.revision, new.verdict) == (Verdict.RECORDED, 3, Verdict.RECORDED)
    assert report.lost["choice.1"] == "3"
    assert report.since_ms == max(state.at_ms, offered(3, state).stamp_ms)


async def test_the_codes_by_which_teams_come_back_are_the_same() -> None:
    store, archive, _ = await archived(*OPEN)
    async with running_on(store) as running:
        code = await running.seating.code(running.battles[BATTLE], TeamId("t1"))
    await store.memory.empty()
    await restored(store, archive)
    async with running_on(store) as running:
        live = running.battles[BATTLE]
        assert await running.seating.code(live, TeamId("t1")) == code
        again = await running.seating.add_device(live, code)
        assert isinstance(again, Seated) and again.team == "t1"


async def test_the_evening_goes_on_where_it_was() -> None:
    store, archive, _ = await archived(*LAST_CALL, answers=2)
    await store.memory.empty()
    await restored(store, archive)
    async with running_on(store) as running:
        live = running.battles[BATTLE]
        assert live.known.phase is Phase.LAST_CALL
        assert running.open_answers[BATTLE].count((CHOICE, 1)) == 1
        await done(live, ask.CloseAnswers())
        async with asyncio.timeout(3):
            while not all(box.sealed for box in live.known.boxes.values()):
                await asyncio.sleep(0.01)
        assert live.known.boxes[CHOICE, 1].answers[TeamId("t1")].revision == 2
        await done(live, ask.Reveal(), ask.Reveal(), ask.EndRound())


async def test_a_sealed_box_stays_sealed() -> None:
    store, archive, state = await archived(*OPEN, answers=1)
    live = await store.live()
    await done(live, ask.CallLast(), ask.CloseAnswers())
    for question in (CHOICE, NUMBER):
        rows = await store.boxes.seal(BATTLE, question, 1)
        await done(live, ask.SealBox(question=question, opening=1, rows=tuple(rows)))
    async with running_on(store) as running:
        await Archiving(running, archive).carry()
    await store.memory.empty()
    [report] = await restored(store, archive)
    assert set(report.lost) == {"since_ms"}
    cut_off_ms = (await store.live()).known.boxes[CHOICE, 1].cut_off_ms
    [missed] = await store.boxes.offer(BATTLE, [offered(9, state)._replace(stamp_ms=cut_off_ms or 0)])
    assert missed.verdict is Verdict.MISSED
    assert (await store.live()).known.boxes[CHOICE, 1].answers[TeamId("t1")].value == WRONG


async def test_time_without_a_server_is_given_back() -> None:
    store, archive, state = await archived(*LAST_CALL)
    await store.memory.empty()
    store.presence = type(store.presence)(store.memory, store.hands.store_ms)
    store.hands.forward(600)
    await restored(store, archive)
    after = (await store.live()).known
    assert state.clock and after.clock
    assert 600_000 <= after.clock.deadline_ms - state.clock.deadline_ms < 605_000
    async with running_on(store) as running:
        assert running.battles[BATTLE].known.clock == after.clock


async def test_a_short_absence_gives_nothing_back() -> None:
    store, archive, state = await archived(*LAST_CALL)
    await store.presence.alive(BATTLE, "one")
    await store.memory.empty()
    await restored(store, archive)
    assert (await store.live()).known.clock == state.clock


# --- a store that has lost the end ---------------------------------------------------------------------------------------


async def test_a_ledger_that_has_lost_its_end_has_it_back() -> None:
    store, archive, state = await archived(*LAST_CALL)
    log = store.memory.logs[BATTLE]
    log.entries = log.entries[:-2]
    [report] = await restored(store, archive)
    assert (report.upto, report.entries) == (state.version, 2)
    assert (await store.live()).known.phase is Phase.LAST_CALL
    assert (await store.ledger().head(BATTLE)).epoch == 1


async def test_answers_that_the_store_has_lost_come_back_though_its_ledger_is_whole() -> None:
    store, archive, _ = await archived(*OPEN, answers=2)
    store.memory.boxes[BATTLE, CHOICE, 1].rows.clear()
    [report] = await restored(store, archive)
    assert (report.entries, report.lost["choice.1"]) == (0, "2")
    assert (await restoration(store)).epoch == 1
    assert await restored(store, archive) == []


async def test_a_store_whose_last_writes_were_cut_off_begins_another_epoch_in_battles_that_go_on() -> None:
    store, archive, _ = await archived(*OPEN)
    restoring = Restoring(store.ledger(), store.boxes, store.presence, store.secrets, archive, "one")
    assert await restoring.restore() == []
    [report] = await restoring.restore(is_torn=True)
    assert report.entries == 0 and (await restoration(store)).epoch == 1


async def test_a_store_that_knows_as_much_or_more_is_left_alone() -> None:
    store, archive, _ = await archived(*OPEN)
    head = await store.ledger().head(BATTLE)
    assert await restored(store, archive) == []
    await done(await store.live(), ask.Pause())
    assert await restored(store, archive) == []
    assert (await store.ledger().head(BATTLE)).version == head.version + 1


async def test_restoring_again_after_another_loss_raises_the_epoch_again() -> None:
    store, archive, _ = await archived(*OPEN)
    for epoch in (1, 2, 3):
        await store.memory.empty()
        await restored(store, archive)
        async with running_on(store) as running:
            await Archiving(running, archive).carry()
        assert (await store.ledger().head(BATTLE)).epoch == epoch


async def test_a_store_that_went_on_with_another_past_is_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    store, archive, _ = await archived(*OPEN)
    store.memory.logs.clear()
    await done(await store.live(), creation(), join(7))
    assert await restored(store, archive) == []
    assert "the store's entry 2 is not the archive's" in caplog.text


async def test_answers_accepted_behind_a_cut_off_of_the_archive_keep_it_from_being_restored(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store, archive, state = await archived(*OPEN)
    live = await store.live()
    head = len(store.memory.logs[BATTLE].entries)
    await done(live, ask.CallLast())
    async with running_on(store) as running:
        await Archiving(running, archive).carry()
    store.memory.logs[BATTLE].entries = store.memory.logs[BATTLE].entries[:head]
    box = store.memory.boxes[BATTLE, CHOICE, 1]
    assert box.rules
    box.rules = replace(box.rules, cut_off_ms=None)
    late = offered(1, state)._replace(stamp_ms=state.at_ms + 3_600_000)
    await store.boxes.offer(BATTLE, [late])
    assert await restored(store, archive) == []
    assert "accepted answers that the archive's entries cut off" in caplog.text


# --- several processes, several battles ----------------------------------------------------------------------------------


async def test_of_two_processes_that_restore_at_once_one_does() -> None:
    for _ in range(5):
        store, archive, _ = await archived(*OPEN, answers=2)
        await store.memory.empty()
        reports = await asyncio.gather(restored(store, archive, "one"), restored(store, archive, "two"))
        assert sorted(map(len, reports)) == [0, 1]
        await restoration(store)
        assert len(await store.boxes.standing(BATTLE, CHOICE, 1)) == 1


async def test_a_process_that_lived_on_drops_what_it_alone_knew() -> None:
    store, archive, _ = await archived(*OPEN)
    async with running_on(store) as lived_on:
        await done(lived_on.battles[BATTLE], join(8), join(9))
        await store.memory.empty()
        await restored(store, archive)
        async with asyncio.timeout(3):
            while lived_on.battles[BATTLE].head.epoch == 0:
                await asyncio.sleep(0.01)
        assert set(lived_on.battles[BATTLE].known.teams) == {"t1", "t2"}


async def test_an_archive_that_is_broken_restores_its_other_battles(caplog: pytest.LogCaptureFixture) -> None:
    store, archive, _ = await archived(*OPEN)
    past = archive.pasts[BATTLE]
    other = Evening()
    other.ask(replace(creation(), battle=BattleId("other"), pin="999999"))
    archive.pasts = {BATTLE: past}
    await archive.put(BattleId("other"), "999999", 0, other.entries())
    past.entries[1] = replace(past.entries[1], body=b"{}")
    await store.memory.empty()
    assert [report.battle for report in await restored(store, archive)] == ["other"]
    assert f"battle {BATTLE} (PIN {PIN}) cannot be restored" in caplog.text
    assert await store.ledger().head(BATTLE) == Head()


async def test_a_battle_whose_pin_was_given_away_is_not_restored_over_the_other(caplog: pytest.LogCaptureFixture) -> None:
    store, archive, _ = await archived(*OPEN)
    await store.memory.empty()
    await store.ledger().register(BattleId("other"), PIN)
    assert await restored(store, archive) == []
    assert "another battle has its PIN" in caplog.text


async def test_an_archive_without_battles_restores_nothing() -> None:
    assert await restored(Store(), FakeArchive()) == []
