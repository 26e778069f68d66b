"""Marks that are entered twice, blind; how often the two differed; and everything that ever happened to a cell."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from quizserver.battle import commands as ask
from quizserver.battle.ids import QuestionId, RoundId, ScorekeeperId, TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.sheets import CellKey
from quizserver.battle.views.cells import Reader, cell_part, history_page
from quizserver.battle.views.double_entry import entry_rows
from quizserver.battle.views.pages import sheet_page
from tests.support.battles import HALL, RIGHT, Evening, a_round

P = TeamId("P")
ANNA, BORIS, NOBODY = ScorekeeperId("Anna"), ScorekeeperId("Boris"), ScorekeeperId("")


def revealed(double_entry: bool = True, **settings: Any) -> Evening:
    evening = Evening(a_round("r1", "one", "tf"), a_round("r2", "one"), double_entry=double_entry, **settings)
    evening.join_paper("P")
    evening.until(Phase.ROUND_END)
    return evening


def key(asked: str = "r1-one") -> CellKey:
    return P, RoundId("r1"), QuestionId(asked)


def seen(evening: Evening, reader: Reader, asked: str = "r1-one") -> tuple[str, str, int]:
    part = cell_part(evening.state, key(asked), reader)
    return part["state"], part["value"], part["by"]


def test_a_mark_counts_once_one_person_has_entered_it_and_the_other_does_not_see_it() -> None:
    evening = revealed()
    evening.mark(P, "r1-one", "1", "Anna")
    assert evening.mark_of(P, "r1-one") == RIGHT
    assert [seen(evening, reader) for reader in (ANNA, None)] == [("marked", "1", 1)] * 2
    assert [seen(evening, reader) for reader in (BORIS, NOBODY)] == [("empty", "", 1)] * 2
    hidden = cell_part(evening.state, key(), BORIS)
    assert hidden == {"state": "empty", "value": "", "present": [], "by": 1}


def test_who_has_entered_it_too_sees_whether_both_agree() -> None:
    for value, state in (("1", "marked"), ("0", "disputed")):
        evening = revealed()
        evening.mark(P, "r1-one", "1", "Anna")
        evening.mark(P, "r1-one", value, "Boris")
        for reader in (ANNA, BORIS, None):
            assert seen(evening, reader) == (state, "1" if state == "marked" else "", 2)
        assert seen(evening, ScorekeeperId("Vera")) == ("empty", "", 2)


def test_a_mark_that_was_taken_back_was_written_all_the_same() -> None:
    evening = revealed()
    mine = evening.mark(P, "r1-one", "1", "Anna")
    evening.mark(P, "r1-one", "", "Anna", over=[mine.name])
    evening.mark(P, "r1-one", "", "Boris")
    assert (seen(evening, ANNA)[2], seen(evening, BORIS)) == (1, ("empty", "", 1))


def test_where_marks_are_entered_once_everybody_sees_them() -> None:
    evening = revealed(double_entry=False)
    evening.mark(P, "r1-one", "1", "Anna")
    assert cell_part(evening.state, key(), BORIS) == cell_part(evening.state, key(), None)
    assert "by" not in cell_part(evening.state, key(), BORIS)


@given(st.lists(st.tuples(st.sampled_from(["Anna", "Boris"]), st.sampled_from(["1", "0", "-", ""])), max_size=6))
def test_nothing_of_what_another_wrote_is_told_before_one_has_written_too(marks: list[tuple[str, str]]) -> None:
    """Two evenings that differ in nothing but Anna's values look the same to Boris until he has written something."""
    first, second = revealed(), revealed()
    other = {"1": "0", "0": "-", "-": "1", "": ""}
    for who, value in marks:
        first.mark(P, "r1-one", value, who)
        second.mark(P, "r1-one", other[value] if who == "Anna" else value, who)
        if any(who == "Boris" and value for who, value in marks):
            return
        for page in (sheet_page, history):
            assert page(first.state, HALL, "r1", 0, 100, BORIS) == page(second.state, HALL, "r1", 0, 100, BORIS)


def history(state: Any, venue: Any, scope: Any, start: int, count: int, reader: Reader) -> Any:
    return history_page(state, key(), reader, start, count)


# --- how often two people differ ---


