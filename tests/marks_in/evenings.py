"""An evening with paper, and files that somebody imports into it."""

from collections.abc import Iterable
from typing import Any

from quizserver.battle import commands as ask
from quizserver.battle.events import Name
from quizserver.battle.ids import TeamId, VenueId
from quizserver.battle.phases import Phase
from quizserver.battle.refusals import Refused
from quizserver.battle.sheet_numbers import SheetNumber
from quizserver.marks_in.plan import Plan, plan
from quizserver.marks_in.signer import Signer, at_desk, by_host
from quizserver.spreadsheets.opened import opened
from quizserver.spreadsheets.table import Row, Table
from tests.support.battles import HALL, Evening, a_round

ROUNDS = (a_round("r1", "one", "text", "tf"), a_round("r2", "one", "number"))


def evening(*names: str, revealed: bool = False, **settings: Any) -> Evening:
    """Teams on paper in the hall, in a battle of three questions and two, the last of which takes a number."""
    here = Evening(*ROUNDS, **settings)
    for name in names or ("Ёжики", "Тушки"):
        here.join_paper(name)
    if revealed:
        here.until(Phase.ROUND_END)
    return here


def number(here: Evening, team: str, playing: int = 1) -> str:
    return str(SheetNumber(playing, here.state.teams[TeamId(team)].sheets[0]))


def rows(*cells: Iterable[object]) -> tuple[Table, ...]:
    """A table as a CSV file has it."""
    return (Table("", tuple(Row(line, tuple(map(str, row))) for line, row in enumerate(cells, 1))),)


def at_the_desk(here: Evening, name: str, venue: VenueId = HALL) -> Signer:
    """Somebody who sits there and has a file."""
    who = here.sits(name, venue)
    signer = at_desk(here.state, venue, who, blind=True)
    assert isinstance(signer, Signer)
    return signer


def planned(here: Evening, file: bytes | tuple[Table, ...], signer: Signer | None = None) -> Plan:
    """`signer`: None for a host."""
    return plan(here.state, opened(file) if isinstance(file, bytes) else file, signer or by_host(here.state, "Анна"))


def imported(here: Evening, file: bytes | tuple[Table, ...], signer: Signer | None = None) -> Plan:
    """Previewed, then entered as a desk enters marks."""
    signer = signer or by_host(here.state, "Анна")
    preview = planned(here, file, signer)
    for venue, who in signer.ids.items() if signer.only is None else ():
        here.do(ask.NameScorekeeper(scorekeeper=who, venue=venue, name=Name(signer.name, "salt")))
    operations = preview.operations
    for start in range(0, len(operations), 100):
        assert not isinstance(here.attempt(ask.EnterMarks(operations=tuple(operations[start : start + 100]))), Refused)
    return preview


def failures(preview: Plan) -> list[tuple[int, str, str]]:
    return [(each.line, each.failed.code, each.failed.detail) for each in preview.failed if each.failed]


def said(preview: Plan) -> list[tuple[str, str, str]]:
    return [(each.team, each.question, each.value) for each in preview.operations]
