"""No text that somebody chose becomes a formula in a file of ours, and it comes back as it was."""

import io
import re
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import load_workbook

from quizserver.spreadsheets.csv_out import DANGEROUS, written_csv
from quizserver.spreadsheets.opened import opened
from quizserver.spreadsheets.table import Leaf
from quizserver.spreadsheets.xlsx_out import written_xlsx

FORMULAS = [
    *(f"{sign}HYPERLINK(A1)" for sign in DANGEROUS),
    *("=cmd|' /C calc'!A0", '";=1+1;"', ",=1+1", "\u00a0=1+1", "{=1}", "'='"),
]


@pytest.mark.parametrize("name", FORMULAS)
def test_a_name_that_looks_like_a_formula_is_text_in_a_workbook(name: str) -> None:
    file = written_xlsx([Leaf(name, [[name, 1], [name, name]])])
    (tab,) = load_workbook(io.BytesIO(file)).worksheets
    assert {cell.data_type for row in tab.iter_rows() for cell in row} == {"s", "n"}
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert not re.search(rb"<f[ >/]", b"".join(archive.read(part) for part in archive.namelist() if "sheet" in part))


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("separator", ";,\t")
def test_no_program_takes_a_cell_of_csv_for_a_formula_whatever_it_parts_cells_by(name: str, separator: str) -> None:
    text = written_csv([["x", name], [name, "y"]]).decode("utf-8-sig")
    whole = re.findall(r'"((?:[^"]|"")*)"', text)
    outside = re.sub(r'"(?:[^"]|"")*"', "", text)
    assert set(outside) <= set(";\r\n"), separator
    assert not any(cell.lstrip(" \u00a0").startswith(tuple("=+-@\t\r\n＝＋－＠")) for cell in whole)


@given(some.lists(some.text(some.characters(exclude_categories=["C"]), min_size=1, max_size=40), min_size=1, max_size=5))
def test_what_is_written_as_csv_is_read_as_it_was(names: list[str]) -> None:
    (table,) = opened(written_csv([["team", *names]]))
    assert list(table.rows[0].cells) == ["team", *(name.strip() for name in names)][: len(table.rows[0].cells)]
    assert not any(name.strip() for name in names[len(table.rows[0].cells) - 1 :])


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert written_csv([[Decimal("-1.5"), 3, None]], ",") == "\ufeff-1,5;3;\r\n".encode()
    assert written_csv([[Decimal("-1.5"), 3, ""]]) == "\ufeff-1.5;3;\r\n".encode()
