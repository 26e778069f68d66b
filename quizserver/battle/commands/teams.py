"""How teams come in, what they are called, and where they sit."""

from dataclasses import dataclass

from quizserver.battle.commands.command import Command
from quizserver.battle.events import Name
from quizserver.battle.ids import SeatId, TeamId, VenueId
from quizserver.battle.settings import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinTeam(Command):
    """A new team. Online with its first seat, or announced and without one yet; on paper with a venue and no seat. `spare`: the
    number of the spare sheets that it already writes on. `people`: how many they are, 0 where nobody said."""

    team: TeamId
    name: Name
    plays: Source
    venue: VenueId | None = None
    seat: SeatId | None = None
    token_hash: str = ""
    spare: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRegistration(Command):
    """Teams may announce themselves, or no longer."""

    opened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LockLobby(Command):
    locked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameTeam(Command):
    team: TeamId
    name: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class MuteTeam(Command):
    """A muted team plays and counts; its name is shown on no screen."""

    team: TeamId
    muted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveTeams(Command):
    """Their names may be shown. By id, not all at once: a host approves what the host has read."""

    teams: tuple[TeamId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountPeople(Command):
    """How many people a team is, 0-99; 0: nobody has said."""

    team: TeamId
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTeam(Command):
    team: TeamId
    venue: VenueId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeTeams(Command):
    """Two teams are one, before play: `into` stays, with the devices and the sheets of both."""

    team: TeamId
    into: TeamId
