"""Collecting, revealing, and the ends of round and battle."""

from dataclasses import dataclass

from quizserver.battle.commands.command import Command, Press
from quizserver.battle.ids import VenueId


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmCollected(Command):
    """No team of this venue can write any more. `scope`: the round, or the question where slips are collected."""

    venue: VenueId
    scope: str


class GoOnUncollected(Press):
    """Goes on over the venues that have not confirmed; recorded, and their marks wait for the host."""


class Reveal(Press):
    """Reveals the next solution."""


class EndRound(Press):
    """Ends the round; its standing is then what the ledger says for ever."""


class ShowPodium(Press):
    """Goes to the final."""


class Finish(Press):
    """Ends the battle."""
