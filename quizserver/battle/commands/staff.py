"""The keys of desks and screens."""

from dataclasses import dataclass

from quizserver.battle.commands.command import Command
from quizserver.battle.ids import VenueId


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmitStaff(Command):
    """Gives a desk or a screen its key. `role`: desk or screen; `token_hash` as of a seat."""

    role: str
    token_hash: str
    venue: VenueId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeStaff(Command):
    """Takes a desk's or screen's key back. `token_hash` as it was admitted."""

    token_hash: str
