"""Answers that were in time and came after the seal, as consoles hear of them: only those that a host can still admit.

The store keeps them for ever and says nothing by itself, so a console is told of them when they come, when one was admitted, and
all at once when it arrives.
"""

from collections.abc import Sequence

from quizserver.battle.commands import AdmitMissed
from quizserver.battle.decide import decide
from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import QuestionId
from quizserver.battle.refusals import Refused
from quizserver.battle.state import BattleState
from quizserver.hub.connection import Connection
from quizserver.hub.house import House
from quizserver.services.battles import LiveBattle
from quizserver.services.ports import StoreGone
from quizserver.wire.to_client import Missed


async def missed_rows(house: House, live: LiveBattle, question: QuestionId, opening: int) -> Sequence[AnswerRow]:
    """Those of one box that a host can still admit. Raises StoreGone."""
    rows = await house.running.stores.boxes.missed(live.id, question, opening)
    return [row for row in rows if _may_be_admitted(live.known, question, opening, row)]


def _may_be_admitted(state: BattleState, question: QuestionId, opening: int, row: AnswerRow) -> bool:
    """Not one that was admitted already, nor one that is older than the team's standing answer."""
    outcome = decide(state, AdmitMissed(question=question, opening=opening, row=row), state.at_ms)
    return not isinstance(outcome, Refused) and len(outcome) > 0


async def tell_missed(house: House, live: LiveBattle, question: QuestionId, opening: int) -> None:
    """Tells all consoles how many there are now. If the store is gone, they hear of it when they come next."""
    try:
        rows = await missed_rows(house, live, question, opening)
    except StoreGone:
        return
    house.follower(live).missed(question, opening, len(rows))


async def tell_all_missed(house: House, who: Connection, live: LiveBattle) -> None:
    """Tells a console that has just arrived what it could not hear before."""
    for question, opening in [key for key, box in live.known.boxes.items() if box.sealed]:
        try:
            rows = await missed_rows(house, live, question, opening)
        except StoreGone:
            return
        if rows:
            who.say(Missed(question=question, opening=opening, count=len(rows)), f"missed {question} {opening}")
