"""What a desk may enter, and what becomes of it when it comes late, twice, in disorder, or from two people."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.ids import QuestionId, RoundId, TeamId, VenueId
from quizserver.battle.phases import Phase
from quizserver.battle.refusals import Fault, Refused
from quizserver.battle.scoring import difficulty, scores
from quizserver.battle.state import Mark, Marked
from quizserver.battle.views import screen_view
from tests.support.battles import HALL, KINDS, PENDING, RIGHT, WRONG, Evening, a_round, question, slips_round

P, ONE = TeamId("P"), QuestionId("r1-one")


def revealed(*kinds: str, teams: str = "P") -> Evening:
    """A round that has ended, its paper collected."""
    evening = Evening(a_round("r1", *(kinds or ("one", "tf"))))
    for team in teams:
        evening.join_paper(team)
    evening.until(Phase.ROUND_END)
    return evening


def test_a_mark_is_worth_its_question_and_a_blank_is_worth_nothing() -> None:
    evening = revealed("one", "tf", "text")
    evening.mark(P, "r1-one", "1")
    evening.mark(P, "r1-tf", " 0 ")
    evening.mark(P, "r1-text", "-")
    assert [evening.mark_of(P, asked) for asked in ("r1-one", "r1-tf", "r1-text")] == [RIGHT, WRONG, None]


def test_an_unread_sheet_and_a_question_to_the_judge_are_pending() -> None:
    evening = revealed()
    assert evening.mark_of(P, "r1-one") == PENDING
    evening.mark(P, "r1-one", "?")
    assert evening.mark_of(P, "r1-one") == PENDING
    assert evening.place(P).pending


def test_the_same_marks_again_are_no_news() -> None:
    evening = revealed()
    mark = evening.mark(P, "r1-one", "1")
    assert evening.do(ask.EnterMarks(operations=(mark, mark))) == ()
    news = evening.operation(P, "r1-tf", "1")
    assert evening.do(ask.EnterMarks(operations=(mark, news))) == (did.MarksEntered(operations=(news,)),)


@given(order=st.permutations(range(6)), twice=st.lists(st.integers(0, 5), max_size=4))
def test_a_sheet_counts_the_same_in_any_order_and_however_often_it_comes(order: list[int], twice: list[int]) -> None:
    evening = revealed("one", "tf", "text")
    asked = ("r1-one", "r1-tf", "r1-text")
    operations = [evening.operation(P, each, "1", "Anna") for each in asked]
    operations += [evening.operation(P, each, "0", "Boris", over=[operations[0].name]) for each in asked]
    for at in [*order, *twice]:
        evening.do(ask.EnterMarks(operations=(operations[at],)))
    assert [evening.mark_of(P, each) for each in asked] == [WRONG, PENDING, PENDING]


@pytest.mark.parametrize("value", ["0", "1"])
def test_a_name_means_one_operation_for_ever(value: str) -> None:
    evening = revealed()
    first = evening.mark(P, "r1-one", "1" if value == "0" else "0")
    counted = evening.mark_of(P, "r1-one")
    for again in (replace(first, value=value), replace(first, question=QuestionId("r1-tf")), replace(first, why="another")):
        assert evening.refused(ask.EnterMarks(operations=(again,))) == "name_is_used"
    assert evening.do(ask.EnterMarks(operations=(first,))) == ()
    assert evening.mark_of(P, "r1-one") == counted


def test_a_name_that_one_message_gives_twice_is_entered_once() -> None:
    evening = revealed()
    first = evening.operation(P, "r1-one", "1")
    entered = evening.do(ask.EnterMarks(operations=(first, replace(first, value="0"))))
    assert entered == (did.MarksEntered(operations=(first,)),)


def test_two_people_who_disagree_leave_the_team_pending_until_somebody_settles_it() -> None:
    evening = revealed()
    mine, yours = evening.mark(P, "r1-one", "1", "Anna"), evening.mark(P, "r1-one", "0", "Boris")
    assert evening.mark_of(P, "r1-one") == PENDING
    evening.mark(P, "r1-one", "1", "host", over=[mine.name, yours.name])
    assert evening.mark_of(P, "r1-one") == RIGHT
    evening.mark(P, "r1-one", "0", "Vera")
    assert evening.mark_of(P, "r1-one") == PENDING


@pytest.mark.parametrize("value", ["2", "right", "11", "??", "1.0"])
def test_what_is_no_mark_is_refused(value: str) -> None:
    evening = revealed()
    assert evening.refused(ask.EnterMarks(operations=(evening.operation(P, "r1-one", value),))) == "not_a_mark"


@pytest.mark.parametrize("value", ["many", "?", "-"])
def test_a_total_is_a_number(value: str) -> None:
    evening = revealed()
    assert evening.refused(ask.EnterMarks(operations=(evening.operation(P, "r1", value),))) == "not_a_mark"


@pytest.mark.parametrize(
    ("value", "code", "detail"),
    [
        ("3.5", "total_out_of_range", "−0.5…3"),
        ("1000", "total_out_of_range", "−0.5…3"),
        ("-1", "total_out_of_range", "−0.5…3"),
        ("1.25", "total_between_points", "0.5"),
        ("1.001", "total_between_points", "0.5"),
    ],
)
def test_a_total_is_no_more_no_less_and_nothing_between_what_its_round_can_give(value: str, code: str, detail: str) -> None:
    evening = with_points((100, 50), (200, 0))
    outcome = evening.attempt(ask.EnterMarks(operations=(evening.operation(P, "r1", value),)))
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.detail) == (code, detail)
    for fits in ("3", "-0.5", "1,5", "0"):
        evening.mark(P, "r1", fits)


def test_a_total_may_end_in_half_an_answer() -> None:
    evening = with_points((100, 0), (100, 0))
    assert evening.refused(ask.EnterMarks(operations=(evening.operation(P, "r1", "1,25"),))) == "total_between_points"
    evening.mark(P, "r1", "1,5")


def test_half_an_answer_on_paper_brings_half_its_points_and_is_neither_right_nor_missed() -> None:
    evening = with_points((101, 50), (100, 0))
    evening.mark(P, "r1-one", "0.5")
    assert evening.mark_of(P, "r1-one") == Marked(Mark.HALF, 50)
    assert difficulty(evening.state, 0, evening.state.marks[QuestionId("r1-one")]) == 0
    assert scores(evening.state)[P].right == 0
    for value in ("0,5", ".5"):
        assert evening.refused(ask.EnterMarks(operations=(evening.operation(P, "r1-one", value),))) == "not_a_mark"


def test_a_round_that_gives_nothing_has_a_total_of_nothing() -> None:
    evening = with_points((0, 0))
    evening.mark(P, "r1", "0")
    assert evening.refused(ask.EnterMarks(operations=(evening.operation(P, "r1", "1"),))) == "total_out_of_range"


def with_points(*worth: tuple[int, int]) -> Evening:
    """A collected round whose questions have these points and penalties."""
    kinds = KINDS[: len(worth)]
    asked = tuple(question("r1", kind, points=each, penalty=less) for kind, (each, less) in zip(kinds, worth, strict=True))
    evening = Evening(replace(a_round("r1"), questions=asked))
    evening.join_paper("P")
    evening.until(Phase.ROUND_END)
    return evening


def test_a_refused_mark_is_quoted_and_not_at_any_length() -> None:
    evening = revealed()
    refused = evening.attempt(ask.EnterMarks(operations=(evening.operation(P, "r1-one", "x" * 21),)))
    assert refused == Refused("not_a_mark", Fault.SENDER, detail="x" * 20)


def test_one_wrong_mark_refuses_the_whole_message() -> None:
    evening = revealed()
    good, bad = evening.operation(P, "r1-one", "1"), evening.operation(P, "r1-tf", "x")
    assert evening.refused(ask.EnterMarks(operations=(good, bad))) == "not_a_mark"
    assert evening.state.cells == {}


def test_a_message_holds_a_hundred_marks_at_most() -> None:
    evening = revealed()
    marks = tuple(evening.operation(P, "r1-one", "1") for _ in range(101))
    assert evening.refused(ask.EnterMarks(operations=marks)) == "too_many_operations"
    evening.do(ask.EnterMarks(operations=marks[:100]))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"team": "nobody"}, "unknown_team"),
        ({"venue": "club"}, "not_your_venue"),
        ({"venue": "nowhere"}, "not_your_venue"),
        ({"round": "r9"}, "unknown_question"),
        ({"question": "r9-one"}, "unknown_question"),
        ({"question": "r2-one"}, "unknown_question"),
        ({"who": "Nobody"}, "unknown_scorekeeper"),
        ({"who": "Anna at club"}, "unknown_scorekeeper"),
        ({"why": "x" * 201}, "reason_too_long"),
    ],
)
def test_a_mark_names_a_team_of_its_venue_and_a_question_of_its_round(changes: dict[str, str], code: str) -> None:
    evening = Evening(a_round("r1", "one"), a_round("r2", "one"))
    evening.join_paper("P")
    evening.add_venue("club")
    evening.sits("Anna", VenueId("club"))
    operation: Any = evening.operation(TeamId("P"), "r1-one", "1")
    assert evening.refused(ask.EnterMarks(operations=(replace(operation, **changes),))) == code


def test_a_mark_may_have_a_reason_of_two_hundred_letters() -> None:
    evening = revealed()
    explained = replace(evening.operation(P, "r1-one", "1"), why="x" * 200)
    evening.do(ask.EnterMarks(operations=(explained,)))
    assert evening.mark_of(P, "r1-one") == RIGHT


def test_marks_from_where_a_team_was_before_it_moved_are_taken() -> None:
    evening = revealed("one")
    evening.do(ask.MoveTeam(team=P, venue=evening.add_venue("club")))
    evening.mark(P, "r1-one", "1", venue=HALL)
    assert evening.mark_of(P, "r1-one") == RIGHT


def test_an_operation_never_replaces_itself() -> None:
    evening = revealed("one")
    mark = evening.operation(P, "r1-one", "1", over=["device of Anna:2", "device of Anna:1", "other:1", "other:1"])
    (entered,) = evening.do(ask.EnterMarks(operations=(mark,)))
    assert isinstance(entered, did.MarksEntered)
    assert mark.name not in entered.operations[0].over
    assert "other:1" in entered.operations[0].over
    assert evening.mark_of(P, "r1-one") == RIGHT


def test_the_operations_that_a_mark_replaces_are_written_down_in_order() -> None:
    evening = revealed("one")
    replaced = [f"other:{at}" for at in range(9)]
    (entered,) = evening.do(ask.EnterMarks(operations=(evening.operation(P, "r1-one", "1", over=reversed(replaced)),)))
    assert isinstance(entered, did.MarksEntered)
    assert entered.operations[0].over == tuple(replaced)


# --- totals ---


def test_a_total_alone_is_the_round_s_points_and_nothing_is_pending() -> None:
    evening = revealed()
    evening.mark(P, "r1", "2,0")
    assert (evening.place(P).points, evening.place(P).pending) == (200, False)
    assert evening.mark_of(P, "r1-one") is None


def test_a_total_does_not_count_before_its_venue_has_confirmed() -> None:
    evening = Evening(a_round("r1", "one"))
    evening.join_paper("P")
    evening.until(Phase.ROUND_CLOSED)
    evening.do(ask.GoOnUncollected())
    evening.mark(P, "r1", "1")
    evening.until(Phase.REVEALED)
    assert (evening.points(P), evening.place(P).pending) == (0, True)


def test_a_total_of_slips_counts_once_its_venue_is_known_to_have_collected_them_all() -> None:
    evening = Evening(slips_round("r1", "one", "tf"))
    evening.join_paper("P")
    evening.until(Phase.REVEALED, "r1-one")
    evening.until(Phase.SEALED, "r1-tf")
    evening.do(ask.GoOnUncollected())
    evening.mark(P, "r1", "2")
    evening.until(Phase.REVEALED, "r1-tf")
    before = (evening.points(P), evening.place(P).pending)
    evening.do(ask.AcceptMarks(venue=HALL, scope="r1-tf"))
    assert (before, evening.points(P), evening.place(P).pending) == ((0, True), 2, False)


def test_a_sheet_with_a_question_to_the_judge_is_not_in() -> None:
    evening = revealed("one", "tf")
    evening.mark(P, "r1-one", "1")
    evening.mark(P, "r1-tf", "?")
    assert screen_view(evening.state)["counts"]["sheets"] == {"in": 0, "of": 1}


def test_a_total_counts_in_its_own_round_and_in_no_other() -> None:
    evening = Evening(a_round("r1", "one", "tf", "text"), a_round("r2", "text"))
    team = evening.join_paper("Бумага")
    evening.until(Phase.ROUND_END)
    evening.mark(team, "r1", "3")
    evening.press()
    evening.until(Phase.ROUND_END)
    assert scores(evening.state)[team].rounds == (300, 0)


def test_a_total_says_nothing_once_the_sheet_has_marks() -> None:
    evening = revealed()
    evening.mark(P, "r1", "2")
    evening.mark(P, "r1-one", "1")
    assert (evening.points(P), evening.place(P).pending) == (1, True)
    evening.mark(P, "r1-tf", "0")
    assert (evening.points(P), evening.place(P).pending) == (1, False)


def test_a_total_counts_again_when_the_only_mark_is_taken_back() -> None:
    evening = revealed()
    evening.mark(P, "r1", "2")
    mark = evening.mark(P, "r1-one", "1")
    back = evening.mark(P, "r1-one", " ", over=[mark.name])
    assert (evening.points(P), evening.place(P).pending) == (2, False)
    assert evening.state.cells[P, RoundId("r1"), ONE][back.name].value == ""


def test_a_total_that_is_taken_back_leaves_the_sheet_unread() -> None:
    evening = revealed()
    total = evening.mark(P, "r1", "2")
    evening.mark(P, "r1", "", over=[total.name])
    assert (evening.points(P), evening.place(P).pending) == (0, True)


def test_two_different_totals_are_a_dispute() -> None:
    evening = revealed()
    evening.mark(P, "r1", "2", "Anna")
    evening.mark(P, "r1", "1", "Boris")
    assert (evening.points(P), evening.place(P).pending) == (0, True)


def test_the_same_total_written_in_two_ways_is_no_dispute() -> None:
    evening = revealed()
    evening.mark(P, "r1", "1.00", "Anna")
    evening.mark(P, "r1", " 1,0", "Boris")
    assert evening.place(P).points == 100


# --- nearest number ---


def test_where_the_nearest_number_wins_a_desk_enters_the_number() -> None:
    evening = Evening(a_round("r1", "number"))
    online = evening.join("A")
    for team in ("P", "Q", "R"):
        evening.join_paper(team)
    evening.until(Phase.OPEN)
    evening.answer(online, "21000")
    evening.until(Phase.REVEALED)
    evening.mark(P, "r1-number", "21 484")
    assert [evening.mark_of(team, "r1-number") for team in (online, P)] == [RIGHT, RIGHT]
    evening.mark(TeamId("Q"), "r1-number", "21242")
    evening.mark(TeamId("R"), "r1-number", "-")
    marks = [evening.mark_of(TeamId(team), "r1-number") for team in "APQR"]
    assert marks == [WRONG, WRONG, RIGHT, None]


def test_the_number_one_is_no_mark_of_being_right() -> None:
    evening = revealed("number", teams="PQ")
    for team, value in (("P", "1"), ("Q", "2")):
        evening.mark(TeamId(team), "r1-number", value)
    assert [evening.mark_of(TeamId(team), "r1-number") for team in "PQ"] == [WRONG, RIGHT]


@pytest.mark.parametrize("value", ["right", "1e5"])
def test_where_the_nearest_number_wins_anything_else_is_no_mark(value: str) -> None:
    evening = revealed("number")
    assert evening.refused(ask.EnterMarks(operations=(evening.operation(P, "r1-number", value),))) == "not_a_mark"


def test_a_number_in_question_is_pending_and_takes_no_part() -> None:
    evening = revealed("number", teams="PQ")
    evening.mark(P, "r1-number", "?")
    evening.mark(TeamId("Q"), "r1-number", "7")
    assert [evening.mark_of(TeamId(team), "r1-number") for team in "PQ"] == [PENDING, RIGHT]
