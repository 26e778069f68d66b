"""Deadlines, pauses and extensions: in time is what is stamped at or before the cut-off, and what was acknowledged stays."""

import pytest

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.decide import decide
from quizserver.battle.phases import Phase
from quizserver.battle.scoring import elapsed_ms
from quizserver.battle.state import Clock
from tests.support.battles import Evening, a_round, each_round

HOUR = 3_600_000


def opened(**rules: int) -> Evening:
    """An evening whose first question is open and past its reading time of 3 s; it has 30 s."""
    evening = Evening(each_round("r1", "one", **rules))
    evening.until(Phase.OPEN)
    evening.wait(3000)
    return evening


def clock(evening: Evening) -> Clock:
    assert evening.state.clock is not None
    return evening.state.clock


def test_a_question_opens_after_its_reading_time_and_has_its_seconds_from_then() -> None:
    evening = Evening(each_round("r1", "one", grace_ms=500))
    evening.until(Phase.OPEN)
    assert evening.box.opens_at_ms == evening.now_ms + 3000
    assert evening.box.deadline_ms == evening.now_ms + 33_000
    assert evening.box.cut_off_ms == clock(evening).cut_off_ms == evening.now_ms + 33_500


def test_pace_divides_reading_and_answering_but_nobody_gets_less_than_a_second_and_a_half() -> None:
    quick, quickest = (Evening(each_round("r1", "one"), pace=pace) for pace in (10, 60))
    for evening in (quick, quickest):
        evening.until(Phase.OPEN)
    assert (quick.box.opens_at_ms - quick.now_ms, quick.box.deadline_ms - quick.box.opens_at_ms) == (300, 3000)
    assert quickest.box.deadline_ms - quickest.box.opens_at_ms == 1500


def test_grace_is_never_paced() -> None:
    evening = Evening(each_round("r1", "one", grace_ms=300), pace=60)
    evening.until(Phase.OPEN)
    assert clock(evening).cut_off_ms - clock(evening).deadline_ms == 300


def test_time_is_up_at_the_cut_off_and_not_a_millisecond_before() -> None:
    evening = opened()
    evening.now_ms = clock(evening).cut_off_ms - 1
    assert evening.refused(ask.TimeUp(clock=clock(evening).id)) == "not_yet"
    evening.wait(1)
    cut_off_ms = clock(evening).cut_off_ms
    evening.do(ask.TimeUp(clock=clock(evening).id))
    assert (evening.box.cut_off_ms, evening.box.early) == (cut_off_ms, False)


def test_a_timer_that_fires_late_moves_no_cut_off() -> None:
    evening = opened()
    cut_off_ms = clock(evening).cut_off_ms
    evening.wait(60_000)
    evening.time_up()
    assert evening.box.cut_off_ms == cut_off_ms


def test_a_timer_set_for_another_clock_changes_nothing() -> None:
    evening = opened()
    timer = ask.TimeUp(clock=clock(evening).id)
    evening.do(ask.Extend(by_ms=10_000))
    evening.wait(HOUR)
    assert evening.do(timer) == ()
    assert evening.state.phase is Phase.OPEN


def test_the_clock_that_only_paces_a_question_closes_nothing() -> None:
    evening = Evening(a_round("r1", "one"))
    evening.until(Phase.OPEN)
    evening.wait(HOUR)
    assert evening.do(ask.TimeUp(clock=clock(evening).id)) == ()
    assert evening.box.cut_off_ms is None


def test_close_now_cuts_off_at_this_moment() -> None:
    evening = opened()
    evening.do(ask.CloseAnswers())
    assert (evening.box.cut_off_ms, evening.box.early) == (evening.now_ms, True)


@pytest.mark.parametrize(("stamp", "cut_off"), [(-5, 0), (0, 0), (7, 7)])
def test_close_now_keeps_every_answer_that_was_acknowledged(stamp: int, cut_off: int) -> None:
    evening = opened()
    evening.do(ask.CloseAnswers(greatest_stamp_ms=evening.now_ms + stamp))
    assert evening.box.cut_off_ms == evening.now_ms + cut_off


