"""A team's devices and their tokens."""

from dataclasses import dataclass

from quizserver.battle.commands.command import Command
from quizserver.battle.ids import SeatId, TeamId


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSeat(Command):
    """A further device of a team."""

    team: TeamId
    seat: SeatId
    token_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferToken(Command):
    """Gives a seat whose token is old a new one. Both open it until the new one is first used. Both are hashes."""

    before: str
    token_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UseToken(Command):
    """A token that was offered is used for the first time: from now on the one before it opens nothing."""

    token_hash: str
