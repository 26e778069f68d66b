"""What may still become of a standing: everything that is not known, and nothing that is."""

from dataclasses import replace

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.settings import Source, TieBreak, Ties
from quizserver.battle.standings import shown_standing, standing
from quizserver.battle.state import Range
from tests.support.battles import Evening, a_round, each_round, question, right_answer, wrong_answer
from tests.support.sheets_to_come import A, B, P, Q, copied, on_paper, possible

# --- what is not known ---


def test_a_sheet_that_is_missing_may_hold_anything() -> None:
    evening = on_paper("one", "tf")
    assert possible(evening, P) == (1, 2, 0, 2)
    assert possible(evening, A) == (1, 1, 2, 2)


def test_a_mark_that_came_in_is_known() -> None:
    evening = on_paper("one", "tf")
    evening.mark(P, "r1-one", "1")
    assert possible(evening, P) == (1, 2, 1, 2)
    evening.mark(P, "r1-tf", "-")
    assert evening.place(P).possible is evening.place(A).possible is None


def test_what_the_judge_is_asked_and_what_is_disputed_are_not_known() -> None:
    evening = on_paper("one", "tf")
    evening.mark(P, "r1-one", "?")
    evening.mark(P, "r1-tf", "1", "Anna")
    evening.mark(P, "r1-tf", "0", "Boris")
    assert possible(evening, P) == (1, 2, 0, 2)


def test_marks_that_wait_for_the_host_are_not_known() -> None:
    evening = on_paper("one", until=Phase.ROUND_CLOSED)
    evening.seal()
    evening.do(ask.GoOnUncollected())
    evening.until(Phase.ROUND_END)
    evening.mark(P, "r1-one", "0")
    assert possible(evening, P) == (1, 2, 0, 1)
    evening.do(ask.AcceptMarks(venue=next(iter(evening.state.venues)), scope="r1"))
    assert possible(evening, P) == (2, 2, 0, 0)


def test_a_penalty_may_come_too() -> None:
    asked = question("r1", "one", points=250, penalty=50)
    evening = Evening(replace(a_round("r1"), questions=(asked,)))
    evening.join_paper("P")
    evening.until(Phase.ROUND_END)
    assert evening.place(P).possible == Range(1, 1, -50, 250)


def test_a_bonus_is_known() -> None:
    evening = on_paper("one")
    evening.do(ask.AdjustPoints(team=P, points=300, reason="a song"))
    assert possible(evening, P) == (1, 1, 3, 4)
    assert possible(evening, A) == (2, 2, 1, 1)


def test_a_question_that_was_taken_out_may_only_come_within_a_total() -> None:
    evening = on_paper("one", "tf")
    evening.do(ask.VoidQuestion(question=QuestionId("r1-one"), voided=True, reason="a typo"))
    assert possible(evening, P) == (1, 2, 0, 2)
    evening.mark(P, "r1-one", "1")
    assert possible(evening, P) == (1, 2, 0, 1)
    evening.mark(P, "r1-tf", "1")
    assert evening.place(P).possible is None


def test_a_total_is_known_and_one_that_may_come_counts_for_the_whole_round() -> None:
    evening = on_paper("one", "tf", "text", teams="PQ", until=Phase.REVEALED)
    assert possible(evening, P) == (1, 3, 0, 3)
    evening.mark(P, "r1-tf", "0")
    assert possible(evening, P) == (1, 3, 0, 1), "a sheet with a mark has no total"
    evening.mark(Q, "r1", "2")
    assert possible(evening, Q) == (1, 1, 2, 2)
    evening.do(ask.VoidQuestion(question=QuestionId("r1-one"), voided=True, reason="a typo"))
    assert possible(evening, Q) == (1, 1, 2, 2)


def test_a_sheet_of_which_a_part_was_played_online_has_no_total() -> None:
    evening = on_paper("one", "tf", until=Phase.REVEALED)
    here, asked = evening.state.pack.rounds[0].id, QuestionId("r1-tf")
    evening.do(ask.ChangeSource(team=P, round=here, question=asked, source=Source.ONLINE, only_this_round=True, reason="a phone"))
    assert possible(evening, P) == (1, 2, 0, 1)


