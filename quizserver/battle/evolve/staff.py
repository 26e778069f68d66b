"""The keys of desks and screens."""

from dataclasses import replace

from quizserver.battle import events as did
from quizserver.battle.evolve.changes import with_news
from quizserver.battle.evolve.effect import effect
from quizserver.battle.state import BattleState, StaffKey


@effect(did.StaffAdmitted)
def _admitted(state: BattleState, event: did.StaffAdmitted) -> BattleState:
    return replace(state, staff=with_news(state.staff, {event.token_hash: StaffKey(event.role, event.venue, state.at_ms)}))


@effect(did.StaffRevoked)
def _revoked(state: BattleState, event: did.StaffRevoked) -> BattleState:
    return replace(state, staff={key: staff for key, staff in state.staff.items() if key != event.token_hash})
