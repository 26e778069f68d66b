"""What a spreadsheet file says, as plain text: every cell as its reader sees it, with the line it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pydantic import TypeAdapter

DATE = "date "
"""Before the ISO form of a cell that some program has made a date: it is no number and no mark any more."""
UNCOUNTED = "="
"""A formula of which no program has written down the value. Nobody here counts it."""


@dataclass(frozen=True, slots=True)
class Row:
    """`line` is what a spreadsheet program or an editor shows beside it, from 1. Cells are without blanks around them."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A tab of a workbook, or a whole CSV file, whose name is "". Empty rows are left out."""

    name: str
    rows: tuple[Row, ...]


class Unreadable(Exception):
    """Why a file is not read: a code that the pages have a sentence for, and what fills it."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


TABLES = TypeAdapter(tuple[Table, ...])


def rows_of(cells: Sequence[Row]) -> tuple[Row, ...]:
    """Those that say anything, without empty cells at their ends."""
    return tuple(row for row in map(_trimmed, cells) if row.cells)


def _trimmed(row: Row) -> Row:
    length = max((at for at, cell in enumerate(row.cells, 1) if cell), default=0)
    return Row(row.line, row.cells[:length])


Cell = str | int | Decimal | None
"""What is written: text stays text whatever it begins with, a number is one to the program that opens it."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A tab to be written. The row `head` (0-based) says what the columns are and stays in sight; those above it are a title.
    `widths`: of the columns, in letters."""

    name: str
    rows: Sequence[Sequence[Cell]]
    head: int = 0
    widths: Sequence[int] = ()
