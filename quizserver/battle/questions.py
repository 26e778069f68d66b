"""What a pack holds once it is frozen into a battle: rounds, questions and, apart from them, their solutions.

A question never contains its solution: views are given `Question`, and only a reveal, a collected desk or the host is given
`Solution`. What a kind of question needs beyond text, options and picture stands in `parts` (public) and `key` (secret) as
plain values, and is read only by that kind's own module in `kinds/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from quizserver.battle.ids import OptionId, QuestionId, RoundId

if TYPE_CHECKING:
    Plain = str | int | bool | None | tuple["Plain", ...] | Mapping[str, "Plain"]
else:  # what reads annotations to write a ledger gets lost in a type that holds itself
    Plain = Any
"""A value that JSON and msgpack can carry. No floats: points are integers, numbers are decimal strings."""

LocalText = Mapping[str, str]
"""The same text in one or more languages: {"ru": "...", "en": "..."}."""

NOTHING: Mapping[str, Plain] = MappingProxyType({})
POINT = 100
"""One point, in the hundredths in which all points are counted."""


class Reveal(StrEnum):
    """When the solutions of a round are shown (battle.md, "Two ways to reveal")."""

    EACH = "each"
    ROUND_END = "round_end"


class Counts(StrEnum):
    """Which answer of a team stands: the last one in time, or the first (a tap locks)."""

    LAST = "last"
    FIRST = "first"


class Collect(StrEnum):
    """What a venue confirms as collected: the sheet of a whole round, or, where each is revealed, slips after every question."""

    ROUND = "round"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen. Its id is random for each battle, so that it says nothing about being right."""

    id: OptionId
    text: LocalText


@dataclass(frozen=True, slots=True)
class Media:
    """A picture: `file` is a random name made for the battle (never the writer's file name), `alt` is read aloud."""

    file: str
    alt: LocalText
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """What everybody may see. `seconds` 5-600; `points` and `penalty` in hundredths, the penalty >= 0 is subtracted."""

    id: QuestionId
    kind: str
    text: LocalText
    seconds: int
    options: tuple[Option, ...] = ()
    media: Media | None = None
    points: int = POINT
    penalty: int = 0
    parts: Mapping[str, Plain] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Solution:
    """What leaves the server only at the reveal: the key in its kind's own form, the fun fact, the source, the picture of it."""

    question: QuestionId
    key: Mapping[str, Plain]
    fun_fact: LocalText = field(default_factory=dict)
    source: str = ""
    notes: LocalText = field(default_factory=dict)
    media: Media | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """Questions played under one set of rules.

    `grace_ms` 0-3000 is added to every shown deadline. `reading_ms` is the time between showing a question and opening it;
    None waits for the host's hand. `last_call_seconds` is the clock of a whole round that is revealed at its end.
    """

    id: RoundId
    title: LocalText
    questions: tuple[Question, ...]
    reveal: Reveal = Reveal.ROUND_END
    counts: Counts = Counts.LAST
    collect: Collect = Collect.ROUND
    grace_ms: int = 300
    reading_ms: int | None = 3000
    last_call_seconds: int = 60
    intro: LocalText = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Theme:
    """What a pack may colour (look.md): `#rrggbb` values by token name, and one drawing."""

    name: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)
    art: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """Themed rounds with their solutions, as frozen into one battle. `digest` is the sha256 of the writer's files."""

    name: str
    title: LocalText
    languages: tuple[str, ...]
    rounds: tuple[Round, ...]
    solutions: Mapping[QuestionId, Solution]
    theme: Theme = Theme()
    digest: str = ""
