"""What all players of one rehearsal share."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from quizserver.rehearsal.evening import PlayedRound
from quizserver.rehearsal.line import Lines
from quizserver.rehearsal.patience import Patience
from quizserver.rehearsal.tally import Tally

STEPS_IN_BETWEEN = 6  # that may each be late before anybody who only waits gives up: the host is the first to notice


@dataclass(slots=True)
class End:
    """When everybody goes home: the battle is over, and nothing waits for the host any more. `amended`: how often the standing had
    become another one by then."""

    comes: asyncio.Event = field(default_factory=asyncio.Event)
    amended: int = 0


@dataclass(frozen=True, slots=True)
class Playing:
    """`pace` divides all durations of the script, never the patience."""

    lines: Lines
    tally: Tally
    patience: Patience
    pace: int
    seed: int
    end: End = field(default_factory=End)

    def paced_s(self, ms: float) -> float:
        """Seconds of the real clock for a duration of the script."""
        return ms / self.pace / 1000

    def longest_s(self, rounds: Iterable[PlayedRound]) -> float:
        """By when whatever happens in these rounds must have come, sheets and speeches included."""
        return self.paced_s(sum(played.length_ms for played in rounds)) + STEPS_IN_BETWEEN * self.patience.step_s
