"""How a battle begins."""

from quizserver.battle import events as did
from quizserver.battle.state import BattleState, Plan, Venue


def created(event: did.BattleCreated, at_ms: int) -> BattleState:
    venue = Venue(event.venue, event.venue_name)
    return BattleState(
        event.battle,
        event.pin,
        event.pack,
        event.settings,
        version=1,
        at_ms=at_ms,
        venues={venue.id: venue},
        plan=Plan.of(event.pack),
    )
