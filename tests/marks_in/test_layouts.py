"""Three kinds of file are understood: a template that was filled in, totals of rounds, masks."""

import pytest

from tests.marks_in.evenings import evening, failures, number, planned, rows, said
from tests.spreadsheets.files import workbook

MARKS = [("Ёжики", "r1-one", "1"), ("Ёжики", "r1-text", "0"), ("Ёжики", "r1-tf", "-")]


def test_a_tab_a_round() -> None:
    head = ["Номер листа", "Команда", 1, 2, 3, "Итог"]
    here = evening()
    file = workbook(
        {"Раунд 1. r1": [["Зал"], head, [number(here, "Ёжики"), "Ёжики", 1, 0, "-", 1]], "2": [head[:4], ["", "Ёжики", "", 7]]}
    )
    preview = planned(here, file)
    assert failures(preview) == []
    assert said(preview) == [*MARKS, ("Ёжики", "total", "1"), ("Ёжики", "r2-number", "7")]


@pytest.mark.parametrize("named", ["Раунд 1", "раунд 1. r1", "r1", "Round 1", "Тур 1"])
def test_a_block_a_round(named: str) -> None:
    preview = planned(evening(), rows([named], ["team", "1", "2", "3"], ["Ёжики", "1", "0", "-"], ["Раунд 2"], ["Тушки", "1", ""]))
    assert said(preview) == [*MARKS, ("Тушки", "r2-one", "1")] and failures(preview) == []


def test_a_column_says_the_round() -> None:
    preview = planned(evening(), rows(["Раунд", "Команда", "1", "2", "3"], ["1", "Ёжики", "1", "0", "-"], ["2", "Ёжики", "1"]))
    assert said(preview) == [*MARKS, ("Ёжики", "r2-one", "1")]


def test_the_number_of_a_sheet_says_the_round_where_nothing_else_does() -> None:
    here = evening()
    assert said(planned(here, rows(["sheet", "1", "2"], [number(here, "Ёжики", 2), "1", "7"])))[0] == ("Ёжики", "r2-one", "1")


def test_totals_of_rounds() -> None:
    preview = planned(evening(), rows(["Команда", "Раунд 1", "Раунд 2"], ["Ёжики", "2", "1"], ["Тушки", "", "0"]))
    assert said(preview) == [("Ёжики", "total", "2"), ("Ёжики", "total", "1"), ("Тушки", "total", "0")]
    assert [each.round for each in preview.operations] == ["r1", "r2", "r2"]


def test_masks() -> None:
    preview = planned(evening(), rows(["team", "round", "mask"], ["Ёжики", "1", "1О–"], ["Тушки", "1", "1 . ?"]))
    assert said(preview) == [*MARKS, ("Тушки", "r1-one", "1"), ("Тушки", "r1-tf", "?")]


def test_an_empty_template_says_nothing() -> None:
    preview = planned(evening(), rows(["Команда", "1", "2", "3"], ["Ёжики"], ["Чужие"]))
    assert preview.lines == ()


def test_a_table_without_a_head_is_named() -> None:
    assert failures(planned(evening(), rows(["Ёжики", "1", "0"]))) == [(1, "file_no_head", "")]
