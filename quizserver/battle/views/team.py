"""What every device of every team sees: one room, the same bytes for all. No names, no counts, no solution before its reveal."""

from quizserver.battle.phases import Phase
from quizserver.battle.questions import Question
from quizserver.battle.state import BattleState, reveals_at_end
from quizserver.battle.views.parts import (
    amended_part,
    battle_part,
    clock_part,
    distribution_part,
    question_part,
    round_part,
    shows_part,
    solution_part,
    stage_part,
)
from quizserver.battle.views.patch import View

_QUIET = {Phase.CLOSED: Phase.OPEN, Phase.SEALED: Phase.OPEN, Phase.ROUND_CLOSED: Phase.LAST_CALL, Phase.COLLECTED: Phase.LAST_CALL}
"""A close at the deadline is not sent: devices know the deadline. So these phases look like the one before, unless closed early."""


def team_view(state: BattleState) -> View:
    """The room of teams."""
    view: View = {"battle": battle_part(state), "phase": team_phase(state).value, "stage": stage_part(state)}
    view |= amended_part(state)
    if playing := round_part(state):
        view["round"] = playing
    if state.paused_at_ms is not None:
        view["paused"] = True
    elif clock := last_clock(state):
        view["clock"] = clock
    shown, current = visible_questions(state), state.current_question
    if current and shown and state.paused_at_ms is None:
        view["questions"] = {question.id: question_part(state, question) for question in shown}
        view["question"] = current.id
        view |= shows_part(state)
    solved = [question for question in shown if question.id in state.revealed]
    if solved:
        view["solutions"] = {each.id: {**solution_part(state, each), "fell": distribution_part(state, each)} for each in solved}
    return view


def closed_early(state: BattleState) -> bool:
    """True if the boxes on the stage were closed before their shown deadline."""
    shown = state.current_question
    box = state.box(shown.id) if shown else None
    return bool(box and box.early)


def team_phase(state: BattleState) -> Phase:
    """The phase as devices are told it."""
    quiet = _QUIET.get(state.phase)
    if quiet is None:
        return state.phase
    if closed_early(state):
        return Phase.ROUND_CLOSED if quiet is Phase.LAST_CALL else Phase.CLOSED
    return quiet


def last_clock(state: BattleState) -> View:
    """The running clock; after a close at the deadline the one that ran out, so that devices need no message."""
    if state.clock or state.phase not in _QUIET or closed_early(state):
        return clock_part(state.clock)
    return clock_part(state.ran_out)


def visible_questions(state: BattleState) -> list[Question]:
    """Shown questions of the round: the current one, or all that were opened where answers stay editable."""
    playing = state.current_round
    if playing is None or state.phase in (Phase.LOBBY, Phase.ROUND_INTRO, Phase.ROUND_END, Phase.FINAL, Phase.FINISHED):
        return []
    current = state.current_question
    if not reveals_at_end(playing):
        return [current] if current else []
    return [question for question in playing.questions if question.id in state.openings or question is current]
