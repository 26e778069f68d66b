"""Hypothesis strategies: any event that the ledger can hold, with everything in it that an event can hold."""

from collections.abc import Mapping
from typing import Any, get_args

from hypothesis import strategies as st

from quizserver.battle.events import EVENTS, AnswerRow, Event
from quizserver.battle.questions import Pack, Plain, Question, Round, Solution

WORDS = st.text(max_size=8)


def _dictionaries(kind: Any) -> st.SearchStrategy[dict[Any, Any]]:
    """By itself hypothesis makes stranger mappings than there are in a battle."""
    keys, values = get_args(kind)
    return st.dictionaries(st.from_type(keys), st.from_type(values), max_size=3)


st.register_type_strategy(Mapping, _dictionaries)


def plain() -> st.SearchStrategy[Plain]:
    """Whatever JSON can carry, but floats."""
    single = st.none() | st.booleans() | st.integers() | WORDS
    return st.recursive(single, lambda inner: st.lists(inner, max_size=3).map(tuple) | mapping(inner), max_leaves=5)


def mapping(values: st.SearchStrategy[Plain]) -> st.SearchStrategy[Plain]:
    # {"name": ...} is what a name looks like in a body
    return st.dictionaries(WORDS | st.sampled_from(["name", "text", "salt"]), values, max_size=3)


KEYS = st.dictionaries(WORDS, plain(), max_size=2)
ROWS = st.builds(AnswerRow, value=plain())
QUESTIONS = st.builds(Question, parts=KEYS)
ROUNDS = st.builds(Round, questions=st.lists(QUESTIONS, max_size=2).map(tuple))
SOLUTIONS = st.dictionaries(WORDS, st.builds(Solution, key=KEYS), max_size=2)
PACKS = st.builds(Pack, rounds=st.lists(ROUNDS, max_size=2).map(tuple), solutions=SOLUTIONS)
PARTS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "BattleCreated": {"pack": PACKS},
    "AnswersRecorded": {"rows": st.lists(ROWS, max_size=3).map(tuple)},
    "MissedAdmitted": {"row": ROWS},
}


def events(name: str) -> st.SearchStrategy[Event]:
    """Events of one class."""
    return st.builds(EVENTS[name], **PARTS.get(name, {}))
