"""Lines of a file that say something about a team, out of its tables: a template that was filled in, totals of rounds, or masks.

Rows over the first head are a title. A row that names nothing but a round begins a block of that round, and a head may be repeated.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from quizserver.marks_in.heads import Head, head_of, round_named
from quizserver.spreadsheets.table import Row, Table


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says of one round: `round` from 1, None where nobody could say which (`round_text`: what stood there). `marks` by
    the number of the question, from 1; empty cells are left out. `mask`: one sign a question, instead of them."""

    round: int | None
    round_text: str = ""
    marks: Mapping[int, str] = field(default_factory=dict)
    total: str = ""
    mask: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """`table` is the name of the tab, "" in CSV; `line` counts from 1. `number` and `name` as they are written there."""

    table: str
    line: int
    number: str
    name: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Headless:
    """A table in which nobody can tell what stands where."""

    table: str
    line: int


def lines_of(tables: Iterable[Table], titles: Sequence[str]) -> Iterator[Line | Headless]:
    """All that say anything, in the order of the file. `titles`: of the rounds."""
    for table in tables:
        yield from _of_table(table, titles)


def _of_table(table: Table, titles: Sequence[str]) -> Iterator[Line | Headless]:
    head: Head | None = None
    playing, text = round_named(table.name, titles, bare=True), table.name
    for row in table.rows:
        if (found := head_of(row.cells)) is not None:
            head = found
        elif (named := _block(row, titles)) is not None:
            playing, text = named, ""
        elif head is not None and (said := tuple(_said(row, head, playing, text, titles))):
            yield Line(table.name, row.line, _at(row, head.number), _at(row, head.name), said)
    if head is None and table.rows:
        yield Headless(table.name, table.rows[0].line)


def _block(row: Row, titles: Sequence[str]) -> int | None:
    cells = [cell for cell in row.cells if cell]
    return round_named(cells[0], titles) if len(cells) == 1 else None


def _said(row: Row, head: Head, playing: int | None, text: str, titles: Sequence[str]) -> Iterator[Said]:
    for column, number in head.rounds.items():
        if total := _at(row, column):
            yield Said(number if number <= len(titles) else None, str(number), total=total)
    marks = {number: cell for column, number in head.questions.items() if (cell := _at(row, column))}
    total, mask = _at(row, head.total) if not head.rounds else "", _at(row, head.mask)
    if head.round is not None:
        text = _at(row, head.round)
        playing = round_named(text, titles, bare=True)
    if marks or total or mask:
        yield Said(playing, text, marks, total, mask)


def _at(row: Row, column: int | None) -> str:
    return row.cells[column] if column is not None and column < len(row.cells) else ""
