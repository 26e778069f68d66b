"""A file imported twice changes nothing, whatever has happened to its marks in between; nobody's mark is overwritten."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.marking import paper_cell
from quizserver.battle.phases import Phase
from quizserver.battle.sheets import CellState
from quizserver.marks_in.plan import Plan
from quizserver.results.files import as_masks
from quizserver.results.outcome import results_of
from quizserver.results.template import template
from quizserver.spreadsheets.csv_out import written_csv
from quizserver.spreadsheets.opened import opened
from tests.marks_in.evenings import evening, failures, imported, planned, rows
from tests.support.battles import HALL

TEAM, ASKED = TeamId("Ёжики"), QuestionId("r1-one")
ONE = rows(["team", "round", "1"], ["Ёжики", "1", "1"])
NIL = rows(["team", "round", "1"], ["Ёжики", "1", "0"])


def counts(preview: Plan) -> tuple[int, int, int]:
    """What is new, so already, said before."""
    found = [line.found for line in preview.lines]
    return len(preview.operations), sum(each.same for each in found), sum(each.heard for each in found)


def test_a_file_imported_twice_changes_nothing() -> None:
    here = evening()
    assert counts(imported(here, ONE)) == (1, 0, 0)
    before = here.state
    assert counts(imported(here, ONE)) == (0, 1, 0)
    assert here.state is before


def test_it_changes_nothing_either_where_a_judge_said_otherwise_since() -> None:
    here = evening(revealed=True)
    (mark,) = imported(here, ONE).operations
    here.mark(TEAM, ASKED, "0", who="Boris", over=[mark.name])
    assert counts(imported(here, ONE)) == (0, 0, 1)
    assert paper_cell(here.state, TEAM, ASKED).value == "0"


def test_a_corrected_file_replaces_what_the_same_person_imported_and_the_old_one_brings_nothing_back() -> None:
    here = evening(revealed=True)
    imported(here, ONE)
    imported(here, NIL)
    assert paper_cell(here.state, TEAM, ASKED).value == "0"
    assert counts(imported(here, ONE)) == (0, 0, 1)
    assert paper_cell(here.state, TEAM, ASKED).value == "0"


def test_what_a_desk_says_otherwise_is_a_dispute_that_the_preview_names() -> None:
    here = evening(revealed=True)
    here.mark(TEAM, ASKED, "0", who="Boris")
    preview = imported(here, ONE)
    (dispute,) = preview.lines[0].found.disputes
    assert (dispute.round, dispute.question, dispute.stands, dispute.says) == (1, 1, "0", "1")
    assert paper_cell(here.state, TEAM, ASKED).state is CellState.DISPUTED
    assert counts(imported(here, ONE)) == (0, 1, 0)


def test_what_a_desk_says_too_is_not_said_again() -> None:
    here = evening()
    here.mark(TEAM, ASKED, "1", who="Boris")
    assert counts(planned(here, ONE)) == (0, 1, 0)


def test_a_total_that_says_what_the_marks_make_says_nothing_new() -> None:
    here = evening()
    imported(here, rows(["team", "round", "mask"], ["Ёжики", "1", "110"]))
    assert counts(planned(here, rows(["team", "Раунд 1"], ["Ёжики", "2"]))) == (0, 1, 0)
    assert counts(planned(here, rows(["team", "Раунд 1"], ["Ёжики", "3"]))) == (1, 0, 0)


def test_a_mark_after_its_gate_waits_for_the_host_and_the_preview_says_so() -> None:
    here = evening(revealed=True)
    here.until(Phase.FINISHED)
    assert planned(here, ONE).lines[0].found.late == 1
    imported(here, ONE)
    assert counts(planned(here, ONE)) == (0, 0, 1)


def test_a_preview_that_says_nothing_of_a_dispute_is_old_once_there_would_be_one() -> None:
    here = evening()
    before = planned(here, ONE).token
    here.mark(TEAM, ASKED, "0", who="Boris")
    assert planned(here, ONE).token != before


def test_a_preview_of_another_state_has_another_token() -> None:
    here = evening()
    before = planned(here, ONE).token
    assert planned(here, ONE).token == before
    here.mark(TeamId("Тушки"), ASKED, "1", who="Boris")
    assert planned(here, ONE).token == before  # what it would do is the same
    here.mark(TEAM, ASKED, "1", who="Boris")
    assert planned(here, ONE).token != before


MARKS, NUMBERS = some.sampled_from(["1", "0.5", "0", "-", "?", ""]), some.sampled_from(["21242", "7", "-", ""])


@settings(max_examples=25)
@given(marks=some.lists(some.tuples(MARKS, MARKS, MARKS, MARKS, NUMBERS), min_size=2, max_size=3))
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_template_that_was_filled_in_and_imported_comes_back_as_masks_that_change_nothing(
    form: str, marks: list[tuple[str, str, str, str, str]]
) -> None:
    here = evening(*(f"=Команда {n}" for n in range(len(marks))))
    filled = [["round", "number", "team", "1", "2", "3", "total"]]
    for table in opened(template(here.state, HALL, form)):
        for row in table.rows:
            if row.cells[0][:1].isdigit() and "=Команда" in row.cells[-1]:
                *_, sheet, name = row.cells
                playing, own = int(sheet[0]), marks[int(name[-1])]
                filled.append([str(playing), sheet, name, *((*own[:3], "") if playing == 1 else (*own[3:], "", ""))])
    assert len(filled) == 1 + 2 * len(marks)
    first = written_csv(filled)
    assert failures(imported(here, first)) == []
    assert imported(here, first).operations == []
    here.until(Phase.FINISHED)
    before = here.state
    masks = as_masks(results_of(here.state))
    preview = imported(here, masks)
    assert failures(preview) == [] and preview.operations == [] and here.state is before
    assert masks == as_masks(results_of(here.state))


def test_half_an_answer_is_a_sign_of_a_mask_and_counts_in_the_sum_of_a_line() -> None:
    here = evening()
    assert failures(imported(here, rows(["round", "team", "1", "2", "3", "total"], ["1", "Ёжики", "1", "0.5", "0", "1.5"]))) == []
    here.until(Phase.FINISHED)
    masks = as_masks(results_of(here.state))
    assert "1½0" in masks.decode("utf-8-sig")
    assert imported(here, masks).operations == []
    assert failures(imported(here, rows(["round", "team", "1", "2", "3", "total"], ["1", "Тушки", "1", "0.5", "0", "1"]))) != []


def test_a_mask_that_says_how_a_typed_text_is_marked_changes_nothing_and_another_one_is_named() -> None:
    here = evening(revealed=True)
    here.mark(TEAM, "r1-text", "=Ту-104", who="Boris")
    same = rows(["team", "round", "mask"], ["Ёжики", "1", ".1."])
    assert (counts(planned(here, same)), failures(planned(here, same))) == ((0, 0, 0), [])
    other = rows(["team", "round", "mask"], ["Ёжики", "1", ".0."])
    assert failures(planned(here, other)) == [(2, "line_text_stands", "2")]


def test_a_text_in_a_file_is_what_the_team_wrote_and_another_spelling_of_it_says_nothing_new() -> None:
    here = evening(revealed=True)
    file = rows(["team", "round", "2"], ["Ёжики", "1", "Ту-104"], ["Тушки", "1", "=1"])
    assert [each.value for each in imported(here, file).operations] == ["=Ту-104", "=1"]
    assert counts(planned(here, rows(["team", "round", "2"], ["Ёжики", "1", "ту 104"]))) == (0, 1, 0)
    here.mark(TEAM, "r1-text", "=Ил-18", who="Boris")
    assert paper_cell(here.state, TEAM, QuestionId("r1-text")).state is CellState.DISPUTED
    assert counts(planned(here, rows(["team", "round", "2"], ["Ёжики", "1", "ил 18"]))) == (0, 1, 0)
