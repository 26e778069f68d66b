"""States with one thing changed, as several rooms need them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from quizserver.battle.ids import QuestionId, TeamId, VenueId
from quizserver.battle.phases import Phase
from quizserver.battle.state import BattleState, Box, Stage, Team

K = TypeVar("K")
V = TypeVar("V")


def with_news(known: Mapping[K, V], news: Mapping[K, V]) -> Mapping[K, V]:
    """Both; where both know a key, the news."""
    return {**known, **news}


def step(state: BattleState, phase: Phase, **changes: Any) -> BattleState:
    """A step of the evening: a new phase, and the stage is the play's again."""
    return replace(come_to(state, phase), stage=Stage.PLAY, **changes)


def come_to(state: BattleState, phase: Phase) -> BattleState:
    """A phase that nobody pressed a key for: a break or a standing that the host put on the stage stays there."""
    return replace(state, phase=phase, step=state.step + 1)


def index_of(state: BattleState, question: QuestionId) -> int:
    """The question's place in the round being played, from 0."""
    questions = state.pack.rounds[state.round].questions
    return next(at for at, each in enumerate(questions) if each.id == question)


def with_boxes(state: BattleState, boxes: Iterable[Box], **changes: Any) -> BattleState:
    return replace(state, boxes=with_news(state.boxes, {(box.question, box.opening): replace(box, **changes) for box in boxes}))


def with_team(state: BattleState, team: TeamId, **changes: Any) -> BattleState:
    return replace(state, teams=with_news(state.teams, {team: replace(state.teams[team], **changes)}))


def at_venue(team: Team, venue: VenueId | None) -> Team:
    """It plays here from now on, and has been here, so that this venue's desk may mark it."""
    return replace(team, venue=venue, been_at=team.been_at if venue is None else team.been_at | {venue})
