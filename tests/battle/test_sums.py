"""What is added up for a team: every question that is shown, every bonus and every sheet's total, each of them once."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from quizserver.battle import commands as ask
from quizserver.battle import scoring
from quizserver.battle.ids import BattleId, QuestionId, RoundId, TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.scoring import Score, points_of_total, scores
from quizserver.battle.settings import Source, TieBreak
from tests.support.battles import Evening, a_round

A, B, C, P = (TeamId(name) for name in "ABCP")
TF = QuestionId("r1-tf")


def answered(one: Mapping[str, str], tf: Mapping[str, str], *paper: str) -> Evening:
    """Two questions, each answered so by the teams A, B and C (5 s after it opened the first, 7 s the second), all revealed."""
    evening = Evening(a_round("r1", "one", "tf"), tie_breaks=(TieBreak.DIFFICULTY,))
    for name in "ABC":
        evening.join(name)
    for name in paper:
        evening.join_paper(name)
    for asked, seconds, letters in (("r1-one", 5, one), ("r1-tf", 7, tf)):
        evening.until(Phase.OPEN, asked)
        for name, letter in letters.items():
            evening.answer(TeamId(name), f"{asked}-{letter}", stamp_ms=evening.box.opens_at_ms + seconds * 1000)
    evening.until(Phase.ROUND_END)
    return evening


def score(evening: Evening, team: TeamId) -> Score:
    return scores(evening.state)[team]


def change(asked: str) -> ask.ChangeSource:
    """From this question on A plays on paper."""
    playing = RoundId(asked.partition("-")[0])
    return ask.ChangeSource(
        team=A, round=playing, question=QuestionId(asked), source=Source.PAPER, only_this_round=False, reason="no network"
    )


def test_right_answers_their_difficulty_and_their_time_add_up() -> None:
    evening = answered({"A": "b", "B": "a", "C": "a"}, {"A": "a", "B": "a", "C": "b"})
    assert score(evening, A) == Score(points=200, rounds=(200,), right=2, pending=False, difficulty=2 + 1, speed_ms=12_000)


def test_bonuses_and_penalties_of_one_team_add_up() -> None:
    evening = answered({"A": "b"}, {})
    for points in (50, 25, -5):
        evening.do(ask.AdjustPoints(team=A, points=points, reason="a song"))
    assert (score(evening, A).points, score(evening, A).rounds) == (170, (100,))


def test_a_question_taken_out_after_it_was_summed_up_is_in_no_sum() -> None:
    evening = answered({"A": "b"}, {"A": "a"})
    assert score(evening, A).points == 200
    evening.do(ask.VoidQuestion(question=TF, voided=True, reason="a typo"))
    assert (score(evening, A).points, score(evening, A).right) == (100, 1)


def test_a_sheet_for_nothing_but_a_question_taken_out_costs_no_team_its_times() -> None:
    evening = answered({"A": "b"}, {})
    evening.do(change(TF))
    assert score(evening, A).speed_ms is None
    evening.do(ask.VoidQuestion(question=TF, voided=True, reason="a typo"))
    assert score(evening, A).speed_ms == 5000


def test_a_sheet_with_a_total_alone_missed_no_question() -> None:
    evening = answered({"A": "b", "B": "a"}, {}, "P")
    evening.mark(P, "r1", "1")
    assert score(evening, A).difficulty == 2  # B was wrong, C said nothing


# --- totals of sheets ---


@pytest.mark.parametrize(("text", "points"), [("0.005", 0), ("0.015", 2), ("0.025", 2), ("-1.005", -100), ("1.5", 150)])
def test_a_total_is_whole_hundredths_rounded_to_the_nearest_and_halves_to_even(text: str, points: int) -> None:
    assert points_of_total(text) == points
    assert isinstance(points_of_total(text), int)


def test_a_total_that_came_before_the_first_reveal_counts_from_it_on() -> None:
    evening = Evening(a_round("r1", "one", "tf"))
    evening.join_paper("P")
    evening.until(Phase.COLLECTED)
    evening.mark(P, "r1", "2")
    before = evening.points(P)
    evening.until(Phase.REVEALED, "r1-one")
    assert (before, evening.points(P)) == (0, 2)


def test_a_total_of_one_round_and_what_was_answered_in_another_add_up() -> None:
    evening = Evening(a_round("r1", "one"), a_round("r2", "one"))
    evening.join("A")
    evening.until(Phase.OPEN)
    evening.answer(A, "r1-one-b")
    evening.until(Phase.ROUND_END)
    evening.do(change("r2-one"))
    evening.until(Phase.ROUND_INTRO)
    evening.until(Phase.ROUND_END)
    evening.mark(A, "r2", "1")
    assert (score(evening, A).points, score(evening, A).rounds) == (200, (100, 100))


# --- what is summed once ---


def test_the_next_solution_is_added_to_what_was_summed_before() -> None:
    evening = Evening(a_round("r1", "one", "tf"))
    evening.join("A")
    evening.until(Phase.REVEALED, "r1-one")
    scores(evening.state)
    before = scoring._LATEST[evening.state.battle].sums
    scores(evening.state)
    evening.do(ask.Reveal())
    scores(evening.state)
    assert scoring._LATEST[evening.state.battle].sums is before


def test_a_sheet_that_comes_late_counts_its_questions_anew_and_no_others() -> None:
    evening = answered({"A": "b"}, {"A": "a"}, "P")
    assert score(evening, P) == Score(0, (0,), 0, pending=True, difficulty=0, speed_ms=None)
    before = scoring._LATEST[evening.state.battle]
    untouched = before.counted[0], before.sums
    evening.mark(P, TF, "1")
    found = scores(evening.state)
    assert found[P] == Score(100, (100,), 1, pending=True, difficulty=2, speed_ms=None)
    after = scoring._LATEST[evening.state.battle]
    assert (after.counted[0], after.sums) == untouched and after.sums is before.sums
    scoring._LATEST.clear()
    assert scores(evening.state) == found


def test_a_mark_that_is_taken_back_leaves_nothing_in_any_sum() -> None:
    evening = answered({"A": "b", "B": "b"}, {"A": "a"}, "P")
    first = scores(evening.state)
    said = evening.mark(P, TF, "1")
    assert scores(evening.state) != first
    evening.mark(P, TF, "0", over=[said.name])
    evening.do(ask.VoidQuestion(question=TF, voided=True, reason="torn"))
    found = scores(evening.state)
    scoring._LATEST.clear()
    assert scores(evening.state) == found


def test_sums_of_the_latest_battles_alone_are_kept() -> None:
    state = Evening().state
    for at in range(scoring.MOST_BATTLES + 1):
        scores(replace(state, battle=BattleId(f"battle {at}")))
    assert list(scoring._LATEST) == [f"battle {at}" for at in range(1, scoring.MOST_BATTLES + 1)]