def test_a_team_on_paper_that_came_late_may_have_played_all_the_same() -> None:
    evening = on_paper("one")
    evening.mark(P, "r1-one", "0")
    evening.join_paper("Q")
    evening.join("B")
    assert (possible(evening, Q), possible(evening, B)) == ((1, 2, 0, 1), (2, 3, 0, 0))


def test_a_frozen_standing_keeps_what_was_possible() -> None:
    evening = on_paper("one")
    evening.do(ask.FreezeStanding(frozen=True))
    evening.mark(P, "r1-one", "0")
    assert {row.team: row.possible for row in shown_standing(evening.state)}[P] == Range(1, 2, 0, 100)
    assert evening.place(P).possible is None


# --- texts ---


def with_texts(*said: str) -> Evening:
    """Online teams A, B and so on that said these texts, which are revealed."""
    evening = Evening(each_round("r1", "text", "tf"))
    teams = [evening.join(name) for name in "ABCD"[: len(said)]]
    evening.until(Phase.OPEN)
    for team, words in zip(teams, said, strict=True):
        evening.answer(team, words)
    evening.until(Phase.REVEALED)
    return evening


def test_a_text_waits_for_the_host_s_ruling() -> None:
    evening = with_texts("Ту-104", "Ил-18", "Як-40")
    assert [possible(evening, TeamId(team)) for team in "ABC"] == [(1, 1, 1, 1), (1, 3, 0, 1), (1, 3, 0, 1)]
    evening.do(ask.RuleAnswer(question=QuestionId("r1-text"), said="ил 18", accepted=False))
    assert [possible(evening, TeamId(team)) for team in "ABC"] == [(1, 1, 1, 1), (2, 3, 0, 0), (1, 2, 0, 1)]
    evening.do(ask.RuleAnswer(question=QuestionId("r1-text"), said="як 40", accepted=True))
    assert [row.possible for row in standing(evening.state)] == [None, None, None]


def test_what_is_not_ruled_upon_when_the_round_ends_is_wrong() -> None:
    evening = with_texts("Ту-104", "Ил-18")
    evening.until(Phase.ROUND_END)
    assert [row.possible for row in standing(evening.state)] == [None, None]


def texts_and_paper(*paper: TeamId) -> Evening:
    """A said on its phone, and teams on paper may have written, what only the host can judge; their round has ended."""
    evening = Evening(a_round("r1", "text"), a_round("r2", "tf"))
    evening.join("A")
    for team in paper:
        evening.join_paper(team)
    evening.until(Phase.LAST_CALL)
    evening.answer(A, "Ил-18", QuestionId("r1-text"))
    evening.until(Phase.ROUND_END)
    return evening


def test_where_sheets_are_typed_one_that_is_still_to_come_may_say_what_a_phone_said() -> None:
    evening = texts_and_paper(P, Q)
    assert possible(evening, A)[2:] == (0, 0), "what the host has let stand is wrong, where desks only judge"
    evening.mark(P, "r1-text", "=Ту-104")
    assert possible(evening, A)[2:] == (0, 1)
    evening.mark(Q, "r1-text", "0")
    assert [row.possible for row in standing(evening.state)] == [None] * 3


def test_a_text_from_paper_waits_for_the_host_with_all_who_said_it_until_the_battle_is_over() -> None:
    evening = texts_and_paper(P)
    evening.mark(P, "r1-text", "=ил 18")
    evening.mark(P, "r2-tf", "-")
    assert [possible(evening, team)[2:] for team in (A, P)] == [(0, 1)] * 2
    ruled = copied(evening)
    ruled.do(ask.RuleAnswer(question=QuestionId("r1-text"), said="ил 18", accepted=True))
    evening.until(Phase.FINAL)
    assert [possible(evening, team)[2:] for team in (A, P)] == [(0, 1)] * 2
    assert [row.possible for row in standing(ruled.state)] == [None, None]
    evening.until(Phase.FINISHED)
    assert [row.possible for row in standing(evening.state)] == [None, None]


