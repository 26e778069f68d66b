"""Pausing, going on, giving more time."""

from dataclasses import dataclass

from quizserver.battle.commands.command import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(Command):
    """Hides the question and stops the clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(Command):
    """Shows it again; the clock goes on where it stood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend(Command):
    """Gives more time. `why`: `host`, or `outage` when no server was there. by_ms > 0, at most an hour."""

    by_ms: int
    why: str = "host"
