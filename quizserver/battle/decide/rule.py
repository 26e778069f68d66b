"""How a rule is written: one function a command, registered under its class."""

from collections.abc import Callable
from typing import Any, TypeVar

from quizserver.battle.commands import Command
from quizserver.battle.events import Event
from quizserver.battle.refusals import Refused
from quizserver.battle.state import BattleState

Outcome = tuple[Event, ...] | Refused
Rule = Callable[[BattleState, Any, int], Outcome]
R = TypeVar("R", bound=Rule)

_rules: dict[type[Command], Rule] = {}


def rule(command: type[Command]) -> Callable[[R], R]:
    """Registers the decorated function (state, command, now_ms) -> Outcome for a command."""

    def register(function: R) -> R:
        _rules[command] = function
        return function

    return register


def rule_for(command: type[Command]) -> Rule:
    """The rule of a command; KeyError is a bug, and a test over all commands finds it."""
    return _rules[command]
