"""What the console sees: everything, solutions included. Only staff pages are ever given this view."""

from quizserver.battle import phases
from quizserver.battle.ids import VenueId
from quizserver.battle.primary import primary
from quizserver.battle.questions import Question, Round
from quizserver.battle.settings import Source
from quizserver.battle.state import BattleState, Mark, Team
from quizserver.battle.views.attention import attention_part
from quizserver.battle.views.desk import spares_at
from quizserver.battle.views.parts import (
    amended_part,
    battle_part,
    clock_part,
    distribution_part,
    question_part,
    round_part,
    solution_part,
    stage_part,
    venue_part,
)
from quizserver.battle.views.patch import View
from quizserver.battle.views.screen import champion_part, counts_part

LATEST_TEAMS = 8  # that the lobby's console shows as they come


def host_view(state: BattleState, head: str = "") -> View:
    """The room of hosts."""
    step = primary(state)
    view: View = {
        "battle": battle_part(state),
        "phase": state.phase.value,
        "step": state.step,
        "stage": stage_part(state),
        "counts": counts_part(state),
        "locked": state.lobby_locked,
        "registration": state.registration_open,
        "frozen": state.frozen is not None,
        "paused": state.paused_at_ms is not None,
        "head": head[:8],
        "primary": {"command": step.command, "waits": step.waits},
        "may": allowed(state),
        "run_sheet": [_round_row(state, at, playing) for at, playing in enumerate(state.pack.rounds)],
        "asks": {question.id: _ask_part(question) for _, question in state.plan.questions},
        "results": {each.id: _result_part(state, each) for _, each in state.plan.questions if each.id in state.revealed},
        "venues": {venue.id: _venue_row(state, venue.id) for venue in state.venues.values()},
        "attention": attention_part(state),
    }
    view |= amended_part(state)
    if state.phase is phases.Phase.LOBBY:
        view["latest"] = [_team_part(team) for team in list(state.teams.values())[-LATEST_TEAMS:]]
    if playing := round_part(state):
        view["round"] = playing
    if clock := clock_part(state.clock):
        view["clock"] = clock
    if state.current_question:
        view["question"] = full_question(state, state.current_question)
    if coming := next_question(state):
        view["next"] = full_question(state, coming)
    return view | champion_part(state)


def allowed(state: BattleState) -> list[str]:
    """Commands the table knows here, by name; whether one is then refused is decide's affair."""
    always = [command.__name__ for command, where in phases.ALWAYS.items() if state.phase in where]
    return sorted([*always, *(command.__name__ for command in phases.TABLE[state.phase])])


def full_question(state: BattleState, question: Question) -> View:
    """A question with its solution and the writer's notes, and how the answers fell once they are sealed."""
    part = {**question_part(state, question), "solution": solution_part(state, question)}
    if notes := state.solution(question.id).notes:
        part["notes"] = dict(notes)
    box = state.box(question.id)
    if box is not None and box.sealed:
        part["fell"] = distribution_part(state, question, every_text=True)
        part["ticked"] = sorted(state.ticked.get(question.id, ()))
    return part


def next_question(state: BattleState) -> Question | None:
    """The question that would be shown next, over the round's end too."""
    if state.current_round is None:
        return state.pack.rounds[0].questions[0]
    at = state.plan.positions[state.current_round.questions[0].id] + (-1 if state.question is None else state.question) + 1
    return state.plan.questions[at][1] if at < len(state.plan.questions) else None


def _ask_part(question: Question) -> View:
    """What a question is about, for the run sheet. A map of its own beside the run sheet, which changes with every step."""
    return {"text": dict(question.text), "seconds": question.seconds}


def _result_part(state: BattleState, question: Question) -> View:
    fell = distribution_part(state, question)
    return {"answered": fell["answered"], "right": fell["right"]}


def _team_part(team: Team) -> View:
    row: View = {"team": team.id, "name": team.name.text, "plays": team.plays.value}
    return row if team.venue is None else {**row, "venue": team.venue}


def _round_row(state: BattleState, at: int, playing: Round) -> View:
    return {
        "id": playing.id,
        "title": dict(playing.title),
        "reveal": playing.reveal.value,
        "now": at == state.round,
        "ended": playing.id in state.ended,
        "last_call_seconds": playing.last_call_seconds,
        "by_hand": playing.reading_ms is None,
        "questions": [_question_row(state, question) for question in playing.questions],
    }


def _question_row(state: BattleState, question: Question) -> View:
    row: View = {"id": question.id, "kind": question.kind, "is": _question_is(state, question)}
    return {**row, "why": state.voided[question.id]} if question.id in state.voided else row


def _question_is(state: BattleState, question: Question) -> str:
    """voided, revealed, sealed, closed, open, or to come."""
    box = state.box(question.id)
    for word, holds in (
        ("voided", question.id in state.voided),
        ("revealed", question.id in state.revealed),
        ("sealed", bool(box and box.sealed)),
        ("closed", bool(box and box.closed)),
        ("open", box is not None),
    ):
        if holds:
            return word
    return "to_come"


def _venue_row(state: BattleState, venue: VenueId) -> View:
    here = [team for team in state.teams.values() if team.venue == venue]
    row: View = {
        "name": state.venues[venue].name,
        "teams": len(here),
        "paper": sum(1 for team in here if team.plays is Source.PAPER),
        "spares": spares_at(state, venue),
        **venue_part(state.venues[venue]),
    }
    if (playing := state.current_round) is not None and state.question is not None:
        scope = state.scope(playing, playing.questions[state.question].id)
        row["collected"] = (venue, scope) in state.collected
        row["missing"] = venue in state.missing_venues(scope)
        row["scope"] = scope
        marks = [state.marks.get(question.id, {}) for question in playing.questions]
        row["pending"] = sum(1 for team in here if any((m := each.get(team.id)) and m.mark is Mark.PENDING for each in marks))
    return row