def test_close_now_after_the_cut_off_lets_nobody_in_behind_it() -> None:
    """The timer may be slower than the host; what was late a moment ago stays late."""
    evening = opened()
    cut_off_ms = clock(evening).cut_off_ms
    evening.now_ms = cut_off_ms + 400
    evening.do(ask.CloseAnswers())
    assert evening.box.cut_off_ms == cut_off_ms


def test_close_now_within_the_grace_is_no_early_close() -> None:
    """Devices know the deadline, so they need not be told."""
    evening = opened()
    evening.now_ms = clock(evening).deadline_ms
    evening.do(ask.CloseAnswers())
    assert evening.box.early is False


def test_time_up_keeps_an_answer_that_was_acknowledged_behind_the_cut_off() -> None:
    evening = opened()
    running = clock(evening)
    evening.now_ms = running.cut_off_ms
    evening.do(ask.TimeUp(clock=running.id, greatest_stamp_ms=running.cut_off_ms + 3))
    assert evening.box.cut_off_ms == running.cut_off_ms + 3


def test_extending_moves_deadline_and_cut_off_by_as_much() -> None:
    evening = opened()
    before, running = evening.box, clock(evening)
    (extended,) = evening.do(ask.Extend(by_ms=15_000, why="outage"))
    assert extended == did.ClockExtended(by_ms=15_000, why="outage")
    assert (clock(evening).deadline_ms, clock(evening).opens_at_ms) == (running.deadline_ms + 15_000, running.opens_at_ms)
    assert evening.box.deadline_ms == before.deadline_ms + 15_000
    assert evening.box.cut_off_ms == (before.cut_off_ms or 0) + 15_000
    assert clock(evening).id != running.id


@pytest.mark.parametrize("by_ms", [0, -1, HOUR + 1])
def test_time_is_never_taken_away_and_never_given_by_more_than_an_hour(by_ms: int) -> None:
    assert opened().refused(ask.Extend(by_ms=by_ms)) == "bad_duration"


@pytest.mark.parametrize("by_ms", [1, HOUR])
def test_a_moment_can_be_given_and_an_hour_can(by_ms: int) -> None:
    opened().do(ask.Extend(by_ms=by_ms))


def test_without_a_clock_there_is_nothing_to_extend() -> None:
    evening = Evening(a_round("r1", "one", "tf"))
    evening.until(Phase.OPEN, "r1-tf")
    evening.do(ask.GoBack())
    assert evening.refused(ask.Extend(by_ms=1000)) == "no_clock"
    assert evening.do(ask.TimeUp(clock=1)) == ()


def test_a_pause_stops_the_clock_and_going_on_gives_the_time_back() -> None:
    evening = opened()
    evening.wait(10_000)
    before, running = evening.box, clock(evening)
    evening.do(ask.Pause())
    assert evening.box.paused
    evening.wait(HOUR)
    assert evening.refused(ask.TimeUp(clock=running.id)) == "not_yet"
    evening.do(ask.Resume())
    assert clock(evening).deadline_ms == running.deadline_ms + HOUR
    assert evening.box.cut_off_ms == (before.cut_off_ms or 0) + HOUR
    assert (evening.box.opens_at_ms, evening.box.paused) == (before.opens_at_ms, False)


def test_a_pause_in_the_reading_time_keeps_the_rest_of_it() -> None:
    evening = Evening(each_round("r1", "one"))
    evening.until(Phase.OPEN)
    evening.wait(1000)
    evening.do(ask.Pause())
    evening.wait(60_000)
    evening.do(ask.Resume())
    assert clock(evening).opens_at_ms == evening.box.opens_at_ms == evening.now_ms + 2000
    assert evening.box.deadline_ms == evening.box.opens_at_ms + 30_000


def test_a_pause_at_the_very_opening_is_a_pause_of_an_open_question() -> None:
    evening = opened()
    evening.do(ask.Pause())
    evening.wait(1000)
    evening.do(ask.Resume())
    assert evening.box.opens_at_ms == clock(evening).opens_at_ms == evening.now_ms - 1000


def test_a_question_in_its_reading_time_waits_even_while_another_is_on_the_stage() -> None:
    evening = Evening(a_round("r1", "one", "tf"))
    evening.until(Phase.OPEN, "r1-tf")
    opens_at_ms = evening.box.opens_at_ms
    evening.do(ask.GoBack(), ask.Pause())
    evening.wait(500)
    evening.do(ask.Resume())
    later = evening.state.boxes[evening.state.pack.rounds[0].questions[1].id, 1]
    assert later.opens_at_ms == opens_at_ms + 500


