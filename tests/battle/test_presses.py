"""Two hosts, two clickers, one slow network: a press takes effect once."""

from quizserver.battle import commands as ask
from quizserver.battle.phases import Phase
from tests.support.battles import PRESSES, Evening, a_round, slips_round


def test_of_two_presses_on_the_same_step_one_takes_effect() -> None:
    evening = Evening()
    seen = evening.state.step
    evening.do(ask.StartRound(seen_step=seen))
    assert evening.refused(ask.StartRound(seen_step=seen)) == "stale"
    assert evening.refused(ask.ShowQuestion(seen_step=seen)) == "stale"
    assert evening.state.phase is Phase.ROUND_INTRO


def test_a_press_that_saw_no_step_is_taken_at_its_word() -> None:
    evening = Evening()
    evening.do(ask.StartRound(), ask.ShowQuestion(seen_step=None))


def test_going_on_over_the_same_venues_twice_is_once() -> None:
    evening = Evening(slips_round("r1", "one"))
    evening.join_paper("P")
    evening.until(Phase.SEALED)
    press = ask.GoOnUncollected(seen_step=evening.state.step)
    assert evening.do(press)
    assert evening.do(press) == ()


def test_an_evening_pressed_twice_at_every_step_is_the_same_evening() -> None:
    once, twice = (Evening(a_round("r1", "one", "tf"), a_round("r2", "text")) for _ in range(2))
    once.until(Phase.FINISHED)
    while twice.state.phase is not Phase.FINISHED:
        seen = twice.state.step
        twice.press()
        if twice.state.step != seen:
            assert {twice.refused(press(seen_step=seen)) for press in PRESSES} == {"stale"}
    assert [event for event, _ in twice.history] == [event for event, _ in once.history]
