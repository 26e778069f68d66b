"""Announcements as the rows of tables: who stands in which column, what each line says, and why a line is none. Pure.

A table's first row may name the columns, in Russian or English and in any order; else they are name, captain, people, where,
contact. Every tab of a workbook is read: what is no team there is told line by line, and not passed over.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from quizserver.battle.announcements import Said, checked
from quizserver.battle.names import skeleton
from quizserver.battle.refusals import Refused, wrong
from quizserver.battle.state import BattleState
from quizserver.spreadsheets.table import DATE, UNCOUNTED, Row, Table

MOST_LINES = 2_000  # of one file: more teams than any evening had
COLUMNS: Mapping[str, frozenset[str]] = {
    "name": frozenset({"name", "team", "название", "команда", "название команды"}),
    "captain": frozenset({"captain", "капитан"}),
    "people": frozenset({"people", "number of people", "человек", "людей", "сколько человек", "количество человек"}),
    "where": frozenset({"where", "venue", "где", "зал", "площадка"}),
    "contact": frozenset({"contact", "контакт", "телефон", "почта"}),
}
USUAL = {name: at for at, name in enumerate(COLUMNS)}
ONLINE = frozenset({"", "online", "онлайн"})
A_DATE = re.compile(DATE + r"(\d{4}-\d\d-\d\d)( \d\d:\d\d:\d\d)?")
"""What some program has made of a text, and no team whose name begins like that."""


@dataclass(frozen=True, slots=True)
class Line:
    """`source` is the same for the same team in any file."""

    said: Said
    source: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A line that cannot be taken, and why: its number as a program shows it, and the tab, "" where there is one alone."""

    tab: str
    number: int
    why: Refused


def read(state: BattleState, tables: Sequence[Table]) -> tuple[list[Line], list[Failed]]:
    """What can be taken, and what cannot."""
    lines, failed, seen = list[Line](), list[Failed](), set[str]()
    for tab, row, columns in _rows(tables):
        if len(lines) + len(failed) == MOST_LINES:
            return lines, [*failed, Failed(tab, row.line, wrong("file_too_long", str(MOST_LINES)))]
        said = _said(state, row.cells, columns)
        if isinstance(said, Said) and (source := _source(said)) not in seen:
            seen.add(source)
            lines.append(Line(said, source))
        else:
            failed.append(Failed(tab, row.line, said if isinstance(said, Refused) else wrong("line_is_there_twice")))
    return lines, failed


def _rows(tables: Sequence[Table]) -> Iterator[tuple[str, Row, Mapping[str, int]]]:
    """Those that say something of a team, each with its tab and its columns."""
    full = [table for table in tables if table.rows]
    for table in full:
        named = _columns(table.rows[0].cells)
        for row in table.rows[1 if named else 0 :]:
            yield table.name if len(full) > 1 else "", row, named or USUAL


def _columns(first: Sequence[str]) -> Mapping[str, int]:
    """Where each column stands; {} for a row that does not at least name the team's."""
    found = {name: at for at, cell in enumerate(first) for name, words in COLUMNS.items() if cell.casefold() in words}
    return found if "name" in found else {}


def _said(state: BattleState, row: Sequence[str], columns: Mapping[str, int]) -> Said | Refused:
    cells = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
    for cell in cells.values():
        if cell == UNCOUNTED:
            return wrong("cell_is_a_formula")
        if date := A_DATE.fullmatch(cell):
            return wrong("line_date", date[1])
    people, where = cells.get("people", ""), cells.get("where", "")
    if not (people.isascii() and people.isdecimal() and len(people) < 4):
        return wrong("people_are_a_number", people[:40])
    venue = None
    if where.casefold() not in ONLINE:
        venue = next((each.id for each in state.venues.values() if skeleton(each.name) == skeleton(where)), None)
        if venue is None:
            return wrong("no_such_venue", where[:40])
    return checked(state, Said(cells["name"], cells.get("captain", ""), int(people), venue, cells.get("contact", "")))


def _source(said: Said) -> str:
    return sha256(f"{skeleton(said.name)}\n{skeleton(said.captain)}".encode()).hexdigest()
