"""What screens showed beside the play."""

from dataclasses import dataclass

from quizserver.battle.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingShown(Event):
    which: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayShown(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingFrozen(Event):
    frozen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakStarted(Event):
    until_ms: int
