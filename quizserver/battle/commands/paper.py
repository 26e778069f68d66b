"""Who plays on paper, and the sheets with a spare number."""

from dataclasses import dataclass

from quizserver.battle.commands.command import Command
from quizserver.battle.ids import QuestionId, RoundId, TeamId, VenueId
from quizserver.battle.settings import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSource(Command):
    """From one question on (or for one round only), a team's points come from the other source. Always with a reason."""

    team: TeamId
    round: RoundId
    question: QuestionId
    source: Source
    only_this_round: bool
    reason: str
    venue: VenueId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReserveSpares(Command):
    """A venue shall have so many free numbers for spare sheets, 1-50. Those it has stay: a second stack has the same numbers."""

    venue: VenueId
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignSpare(Command):
    """Spare sheets are a team's from now on, in all rounds. A free number, good once."""

    team: TeamId
    spare: int
