"""state + command -> events, or why not. The table says where a command may be asked; the modules here say what it then does."""

from quizserver.battle import commands as ask
from quizserver.battle import phases
from quizserver.battle.decide import (
    clock,
    corrections,
    creation,
    fairness,
    flow,
    late,
    paper,
    reveals,
    scorekeepers,
    seats,
    staff,
    stage,
    teams,
    venues,
)
from quizserver.battle.decide.rule import Outcome, rule_for
from quizserver.battle.refusals import Refused, not_now
from quizserver.battle.state import BattleState

__all__ = ["Outcome", "decide"]

# imported for the rules they register
_MODULES = (clock, corrections, creation, fairness, flow, late, paper, reveals, scorekeepers, seats, staff, stage, teams, venues)


def decide(state: BattleState | None, command: ask.Command, now_ms: int) -> Outcome:
    """What `command` makes happen at battle time `now_ms`, on exactly this state. An empty tuple: it has happened already."""
    if state is None or isinstance(command, ask.CreateBattle):
        return creation.create(state, command)
    if isinstance(command, ask.Press) and command.seen_step not in (None, state.step):
        return not_now("stale")
    if not phases.may_ask(state.phase, type(command)):
        return Refused("not_in_this_phase", detail=state.phase.value)
    return rule_for(type(command))(state, command, now_ms)
