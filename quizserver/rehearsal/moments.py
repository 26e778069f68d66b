"""When a step is due, in battle time. Nobody answers within GUARD_MS of a cut-off, except where the script says so: what counts
must not depend on how fast this machine is today."""

from dataclasses import dataclass

from quizserver.rehearsal.evening import During, PlayedRound, Step

GUARD_MS = 400
SLACK_MS = 200  # by which a bot may oversleep and still keep clear of the guard
LATE_MS = 1_000
EDGE_MS = 100


@dataclass(frozen=True, slots=True)
class Window:
    """A clock as a phone showed it, in battle time. `closes`: its end ends answering."""

    opens_ms: int
    deadline_ms: int
    closes: bool


def due_ms(window: Window, step: Step, played: PlayedRound) -> int:
    """The moment of a step within its window."""
    cut_off_ms = window.deadline_ms + played.grace_ms
    match step.during:
        case During.LATE:
            return cut_off_ms + GUARD_MS + int(step.part * LATE_MS)
        case During.EDGE:
            return cut_off_ms + int((step.part - 0.5) * EDGE_MS)
    return window.opens_ms + int(step.part * max(0, window.deadline_ms - GUARD_MS - SLACK_MS - window.opens_ms))


def overslept_ms(window: Window, step: Step, played: PlayedRound, now_ms: int) -> int:
    """By how much a step that should be in time has come too near to the cut-off; 0 if it has not."""
    if not window.closes or step.during in (During.LATE, During.EDGE):
        return 0
    return max(0, now_ms - (window.deadline_ms + played.grace_ms - GUARD_MS))
