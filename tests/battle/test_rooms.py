"""Whoever looks for a subject finds what is asked, decided, told and changed under one word."""

from collections.abc import Callable
from typing import Any

from quizserver.battle import commands as ask
from quizserver.battle.decide.rule import rule_for
from quizserver.battle.evolve.effect import EFFECTS
from tests.support.battles import COMMANDS


def room(each: type | Callable[..., Any]) -> str:
    return each.__module__.rpartition(".")[2]


def test_a_command_is_decided_under_the_word_it_is_asked_under() -> None:
    decided = {command: room(rule_for(command)) for command in COMMANDS if command is not ask.CreateBattle}
    assert decided == {command: room(command) for command in decided}


def test_an_event_has_its_effect_under_the_word_it_is_told_under() -> None:
    assert {event: room(effect) for event, effect in EFFECTS.items()} == {event: room(event) for event in EFFECTS}


def test_what_is_asked_and_what_is_told_have_the_same_words() -> None:
    assert {room(event) for event in EFFECTS} == {room(command) for command in COMMANDS} - {"creation"}
