"""An XLSX workbook as rows of text. Its formulas are not run: the value that a program wrote down beside one counts, and one
without a value is told as such. Entities of XML are refused by defusedxml, which openpyxl uses where it is installed."""

import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl import DEFUSEDXML, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from quizserver.spreadsheets.limits import (
    MOST_PARTS,
    MOST_RATIO,
    MOST_TABS,
    MOST_UNPACKED,
    SMALL,
    check_cell,
    check_row,
)
from quizserver.spreadsheets.table import DATE, UNCOUNTED, Row, Table, Unreadable, rows_of

BROKEN = (
    *(zipfile.BadZipFile, InvalidFileException, ParseError, DefusedXmlException),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, OSError, NotImplementedError),
)
"""All that openpyxl says of a file that it cannot make sense of."""


def read_xlsx(file: bytes) -> tuple[Table, ...]:
    """A table a tab, empty ones too. Raises Unreadable."""
    assert DEFUSEDXML
    try:
        _check_parts(file)
        formulas = _has_formulas(file)
        return tuple(_tables(file, formulas))
    except BROKEN as problem:
        raise Unreadable("file_is_broken") from problem


def _check_parts(file: bytes) -> None:
    """By the archive's own directory; a part that is longer than it says there is not unpacked to its end, and then broken."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("file_is_locked")
    if any("vbaproject" in name for name in names):
        raise Unreadable("file_has_macros")
    if len(parts) > MOST_PARTS or len(names) < len(parts) or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable("file_unpacks_too_big")
    if any(part.file_size > max(SMALL, MOST_RATIO * part.compress_size) for part in parts):
        raise Unreadable("file_unpacks_too_big")
    if "xl/workbook.xml" not in names:
        raise Unreadable("file_is_no_table")


def _has_formulas(file: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        sheets = (name for name in archive.namelist() if name.lower().startswith("xl/worksheets/"))
        return any(b"<f>" in (xml := archive.read(name)) or b"<f " in xml or b"<f/" in xml for name in sheets)


def _tables(file: bytes, formulas: bool) -> Iterator[Table]:
    values = load_workbook(io.BytesIO(file), read_only=True, data_only=True, keep_links=False)
    written = load_workbook(io.BytesIO(file), read_only=True, keep_links=False) if formulas else None
    if len(values.worksheets) > MOST_TABS:
        raise Unreadable("file_too_long", str(MOST_TABS))
    for tab in values.worksheets:
        uncounted = _uncounted(written[tab.title]) if written else frozenset()
        yield Table(check_cell(tab.title, 1), rows_of([*_rows(tab, uncounted)]))


def _rows(tab: Any, uncounted: frozenset[tuple[int, int]]) -> Iterator[Row]:
    """What says anything. A tab's own word on its size is not believed: programs write nonsense there."""
    tab.reset_dimensions()
    for line, row in enumerate(tab.iter_rows(values_only=True), 1):
        if any(value is not None for value in row) or any(at == line for at, _ in uncounted):
            check_row(line, max((at for at, value in enumerate(row, 1) if value is not None), default=0))
            cells = ((UNCOUNTED if value is None and (line, at) in uncounted else _text(value)) for at, value in enumerate(row, 1))
            yield Row(line, tuple(check_cell(cell, line).strip() for cell in cells))


def _uncounted(tab: Any) -> frozenset[tuple[int, int]]:
    """Where formulas stand."""
    tab.reset_dimensions()
    found: set[tuple[int, int]] = set()
    for line, row in enumerate(tab.iter_rows(), 1):
        for at, cell in enumerate(row, 1):
            if cell.data_type == "f":
                check_row(line, at)
                found.add((line, at))
    return frozenset(found)


def _text(value: object) -> str:
    """As a person would read the cell: whole numbers without a point, dates marked as what they are."""
    match value:
        case None:
            return ""
        case bool():
            return str(int(value))
        case int():
            return str(value)
        case float():
            return f"{Decimal(repr(value)).normalize():f}"
        case str():
            return value
    return DATE + str(value)
