"""Places: a total preorder of scores, ties shared, tie-breaks only among teams that all have them."""

from collections.abc import Mapping
from hashlib import sha256
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from quizserver.battle import commands as ask
from quizserver.battle.events import BattleFinished, RoundEnded
from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Round
from quizserver.battle.scoring import Score, scores
from quizserver.battle.settings import TieBreak, Ties
from quizserver.battle.standings import digest, standing
from quizserver.battle.state import Place
from tests.support.battles import Evening, a_round, each_round, question

A, B, C, D = (TeamId(name) for name in "ABCD")
BREAKS = [
    (),
    (TieBreak.DIFFICULTY,),
    (TieBreak.SPEED,),
    (TieBreak.DIFFICULTY, TieBreak.SPEED),
    (TieBreak.SPEED, TieBreak.DIFFICULTY),
]


def played(answers: Mapping[str, Mapping[str, tuple[str, int]]], *rounds: Round, **settings: Any) -> Evening:
    """One round that reveals each. `answers`: question kind -> team -> (option letter, seconds after the opening)."""
    evening = Evening(*(rounds or (each_round("r1", *answers),)), **settings)
    for team in sorted({team for fell in answers.values() for team in fell}):
        evening.join(team)
    for kind, fell in answers.items():
        evening.until(Phase.OPEN, f"r1-{kind}")
        evening.wait(3000)
        for team, (letter, seconds) in fell.items():
            evening.answer(TeamId(team), f"r1-{kind}-{letter}", stamp_ms=evening.now_ms + seconds * 1000)
        evening.until(Phase.REVEALED, f"r1-{kind}")
    return evening


def places(evening: Evening, which: str = "total") -> dict[str, int]:
    return {row.team: row.place for row in standing(evening.state, which)}


@given(
    marks=st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("ab"), st.integers(0, 3)), min_size=1, max_size=6),
    breaks=st.sampled_from(BREAKS),
    ties=st.sampled_from(Ties),
)
def test_places_are_a_total_preorder_of_scores(marks: list[tuple[str, str, int]], breaks: tuple[TieBreak, ...], ties: Ties) -> None:
    teams = [f"t{at}" for at in range(len(marks))]
    one = {team: (mark[0], mark[2]) for team, mark in zip(teams, marks, strict=True)}
    tf = {team: (mark[1], 1) for team, mark in zip(teams, marks, strict=True)}
    evening = played({"one": one, "tf": tf}, tie_breaks=breaks, ties=ties)
    table, rows = scores(evening.state), standing(evening.state)
    assert {row.team for row in rows} == set(teams)
    assert rows[0].place == 1
    for better, worse in pairwise(rows):
        tied = rank(table[better.team], breaks) == rank(table[worse.team], breaks)
        assert rank(table[better.team], breaks) <= rank(table[worse.team], breaks)
        assert (better.place == worse.place) is tied
        if not tied and ties is Ties.DENSE:
            assert worse.place == better.place + 1
        if not tied and ties is Ties.SKIP:
            assert worse.place == 1 + sum(1 for row in rows if row.place <= better.place)


def rank(score: Score, breaks: tuple[TieBreak, ...]) -> tuple[int, ...]:
    """The same order, said in another way: for online teams, which all have everything."""
    keys = {TieBreak.DIFFICULTY: -(score.difficulty or 0), TieBreak.SPEED: score.speed_ms or 0}
    return (-score.points, *(keys[each] for each in breaks))


def tied_three(ties: Ties) -> list[tuple[int, str]]:
    evening = played({"one": {"A": ("b", 1), "B": ("a", 1), "C": ("a", 1), "D": ("a", 1)}}, ties=ties)
    evening.do(ask.AdjustPoints(team=D, points=-100, reason="a phone"))
    return [(row.place, row.team) for row in standing(evening.state)]


def test_teams_that_tie_share_a_place_and_the_next_one_is_as_far_behind_as_they_are_many() -> None:
    assert tied_three(Ties.SKIP) == [(1, "A"), (2, "B"), (2, "C"), (4, "D")]


def test_or_the_next_one_follows_at_once_as_the_battle_is_set() -> None:
    assert tied_three(Ties.DENSE) == [(1, "A"), (2, "B"), (2, "C"), (3, "D")]


def test_ties_stand_in_the_order_of_their_names() -> None:
    evening = Evening()
    for name in ("ёж", "Жук", "Ель", "вол"):
        evening.join(name)
    assert [row.team for row in standing(evening.state)] == ["вол", "Ель", "Жук", "ёж"]


