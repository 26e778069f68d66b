"""How an effect is written: one function an event, registered under its class. It never refuses: what it is told has happened."""

from collections.abc import Callable
from typing import Any, TypeVar

from quizserver.battle.events import Event
from quizserver.battle.state import BattleState

Effect = Callable[[BattleState, Any], BattleState]
F = TypeVar("F", bound=Effect)

EFFECTS: dict[type[Event], Effect] = {}


def effect(event: type[Event]) -> Callable[[F], F]:
    """Registers the decorated function (state, event) -> state for an event; the state it gets has its version and time already."""

    def register(function: F) -> F:
        EFFECTS[event] = function
        return function

    return register
