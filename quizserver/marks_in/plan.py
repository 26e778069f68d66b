"""What a file would change: the operations it stands for, what is so already, and each line that is not taken, with its reason.

An operation's name comes from what it says of which cell, and from nothing else: what a file has said once no file says again,
though it was corrected since. At a desk it comes from who says it, too. It replaces what the same person said, and nothing of
anybody else's: where somebody else says otherwise, that is a dispute.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256

from quizserver.battle.sheets import Operation
from quizserver.battle.state import BattleState
from quizserver.marks_in.beside import Found
from quizserver.marks_in.failed import Failed
from quizserver.marks_in.lines import Headless, Line, lines_of
from quizserver.marks_in.sheet import Sheets
from quizserver.marks_in.signer import Signer, with_signer
from quizserver.spreadsheets.table import Table
from quizserver.words import local


@dataclass(frozen=True, slots=True)
class Planned:
    """One line. `team` is its name, "" while nobody knows; what is `found` in it is empty where it `failed`."""

    table: str
    line: int
    team: str = ""
    round: int | None = None
    found: Found = field(default_factory=Found)
    failed: Failed | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """In the order of the file."""

    lines: tuple[Planned, ...]

    @property
    def operations(self) -> list[Operation]:
        return [operation for line in self.lines for operation in line.found.news]

    @property
    def failed(self) -> list[Planned]:
        return [line for line in self.lines if line.failed]

    @property
    def token(self) -> str:
        """Two plans with one token would do the same, dispute with the same, and leave out the same."""
        doing = [f"{each.name} {' '.join(each.over)} {each.venue}" for each in self.operations]
        doing += [f"{line.team} {each}" for line in self.lines for each in line.found.disputes]
        leaving = [f"{line.table} {line.line} {line.failed}" for line in self.failed]
        return sha256("\n".join([*doing, "", *leaving]).encode()).hexdigest()[:32]


def plan(state: BattleState, tables: Iterable[Table], signer: Signer) -> Plan:
    """`signer`: under whom it is entered, and for whose eyes."""
    titles = [local(playing.title, state.settings.language) for playing in state.pack.rounds]
    sheets = Sheets(with_signer(state, signer), signer)
    return Plan(tuple(_planned(line, sheets) for line in lines_of(tables, titles)))


def _planned(line: Line | Headless, sheets: Sheets) -> Planned:
    here = Planned(line.table, line.line)
    if isinstance(line, Headless):
        return replace(here, failed=Failed("file_no_head", line.table))
    here = replace(here, team=line.name or line.number, round=line.said[0].round)
    try:
        team, found = sheets.read(line)
    except Failed as why:
        return replace(here, failed=why)
    return replace(here, team=team, found=found)
