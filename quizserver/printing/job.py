"""What shall be on paper, as plain data: nothing here knows a battle, and nothing that draws it needs to.

It holds no solution and no question, only how many lines a round has and what belongs on each.
"""

from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter

CARDS_A_PAGE = 8
What = Literal["sheets", "list", "cards"]


@dataclass(frozen=True, slots=True)
class Line:
    """One answer of a sheet. `hint`: a word of texts/ for what belongs there; `unit` beside a number."""

    hint: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class RoundOnPaper:
    """`number` counts from 1. A number may be entered as it is written, so its line has a field and no circles."""

    number: int
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`round` is an index into the job's rounds; `team` is "" on a spare."""

    venue: str
    round: int
    number: str
    team: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a venue's list: a team with its numbers, one on phones without; or a free spare, which has no name yet. `people`:
    how many it has said it is, 0 if it has not."""

    numbers: tuple[int, ...]
    team: str = ""
    people: int = 0


@dataclass(frozen=True, slots=True)
class VenueList:
    """`about`: its city and when it begins, "" where nobody has said."""

    name: str
    rows: tuple[Listed, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """`address` joins one more device of the team, whose code is in it."""

    team: str
    code: str
    address: str


@dataclass(frozen=True, slots=True)
class Job:
    """One PDF. `rounds` is how many the evening has; what is not asked for is empty. `where`: the address people type."""

    language: str
    title: str
    pin: str
    evening: int
    rounds: tuple[RoundOnPaper, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    lists: tuple[VenueList, ...] = ()
    cards: tuple[Card, ...] = ()
    where: str = ""

    @property
    def steps(self) -> int:
        """How many pieces of work it is."""
        return len(self.sheets) + len(self.lists) + -(-len(self.cards) // CARDS_A_PAGE)


JOB = TypeAdapter(Job)
"""A job as JSON and back: how it comes to the process that draws it."""
