"""A file as its reader sees it becomes rows of text, whichever program wrote it."""

import datetime

import pytest

from quizserver.spreadsheets.opened import opened
from quizserver.spreadsheets.table import Row, Table
from tests.spreadsheets.files import workbook

ROWS = (Row(1, ("команда", "итог")), Row(3, ("Ёж и К°", "1,5")))
TEXT = "команда;итог\r\n;\r\nЁж и К°;1,5\r\n"


@pytest.mark.parametrize(
    "file",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1251"),
        TEXT.encode("utf-16"),
        TEXT.replace(";", "\t").encode(),
        TEXT.replace("1,5", '"1,5"').replace(";", ",").encode(),
        TEXT.replace("\r\n", "\n").encode(),
    ],
)
def test_csv_is_the_same_in_any_alphabet_and_with_any_separator(file: bytes) -> None:
    assert opened(file) == (Table("", ROWS),)


def test_a_word_to_excel_is_no_row() -> None:
    assert opened(("sep=,\n" + "a,b;c\n").encode()) == (Table("", (Row(2, ("a", "b;c")),)),)


def test_a_line_is_the_one_where_its_row_begins() -> None:
    (table,) = opened(b'"a\nb";1\nc;2\n')
    assert [(row.line, row.cells) for row in table.rows] == [(1, ("a\nb", "1")), (3, ("c", "2"))]


def test_cells_of_a_workbook_are_what_a_person_reads() -> None:
    when = datetime.datetime(2022, 3, 4)
    (table,) = opened(workbook({"Раунд 1": [["Ту", 1, 1.0, 1.5, True, None, "  7 ", when], [], ["0110"]]}))
    assert table.name == "Раунд 1"
    assert table.rows == (Row(1, ("Ту", "1", "1", "1.5", "1", "", "7", "date 2022-03-04 00:00:00")), Row(3, ("0110",)))


def test_a_formula_is_not_run_and_where_nobody_counted_it_that_is_told() -> None:
    (table,) = opened(workbook({"1": [["a", "=1+1"], ["=2", 3]]}))
    assert table.rows == (Row(1, ("a", "=")), Row(2, ("=", "3")))
