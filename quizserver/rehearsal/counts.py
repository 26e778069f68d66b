"""The figures of a rehearsal, and how answers of the wire and of the script are compared."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from quizserver.rehearsal.evening import Value
from quizserver.rehearsal.tally import Pair


@dataclass(slots=True)
class Counts:
    """`sent`, `acked`, `refused` and `turned_away` by answers, however often each was repeated; the others by team and question.

    `unseen`: the battle had gone on before the team's phone could show the result.
    `wrong`: one line for whatever is not as it should be."""

    sent: int = 0
    acked: int = 0
    refused: int = 0
    counted: int = 0
    lost: int = 0
    duplicated: int = 0
    late_accepted: int = 0
    turned_away: int = 0
    unseen: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def same(one: Any, other: Any) -> bool:
    """True for the same answer on the wire; the order of several options is nothing."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(one) == sorted(other)
    return bool(one == other)


def in_words(value: str | list[str], texts: Mapping[str, str]) -> Value:
    """An answer of the wire in the words of the script. `texts` by option id."""
    return tuple(texts.get(one, one) for one in value) if isinstance(value, list) else texts.get(value, value)


def told(pair: Pair) -> str:
    """Which answer, for a person."""
    return f"{pair.team}, question {pair.question[1] + 1} of round {pair.question[0] + 1}"
