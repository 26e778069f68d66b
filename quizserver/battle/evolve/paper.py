"""Who plays on paper, and the numbers of sheets."""

from dataclasses import replace

from quizserver.battle import events as did
from quizserver.battle.evolve.changes import at_venue, with_news, with_team
from quizserver.battle.evolve.effect import effect
from quizserver.battle.ids import TeamId
from quizserver.battle.settings import Source
from quizserver.battle.state import BattleState, SourceChange


@effect(did.SourceChanged)
def _source_changed(state: BattleState, event: did.SourceChanged) -> BattleState:
    start = state.plan.positions[event.question]
    last = max(at for at, (playing, _) in enumerate(state.plan.questions) if playing.id == event.round)
    change = SourceChange(start, last + 1 if event.only_this_round else None, event.source)
    team = at_venue(state.teams[event.team], event.venue)
    changed = replace(state, teams=with_news(state.teams, {team.id: replace(team, changes=(*team.changes, change))}))
    return numbered(changed, team.id) if event.source is Source.PAPER else changed


def numbered(state: BattleState, team: TeamId) -> BattleState:
    """First on paper, a team is given the next number of all; it keeps the one it has."""
    if state.teams[team].sheets:
        return state
    return replace(with_team(state, team, sheets=(state.last_sheet + 1,)), last_sheet=state.last_sheet + 1)


@effect(did.SparesReserved)
def _spares_reserved(state: BattleState, event: did.SparesReserved) -> BattleState:
    last = state.last_sheet + event.count
    news = dict.fromkeys(range(state.last_sheet + 1, last + 1), event.venue)
    return replace(state, last_sheet=last, spares=with_news(state.spares, news))


@effect(did.SpareAssigned)
def _spare_assigned(state: BattleState, event: did.SpareAssigned) -> BattleState:
    return spare_taken(state, event.team, event.spare)


def spare_taken(state: BattleState, team: TeamId, spare: int) -> BattleState:
    """A free number is this team's, after those it has."""
    free = {number: venue for number, venue in state.spares.items() if number != spare}
    return replace(with_team(state, team, sheets=(*state.teams[team].sheets, spare)), spares=free)
