"""Who sits at a venue's desk."""

from dataclasses import replace

from quizserver.battle import events as did
from quizserver.battle.evolve.changes import with_news
from quizserver.battle.evolve.effect import effect
from quizserver.battle.state import BattleState, Scorekeeper


@effect(did.ScorekeeperNamed)
def _scorekeeper(state: BattleState, event: did.ScorekeeperNamed) -> BattleState:
    known = state.scorekeepers
    people = {each.person: each for each in known.values() if each.venue == event.venue}
    number = people[event.person].number if event.person in people else len(people) + 1
    sits = Scorekeeper(event.scorekeeper, event.venue, event.name, event.person, number)
    return replace(state, scorekeepers=with_news(known, {sits.id: sits}))
