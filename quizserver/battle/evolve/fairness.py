"""What a long line took of a team's time is given back."""

from quizserver.battle import events as did
from quizserver.battle.evolve.changes import with_boxes, with_news
from quizserver.battle.evolve.effect import effect
from quizserver.battle.state import BattleState


@effect(did.TimeGiven)
def _time_given(state: BattleState, event: did.TimeGiven) -> BattleState:
    box = state.boxes[event.question, event.opening]
    return with_boxes(state, [box], given=with_news(box.given, event.given))
