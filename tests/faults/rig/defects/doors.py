"""What can be wrong with who is let in."""

from quizserver.battle import events as did
from quizserver.battle.evolve.effect import EFFECTS
from quizserver.battle.state import BattleState, SeatKey
from quizserver.hub.connection import Identity
from quizserver.hub.house import House
from quizserver.services.seating import token_hash
from quizserver.wire.allowed import Role


def leaves_replaced_tokens_good() -> None:
    """What opened a seat once opens it for ever, whatever the ledger says."""
    once: dict[str, SeatKey] = {}
    sound, sound_record = EFFECTS[did.TokensUsed], House.record_of

    def remembering(state: BattleState, event: did.TokensUsed) -> BattleState:
        once.update((before, state.seats[before]) for before in map(state.successors.__getitem__, event.token_hashes))
        return sound(state, event)

    def record_of(self: House, token: str) -> Identity | None:
        key = once.get(token_hash(token))
        live = next((live for live in self.running.battles.values() if live.state and key and key.team in live.state.teams), None)
        return sound_record(self, token) or (Identity(Role.TEAM, live, team=key.team, seat=key.seat) if live and key else None)

    EFFECTS[did.TokensUsed] = remembering
    House.record_of = record_of  # type: ignore[method-assign]