def test_without_teams_there_is_no_place() -> None:
    assert standing(Evening().state) == standing(Evening().state, "speed") == ()


# --- difficulty ---


def test_of_equal_points_the_harder_questions_are_better() -> None:
    answers = {"one": {"A": ("b", 1), "B": ("a", 1), "C": ("b", 1)}, "tf": {"A": ("b", 1), "B": ("a", 1), "C": ("b", 1)}}
    assert places(played(answers, tie_breaks=(TieBreak.DIFFICULTY,))) == {"B": 1, "A": 2, "C": 2}
    assert places(played(answers)) == {"A": 1, "B": 1, "C": 1}


def test_a_team_that_said_nothing_missed_the_question_too() -> None:
    answers = {"one": {"A": ("b", 1), "C": ("b", 1)}, "tf": {"B": ("a", 1), "C": ("b", 1), "D": ("b", 1)}}
    evening = played(answers, tie_breaks=(TieBreak.DIFFICULTY,))
    assert places(evening) == {"B": 1, "A": 2, "C": 2, "D": 4}
    assert {team: score.difficulty for team, score in scores(evening.state).items()} == {"A": 2, "B": 3, "C": 2, "D": 0}


def on_paper(**marks: str) -> Evening:
    """Two questions; A online knew the first, B the second. Paper teams with these marks ("" for a total of 1)."""
    evening = Evening(a_round("r1", "one", "tf"), tie_breaks=(TieBreak.DIFFICULTY,))
    evening.join("A")
    evening.join("B")
    for team in marks:
        evening.join_paper(team)
    evening.until(Phase.LAST_CALL)
    evening.answer(A, "r1-one-b", QuestionId("r1-one"))
    evening.answer(B, "r1-tf-a", QuestionId("r1-tf"))
    evening.until(Phase.ROUND_END)
    for team, said in marks.items():
        for asked, mark in zip(("r1-one", "r1-tf"), said, strict=False):
            evening.mark(TeamId(team), asked, mark)
        if not said:
            evening.mark(TeamId(team), "r1", "1")
    return evening


def test_a_blank_on_a_sheet_missed_the_question_and_an_unread_sheet_takes_no_part() -> None:
    assert places(on_paper(P="-1")) == {"A": 1, "B": 2, "P": 2}
    assert places(on_paper(P="?1")) == {"A": 1, "B": 1, "P": 1}


def test_a_tie_with_a_team_that_has_only_a_total_is_not_broken() -> None:
    evening = on_paper(P="", Q="01", R="01")
    table = scores(evening.state)
    assert table[TeamId("P")].difficulty is None
    assert places(evening) == dict.fromkeys("ABPQR", 1)


def test_such_a_team_breaks_no_other_tie() -> None:
    evening = on_paper(P="", Q="01", R="01")
    evening.do(ask.AdjustPoints(team=TeamId("P"), points=100, reason="a song"))
    assert places(evening) == {"P": 1, "A": 2, "B": 3, "Q": 3, "R": 3}


# --- speed ---


def test_of_equal_points_the_quicker_team_is_better() -> None:
    answers = {"one": {"A": ("b", 9), "B": ("b", 2), "C": ("b", 9)}}
    assert places(played(answers, tie_breaks=(TieBreak.SPEED,))) == {"B": 1, "A": 2, "C": 2}


def test_only_right_answers_take_time() -> None:
    answers = {"one": {"A": ("b", 5), "B": ("b", 6)}, "tf": {"A": ("b", 20), "B": ("b", 1)}}
    evening = played(answers, tie_breaks=(TieBreak.SPEED,))
    assert places(evening) == {"A": 1, "B": 2}
    assert scores(evening.state)[A].speed_ms == 5000


def test_breaks_apply_in_the_battle_s_order() -> None:
    answers = {"one": {"A": ("b", 9), "B": ("a", 1), "C": ("b", 9)}, "tf": {"A": ("b", 1), "B": ("a", 10), "C": ("b", 1)}}
    difficult, quick = (TieBreak.DIFFICULTY, TieBreak.SPEED), (TieBreak.SPEED, TieBreak.DIFFICULTY)
    assert places(played(answers, tie_breaks=difficult))["B"] == 1
    assert places(played(answers, tie_breaks=quick))["A"] == 1


