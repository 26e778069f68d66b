"""The keys of desks and screens."""

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.decide.rule import Outcome, rule
from quizserver.battle.refusals import wrong
from quizserver.battle.state import BattleState


@rule(ask.AdmitStaff)
def _admit(state: BattleState, command: ask.AdmitStaff, now_ms: int) -> Outcome:
    if command.role not in ("desk", "screen"):
        return wrong("unknown_role")
    if command.venue is not None and command.venue not in state.venues:
        return wrong("unknown_venue")
    if command.role == "desk" and command.venue is None:
        return wrong("venue_needed")
    if command.token_hash in state.staff:
        return ()
    return (did.StaffAdmitted(by=command.by, role=command.role, token_hash=command.token_hash, venue=command.venue),)


@rule(ask.RevokeStaff)
def _revoke(state: BattleState, command: ask.RevokeStaff, now_ms: int) -> Outcome:
    revoked = did.StaffRevoked(by=command.by, token_hash=command.token_hash)
    return (revoked,) if command.token_hash in state.staff else wrong("unknown_key")
