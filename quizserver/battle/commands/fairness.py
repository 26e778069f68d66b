"""What a long line takes of a team's time."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizserver.battle.commands.command import Command
from quizserver.battle.ids import QuestionId, TeamId


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveTime(Command):
    """The round trips in milliseconds, by team, that a process had measured before this opening: what of them is given back."""

    question: QuestionId
    opening: int
    trips: Mapping[TeamId, int]
