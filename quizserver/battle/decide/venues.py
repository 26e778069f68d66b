"""Where people play together."""

import re

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.decide.rule import Outcome, rule
from quizserver.battle.ids import VenueId
from quizserver.battle.names import clean_name, skeleton
from quizserver.battle.refusals import Refused, not_now, wrong
from quizserver.battle.state import BattleState

TIME_OF_DAY = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
MOST_VENUES = 500
FARTHEST_EAST_MIN, FARTHEST_WEST_MIN = 14 * 60, -12 * 60  # of all time zones there are


@rule(ask.AddVenue)
def _add_venue(state: BattleState, command: ask.AddVenue, now_ms: int) -> Outcome:
    if command.venue in state.venues:
        return ()
    if len(state.venues) >= MOST_VENUES:
        return not_now("battle_is_full")
    name = _venue_name(state, command.name, command.venue)
    return name if isinstance(name, Refused) else (did.VenueAdded(by=command.by, venue=command.venue, name=name),)


@rule(ask.RenameVenue)
def _rename_venue(state: BattleState, command: ask.RenameVenue, now_ms: int) -> Outcome:
    if command.venue not in state.venues:
        return wrong("unknown_venue")
    name = _venue_name(state, command.name, command.venue)
    return name if isinstance(name, Refused) else (did.VenueRenamed(by=command.by, venue=command.venue, name=name),)


def _venue_name(state: BattleState, raw: str, venue: VenueId) -> str | Refused:
    try:
        name = clean_name(raw)
    except ValueError as problem:
        return wrong(str(problem))
    taken = any(each.id != venue and skeleton(each.name) == skeleton(name) for each in state.venues.values())
    return wrong("name_taken", name) if taken else name


@rule(ask.DescribeVenue)
def _describe(state: BattleState, command: ask.DescribeVenue, now_ms: int) -> Outcome:
    venue = state.venues.get(command.venue)
    if venue is None:
        return wrong("unknown_venue")
    try:
        city = clean_name(command.city) if command.city.strip() else ""
    except ValueError as problem:
        return wrong(str(problem))
    if command.starts and not TIME_OF_DAY.fullmatch(command.starts):
        return wrong("bad_time")
    if not FARTHEST_WEST_MIN <= command.zone_min <= FARTHEST_EAST_MIN:
        return wrong("bad_time")
    if (venue.city, venue.starts, venue.zone_min) == (city, command.starts, command.zone_min):
        return ()
    news = did.VenueDescribed(by=command.by, venue=venue.id, city=city, starts=command.starts, zone_min=command.zone_min)
    return (news,)
