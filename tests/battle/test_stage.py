"""What screens show beside the play: a standing, a break; and the standing that is frozen for the final."""

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.phases import Phase
from quizserver.battle.standings import shown_standing, standing
from quizserver.battle.state import Stage
from tests.support.battles import Evening, a_round, each_round


def test_a_standing_is_shown_until_the_next_step() -> None:
    evening = Evening(each_round("r1", "one"))
    evening.do(ask.ShowStanding(which="speed"))
    assert (evening.state.stage, evening.state.standing_which) == (Stage.STANDING, "speed")
    evening.do(ask.StartRound())
    assert evening.state.stage is Stage.PLAY


def test_there_are_two_standings() -> None:
    assert Evening().refused(ask.ShowStanding(which="luck")) == "unknown_standing"


@pytest.mark.parametrize("command", [ask.ShowStanding(), ask.StartBreak(seconds=60)])
def test_nothing_covers_a_question_that_takes_answers(command: ask.Command) -> None:
    evening = Evening(a_round("r1", "one"))
    for phase in (Phase.OPEN, Phase.LAST_CALL):
        evening.until(phase)
        assert evening.refused(command) == "answers_are_open"


def test_a_break_ends_when_the_host_says_so_or_goes_on() -> None:
    evening = Evening(each_round("r1", "one"), pace=6)
    evening.do(ask.StartBreak(seconds=600))
    assert (evening.state.stage, evening.state.break_until_ms) == (Stage.BREAK, evening.now_ms + 100_000)
    evening.do(ask.ShowPlay())
    assert evening.state.stage is Stage.PLAY
    assert evening.do(ask.ShowPlay()) == ()


@pytest.mark.parametrize(("seconds", "taken"), [(9, False), (10, True), (14_400, True), (14_401, False)])
def test_a_break_lasts_from_ten_seconds_to_four_hours(seconds: int, taken: bool) -> None:
    command, evening = ask.StartBreak(seconds=seconds), Evening()
    assert evening.do(command) if taken else evening.refused(command) == "bad_duration"


def test_neither_a_seal_nor_a_venue_takes_the_break_off_the_screens() -> None:
    """The best moment for a break is while sheets are collected."""
    evening = Evening(a_round("r1", "one"))
    evening.join_paper("P")
    evening.until(Phase.ROUND_CLOSED)
    evening.do(ask.StartBreak(seconds=600))
    evening.seal()
    evening.confirm()
    assert (evening.state.phase, evening.state.stage) == (Phase.COLLECTED, Stage.BREAK)


def test_a_seal_leaves_a_standing_on_the_screens() -> None:
    evening = Evening(each_round("r1", "one"))
    evening.until(Phase.CLOSED)
    evening.do(ask.ShowStanding())
    evening.seal()
    assert (evening.state.phase, evening.state.stage) == (Phase.SEALED, Stage.STANDING)


@pytest.mark.parametrize("which", ["total", "speed"])
def test_frozen_the_standing_stays_as_it_was(which: str) -> None:
    evening = Evening(each_round("r1", "one", "tf"))
    slow, quick = evening.join("slow"), evening.join("quick")
    evening.until(Phase.OPEN)
    evening.wait(3000)
    evening.answer(quick, "r1-one-b")
    evening.until(Phase.REVEALED)
    evening.do(ask.FreezeStanding(frozen=True))
    assert evening.do(ask.FreezeStanding(frozen=True)) == ()
    then = shown_standing(evening.state, which)
    evening.until(Phase.OPEN, "r1-tf")
    evening.wait(3000)
    evening.answer(slow, "r1-tf-a")
    evening.do(ask.AdjustPoints(team=slow, points=500, reason="a song"))
    evening.until(Phase.REVEALED)
    assert shown_standing(evening.state, which) == then != standing(evening.state, which)
    evening.do(ask.FreezeStanding(frozen=False))
    assert shown_standing(evening.state, which) == standing(evening.state, which)


def test_a_standing_can_be_thawed_after_the_end() -> None:
    evening = Evening(each_round("r1", "one"))
    evening.until(Phase.FINAL)
    evening.do(ask.FreezeStanding(frozen=True), ask.Finish(), ask.FreezeStanding(frozen=False))
    assert evening.state.frozen is None


def test_a_break_cannot_begin_after_the_end() -> None:
    evening = Evening(each_round("r1", "one"))
    evening.until(Phase.FINISHED)
    assert evening.refused(ask.StartBreak(seconds=60)) == "not_in_this_phase"


def test_who_does_not_say_which_standing_is_shown_the_total_also_while_it_is_frozen() -> None:
    evening = Evening(a_round("r1", "one"))
    evening.join("A")
    evening.do(ask.FreezeStanding(frozen=True))
    assert shown_standing(evening.state) == shown_standing(evening.state, "total") != ()
