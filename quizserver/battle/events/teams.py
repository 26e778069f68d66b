"""How teams came in, what they are called, and where they sit."""

from dataclasses import dataclass

from quizserver.battle.events.event import Event, Name
from quizserver.battle.ids import SeatId, TeamId, VenueId
from quizserver.battle.settings import Source


@dataclass(frozen=True, slots=True)
class Join:
    """One team that joined: with its first seat if it plays online, with its venue if it has one. `spare`: the number of the spare
    sheets it came with; 0: on paper it is given the next number."""

    team: TeamId
    name: Name
    plays: Source
    venue: VenueId | None = None
    seat: SeatId | None = None
    token_hash: str = ""
    spare: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsJoined(Event):
    """Many joins in one entry: what waited while the last append was on its way."""

    joins: tuple[Join, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationOpened(Event):
    opened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LobbyLocked(Event):
    locked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRenamed(Event):
    team: TeamId
    name: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMuted(Event):
    team: TeamId
    muted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsApproved(Event):
    teams: tuple[TeamId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleCounted(Event):
    """How many people a team is: a number, and who they are stands in no ledger."""

    team: TeamId
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMoved(Event):
    team: TeamId
    venue: VenueId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsMerged(Event):
    """Two were one: the devices and the sheets of `team` are those of `into`, and so is whatever names it from now on."""

    team: TeamId
    into: TeamId
