"""Where people play together."""

from dataclasses import replace

from quizserver.battle import events as did
from quizserver.battle.evolve.changes import with_news
from quizserver.battle.evolve.effect import effect
from quizserver.battle.state import BattleState, Venue


@effect(did.VenueAdded)
@effect(did.VenueRenamed)
def _venue(state: BattleState, event: did.VenueAdded | did.VenueRenamed) -> BattleState:
    before = state.venues.get(event.venue, Venue(event.venue, event.name))
    return replace(state, venues=with_news(state.venues, {event.venue: replace(before, name=event.name)}))


@effect(did.VenueDescribed)
def _described(state: BattleState, event: did.VenueDescribed) -> BattleState:
    venue = replace(state.venues[event.venue], city=event.city, starts=event.starts, zone_min=event.zone_min)
    return replace(state, venues=with_news(state.venues, {event.venue: venue}))
