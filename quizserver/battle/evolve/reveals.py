"""Collecting, revealing, and the ends of round and battle."""

from dataclasses import replace

from quizserver.battle import events as did
from quizserver.battle.evolve.changes import come_to, index_of, step
from quizserver.battle.evolve.effect import effect
from quizserver.battle.phases import Phase
from quizserver.battle.standings import standing
from quizserver.battle.state import BattleState


@effect(did.VenueCollected)
def _collected(state: BattleState, event: did.VenueCollected) -> BattleState:
    here = {(event.venue, event.scope)}
    waiting = state.waiting | (here - state.accepted) if event.late else state.waiting - here
    return replace(state, collected=state.collected | here, waiting=waiting)


@effect(did.CollectionEnded)
def _collection_ended(state: BattleState, event: did.CollectionEnded) -> BattleState:
    waiting = state.waiting | {(venue, event.scope) for venue in event.over}
    ended = replace(state, collection_ended=state.collection_ended | {event.scope}, waiting=waiting)
    return come_to(ended, Phase.COLLECTED) if state.phase is Phase.ROUND_CLOSED else ended


@effect(did.SolutionRevealed)
def _revealed(state: BattleState, event: did.SolutionRevealed) -> BattleState:
    return step(state, Phase.REVEALED, question=index_of(state, event.question), revealed=state.revealed | {event.question})


@effect(did.RoundEnded)
def _round_ended(state: BattleState, event: did.RoundEnded) -> BattleState:
    if event.again:
        return step(state, Phase.ROUND_END)
    places = {row.team: row.place for row in standing(state)}
    ended = (*state.ended, event.round)
    return step(state, Phase.ROUND_END, ended=ended, places=places, places_before=state.places, restored={})


@effect(did.PodiumShown)
def _podium_shown(state: BattleState, event: did.PodiumShown) -> BattleState:
    return step(state, Phase.FINAL, final_shown=True)


@effect(did.BattleFinished)
def _finished(state: BattleState, event: did.BattleFinished) -> BattleState:
    return step(state, Phase.FINISHED)
