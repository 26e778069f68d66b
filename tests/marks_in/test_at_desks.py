"""A venue's file at its own desk: marks of whoever sits there, for that venue alone, and as blind as hers where two enter them."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from quizserver.battle.ids import QuestionId, ScorekeeperId, TeamId
from quizserver.battle.marking import paper_cell
from quizserver.battle.phases import Phase
from quizserver.battle.sheets import CellState
from quizserver.battle.state import BattleState
from quizserver.battle.views.double_entry import entry_rows
from quizserver.marks_in.preview import preview
from quizserver.marks_in.signer import at_desk
from quizserver.results.template import template
from quizserver.spreadsheets.opened import opened
from tests.marks_in.evenings import at_the_desk, evening, failures, imported, planned, rows
from tests.support.battles import HALL, Evening

TEAM, ASKED = TeamId("Ёжики"), QuestionId("r1-one")
ONE = rows(["team", "round", "1"], ["Ёжики", "1", "1"])
NIL = rows(["team", "round", "1"], ["Ёжики", "1", "0"])


def mark(here: Evening) -> tuple[CellState, str]:
    cell = paper_cell(here.state, TEAM, ASKED)
    return cell.state, cell.value


def test_a_desk_s_file_that_names_a_team_of_another_venue_fails_in_that_line_alone() -> None:
    here = evening()
    here.join_paper("Чужие", here.add_venue("club"))
    here.join("Онлайн")
    file = rows(["team", "round", "1"], ["Чужие", "1", "1"], ["Онлайн", "1", "1"], ["Ёжики", "1", "1"])
    plan = imported(here, file, at_the_desk(here, "Anna"))
    assert failures(plan) == [(2, "not_your_venue", ""), (3, "not_your_venue", "")]
    assert {key[0] for key in here.state.cells} == {"Ёжики"}
    assert failures(planned(here, file, at_the_desk(here, "Vera", here.state.teams[TeamId("Чужие")].venue or HALL)))[0][0] == 3


@pytest.mark.parametrize(("venue", "who"), [("hall", "Nobody"), ("club", "Anna"), ("nowhere", "Anna")])
def test_only_who_sits_at_the_desk_brings_a_file_in_there(venue: Any, who: Any) -> None:
    here = evening()
    here.add_venue("club")
    here.sits("Anna")
    assert getattr(at_desk(here.state, venue, ScorekeeperId(who), blind=True), "code", "").startswith("unknown_")


def test_a_file_at_a_desk_is_the_pen_of_who_sits_there_and_says_what_it_changes_of_her_own() -> None:
    here = evening(revealed=True)
    anna = at_the_desk(here, "Anna")
    here.mark(TEAM, ASKED, "1")
    (line,) = imported(here, NIL, anna).lines
    assert [(each.stands, each.says) for each in line.found.changes] == [("1", "0")] and line.found.disputes == []
    assert mark(here) == (CellState.MARKED, "0")
    again = planned(here, ONE, anna)
    here.mark(TEAM, ASKED, "1", over=[next(iter(imported(here, ONE, anna).operations)).name])
    assert [each.value for each in again.operations] == ["1"] and planned(here, ONE, anna).operations == []


def test_a_file_disputes_with_another_scorekeeper_and_says_so_where_marks_are_entered_once() -> None:
    here = evening(revealed=True)
    here.mark(TEAM, ASKED, "1", who="Boris")
    (line,) = imported(here, NIL, at_the_desk(here, "Anna")).lines
    assert [(each.stands, each.says) for each in line.found.disputes] == [("1", "0")]
    assert mark(here)[0] is CellState.DISPUTED


@pytest.mark.parametrize(("second", "state"), [(ONE, CellState.MARKED), (NIL, CellState.DISPUTED)])
def test_two_people_s_files_are_two_entries_of_one_cell(second: Any, state: CellState) -> None:
    here = evening(revealed=True, double_entry=True)
    imported(here, ONE, at_the_desk(here, "Anna"))
    boris = at_the_desk(here, "Boris")
    plan = imported(here, second, boris)
    assert len(plan.operations) == 1 and plan.lines[0].found.disputes == []
    assert mark(here)[0] is state
    assert entry_rows(here.state)[0] | {"venue": ""} == {"venue": "", "once": 0, "twice": 1, "differed": int(second is NIL)}
    assert imported(here, second, boris).operations == []


def test_the_same_person_s_pen_and_file_are_one_entry() -> None:
    here = evening(revealed=True, double_entry=True)
    here.mark(TEAM, ASKED, "1")
    imported(here, NIL, at_the_desk(here, "Anna"))
    assert entry_rows(here.state)[0]["twice"] == 0


MARKS = some.sampled_from([("1", "0"), ("0", "-"), ("0.5", "1"), ("", "")])
NUMBERS = some.sampled_from([("21242", "7"), ("-", "7"), ("", "")])
SAYS = some.sampled_from(["1", "0", "½", "-", "?"])


@settings(max_examples=15)
@given(some.tuples(MARKS, MARKS, NUMBERS), SAYS, some.sampled_from(["21242", "7", "1", "-"]))
def test_a_blind_desk_s_preview_and_template_tell_nothing_of_what_another_wrote(
    marks: tuple[tuple[str, str], ...], says: str, number: str
) -> None:
    """Two evenings that differ in nothing but Anna's values look the same to Boris's file."""
    first, second = ([pair[at] for pair in marks] for at in (0, 1))
    assert told(first, says, number) == told(second, says, number)


def told(marks: Sequence[str], says: str, number: str) -> tuple[Any, Any]:
    here = evening("Ёжики", double_entry=True)
    asked = ("r1-one", "r1-text", "r2-number")
    for question, value in zip(asked, marks, strict=True):
        if value:
            here.mark(TEAM, question, value)
    here.until(Phase.FINAL)
    boris = at_the_desk(here, "Boris")
    files = (
        rows(["team", "round", "1", "2"], ["Ёжики", "1", says, says], ["Ёжики", "2", says, number]),
        rows(["team", "round", "mask"], ["Ёжики", "1", f"{says}{says}."], ["Ёжики", "2", f".{says}"]),
        rows(["team", "Раунд 1", "Раунд 2"], ["Ёжики", "2", "1"]),
    )
    return [dict(preview(here.state, planned(here, file, boris))) for file in files], filled(here.state)


def filled(state: BattleState) -> Any:
    """A file's bytes say when it was made; its cells do not."""
    return [[row.cells for row in table.rows] for table in opened(template(state, HALL, "xlsx"))]
