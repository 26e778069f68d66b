"""What a host chooses for one battle. In the ledger from its first entry, so that a verifier knows it too."""

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Where a team's points of a question come from."""

    ONLINE = "online"
    PAPER = "paper"


class Ties(StrEnum):
    """How places go on after a tie: 1-2-2-4 or 1-2-2-3."""

    SKIP = "1224"
    DENSE = "1223"


class TieBreak(StrEnum):
    """What may part teams of equal points; applied to a tie only if all its teams have it."""

    DIFFICULTY = "difficulty"
    SPEED = "speed"


SHORTEST_OPEN_MS = 1_500  # at any pace a person, or a bot that plays one, can still answer


@dataclass(frozen=True, slots=True)
class BattleSettings:
    """`pace` 1-60 divides all durations of rounds (never grace, leases or drains). `language` is what screens speak.

    `approval`: a name that a team chose is shown to others once the host has approved it."""

    title: str = ""
    language: str = "ru"
    pace: int = 1
    ties: Ties = Ties.SKIP
    tie_breaks: tuple[TieBreak, ...] = ()
    online_only: bool = False
    approval: bool = False

    def paced_ms(self, ms: int) -> int:
        """A duration of a round at this battle's pace; rounded down."""
        return ms // self.pace

    def open_ms(self, ms: int) -> int:
        """The same for a time in which people answer: never under 1.5 s."""
        return max(self.paced_ms(ms), SHORTEST_OPEN_MS)
