"""What a long line took of a team's time was given back."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizserver.battle.events.event import Event
from quizserver.battle.ids import QuestionId, TeamId


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeGiven(Event):
    """So many milliseconds of these teams' time for an answer are their lines'. A later word on a team replaces the one before."""

    question: QuestionId
    opening: int
    given: Mapping[TeamId, int]
