"""A round of a team as one sign a question: what everybody may know of it."""

from quizserver.battle import commands as ask
from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.masks import mask
from quizserver.battle.phases import Phase
from tests.support.battles import KINDS, Evening, a_round, right_answer, wrong_answer

A, P, Q = TeamId("A"), TeamId("P"), TeamId("Q")


def played(until: Phase = Phase.ROUND_END) -> Evening:
    """A online had the first right, the second wrong and said nothing else; P and Q are on paper."""
    evening = Evening(a_round("r1", *KINDS))
    evening.join("A")
    for team in "PQ":
        evening.join_paper(team)
    evening.until(Phase.LAST_CALL)
    evening.answer(A, right_answer("r1-one"), QuestionId("r1-one"))
    evening.answer(A, wrong_answer("r1-several"), QuestionId("r1-several"))
    evening.until(until)
    return evening


def masks(evening: Evening) -> list[str]:
    return [mask(evening.state, team, evening.state.pack.rounds[0]) for team in (A, P, Q)]


def test_right_half_wrong_blank_and_asked_have_a_sign_each_and_what_is_not_there_is_not_known() -> None:
    evening = played()
    for kind, value in zip(KINDS, ("1", "0.5", "0", "-", "?"), strict=True):
        evening.mark(P, f"r1-{kind}", value)
    assert masks(evening) == ["10---", "1½0-?", "....."]


def test_a_sheet_that_came_as_a_total_says_nothing_of_its_questions() -> None:
    evening = played()
    evening.mark(Q, "r1", "3")
    assert masks(evening)[2] == "....."


def test_a_dispute_is_before_the_judge() -> None:
    evening = played()
    evening.mark(P, "r1-tf", "1", "Anna")
    evening.mark(P, "r1-tf", "0", "Boris")
    assert masks(evening)[1] == "..?.."


def test_what_is_not_revealed_is_not_known_and_what_was_taken_out_is_so_for_everybody() -> None:
    evening = played(Phase.REVEALED)
    evening.mark(P, "r1-several", "1")
    assert masks(evening) == ["1....", ".....", "....."]
    for kind in ("one", "tf"):
        evening.do(ask.VoidQuestion(question=QuestionId(f"r1-{kind}"), voided=True, reason="a typo"))
    assert masks(evening) == ["X.X.."] * 3
