"""The format of a pack.yaml: rounds under one set of rules each. README.md beside this file says how to write one."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema, field_validator
from pydantic_core import PydanticCustomError

from quizserver.battle.questions import Collect, Counts, Reveal
from rounds.asking import Strict
from rounds.kinds import Written
from rounds.words import Line, Local, Story

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]

LONGEST_READING = 120


def _reading(raw: object) -> object:
    if raw == "by_hand" or (type(raw) is int and 0 <= raw <= LONGEST_READING):
        return raw
    raise PydanticCustomError("reading", f"must be seconds from 0 to {LONGEST_READING}, or by_hand")


Reading = Annotated[
    int | Literal["by_hand"],
    BeforeValidator(_reading),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0, "maximum": LONGEST_READING}, {"const": "by_hand"}]}),
]
"""Seconds between showing a question and opening it; by_hand waits for the host."""


class Theme(Strict):
    """What a pack may colour, and its one drawing. The checker computes the contrasts."""

    accent: Annotated[Colour, Field(description="Buttons and clocks, on the dark stage")]
    accent_ink: Annotated[Colour, Field(description="Text on the accent")]
    field: Annotated[Colour, Field(description="The flat ground of lobby, break and pictures")]
    field_2: Annotated[Colour, Field(description="The lower, second tone of the ground")]
    field_ink: Annotated[Colour, Field(description="Text and lines on the ground")]
    art: Annotated[str | None, Field(max_length=200, description="The pack's drawing")] = None


class Rules(Strict):
    """The rules of a round that may differ when nobody plays on paper: only what is given changes."""

    reveal: Annotated[Reveal | None, Field(strict=False)] = None
    counts: Annotated[Counts | None, Field(strict=False)] = None
    collect: Annotated[Collect | None, Field(strict=False)] = None
    grace_ms: Annotated[int | None, Field(ge=0, le=3000)] = None
    reading_seconds: Reading | None = None
    last_call_seconds: Annotated[int | None, Field(ge=0, le=900)] = None


class WrittenRound(Strict):
    """Questions played under one set of rules."""

    title: Local[Line]
    intro: Annotated[Local[Story] | None, Field(description="Told and shown before the first question")] = None
    reveal: Annotated[Reveal, Field(strict=False, description="When the solutions are shown")] = Reveal.ROUND_END
    counts: Annotated[Counts, Field(strict=False, description="Which answer of a team stands")] = Counts.LAST
    collect: Annotated[Collect, Field(strict=False, description="Sheets of a round, or slips")] = Collect.ROUND
    grace_ms: Annotated[int, Field(ge=0, le=3000, description="Added to every shown deadline")] = 300
    reading_seconds: Annotated[Reading, Field(description="From showing to opening; by_hand: the host opens it")] = 3
    last_call_seconds: Annotated[int, Field(ge=0, le=900, description="The clock at the end of a whole round")] = 60
    online_only: Annotated[Rules, Field(description="What changes when nobody plays on paper")] = Rules()
    questions: Annotated[list[Written], Field(min_length=1, max_length=100)]

    def rules(self, online_only: bool) -> "WrittenRound":
        """The round as it is played, with or without paper."""
        return self.model_copy(update=self.online_only.model_dump(exclude_none=True)) if online_only else self


class WrittenPack(Strict):
    """A pack as written."""

    pack: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$", description="Its name: the name of its folder")]
    title: Local[Line]
    languages: Annotated[list[LanguageCode], Field(min_length=1, max_length=8, description="The main one first")]
    theme: Theme | None = None
    rounds: Annotated[list[WrittenRound], Field(min_length=1, max_length=20)]

    @field_validator("languages")
    @classmethod
    def _each_once(cls, languages: list[str]) -> list[str]:
        if len(set(languages)) < len(languages):
            raise PydanticCustomError("twice", "names a language twice")
        return languages
