"""What the scorekeeper of one venue sees: what is closed and collected, and the keys of what this venue has collected."""

from quizserver.battle.decide.reveals import scope_is_closed
from quizserver.battle.gates import is_closed
from quizserver.battle.ids import VenueId
from quizserver.battle.kinds import kind_of
from quizserver.battle.questions import Question
from quizserver.battle.state import BattleState
from quizserver.battle.views.parts import battle_part, clock_part, question_part, round_part, solution_part, venue_part
from quizserver.battle.views.patch import View


def desk_view(state: BattleState, venue: VenueId) -> View:
    """The room of one venue's desks. Cells and team names come in pages on request."""
    view: View = {
        "battle": battle_part(state),
        "phase": state.phase.value,
        "venue": {"id": venue, "name": state.venues[venue].name, "spares": spares_at(state, venue)}
        | venue_part(state.venues[venue]),
        "teams": sum(1 for team in state.teams.values() if team.venue == venue),
        "scorekeepers": people_at(state, venue),
        "double_entry": state.settings.double_entry,
        "scopes": {scope: _scope(state, venue, scope) for scope in state.plan.scopes if _begun(state, scope)},
    }
    if playing := round_part(state):
        view["round"] = playing
    if clock := clock_part(state.clock):
        view["clock"] = clock
    return view


def spares_at(state: BattleState, venue: VenueId) -> int:
    """Free numbers for spare sheets."""
    return sum(1 for each in state.spares.values() if each == venue)


def people_at(state: BattleState, venue: VenueId) -> View:
    """Who has sat at this venue's desks, by id: what each is `called`, "" once forgotten, and the `number` it then goes by."""
    people = (each for each in state.scorekeepers.values() if each.venue == venue and each.id == each.person)
    return {each.id: {"called": each.name.text, "number": each.number} for each in people}


def _begun(state: BattleState, scope: str) -> bool:
    return any(state.plan.questions[position][1].id in state.openings for position in state.plan.scopes[scope])


def _scope(state: BattleState, venue: VenueId, scope: str) -> View:
    """A round's sheet (or a slip): its questions, and its key once this venue has collected."""
    collected = (venue, scope) in state.collected
    positions = state.plan.scopes[scope]
    playing, _ = state.plan.questions[positions[0]]
    part: View = {
        "round": playing.id,
        "title": dict(playing.title),
        "number": state.pack.rounds.index(playing) + 1,
        "closed": scope_is_closed(state, scope),
        "collected": collected,
        "waiting": (venue, scope) in state.waiting,
        "revealed": state.is_revealed(scope),
        "late": {
            "sheets": is_closed(state, state.settings.sheets_until, playing.id),
            "corrections": is_closed(state, state.settings.corrections_until, playing.id),
        },
        "expected": len(paper_at(state, venue, scope)),
    }
    part["questions"] = [state.plan.questions[position][1].id for position in positions]
    if collected:
        part["key"] = scope_key(state, scope)
    return part


def scope_key(state: BattleState, scope: str) -> list[View]:
    """The whole key of a sheet. Only for a venue that has collected; sealed, for any."""
    return [key_part(state, state.plan.questions[position][1]) for position in state.plan.scopes[scope]]


def key_part(state: BattleState, question: Question) -> View:
    """What a scorekeeper needs to mark one question, accepted rulings included. Only for a venue that has collected."""
    kind = kind_of(question)
    rulings = state.rulings.get(question.id, {})
    return {
        **question_part(state, question),
        "solution": solution_part(state, question),
        "takes_value": (takes_value := kind.paper_takes_value(question, state.solution(question.id))),
        "takes_text": kind.takes_text and not takes_value,
        "accepted": sorted(said for said, accepted in rulings.items() if accepted),
        "rejected": sorted(said for said, accepted in rulings.items() if not accepted),
    }


def paper_at(state: BattleState, venue: VenueId, scope: str) -> list[str]:
    """Teams of a venue with a sheet in this scope, by name."""
    positions = state.plan.scopes[scope]
    teams = [team for team in state.paper_teams(*positions) if team.venue == venue]
    return [team.id for team in sorted(teams, key=lambda team: (team.name.text.casefold(), team.id))]
