"""The clock stood still, went on, was given more time."""

from dataclasses import dataclass

from quizserver.battle.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Event):
    """Every running clock moves by this much."""

    by_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockExtended(Event):
    by_ms: int
    why: str