def test_paper_has_no_clock_so_a_tie_with_it_is_not_broken_by_speed() -> None:
    """Not even where its points come from a bonus: no right answer is no speed."""
    evening = Evening(a_round("r1", "one"), tie_breaks=(TieBreak.SPEED,))
    evening.join("A")
    paper = evening.join_paper("P")
    evening.until(Phase.OPEN)
    evening.answer(A, "r1-one-b")
    evening.until(Phase.ROUND_END)
    evening.mark(paper, "r1-one", "0")
    evening.do(ask.AdjustPoints(team=paper, points=100, reason="a song"))
    assert places(evening) == {"A": 1, "P": 1}
    assert scores(evening.state)[paper].speed_ms is None


def test_the_standing_of_speed_has_the_most_right_answers_first_and_online_teams_only() -> None:
    evening = Evening(a_round("r1", "one", "tf"))
    for team in (A, B, C, D):
        evening.join(team)
    paper = evening.join_paper("P")
    evening.until(Phase.LAST_CALL)
    began = evening.now_ms
    for team, one, tf in ((A, "b", "a"), (B, "b", "a"), (C, "b", "b"), (D, "a", "b")):
        evening.answer(team, f"r1-one-{one}", QuestionId("r1-one"), began + 5000 + 1000 * (team == A))
        evening.answer(team, f"r1-tf-{tf}", QuestionId("r1-tf"), began + 5000)
    evening.until(Phase.ROUND_END)
    evening.mark(paper, "r1-one", "1")
    assert places(evening, "speed") == {"B": 1, "A": 2, "C": 3}
    assert {team: score.right for team, score in scores(evening.state).items()} == {"A": 2, "B": 2, "C": 1, "D": 0, "P": 1}


# --- digests and points ---


def test_the_digest_tells_any_two_standings_apart() -> None:
    rows = [Place(1, A, 100, (100, 0)), Place(2, B, 50, (50, 0))]
    others = [
        [Place(1, B, 100, (100, 0)), Place(2, A, 50, (50, 0))],
        [Place(1, A, 100, (0, 100)), Place(2, B, 50, (50, 0))],
        [Place(1, A, 100, (100, 0)), Place(1, B, 50, (50, 0))],
        [Place(1, A, 101, (100, 0)), Place(2, B, 50, (50, 0))],
        rows[:1],
    ]
    assert digest(reversed(rows)) == digest(rows)
    assert digest(rows) not in {digest(other) for other in others}


def test_the_digest_is_written_as_ever_for_a_code_on_a_screen_is_compared_with_it_years_later() -> None:
    written = "1 A 100 100 0\n2 B 50 50 0\n"
    assert digest([Place(1, A, 100, (100, 0)), Place(2, B, 50, (50, 0))]) == sha256(written.encode()).hexdigest()


def test_points_and_penalties_of_a_question_are_its_own() -> None:
    asked = question("r1", "one", points=250, penalty=50)
    evening = played({"one": {"A": ("b", 1), "B": ("a", 1)}}, Round(a_round("r1").id, {}, (asked,), reveal=each_round().reveal))
    evening.join("C")
    assert [(row.team, row.points, row.rounds) for row in standing(evening.state)] == [
        ("A", 250, (250,)), ("C", 0, (0,)), ("B", -50, (-50,)),
    ]  # fmt: skip


def test_only_what_is_revealed_counts() -> None:
    evening = played({"one": {"A": ("b", 1)}}, each_round("r1", "one", "tf"))
    evening.until(Phase.OPEN, "r1-tf")
    evening.wait(3000)
    evening.answer(A, "r1-tf-a")
    evening.until(Phase.SEALED)
    sealed = evening.points(A)
    evening.until(Phase.REVEALED)
    assert (sealed, evening.points(A)) == (1, 2)


def test_a_round_s_end_says_what_its_standing_was() -> None:
    evening = Evening(a_round("r1", "one"))
    evening.join("A")
    evening.until(Phase.FINISHED)
    said = [event.standing for event, _ in evening.history if isinstance(event, RoundEnded | BattleFinished)]
    assert said == [digest(standing(evening.state))] * 2


def test_places_of_the_last_two_round_ends_are_kept() -> None:
    evening = Evening(a_round("r1", "one"), a_round("r2", "tf"))
    evening.join("A")
    evening.join("B")
    evening.until(Phase.ROUND_END)
    evening.do(ask.AdjustPoints(team=B, points=100, reason="a song"))
    evening.until(Phase.ROUND_INTRO)
    evening.until(Phase.ROUND_END)
    assert (evening.state.places_before, evening.state.places) == ({"A": 1, "B": 1}, {"B": 1, "A": 2})
