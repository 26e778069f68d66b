"""Announcements as the rows of a table, from whatever file they were read: who stands in which column, what each line says, and why
a line is none. Pure.

The first row may name the columns, in Russian or English and in any order; else they are name, captain, people, where, contact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from quizserver.battle.announcements import Said, checked
from quizserver.battle.names import skeleton
from quizserver.battle.refusals import Refused, wrong
from quizserver.battle.state import BattleState

MOST_LINES = 2_000  # of one file: more teams than any evening had
COLUMNS: Mapping[str, frozenset[str]] = {
    "name": frozenset({"name", "team", "название", "команда", "название команды"}),
    "captain": frozenset({"captain", "капитан"}),
    "people": frozenset({"people", "number of people", "человек", "людей", "сколько человек", "количество человек"}),
    "where": frozenset({"where", "venue", "где", "зал", "площадка"}),
    "contact": frozenset({"contact", "контакт", "телефон", "почта"}),
}
USUAL = tuple(COLUMNS)
ONLINE = frozenset({"", "online", "онлайн"})


@dataclass(frozen=True, slots=True)
class Line:
    """`number` counts from 1, as an editor shows it. `source` is the same for the same team in any file."""

    number: int
    said: Said
    source: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A line that cannot be taken, and why."""

    number: int
    why: Refused


def read(state: BattleState, rows: Sequence[Sequence[str]]) -> tuple[list[Line], list[Failed]]:
    """What can be taken, and what cannot; empty lines are neither."""
    columns = _columns(rows[0]) if rows else {}
    lines, failed, seen = list[Line](), list[Failed](), set[str]()
    for number, row in enumerate(rows, 1):
        if not any(cell.strip() for cell in row) or (number == 1 and columns):
            continue
        said = _said(state, row, columns or {name: at for at, name in enumerate(USUAL)})
        if isinstance(said, Said) and (source := _source(said)) not in seen:
            seen.add(source)
            lines.append(Line(number, said, source))
        else:
            failed.append(Failed(number, said if isinstance(said, Refused) else wrong("line_is_there_twice")))
        if number > MOST_LINES:
            return lines, [*failed, Failed(number + 1, wrong("file_too_long", str(MOST_LINES)))]
    return lines, failed


def _columns(first: Sequence[str]) -> Mapping[str, int]:
    """Where each column stands; {} for a row that does not at least name the team's."""
    found = {name: at for at, cell in enumerate(first) for name, words in COLUMNS.items() if cell.strip().casefold() in words}
    return found if "name" in found else {}


def _said(state: BattleState, row: Sequence[str], columns: Mapping[str, int]) -> Said | Refused:
    cells = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
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