def test_a_pause_never_takes_time_away() -> None:
    evening = opened()
    evening.do(ask.Pause())
    assert decide(evening.state, ask.Resume(), evening.now_ms - 5) == (did.Resumed(by_ms=0),)


def test_pausing_and_going_on_twice_is_once() -> None:
    evening = opened()
    assert evening.do(ask.Resume()) == ()
    evening.do(ask.Pause())
    assert evening.do(ask.Pause()) == ()
    evening.do(ask.Resume())
    assert evening.do(ask.Resume()) == ()


@pytest.mark.parametrize("command", [ask.CloseAnswers(), ask.GoBack()])
def test_while_paused_the_evening_stands_still(command: ask.Command) -> None:
    evening = opened()
    evening.do(ask.Pause())
    assert evening.refused(command) == "paused"


@pytest.mark.parametrize("command", [ask.ShowQuestion(), ask.CallLast()])
def test_while_paused_a_round_revealed_at_its_end_stands_still(command: ask.Command) -> None:
    evening = Evening(a_round("r1", "one"))
    evening.until(Phase.OPEN)
    evening.do(ask.Pause())
    assert evening.refused(command) == "paused"


def test_nobody_pays_for_a_pause_with_speed() -> None:
    evening = opened()
    early, late = evening.join("early"), evening.join("late")
    evening.wait(2000)
    evening.answer(early, "r1-one-b")
    evening.do(ask.Pause())
    evening.wait(HOUR)
    evening.do(ask.Resume())
    evening.wait(1000)
    evening.answer(late, "r1-one-b")
    evening.until(Phase.REVEALED)
    assert elapsed_ms(evening.state, evening.shown) == {early: 2000, late: 3000}


def test_an_answer_stamped_before_the_opening_took_no_time() -> None:
    """Two processes' clocks may differ by a little; nobody is faster than nothing."""
    evening = opened()
    team = evening.join("A")
    evening.answer(team, "r1-one-b", stamp_ms=evening.box.opens_at_ms - 4)
    evening.until(Phase.REVEALED)
    assert elapsed_ms(evening.state, evening.shown) == {team: 0}


def test_the_last_call_is_one_clock_for_all_questions_of_the_round() -> None:
    evening = Evening(a_round("r1", "one", "tf", last_call_seconds=90, grace_ms=100))
    evening.until(Phase.OPEN, "r1-tf")
    evening.wait(10_000)
    evening.do(ask.CallLast())
    cut_off_ms = evening.now_ms + 90_100
    assert {each.cut_off_ms for each in evening.state.boxes.values()} == {cut_off_ms} == {clock(evening).cut_off_ms}
    evening.time_up()
    assert {(each.cut_off_ms, each.closed) for each in evening.state.boxes.values()} == {(cut_off_ms, True)}


def test_the_last_call_begins_after_the_last_reading_time() -> None:
    evening = Evening(a_round("r1", "one", last_call_seconds=60))
    evening.until(Phase.OPEN)
    evening.wait(1000)
    evening.do(ask.CallLast())
    assert clock(evening).deadline_ms == evening.now_ms + 2000 + 60_000


def test_a_last_call_taken_back_leaves_all_answers_open() -> None:
    evening = Evening(a_round("r1", "one", "tf"))
    evening.until(Phase.LAST_CALL)
    evening.do(ask.GoBack())
    assert {each.cut_off_ms for each in evening.state.boxes.values()} == {None}
    assert evening.state.clock is None


def test_there_is_no_last_call_before_every_question_was_shown() -> None:
    evening = Evening(a_round("r1", "one", "tf"))
    evening.until(Phase.OPEN)
    assert evening.refused(ask.CallLast()) == "questions_left"


def test_a_question_that_is_revealed_by_itself_knows_no_last_call() -> None:
    assert opened().refused(ask.CallLast()) == "not_in_this_phase"


def test_a_question_of_a_round_is_not_closed_by_itself() -> None:
    evening = Evening(a_round("r1", "one"))
    evening.until(Phase.OPEN)
    assert evening.refused(ask.CloseAnswers()) == "not_in_this_phase"
