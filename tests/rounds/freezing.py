"""Freezing a pack's folder with ids in a row and a seeded order, and looking at what came out."""

from itertools import count
from pathlib import Path
from random import Random

from quizserver.battle.questions import Question, Solution
from rounds.freeze import Frozen, freeze
from rounds.written import read

PLAIN = "pack: small\ntitle: T\nlanguages: [ru, en]\nrounds:\n- title: 1922\n  questions:\n  - kind: text\n    ask: Wie?\n"
"""A pack up to its one question, which still lacks its answer."""


def frozen(folder: Path, seed: int = 0, online_only: bool = False) -> Frozen:
    numbers = count()
    return freeze(read(folder), lambda: f"id{next(numbers)}", Random(seed).shuffle, online_only)


def questions(one: Frozen) -> list[Question]:
    return [question for round in one.pack.rounds for question in round.questions]


def right_ones(question: Question, solution: Solution) -> set[str]:
    right = solution.key["right"]
    assert isinstance(right, tuple)
    return {option.text["en"] for option in question.options if option.id in right}
