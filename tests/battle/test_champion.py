"""What may be at the end, and when nobody can pass the champion any more."""

from dataclasses import replace

from quizserver.battle import commands as ask
from quizserver.battle.champion import champion_is_certain
from quizserver.battle.ids import QuestionId
from quizserver.battle.phases import Phase
from quizserver.battle.possible import possible_at_the_end
from quizserver.battle.standings import standing
from quizserver.battle.state import Range
from tests.support.battles import Evening, a_round, question
from tests.support.sheets_to_come import A, P, on_paper


def test_questions_to_come_bring_their_least_and_their_most() -> None:
    evening = on_paper("one", "tf", rounds=[a_round("r2", "one")], until=Phase.REVEALED)
    at_the_end = possible_at_the_end(evening.state)
    assert at_the_end[A] == Range(1, 2, 100, 300)
    assert at_the_end[P] == Range(1, 2, 0, 300)


def test_a_total_that_is_here_holds_what_is_not_revealed_yet() -> None:
    evening = on_paper("one", "tf", until=Phase.REVEALED)
    evening.mark(P, "r1", "1")
    assert possible_at_the_end(evening.state)[P] == Range(1, 2, 100, 100)
    assert possible_at_the_end(evening.state)[A] == Range(1, 1, 100, 200)


def test_a_total_that_is_here_holds_what_a_wrong_answer_would_have_cost_too() -> None:
    dear = question("r1", "tf", points=200, penalty=100)
    evening = Evening(replace(a_round("r1"), questions=(question("r1", "one"), dear)))
    evening.join_paper("P")
    evening.until(Phase.REVEALED)
    evening.mark(P, "r1", "1")
    assert possible_at_the_end(evening.state)[P] == Range(1, 1, 100, 100)


def test_once_all_is_revealed_and_every_sheet_is_in_the_end_is_this_standing() -> None:
    evening = on_paper("one", "tf")
    assert possible_at_the_end(evening.state)
    evening.mark(P, "r1", "1")
    assert possible_at_the_end(evening.state) == {}


def test_a_total_to_come_may_hold_a_question_that_was_taken_out() -> None:
    evening = on_paper("one", rounds=[a_round("r2", "one", "tf")])
    evening.mark(P, "r1-one", "1")
    evening.do(ask.VoidQuestion(question=QuestionId("r2-one"), voided=True, reason="a typo"))
    assert (possible_at_the_end(evening.state)[P].most, possible_at_the_end(evening.state)[A].most) == (300, 200)


def test_before_the_first_solution_nobody_is_champion() -> None:
    evening = on_paper("one", until=Phase.ROUND_CLOSED)
    evening.do(ask.AdjustPoints(team=A, points=9000, reason="a song"))
    assert not champion_is_certain(evening.state)
    assert not champion_is_certain(Evening().state)


def test_where_nobody_plays_nobody_is_champion() -> None:
    evening = Evening(a_round("r1", "one"))
    evening.until(Phase.REVEALED)
    assert not champion_is_certain(evening.state)


def test_a_champion_is_certain_once_nobody_can_pass() -> None:
    evening = on_paper("one", rounds=[a_round("r2", "one")])
    assert not champion_is_certain(evening.state)
    evening.do(ask.AdjustPoints(team=A, points=200, reason="a song"))
    assert champion_is_certain(evening.state), "P may get two points, and A has three"


def test_who_shares_the_first_place_only_if_nothing_comes_is_no_champion() -> None:
    evening = on_paper("one")
    evening.do(ask.AdjustPoints(team=P, points=100, reason="a song"))
    assert [row.place for row in standing(evening.state)] == [1, 1]
    assert not champion_is_certain(evening.state)


def test_rounds_that_nobody_plays_any_more_keep_no_champion_waiting() -> None:
    evening = on_paper("one", rounds=[a_round("r2", "one", "tf")])
    evening.mark(P, "r1-one", "0")
    assert not champion_is_certain(evening.state)
    evening.do(ask.ShowPodium())
    assert champion_is_certain(evening.state)
    assert possible_at_the_end(evening.state) == {}
