"""All that a game leaves behind, as the checker reads it; and what the checker says of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizserver.services.ports import Entry
from tests.faults.rig.history import Line


@dataclass(frozen=True, slots=True)
class Evidence:
    """`history`: of all clients and of the nemesis, in the order of time. `ledger`: all entries as they stood in Redis at the end,
    `archive`: as they stood in SQL after the server had stopped. `epochs`: how often the ledger's epoch was raised, for I1."""

    history: Sequence[Line]
    ledger: Sequence[Entry]
    archive: Sequence[Entry]
    epochs: int = 0


@dataclass(frozen=True, slots=True)
class Breach:
    """`invariant`: I1 to I12. `sentence`: what was seen, with the names that a person would look for in the histories."""

    invariant: str
    sentence: str
