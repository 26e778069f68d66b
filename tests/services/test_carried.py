"""A file brought once, twice, or after its desk: the battle is the same."""

from dataclasses import replace

from quizserver.battle import commands as ask
from quizserver.battle.ids import ScorekeeperId, VenueId
from quizserver.battle.settings import Source
from quizserver.battle.sheets import Operation
from quizserver.services.battles import LiveBattle
from quizserver.services.carried import Carried, bring_in
from quizserver.services.desk import confirm_collected, enter_marks, sit_down
from tests.services.evening import ANNA, CHOICE, FIRST, HALL, NUMBER, TEXT, join, mark
from tests.services.processes import Store, done

BAR = VenueId("bar")
CLOSED = (ask.StartRound(), ask.ShowQuestion(), ask.ShowQuestion(), ask.CallLast(), ask.CloseAnswers())


async def an_evening(*commands: ask.Command) -> LiveBattle:
    """Three teams on paper: two in the hall, one in the bar."""
    teams = (join(1, Source.PAPER), join(2, Source.PAPER), replace(join(3, Source.PAPER), venue=BAR))
    live = await Store().begun(ask.AddVenue(venue=BAR, name="Bar"), *teams)
    await done(live, *commands)
    return live


def carried(*operations: Operation, collected: tuple[str, ...] = (FIRST,)) -> Carried:
    return Carried(HALL, ((ANNA, "Anna"),), collected, operations)


MARKS = (mark(1, CHOICE, "1", 1), mark(1, NUMBER, "104", 2), mark(2, CHOICE, "0", 3))


async def test_a_file_says_for_its_venue_all_that_the_desk_would_have_said() -> None:
    live = await an_evening(*CLOSED)
    brought = await bring_in(live, carried(*MARKS), "host")
    assert (brought.entered, brought.collected, brought.refused) == (3, [FIRST], [])
    assert {each.name for known in live.known.cells.values() for each in known.values()} == {each.name for each in MARKS}
    assert (HALL, FIRST) in live.known.collected and live.known.scorekeepers[ANNA].name.text == "Anna"


async def test_a_file_that_is_brought_twice_changes_nothing_the_second_time() -> None:
    live = await an_evening(*CLOSED)
    await bring_in(live, carried(*MARKS), "host")
    before = live.head
    again = await bring_in(live, carried(*MARKS), "host")
    assert live.head == before and (again.entered, again.collected, again.refused) == (0, [], [])


async def test_a_file_after_its_desk_came_back_changes_nothing_and_neither_does_the_desk_after_the_file() -> None:
    for file_first in (False, True):
        live = await an_evening(*CLOSED)
        if file_first:
            await bring_in(live, carried(*MARKS), "host")
        await sit_down(live, HALL, ANNA, "Anna", "desk")
        await confirm_collected(live, HALL, FIRST, "desk")
        await enter_marks(live, MARKS, HALL, "desk")
        before = live.head
        assert (await bring_in(live, carried(*MARKS), "host")).entered == 0
        assert live.head == before


async def test_more_than_a_message_holds_comes_in_portions() -> None:
    live = await an_evening(*CLOSED)
    many = tuple(mark(1, CHOICE, "01"[n % 2], n) for n in range(1, 251))
    assert (await bring_in(live, carried(*many), "host")).entered == 250


async def test_one_mark_that_can_never_be_taken_holds_nothing_up_and_is_named() -> None:
    live = await an_evening(*CLOSED)
    theirs = mark(3, CHOICE, "1", 4)
    nobody = replace(mark(1, CHOICE, "0", 5), who=ScorekeeperId("z" * 16))
    brought = await bring_in(live, carried(*MARKS, theirs, nobody), "host")
    assert brought.entered == 3
    assert [(mark.counter, why.code) for mark, why in brought.refused] == [(4, "not_your_venue"), (5, "unknown_scorekeeper")]


async def test_a_round_that_the_host_has_not_closed_is_not_collected_and_its_marks_come_in_all_the_same() -> None:
    live = await an_evening(*CLOSED[:2])
    brought = await bring_in(live, carried(*MARKS), "host")
    assert brought.entered == 3 and [(scope, why.code) for scope, why in brought.not_collected] == [(FIRST, "not_closed")]


async def test_marks_that_come_after_their_gate_wait_for_the_host_as_from_a_desk() -> None:
    live = await an_evening(*CLOSED, ask.ConfirmCollected(venue=BAR, scope=FIRST), ask.GoOnUncollected())
    state = live.known
    for box in list(state.boxes.values()):
        await done(live, ask.SealBox(question=box.question, opening=box.opening, rows=()))
    await done(live, ask.Reveal(), ask.Reveal(), ask.EndRound(), ask.StartRound(), ask.ShowQuestion(), ask.CloseAnswers())
    await done(live, ask.SealBox(question=TEXT, opening=1, rows=()), ask.GoOnUncollected(), ask.Reveal(), ask.EndRound())
    brought = await bring_in(live, carried(*MARKS), "host")
    assert sorted(brought.late) == sorted(each.name for each in MARKS) and brought.entered == 3
    assert brought.collected == [FIRST] and not live.known.marks_count(HALL, FIRST)


