"""The trouble of one evening as plain data. Moments are milliseconds at pace 1 after a round has begun; venues are the evening's
indices, a person is 0 or 1: each has a desk of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Loss(StrEnum):
    """What becomes of one message of marks and of the connection that it goes over."""

    NONE = "none"
    TORN = "torn"  # the connection is lost in the middle of the message
    UNHEARD = "unheard"  # all of it arrives, and the connection is lost before the ack is heard


class Moment(StrEnum):
    """When a network is back that is gone for longer than minutes."""

    ROUND_OVER = "round_over"  # the solutions of a round are out
    FINAL = "final"  # the podium is shown
    END = "end"  # the battle is over
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Outage:
    """A desk has no network from `at_ms` of a round on: for `lasts_ms`, or until `back`, of `back_round` where it is a round's, and
    `back_ms` more."""

    at_round: int
    at_ms: int
    lasts_ms: int = 0
    back: Moment | None = None
    back_round: int = 0
    back_ms: int = 0


class Why(StrEnum):
    """Why something is typed beside what stands on the sheets."""

    SECOND_OPINION = "second opinion"  # another mark than the paper's, over nothing: a dispute
    SLIP = "slip"  # a right mark is corrected into a wrong one
    MENDED = "mended"  # and that into the right one, when it is past the gate of corrections
    TOO_LATE = "too late"  # a wrong correction past its gate: the host looks at the paper
    NO_MARK = "no mark"  # what no battle takes: the desk must keep it and say so


@dataclass(frozen=True, slots=True)
class Extra:
    """One mark that a person types once the sheets of `after_round` are typed."""

    person: int
    team: str
    at_round: int
    at: int
    value: str
    after_round: int
    why: Why

    @property
    def corrects(self) -> bool:
        """True if it replaces what this person wrote there last."""
        return self.why in (Why.SLIP, Why.MENDED, Why.TOO_LATE)


@dataclass(frozen=True, slots=True)
class VenueTrouble:
    """`outages` and `losses` by person: what becomes of each message of marks in a row, and nothing of all further ones. `carried`:
    when the files of both desks are brought to the host, None where the network comes back."""

    venue: int
    outages: tuple[tuple[Outage, ...], tuple[Outage, ...]]
    losses: tuple[tuple[Loss, ...], tuple[Loss, ...]]
    extras: tuple[Extra, ...]
    carried: Moment | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """Of all venues with paper, in their order."""

    venues: tuple[VenueTrouble, ...]

    def extras_of(self, why: Why) -> Sequence[Extra]:
        """All of one sort."""
        return [extra for each in self.venues for extra in each.extras if extra.why is why]
