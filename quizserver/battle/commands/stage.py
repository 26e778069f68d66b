"""What screens show beside the play."""

from dataclasses import dataclass

from quizserver.battle.commands.command import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowStanding(Command):
    """`which`: total or speed. Shown until the next step."""

    which: str = "total"


class ShowPlay(Command):
    """Takes the standing or the break off the stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeStanding(Command):
    """Frozen, screens and teams keep the standing of this moment."""

    frozen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StartBreak(Command):
    """A break with a countdown, 10 s to 4 h."""

    seconds: int
