"""Whole evenings, as they happen."""

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.evolve import fold
from quizserver.battle.ids import QuestionId, RoundId, TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Round
from quizserver.battle.settings import Source, TieBreak
from quizserver.battle.standings import standing
from tests.support.battles import (
    HALL,
    KINDS,
    PENDING,
    RIGHT,
    Evening,
    a_round,
    each_round,
    right_answer,
    slips_round,
    wrong_answer,
)


def answer_all(evening: Evening, name: str, right: dict[str, str]) -> None:
    """Plays a round to its end; each of `right` (team -> kinds it knows) answers online, what it does not know wrongly."""
    for kind in KINDS:
        evening.until(Phase.OPEN, f"{name}-{kind}")
        for team, knows in right.items():
            known = kind in knows.split()
            evening.answer(TeamId(team), right_answer(f"{name}-{kind}") if known else wrong_answer(f"{name}-{kind}"))
    evening.until(Phase.ROUND_END)


@pytest.mark.parametrize("playing", [a_round("r1"), each_round("r1"), slips_round("r1")], ids=["round end", "each", "slips"])
def test_an_evening_online_goes_to_the_podium(playing: Round) -> None:
    evening = Evening(playing)
    evening.join("A")
    evening.join("B")
    answer_all(evening, "r1", {"A": "one several tf text number", "B": "one tf"})
    evening.until(Phase.FINISHED)
    assert evening.standing() == [(1, "A", 5), (2, "B", 2)]


@pytest.mark.parametrize("playing", [a_round("r1", "one", "tf"), slips_round("r1", "one", "tf")], ids=["sheets", "slips"])
def test_an_evening_on_paper_goes_to_the_podium(playing: Round) -> None:
    evening = Evening(playing)
    venues = [HALL, evening.add_venue("club")]
    teams = [evening.join_paper(name, venue) for name, venue in zip("PQ", venues, strict=True)]
    evening.until(Phase.ROUND_END)
    for team, venue, marks in zip(teams, venues, ("11", "01"), strict=True):
        for kind, mark in zip(("one", "tf"), marks, strict=True):
            evening.mark(team, f"r1-{kind}", mark, venue=venue)
    evening.until(Phase.FINISHED)
    assert evening.standing() == [(1, "P", 2), (2, "Q", 1)]


def test_paper_and_online_stand_in_one_standing_and_the_nearest_number_is_nearest_of_all() -> None:
    evening = Evening(a_round("r1"))
    evening.join("A")
    paper = evening.join_paper("P")
    answer_all(evening, "r1", {"A": "one several tf text"})
    for kind, value in zip(KINDS, ("1", "0", "0", "1", "21 240"), strict=True):
        evening.mark(paper, f"r1-{kind}", value)
    assert evening.standing() == [(1, "A", 4), (2, "P", 3)]


def test_an_evening_without_teams_goes_to_its_end() -> None:
    evening = Evening(a_round("r1"), each_round("r2"))
    evening.until(Phase.FINISHED)
    assert evening.standing() == []


@pytest.mark.parametrize("playing", [a_round("r1"), each_round("r1")], ids=["round end", "each"])
def test_a_question_nobody_answers_closes_seals_and_reveals_with_nothing(playing: Round) -> None:
    evening = Evening(playing)
    evening.join("A")
    while evening.state.phase is not Phase.FINISHED:
        clock = evening.state.clock
        evening.time_up() if clock is not None and clock.closes else evening.press()
    assert evening.state.revealed == {question.id for question in playing.questions}
    assert {box.sealed for box in evening.state.boxes.values()} == {True}
    assert evening.standing() == [(1, "A", 0)]


def test_no_venue_confirms_and_the_evening_goes_on_over_them() -> None:
    evening = Evening(a_round("r1", "one"), a_round("r2", "one"))
    paper, online = evening.join_paper("P"), evening.join("A")
    for name in ("r1", "r2"):
        evening.until(Phase.OPEN, f"{name}-one")
        evening.answer(online, right_answer(f"{name}-one"))
        evening.until(Phase.ROUND_CLOSED)
        evening.do(ask.GoOnUncollected())
        evening.until(Phase.ROUND_END)
        evening.mark(paper, f"{name}-one", "1")
        assert evening.mark_of(paper, f"{name}-one") == PENDING
    evening.until(Phase.FINISHED)
    assert (evening.standing(), evening.place(paper).pending) == ([(1, "A", 2), (2, "P", 0)], True)
    evening.do(ask.AcceptMarks(venue=HALL, scope="r1"), ask.AcceptMarks(venue=HALL, scope="r2"))
    assert evening.standing() == [(1, "A", 2), (1, "P", 2)]


