"""One evening as plain data: who comes, what is asked, and what everybody does and when. No clock, no socket, no rules.

Moments are parts of the time in which they happen, durations are milliseconds at pace 1; whoever plays divides them by the pace.
Must never import anything of the battle: `expected` reckons the points of an evening without the server's help.
"""

from dataclasses import dataclass
from enum import StrEnum

Value = str | tuple[str, ...]
"""What a team answers: an option's text or several, a text, or a number as a decimal. Option ids differ in every battle."""

Address = tuple[int, int]
"""Round and question, both from 0."""


class During(StrEnum):
    """In which stretch of time a step happens; `part` 0..1 of it."""

    OPEN = "open"  # from opening to shown deadline, less the guard
    LAST_CALL = "last_call"  # the same of the clock that a whole round shares
    LATE = "late"  # the second that begins one guard after the cut-off
    EDGE = "edge"  # a tenth of a second around the cut-off; only with --edge


class Act(StrEnum):
    """What a device does."""

    SAY = "say"  # answers, and waits for the ack
    SAY_TWICE = "say_twice"  # the same answer again before the first ack could come
    SAY_AND_DROP = "say_and_drop"  # loses the connection before it can hear the ack
    DROP = "drop"  # loses the connection
    TAP = "tap"  # answers while cut off: the device keeps it
    RETURN = "return"  # connects again and sends what it kept or never heard of
    REPEAT = "repeat"  # sends the team's first answer to this question once more


@dataclass(frozen=True, slots=True)
class Step:
    """One thing one device of a team does about a question. `value` of the acts that answer."""

    during: During
    part: float
    act: Act
    value: Value | None = None
    device: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """All a team does about one question, in order, and what it has said in the end (None: nothing)."""

    steps: tuple[Step, ...]
    final: Value | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its solution, as the writer has it. `options` and `right` are texts in the pack's first language; of a
    text question `right` are the accepted variants and `near` the rejected ones; `number` is a decimal, `tolerance` "5" or "5%"."""

    kind: str
    points: int
    penalty: int
    options: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    number: str = ""
    mode: str = ""
    tolerance: str = ""


@dataclass(frozen=True, slots=True)
class PlayedRound:
    """A round under the rules by which this evening plays it. `length_ms`: all its clocks together, at pace 1."""

    questions: tuple[Asked, ...]
    reveals_each: bool
    only_first_counts: bool
    grace_ms: int
    length_ms: int


@dataclass(frozen=True, slots=True)
class OnlineTeam:
    """`joins` 0..1 of the time in which teams arrive; `turns` by round and question."""

    name: str
    people: int
    devices: int
    joins: float
    turns: tuple[tuple[Turn, ...], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one scorekeeper (0 or 1) sends in one message: marks by question, `times` times, `at_ms` after its venue had the key.
    `corrects`: the marks replace what the same person entered before."""

    at_ms: int
    person: int
    marks: tuple[tuple[int, str], ...]
    times: int = 1
    corrects: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper team's round: what it wrote by question (None: nothing), the right marks, and how they come in."""

    written: tuple[Value | None, ...]
    marks: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class PaperTeam:
    """`venue` is an index of the evening's venues; `sheets` by round."""

    name: str
    people: int
    venue: int
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Collecting:
    """When a venue says *collected*: `at_ms` after the round was closed, or after the round's end if `late`."""

    at_ms: int
    late: bool = False


@dataclass(frozen=True, slots=True)
class Evening:
    """Everything. `collecting` by round and venue."""

    seed: int
    pack: str
    online_only: bool
    rounds: tuple[PlayedRound, ...]
    venues: tuple[str, ...]
    online: tuple[OnlineTeam, ...]
    paper: tuple[PaperTeam, ...]
    collecting: tuple[tuple[Collecting, ...], ...]

    def collecting_at(self, venue: int) -> list[Collecting]:
        """By round."""
        return [each[venue] for each in self.collecting]

    @property
    def people(self) -> int:
        """Players, scorekeepers of venues with paper, and the host."""
        desks = {team.venue for team in self.paper}
        return sum(team.people for team in self.online) + sum(team.people for team in self.paper) + len(desks) + 1
