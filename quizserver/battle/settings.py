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


class Gate(StrEnum):
    """Until when something that is entered counts by itself; later it waits for the host. After the battle's end all does."""

    ROUND_END = "round_end"
    NEXT_ROUND_END = "next_round_end"
    FINAL = "final"
    FINISH = "finish"


SHORTEST_OPEN_MS = 1_500  # at any pace a person, or a bot that plays one, can still answer


MOST_GIVEN_MS = 150  # whoever lies about a line gains no more: less than people differ by in reading
MOST_LEAD_MS = 400  # nobody feels that a question comes so much later, and nearly every network is faster


@dataclass(frozen=True, slots=True)
class BattleSettings:
    """`pace` 1-60 divides all durations of rounds (never grace, leases or drains). `language` is what screens speak.

    `approval`: a name that a team chose is shown to others once the host has approved it.
    `lead_ms` 0-400: so long before it is to be seen a question is sent, so that all see it at one moment. `give_ms` 0-150 is the
    most that a team on a long line gets back of an answer's time, `give_in_all_ms` the most of a whole battle: 0 gives nothing.
    `double_entry`: a scorekeeper is shown what another wrote into a cell only after writing into it too. `sheets_until` and
    `corrections_until`: the gates of a cell's first mark and of all further ones, counted from the round that they belong to."""

    title: str = ""
    language: str = "ru"
    pace: int = 1
    ties: Ties = Ties.SKIP
    tie_breaks: tuple[TieBreak, ...] = ()
    online_only: bool = False
    approval: bool = False
    lead_ms: int = 0
    give_ms: int = 0
    give_in_all_ms: int = 3_000
    double_entry: bool = False
    sheets_until: Gate = Gate.NEXT_ROUND_END
    corrections_until: Gate = Gate.FINAL

    @property
    def speed_counts(self) -> bool:
        """True if any rule of the battle asks how long an answer took."""
        return TieBreak.SPEED in self.tie_breaks

    @property
    def gives_time(self) -> bool:
        """True if lines are to be measured at all."""
        return self.speed_counts and self.give_ms > 0

    @property
    def ahead_ms(self) -> int:
        """How long a question is on its way before it is seen. Where speed counts nobody is given it early: a page of somebody's
        own making would not wait."""
        return 0 if self.speed_counts else self.paced_ms(self.lead_ms)

    def paced_ms(self, ms: int) -> int:
        """A duration of a round at this battle's pace; rounded down."""
        return ms // self.pace

    def open_ms(self, ms: int) -> int:
        """The same for a time in which people answer: never under 1.5 s."""
        return max(self.paced_ms(ms), SHORTEST_OPEN_MS)
