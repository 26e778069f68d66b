"""Results as XLSX, CSV, JSON and masks say the same, and what is provisional is called so."""

import io
import json

from openpyxl import load_workbook

from quizserver.battle import commands as ask
from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.phases import Phase
from quizserver.results.files import FORMATS, as_csv, as_json, as_masks, as_xlsx
from quizserver.results.outcome import results_of
from quizserver.results.template import template
from quizserver.spreadsheets.opened import opened
from tests.marks_in.evenings import ROUNDS, evening, imported, number, rows
from tests.support.battles import HALL, Evening

NAMES = ("=HYPERLINK(1)", "Тушки", "-5")
MASKS = rows(["team", "round", "mask"], ["Тушки", "1", "1?0"], ["=HYPERLINK(1)", "1", "1-1"])


def played(phase: Phase = Phase.FINISHED) -> Evening:
    here = evening(*NAMES)
    imported(here, MASKS)
    here.until(phase)
    return here


def test_what_is_not_certain_is_provisional_and_says_which_places_are_possible() -> None:
    results = results_of(played().state)
    assert results.provisional
    assert [each.name for each in results.teams] == ["=HYPERLINK(1)", "Тушки", "-5"]
    assert {(each.best, each.worst) for each in results.teams} == {(1, 3)}
    (table,) = opened(as_csv(results))
    assert table.rows[0].cells[-1] == "Возможные места" and table.rows[1].cells[-1] == "1–3"


def test_a_battle_that_ended_with_all_its_sheets_is_final() -> None:
    here = evening("Тушки")
    here.do(ask.CountPeople(team=TeamId("Тушки"), people=6))
    imported(here, rows(["team", "round", "1", "2", "3"], ["Тушки", "1", "1", "0", "-"], ["Тушки", "2", "1", "21242", ""]))
    here.until(Phase.FINAL)
    assert results_of(here.state).provisional
    here.until(Phase.FINISHED)
    results = results_of(here.state)
    assert not results.provisional
    assert [row.cells for row in opened(as_csv(results))[0].rows] == [
        ("Место", "Команда", "Площадка", "Человек", "Раунд 1", "Раунд 2", "Очки"),
        ("1", "Тушки", "Зал", "6", "1", "2", "3"),
    ]
    assert results.teams[0].masks == ("10-", "11")


def test_masks_tell_right_wrong_blank_asked_taken_out_and_unknown() -> None:
    here = played()
    here.do(ask.VoidQuestion(question=QuestionId("r2-one"), voided=True, reason="bad"))
    (table,) = opened(as_masks(results_of(here.state)))
    told = {(row.cells[1], row.cells[2]): (row.cells[0], row.cells[3]) for row in table.rows[1:]}
    assert told["Тушки", "1"] == (number(here, "Тушки"), "1?0")
    assert told["=HYPERLINK(1)", "1"][1] == "1-1" and told["-5", "2"][1] == "X."


def test_a_team_on_phones_has_no_sheet_and_its_answers_are_its_mask() -> None:
    here = Evening(*ROUNDS)
    here.join("Онлайн")
    here.until(Phase.OPEN)
    here.answer(TeamId("Онлайн"), "r1-one-b")
    here.until(Phase.ROUND_END)
    (each,) = results_of(here.state).teams
    assert each.sheets == ("", "") and each.masks == ("1--", "..") and each.rounds[1] is None and each.venue == ""


def test_the_evening_in_figures_stands_above_the_standing_and_in_json() -> None:
    here = played()
    here.do(ask.CountPeople(team=TeamId("Тушки"), people=6))
    results = results_of(here.state)
    assert json.loads(as_json(results))["figures"] == {"teams": 3, "paper": 3, "online": 0, "people": 6}
    assert opened(as_xlsx(results))[0].rows[1].cells == ("Команд: 3 (в залах 3, онлайн 0). Человек: 6",)


def test_json_says_what_the_others_say() -> None:
    here = played(Phase.ROUND_END)
    here.do(ask.DescribeVenue(venue=HALL, city="Казань"))
    told = json.loads(as_json(results_of(here.state)))
    assert (told["format"], told["v"], told["pin"], told["provisional"]) == ("quizserver results", 1, "123456", True)
    first = told["teams"][0]
    assert (first["venue"], first["city"]) == ("Зал", "Казань")
    assert (first["name"], first["points"], first["rounds"], first["masks"]) == ("=HYPERLINK(1)", 2, [2, None], ["1-1", ".."])


def test_no_name_is_a_formula_in_any_file() -> None:
    here = played()
    book = load_workbook(io.BytesIO(as_xlsx(results_of(here.state))))
    assert {cell.data_type for tab in book for row in tab.iter_rows() for cell in row} <= {"s", "n"}
    assert "=HYPERLINK(1)" in [cell.value for cell in book["Таблица"]["B"]]
    for form in ("csv", "xlsx"):
        file = template(here.state, HALL, form)
        assert any("=HYPERLINK(1)" in row.cells for row in opened(file)[0].rows)
        assert b";=" not in file and b';"=' not in file


def test_files_of_results_can_be_imported_again_and_change_nothing() -> None:
    here = played()
    for form in ("masks", "xlsx"):
        assert imported(here, FORMATS[form][0](results_of(here.state))).operations == []
