"""state + event -> state. Never refuses, never decides: what stands in the ledger has happened.

The modules here say what each event does, one small function an event.
"""

from collections.abc import Iterable
from dataclasses import replace

from quizserver.battle import events as did
from quizserver.battle.evolve import (
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
from quizserver.battle.evolve.amending import amended
from quizserver.battle.evolve.effect import EFFECTS
from quizserver.battle.evolve.marks import marked
from quizserver.battle.state import BattleState

__all__ = ["NotABattle", "evolve", "fold"]

# imported for the effects they register
_MODULES = (clock, corrections, creation, fairness, flow, late, paper, reveals, scorekeepers, seats, staff, stage, teams, venues)


class NotABattle(ValueError):
    """A ledger that does not begin with its battle's creation: a broken ledger."""


def evolve(state: BattleState | None, event: did.Event, at_ms: int) -> BattleState:
    """The state after `event`, which happened at battle time `at_ms`. Every event is one version."""
    if isinstance(event, did.BattleCreated):
        return creation.created(event, at_ms)
    if state is None:
        raise NotABattle(f"the ledger begins with {type(event).__name__}")
    after = EFFECTS[type(event)](replace(state, version=state.version + 1, at_ms=at_ms), event)
    return amended(state, marked(after, event), event)


def fold(history: Iterable[tuple[did.Event, int]]) -> BattleState:
    """The state after a whole ledger of (event, at_ms). Raises NotABattle for an empty one."""
    state: BattleState | None = None
    for event, at_ms in history:
        state = evolve(state, event, at_ms)
    if state is None:
        raise NotABattle("the ledger is empty")
    return state