def test_a_venue_s_error_rate_counts_what_each_person_wrote_first() -> None:
    evening = revealed()
    club = evening.add_venue("club")
    mine, yours = evening.mark(P, "r1-one", "1", "Anna"), evening.mark(P, "r1-one", "0", "Boris")
    evening.mark(P, "r1-one", "1", "Boris", over=[yours.name])
    evening.mark(P, "r1-one", "0", "Vera", over=[mine.name])
    evening.mark(P, "r1-tf", "1", "Anna")
    evening.mark(P, "r1-tf", "1", "Boris")
    evening.mark(P, "r1", "2", "Anna")
    evening.mark(P, "r2-one", "", "Anna")
    assert entry_rows(evening.state) == [
        {"venue": HALL, "once": 1, "twice": 2, "differed": 1},
        {"venue": club, "once": 0, "twice": 0, "differed": 0},
    ]


def test_one_person_who_changes_her_mind_is_no_error_of_two() -> None:
    evening = revealed()
    mine = evening.mark(P, "r1-one", "1", "Anna")
    evening.mark(P, "r1-one", "0", "Anna", over=[mine.name])
    assert entry_rows(evening.state) == [{"venue": HALL, "once": 1, "twice": 0, "differed": 0}]


# --- one history a cell ---


def test_a_history_says_who_wrote_what_over_what_when_and_why() -> None:
    evening = revealed(double_entry=False)
    began_ms = evening.now_ms
    mine = evening.mark(P, "r1-one", "1", "Anna")
    evening.wait(1000)
    yours = replace(evening.operation(P, "r1-one", "0", "Boris", over=[mine.name]), why="read it again")
    evening.do(ask.EnterMarks(operations=(yours,)))
    page = history_page(evening.state, key(), None, 0, 100)
    assert page == {
        "start": 0,
        "of": 2,
        "rows": [
            {"name": mine.name, "who": "Anna", "called": "Anna", "number": 1, "at": began_ms, "value": "1", "before": []},
            {"name": yours.name, "who": "Boris", "called": "Boris", "number": 2, "at": began_ms + 1000, "value": "0",
             "before": ["1"], "why": "read it again"},
        ],
    }  # fmt: skip
    assert [row["name"] for row in history_page(evening.state, key(), None, 1, 1)["rows"]] == [yours.name]
    assert history_page(evening.state, key("r1-tf"), None, 0, 100) == {"start": 0, "of": 0, "rows": []}


def test_a_history_says_what_was_late_and_what_the_host_said_of_it() -> None:
    evening = revealed(double_entry=False)
    evening.until(Phase.FINISHED)
    late = evening.mark(P, "r1-one", "1")
    assert history_page(evening.state, key(), None, 0, 9)["rows"][0]["is"] == "waits"
    words = {"operations": (late.name,), "by": "host"}
    evening.do(ask.JudgeLate(verdict="v2", accepted=True, reason="the courier", **words))  # type: ignore[arg-type]
    evening.wait(1000)
    evening.do(ask.JudgeLate(verdict="v1", accepted=False, reason="another pen", over=("v2",), **words))  # type: ignore[arg-type]
    (row,) = history_page(evening.state, key(), None, 0, 9)["rows"]
    assert (row["is"], row["verdicts"]) == (
        "refused",
        [
            {"is": "accepted", "by": "host", "at": evening.now_ms - 1000, "why": "the courier"},
            {"is": "refused", "by": "host", "at": evening.now_ms, "why": "another pen"},
        ],
    )


def test_a_cell_shows_what_waits_beside_what_counts_and_whether_the_host_turned_it_away() -> None:
    evening = revealed(double_entry=False)
    mine = evening.mark(P, "r1-one", "1")
    evening.until(Phase.FINAL)
    late = evening.mark(P, "r1-one", "0", over=[mine.name])
    part = cell_part(evening.state, key())
    assert (part["state"], part["value"]) == ("marked", "1")
    assert [(each["name"], each["value"], each["is"]) for each in part["late"]] == [(late.name, "0", "waits")]
    evening.do(ask.JudgeLate(verdict="v1", operations=(late.name,), accepted=False, reason="no"))
    assert [each["is"] for each in cell_part(evening.state, key())["late"]] == ["refused"]
    evening.do(ask.JudgeLate(verdict="v2", operations=(late.name,), accepted=True, reason="yes", over=("v1",)))
    part = cell_part(evening.state, key())
    assert (part["value"], "late" in part) == ("0", False)


def test_a_late_mark_of_another_is_hidden_like_any_other() -> None:
    evening = revealed()
    evening.until(Phase.FINAL)
    evening.mark(P, "r1-one", "0", "Anna")
    assert cell_part(evening.state, key(), BORIS) == {"state": "empty", "value": "", "present": [], "by": 0}
    assert history_page(evening.state, key(), BORIS, 0, 9)["rows"] == []
    assert len(cell_part(evening.state, key(), ANNA)["late"]) == 1
