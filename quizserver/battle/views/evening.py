"""What a desk needs of the whole evening to go on without a server: its sheets of every round, also of those to come."""

from quizserver.battle.ids import TeamId, VenueId
from quizserver.battle.state import BattleState, uses_slips
from quizserver.battle.views.desk import paper_at
from quizserver.battle.views.pages import sheet_head
from quizserver.battle.views.patch import View


def evening_scopes(state: BattleState, venue: VenueId) -> list[str]:
    """The scopes in which this venue has a sheet, in the order of the evening."""
    return [scope for scope in state.plan.scopes if paper_at(state, venue, scope)]


def evening_row(state: BattleState, venue: VenueId, scope: str) -> View:
    """One of them, with whose sheets there are. Nothing of what is asked, nor of what is right."""
    teams = [sheet_head(state, TeamId(team), scope) for team in paper_at(state, venue, scope)]
    return {**evening_name(state, scope), "teams": teams}


def evening_name(state: BattleState, scope: str) -> View:
    """What a scope is called: its round, and how many `questions` of it are on the sheet. `slip`: which one, where it is a slip."""
    positions = state.plan.scopes[scope]
    playing, asked = state.plan.questions[positions[0]]
    number = state.pack.rounds.index(playing) + 1
    part: View = {"scope": scope, "round": playing.id, "number": number, "title": dict(playing.title), "questions": len(positions)}
    return {**part, "slip": playing.questions.index(asked) + 1} if uses_slips(playing) else part
