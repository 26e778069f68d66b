"""A standing that is another one after the battle is over."""

from dataclasses import replace

from quizserver.battle import events as did
from quizserver.battle.ids import TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.standings import standing
from quizserver.battle.state import BattleState

_MENDS = (
    did.MarksEntered,
    did.MarksAccepted,
    did.LateJudged,
    did.SourceChanged,
    did.QuestionVoided,
    did.AnswerRuled,
    did.MissedAdmitted,
    did.PointsAdjusted,
)
"""What may change the standing of a battle that is over."""


def amended(before: BattleState, after: BattleState, event: did.Event) -> BattleState:
    """Whoever saw the last standing shall see that it is another one now."""
    if before.phase is not Phase.FINISHED or not isinstance(event, _MENDS) or _rows(before) == _rows(after):
        return after
    return replace(after, amended_ms=(*after.amended_ms, after.at_ms))


def _rows(state: BattleState) -> list[tuple[TeamId, int, int]]:
    return [(row.team, row.place, row.points) for row in standing(state)]