def test_a_wrong_choice_waits_for_no_judge_though_a_text_of_its_round_does() -> None:
    evening = Evening(each_round("r1", "one", "text"))
    evening.join("A")
    evening.until(Phase.OPEN)
    evening.answer(A, wrong_answer("r1-one"))
    evening.until(Phase.REVEALED)
    assert possible(evening, A) == (1, 1, 0, 0)


# --- numbers ---


def with_number(said: str) -> Evening:
    """A said this; B is further away; P's number is not read yet."""
    evening = Evening(a_round("r1", "number"))
    evening.join("A")
    evening.join("B")
    evening.join_paper("P")
    evening.until(Phase.LAST_CALL)
    evening.answer(A, said, QuestionId("r1-number"))
    evening.answer(B, "7", QuestionId("r1-number"))
    evening.until(Phase.ROUND_END)
    return evening


def test_the_nearest_number_may_be_beaten_by_one_that_is_missing_and_the_others_may_not_win() -> None:
    evening = with_number("21000")
    assert [possible(evening, team) for team in (A, B, P)] == [(1, 2, 0, 1), (1, 3, 0, 0), (1, 2, 0, 1)]
    evening.mark(P, "r1-number", "21001")
    assert [row.possible for row in standing(evening.state)] == [None] * 3


def test_a_number_that_is_met_or_ruled_right_is_beaten_by_none() -> None:
    assert possible(with_number("21242"), A) == (1, 1, 1, 1)
    evening = with_number("21000")
    evening.do(ask.RuleAnswer(question=QuestionId("r1-number"), said="21000", accepted=True))
    assert possible(evening, A) == (1, 1, 1, 1)


@pytest.mark.parametrize(("kind", "said"), [("text", "Ил-18"), ("number", "21000")])
def test_what_may_turn_from_wrong_to_right_or_back_turns_by_points_and_penalty(kind: str, said: str) -> None:
    asked = question("r1", kind, points=200, penalty=100)
    evening = Evening(replace(a_round("r1"), questions=(asked, question("r1", "tf"))))
    evening.join("A")
    evening.join_paper("P")
    evening.until(Phase.LAST_CALL)
    evening.answer(A, said, asked.id)
    evening.until(Phase.REVEALED, asked.id)
    assert possible(evening, A)[2:] == (-1, 2)


# --- ties ---


def test_a_tie_may_be_broken_either_way_while_anything_is_unknown() -> None:
    """P's sheet says how hard the questions were; nothing else of it matters to A and B."""
    evening = Evening(a_round("r1", "one", "tf"), a_round("r2", "one"), tie_breaks=(TieBreak.DIFFICULTY,))
    evening.join("A")
    evening.join("B")
    paper = [evening.join_paper(name) for name in "PQ"]
    evening.until(Phase.LAST_CALL)
    evening.answer(A, right_answer("r1-one"), QuestionId("r1-one"))
    evening.answer(B, right_answer("r1-tf"), QuestionId("r1-tf"))
    evening.until(Phase.ROUND_END)
    evening.mark(Q, "r1-one", "1")
    evening.mark(Q, "r1-tf", "0")
    evening.do(ask.AdjustPoints(team=paper[0], points=-1000, reason="shouting"))
    assert [possible(evening, team)[:2] for team in (A, B, Q)] == [(1, 3)] * 3
    evening.mark(P, "r1-one", "0")
    evening.mark(P, "r1-tf", "0")
    assert {row.team: (row.place, row.possible) for row in standing(evening.state)} == {
        B: (1, None), A: (2, None), Q: (2, None), P: (4, None),
    }  # fmt: skip


@pytest.mark.parametrize(("ties", "last"), [(Ties.SKIP, (4, 4)), (Ties.DENSE, (2, 3))])
def test_places_after_a_tie_are_as_the_battle_is_set(ties: Ties, last: tuple[int, int]) -> None:
    evening = on_paper("one", teams="PQR", ties=ties)
    for team in "AQR":
        evening.do(ask.AdjustPoints(team=TeamId(team), points=500, reason="a song"))
    for team in "QR":
        evening.mark(TeamId(team), "r1-one", "1")
    evening.join("B")
    evening.do(ask.AdjustPoints(team=TeamId("P"), points=500, reason="a song"))
    assert possible(evening, B)[:2] == ((5, 5) if ties is Ties.SKIP else last)
