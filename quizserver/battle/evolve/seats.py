"""A team's devices and their tokens."""

from dataclasses import replace

from quizserver.battle import events as did
from quizserver.battle.evolve.changes import with_news
from quizserver.battle.evolve.effect import effect
from quizserver.battle.state import BattleState, SeatKey


@effect(did.SeatsTaken)
def _seated(state: BattleState, event: did.SeatsTaken) -> BattleState:
    taken = {seat.token_hash: SeatKey(seat.team, seat.seat, state.at_ms) for seat in event.seats}
    return replace(state, seats=with_news(state.seats, taken))


@effect(did.TokensOffered)
def _token_offered(state: BattleState, event: did.TokensOffered) -> BattleState:
    seats, successors = dict(state.seats), dict(state.successors)
    for offer in event.offers:
        key = seats[offer.before]
        seats[offer.before] = key._replace(since_ms=state.at_ms, offered=(*key.offered, offer.token_hash))
        successors[offer.token_hash] = offer.before
    return replace(state, seats=seats, successors=successors)


@effect(did.TokensUsed)
def _token_used(state: BattleState, event: did.TokensUsed) -> BattleState:
    """With the token before it go all its other successors."""
    seats, successors = dict(state.seats), dict(state.successors)
    for token in event.token_hashes:
        before = seats.pop(successors[token])
        seats[token] = SeatKey(before.team, before.seat, state.at_ms)
        for offered in before.offered:
            del successors[offered]
    return replace(state, seats=seats, successors=successors)
