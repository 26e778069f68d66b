"""An XLSX workbook. Whatever a text begins with, it is written as text: there is no formula in any file of ours."""

import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from quizserver.spreadsheets.table import Cell, Leaf

LONGEST_NAME = 31  # of a tab; Excel takes no longer one
NOT_IN_NAMES = str.maketrans("\\/?*[]:", "       ")
TEXT_FORMAT = "@"  # so that what is typed into it stays what was typed: 1-033-5 and 0110 are no dates and no numbers


def written_xlsx(leaves: Iterable[Leaf]) -> bytes:
    """The tabs in this order."""
    book = Workbook(write_only=True)
    for leaf in leaves:
        _write(book.create_sheet(_tab_name(leaf.name)), leaf)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _tab_name(name: str) -> str:
    """Apostrophes at its ends are refused by Excel as well."""
    return ILLEGAL_CHARACTERS_RE.sub("", " ".join(name.translate(NOT_IN_NAMES).split()))[:LONGEST_NAME].strip("' ") or "1"


def _write(tab: Any, leaf: Leaf) -> None:
    for at, width in enumerate(leaf.widths, 1):
        tab.column_dimensions[get_column_letter(at)].width = width
    tab.freeze_panes = f"A{leaf.head + 2}"
    for line, row in enumerate(leaf.rows):
        tab.append([_cell(tab, cell, is_head=line == leaf.head) for cell in row])


def _cell(tab: Any, value: Cell, is_head: bool) -> Any:
    text: Any = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    cell: Any = WriteOnlyCell(tab, text)
    if isinstance(text, str):
        cell.data_type, cell.number_format = "s", TEXT_FORMAT
        cell.quotePrefix = True
    if is_head:
        cell.font, cell.border = Font(bold=True), Border(bottom=Side("medium"))
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell
