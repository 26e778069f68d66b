"""A team's devices and their tokens."""

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.decide.rule import Outcome, rule
from quizserver.battle.refusals import not_now, wrong
from quizserver.battle.state import BattleState

MOST_SEATS = 12  # devices of one team; more is a class, not a table
RENEWED_AFTER_MS = 3_600_000
"""How long a device keeps one token: shorter than an evening, so that one that was copied at its start is of no use at its end; and
longer than any outage, so that a hall that comes back at once was mostly given its tokens a while ago, and writes nothing."""


@rule(ask.TakeSeat)
def _take_seat(state: BattleState, command: ask.TakeSeat, now_ms: int) -> Outcome:
    if command.team not in state.teams:
        return wrong("unknown_team")
    if command.token_hash in state.seats:
        return ()
    if sum(1 for key in state.seats.values() if key.team == command.team) >= MOST_SEATS:
        return not_now("too_many_devices")
    return (did.SeatsTaken(by=command.by, seats=(did.Seat(command.team, command.seat, command.token_hash),)),)


@rule(ask.OfferToken)
def _offer_token(state: BattleState, command: ask.OfferToken, now_ms: int) -> Outcome:
    known = command.token_hash in state.seats or command.token_hash in state.successors
    if known or not is_old(state, command.before, now_ms):
        return ()
    return (did.TokensOffered(by=command.by, offers=(did.Offer(command.before, command.token_hash),)),)


@rule(ask.UseToken)
def _use_token(state: BattleState, command: ask.UseToken, now_ms: int) -> Outcome:
    used = did.TokensUsed(by=command.by, token_hashes=(command.token_hash,))
    return (used,) if command.token_hash in state.successors else ()


def is_old(state: BattleState, token_hash: str, now_ms: int) -> bool:
    """True if this token opens a seat and it is time for another."""
    key = state.seats.get(token_hash)
    return key is not None and now_ms - key.since_ms >= RENEWED_AFTER_MS
