"""Marks of paper sheets as a set of operations: order, repeats and who came first change nothing.

A cell is one team and one question (or the total of one round). An operation says what one person wrote into a cell and which
operations it saw there and replaces. The present values of a cell are those not replaced by any known operation: one is the
mark; several from one person, the one with the greatest counter; several from different people that do not agree, a dispute,
which somebody settles by an operation over all of them. Two who typed one answer in different spellings agree (typed.py). An
operation that the settlement did not see opens the dispute again.
A person is a scorekeeper's id; whose it is stands elsewhere, and can be forgotten.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from quizserver.battle.ids import QuestionId, RoundId, ScorekeeperId, TeamId, VenueId

MOST_LETTERS_OF_WHY = 200

TOTAL = QuestionId("total")
"""Stands for the question in an operation that enters the sheet's own total of a round."""


@dataclass(frozen=True, slots=True)
class Operation:
    """`device` and `counter` name it for ever (a device never uses a counter twice). `value`: `1` right, `0.5` half, `0` wrong,
    `-` nothing written, `?` the judge is asked, `=` and what the team wrote, the number itself where nearest wins, a decimal in a
    total; "" takes the mark back.
    `over`: names of the operations it replaces. `why`: at most 200 characters of whoever corrects something, or nothing."""

    device: str
    counter: int
    venue: VenueId
    team: TeamId
    round: RoundId
    question: QuestionId
    who: ScorekeeperId
    value: str
    over: tuple[str, ...] = ()
    why: str = ""

    @property
    def name(self) -> str:
        """device:counter, the operation's identity."""
        return f"{self.device}:{self.counter}"

    @property
    def cell(self) -> "CellKey":
        """The cell that it is written into."""
        return self.team, self.round, self.question


CellKey = tuple[TeamId, RoundId, QuestionId]


class CellState(StrEnum):
    """What a cell has to say."""

    EMPTY = "empty"
    MARKED = "marked"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as a function of its operations. `value` is "" unless marked; `present` are the values that stand, by name."""

    state: CellState
    value: str
    present: tuple[Operation, ...]


Known = Mapping[str, Operation]
"""The operations of one cell by name."""

EMPTY = Cell(CellState.EMPTY, "", ())


class Named(Protocol):
    """A fact that is known by its name, whichever way and however often it comes."""

    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=Named)


def merged(known: Mapping[str, N], news: Iterable[N]) -> Mapping[str, N]:
    """The union. An honest device never gives a name twice; where one did, the same of the two stays whichever came first."""
    union = dict(known)
    for fact in news:
        twin = union.get(fact.name, fact)
        union[fact.name] = min(fact, twin, key=repr)
    return union


def hands(known: Known) -> frozenset[ScorekeeperId]:
    """Who has ever written a mark into this cell; what was taken back or replaced was written too."""
    return frozenset(operation.who for operation in known.values() if operation.value)


def itself(value: str) -> str:
    """Values agree that are the same."""
    return value


def cell(known: Known, said: Callable[[str], str] = itself) -> Cell:
    """What a set of operations says; independent of their order. `said`: what a value says, equal for two that agree; of those the
    least in the order of letters is shown."""
    if not known:  # most cells of an evening, most of the time
        return EMPTY
    replaced = {name for operation in known.values() for name in operation.over}
    present = tuple(
        sorted((op for name, op in known.items() if name not in replaced), key=lambda op: (op.who, op.device, op.counter))
    )
    latest: dict[str, Operation] = {}
    for operation in present:
        best = latest.get(operation.who)
        if best is None or (operation.counter, operation.device) > (best.counter, best.device):
            latest[operation.who] = operation
    values = {operation.value for operation in latest.values() if operation.value}  # who took a mark back says nothing
    if len(values) > 1 and len({said(value) for value in values}) > 1:
        return Cell(CellState.DISPUTED, "", present)
    value = min(values, default="")
    return Cell(CellState.MARKED, value, present) if value else Cell(CellState.EMPTY, "", present)