def test_a_venue_without_network_brings_its_sheets_after_the_last_round() -> None:
    evening = Evening(a_round("r1", "one", "tf"), a_round("r2", "one"))
    paper = evening.join_paper("P")
    club = evening.add_venue("club")
    offline = evening.join_paper("Q", club)
    for name in ("r1", "r2"):
        evening.until(Phase.ROUND_CLOSED, None)
        evening.do(ask.ConfirmCollected(venue=HALL, scope=name), ask.GoOnUncollected())
        evening.mark(paper, f"{name}-one", "1")
        evening.until(Phase.ROUND_END)
        evening.until(Phase.ROUND_INTRO if name == "r1" else Phase.FINAL)
    sheets = [evening.operation(offline, asked, "1", venue=club) for asked in ("r2-one", "r1-tf", "r1-one")]
    for scope in ("r2", "r1"):
        evening.do(ask.ConfirmCollected(venue=club, scope=scope))
    evening.do(ask.EnterMarks(operations=tuple(sheets)), ask.EnterMarks(operations=tuple(reversed(sheets))))
    assert evening.points(offline) == 0
    for scope in ("r1", "r2"):
        evening.do(ask.AcceptMarks(venue=club, scope=scope))
    assert evening.points(offline) == 0
    evening.do(ask.JudgeLate(verdict="v1", operations=tuple(evening.state.late), accepted=True, reason="no network"))
    assert evening.points(offline) == 3


def test_two_teams_tie_and_the_quicker_one_wins_where_the_battle_is_set_so() -> None:
    results = []
    for breaks in ((), (TieBreak.SPEED,)):
        evening = Evening(each_round("r1", "one"), tie_breaks=breaks)
        teams = [evening.join("A"), evening.join("B")]
        evening.until(Phase.OPEN)
        for seconds, team in zip((9, 4), teams, strict=True):
            evening.answer(team, "r1-one-b", stamp_ms=evening.now_ms + 1000 * seconds)
        evening.until(Phase.FINISHED)
        results.append(evening.standing())
    assert results == [[(1, "A", 1), (1, "B", 1)], [(1, "B", 1), (2, "A", 1)]]


def test_a_team_whose_phones_fail_in_the_third_question_hands_in_paper_from_there_on() -> None:
    evening = Evening(a_round("r1"))
    evening.join("A")
    evening.join_paper("P")
    evening.until(Phase.OPEN)
    for kind in ("one", "several"):
        evening.until(Phase.OPEN, f"r1-{kind}")
        evening.answer(TeamId("A"), right_answer(f"r1-{kind}"))
    evening.until(Phase.OPEN, "r1-tf")
    evening.do(
        ask.ChangeSource(
            team=TeamId("A"),
            round=RoundId("r1"),
            question=QuestionId("r1-tf"),
            source=Source.PAPER,
            only_this_round=True,
            reason="x",
        )
    )
    evening.until(Phase.ROUND_END)
    assert (evening.points(TeamId("A")), evening.place(TeamId("A")).pending) == (2, True)
    for kind, value in zip(KINDS, "01110", strict=True):
        evening.mark(TeamId("A"), f"r1-{kind}", value if kind != "number" else "21242")
    assert (evening.points(TeamId("A")), evening.place(TeamId("A")).pending) == (5, False)


def test_whatever_was_mended_afterwards_stands_in_the_ledger_and_nowhere_else() -> None:
    evening = Evening(a_round("r1"))
    evening.join("A")
    paper = evening.join_paper("P")
    answer_all(evening, "r1", {"A": "one"})
    evening.mark(paper, "r1", "3")
    evening.until(Phase.FINISHED)
    evening.do(
        ask.RuleAnswer(question=QuestionId("r1-text"), said="ил 18", accepted=True),
        ask.VoidQuestion(question=QuestionId("r1-one"), voided=True, reason="a typo"),
        ask.AdjustPoints(team=paper, points=-50, reason="a phone"),
    )
    again = fold(evening.history)
    assert again == evening.state
    assert [(row.team, row.points) for row in standing(again)] == [("P", 250), ("A", 200)]


def test_two_devices_of_one_team_are_one_answer() -> None:
    evening = Evening(each_round("r1", "one"))
    team = evening.join("A")
    evening.until(Phase.OPEN)
    evening.wait(3000)
    evening.answer(team, "r1-one-a", stamp_ms=evening.now_ms + 10)
    evening.answer(team, "r1-one-b", stamp_ms=evening.now_ms + 20)
    evening.answer(team, "r1-one-a", stamp_ms=evening.now_ms + 5)
    evening.until(Phase.REVEALED)
    assert evening.mark_of(team, "r1-one") == RIGHT
