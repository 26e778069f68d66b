"""What a team wrote on paper, typed at a desk: marked and judged with what others sent from their phones."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizserver.battle import commands as ask
from quizserver.battle.ids import QuestionId, RoundId, ScorekeeperId, TeamId
from quizserver.battle.kinds import kind_of
from quizserver.battle.marking import right_teams
from quizserver.battle.masks import mask
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Solution
from quizserver.battle.refusals import Refused
from quizserver.battle.views import desk_view, screen_view
from quizserver.battle.views.attention import disputed_cells, to_judge
from quizserver.battle.views.cells import cell_part, history_page
from quizserver.battle.views.double_entry import entry_rows
from quizserver.battle.views.mine import own_value
from tests.support.battles import HALL, PENDING, RIGHT, WRONG, Evening, a_pack, a_round

A, P, Q = TeamId("A"), TeamId("P"), TeamId("Q")
TEXT = QuestionId("r1-text")
KEY = (P, RoundId("r1"), TEXT)
SPELLINGS = ["Ил-18", "ил 18", " «ИЛ—18» ", "Ил-18!"]


def revealed(online: str = "Ил-18", *, until: Phase = Phase.REVEALED, **settings: Any) -> Evening:
    """A online said this; P and Q are on paper; a second round is to come."""
    evening = Evening(a_round("r1", "text", "number"), a_round("r2", "text"), **settings)
    evening.join("A")
    for team in "PQ":
        evening.join_paper(team)
    evening.until(Phase.LAST_CALL)
    evening.answer(A, online, TEXT)
    evening.until(until, "r1-text" if until is Phase.REVEALED else None)
    return evening


def marks(evening: Evening) -> list[Any]:
    return [evening.mark_of(team, TEXT) for team in (A, P, Q)]


def judged(evening: Evening, said: str = "ил 18", accepted: bool | None = True) -> None:
    evening.do(ask.RuleAnswer(question=TEXT, said=said, accepted=accepted))


# --- marking ---


@pytest.mark.parametrize(("text", "mark"), [("Ту-104", RIGHT), ("туполев 104", RIGHT), ("Тупалев 104", RIGHT), ("Ту-154", WRONG)])
def test_a_typed_text_is_marked_as_if_it_had_been_sent(text: str, mark: Any) -> None:
    evening = revealed(text)
    evening.mark(P, TEXT, f"={text}")
    assert marks(evening) == [mark, mark, PENDING]


@settings(max_examples=20)
@given(text=st.text(max_size=12) | st.sampled_from(["Ту 104", "ту-10", "туполеф 104", "Ту—154"]))
def test_any_text_is_marked_the_same_on_phones_and_on_paper(text: str) -> None:
    evening = revealed("x")
    entered = evening.attempt(ask.EnterMarks(operations=(evening.operation(P, TEXT, f"={text}"),)))
    try:
        sent = kind_of(evening.state.plan.questions[0][1]).read(evening.state.plan.questions[0][1], text)
    except ValueError:
        assert isinstance(entered, Refused)
    else:
        right = right_teams(evening.state, evening.state.plan.questions[0][1], {A: sent})
        assert evening.mark_of(P, TEXT) == (RIGHT if right else WRONG)


def test_one_ruling_is_for_all_who_said_it_and_so_is_its_change() -> None:
    evening = revealed()
    evening.mark(P, TEXT, "=ил 18")
    evening.mark(Q, TEXT, "=Як-40")
    assert marks(evening) == [WRONG, WRONG, WRONG]
    judged(evening)
    assert marks(evening) == [RIGHT, RIGHT, WRONG]
    judged(evening, accepted=None)
    assert marks(evening) == [WRONG, WRONG, WRONG]


def test_a_ruling_that_came_before_the_text_holds_for_it() -> None:
    evening = revealed()
    judged(evening)
    evening.mark(P, TEXT, "=ИЛ 18")
    assert evening.mark_of(P, TEXT) == RIGHT


def exact_number() -> Evening:
    """A number of which every desk can say whether it is right; P is on paper."""
    playing = a_round("r1", "number")
    asked = playing.questions[0].id
    evening = Evening(pack=replace(a_pack(playing), solutions={asked: Solution(asked, {"value": "-1.5", "mode": "exact"})}))
    evening.join_paper("P")
    evening.until(Phase.ROUND_END)
    return evening


@pytest.mark.parametrize(("typed", "mark"), [("=−1,50", RIGHT), ("=1.5", WRONG), ("=-15", WRONG), ("1", RIGHT), ("0", WRONG)])
def test_a_number_that_one_desk_can_judge_may_be_typed_or_judged(typed: str, mark: Any) -> None:
    evening = exact_number()
    evening.mark(P, "r1-number", typed)
    assert evening.mark_of(P, "r1-number") == mark


def test_numbers_of_other_signs_are_no_spellings_of_each_other() -> None:
    evening = exact_number()
    evening.mark(P, "r1-number", "=-1.5", "Anna")
    evening.mark(P, "r1-number", "=1.5", "Boris")
    assert evening.mark_of(P, "r1-number") == PENDING


def test_where_the_nearest_wins_the_sign_of_a_text_may_stand_before_the_number() -> None:
    evening = revealed()
    entered = evening.mark(P, "r1-number", "=21 242")
    assert evening.state.cells[P, RoundId("r1"), QuestionId("r1-number")][entered.name].value == "21242"


@pytest.mark.parametrize("value", ["=", "= ", "=…", "=" + "x" * 201, "Ту-104"])
def test_what_no_team_can_have_said_is_no_mark(value: str) -> None:
    evening = revealed()
    assert evening.refused(ask.EnterMarks(operations=(evening.operation(P, TEXT, value),))) == "not_a_mark"


@pytest.mark.parametrize("value", ["=a", "=1", "=r1-one-a"])
def test_choices_and_totals_take_no_text(value: str) -> None:
    evening = Evening(a_round("r1", "one"))
    evening.join_paper("P")
    for asked in ("r1-one", "r1"):
        assert evening.refused(ask.EnterMarks(operations=(evening.operation(P, asked, value),))) == "not_a_mark"
    assert [each["takes_text"] for each in _key(Evening(a_round("r1")))] == [False, False, False, True, False]


def _key(evening: Evening) -> list[Any]:
    evening.join_paper("P")
    evening.until(Phase.ROUND_END)
    key: list[Any] = desk_view(evening.state, HALL)["scopes"]["r1"]["key"]
    return key


# --- what agrees ---


@settings(max_examples=10)
@given(spellings=st.permutations(SPELLINGS), order=st.randoms())
def test_spellings_of_one_answer_are_no_dispute_whoever_typed_them_and_in_any_order(spellings: list[str], order: Any) -> None:
    evening = revealed()
    operations = [evening.operation(P, TEXT, f"={text}", who) for text, who in zip(spellings, "xyzw", strict=True)]
    order.shuffle(operations)
    for each in operations:
        evening.do(ask.EnterMarks(operations=(each,)))
    part = cell_part(evening.state, KEY)
    assert (part["state"], part["value"]) == ("marked", "=«ИЛ—18»")
    assert len(part["present"]) == 4
    assert disputed_cells(evening.state) == []


def test_two_texts_and_a_text_beside_a_mark_are_disputes_until_somebody_settles_them() -> None:
    evening = revealed()
    for other in ("=Ил-14", "1"):
        mine, yours = evening.mark(P, TEXT, "=Ту-104", "Anna"), evening.mark(P, TEXT, other, "Boris")
        assert evening.mark_of(P, TEXT) == PENDING
        assert len(disputed_cells(evening.state)) == 1
        evening.mark(P, TEXT, "=Ту-104", "host", over=[mine.name, yours.name])
        assert evening.mark_of(P, TEXT) == RIGHT
        evening.mark(P, TEXT, "", "host", over=[*evening.state.cells[KEY]])


def test_two_scorekeepers_who_spell_a_text_differently_have_not_differed() -> None:
    evening = revealed(double_entry=True)
    for team, other in ((P, "=ил 18"), (Q, "=Ил-14")):
        evening.mark(team, TEXT, "=Ил-18", "Anna")
        evening.mark(team, TEXT, other, "Boris")
    assert entry_rows(evening.state) == [{"venue": HALL, "once": 0, "twice": 2, "differed": 1}]


# --- the judge's list ---


def waiting(evening: Evening) -> list[tuple[str, int, int]]:
    return [(row["said"], row["count"], row.get("paper", 0)) for row in to_judge(evening.state) if "accepted" not in row]


def test_paper_and_phones_wait_in_one_list() -> None:
    evening = revealed()
    evening.mark(P, TEXT, "=ил 18")
    evening.mark(Q, TEXT, "=Як-40")
    assert waiting(evening) == [("ил 18", 2, 1), ("як 40", 1, 1)]
    judged(evening)
    assert waiting(evening) == [("як 40", 1, 1)]
    assert [row["accepted"] for row in to_judge(evening.state) if "accepted" in row] == [True]


def test_a_text_that_comes_when_another_round_is_played_waits_all_the_same() -> None:
    evening = revealed("Як-40", until=Phase.ROUND_END)
    while evening.state.round == 0:
        evening.press()
    assert waiting(evening) == []
    evening.mark(P, TEXT, "=Ил-18")
    assert waiting(evening) == [("ил 18", 1, 1)]
    evening.until(Phase.FINISHED)
    assert waiting(evening) == [("ил 18", 1, 1)]
    judged(evening)
    assert (waiting(evening), evening.mark_of(P, TEXT)) == ([], RIGHT)


def test_before_its_box_is_sealed_nothing_that_was_typed_is_judged() -> None:
    evening = revealed(until=Phase.LAST_CALL)
    evening.mark(P, TEXT, "=Ил-18")
    assert waiting(evening) == []
    evening.until(Phase.ROUND_CLOSED)
    evening.seal()
    evening.confirm()
    assert waiting(evening) == [("ил 18", 2, 1)]


def test_a_text_that_its_venue_or_the_host_keeps_out_does_not_count_and_waits_for_no_judge() -> None:
    evening = revealed(until=Phase.ROUND_CLOSED)
    evening.seal()
    evening.do(ask.GoOnUncollected())
    evening.mark(P, TEXT, "=Ил-14")
    evening.until(Phase.ROUND_END)
    assert (waiting(evening), evening.mark_of(P, TEXT)) == ([("ил 18", 1, 0)], PENDING)
    evening.do(ask.AcceptMarks(venue=HALL, scope="r1"))
    assert (waiting(evening), evening.mark_of(P, TEXT)) == ([("ил 14", 1, 1), ("ил 18", 1, 0)], WRONG)


def test_a_text_after_its_gate_counts_once_the_host_has_let_it_in() -> None:
    evening = revealed(until=Phase.FINISHED)
    late = evening.mark(P, TEXT, "=Ил-14")
    assert (evening.mark_of(P, TEXT), waiting(evening)) == (PENDING, [])
    assert [each["value"] for each in cell_part(evening.state, KEY)["late"]] == ["=Ил-14"]
    evening.do(ask.JudgeLate(verdict="v", operations=(late.name,), accepted=True, reason="a courier"))
    assert (evening.mark_of(P, TEXT), waiting(evening)) == (WRONG, [("ил 14", 1, 1)])
    judged(evening, "ил 14")
    assert evening.mark_of(P, TEXT) == RIGHT


# --- what is seen ---


def test_whether_a_text_is_right_is_said_once_its_venue_has_collected_and_while_it_waits_not_at_all() -> None:
    evening = revealed(until=Phase.LAST_CALL)
    for team, text in ((P, "=Ту-104"), (Q, "=Ил-18")):
        evening.mark(team, TEXT, text)
    assert told(evening) == [None, None]
    evening.until(Phase.ROUND_CLOSED)
    evening.seal()
    assert told(evening) == [None, None]
    evening.confirm()
    assert told(evening) == [True, None]
    judged(evening, accepted=False)
    assert told(evening) == [True, False]


def told(evening: Evening) -> list[bool | None]:
    return [cell_part(evening.state, (team, *KEY[1:])).get("right") for team in (P, Q)]


def test_a_wrong_number_waits_for_no_judge() -> None:
    evening = exact_number()
    evening.mark(P, "r1-number", "=7")
    assert cell_part(evening.state, (P, RoundId("r1"), QuestionId("r1-number")))["right"] is False


def test_who_has_not_written_yet_is_told_nothing_of_a_text_where_marks_are_entered_twice() -> None:
    evening = revealed(double_entry=True)
    evening.mark(P, TEXT, "=Ту-104", "Anna")
    hidden = {"state": "empty", "value": "", "present": [], "by": 1}
    assert cell_part(evening.state, KEY, ScorekeeperId("Boris")) == hidden
    assert cell_part(evening.state, KEY, ScorekeeperId("Anna"))["right"] is True


def test_history_mask_and_team_say_what_was_typed() -> None:
    evening = revealed()
    mine = evening.mark(P, TEXT, "0")
    evening.mark(P, TEXT, "=Ту-104", over=[mine.name])
    evening.mark(Q, TEXT, "=Ил-18")
    rows = history_page(evening.state, KEY, None, 0, 10)["rows"]
    assert [(row["before"], row["value"]) for row in rows] == [([], "0"), (["0"], "=Ту-104")]
    assert [mask(evening.state, team, evening.state.pack.rounds[0]) for team in (A, P, Q)] == ["0.", "1.", "0."]
    assert [own_value(evening.state, team, TEXT) for team in (A, P)] == ["Ил-18", "Ту-104"]
    assert screen_view(evening.state)["solution"]["fell"]["answered"] == 1, "it counts phones"
