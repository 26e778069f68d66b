"""What every question has, whatever its kind, as it is written in a pack."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from quizserver.battle.questions import POINT, LocalText, Plain
from rounds.words import Asked, Local, OnPlate, Points, Story


class Strict(BaseModel):
    """A part of a pack: nothing unknown, nothing converted."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a written question comes to, before ids and order are given: options with their rightness, parts and key."""

    options: Sequence[tuple[LocalText, bool]] = ()
    parts: Mapping[str, Plain] = field(default_factory=dict)
    key: Mapping[str, Plain] = field(default_factory=dict)


class Picture(Strict):
    """A picture of the pack, with the words that stand for it where it is not seen."""

    file: Annotated[str, Field(min_length=1, max_length=200, description="svg, png, jpg or webp in the pack's folder")]
    alt: Annotated[Local[Story], Field(description="What is to be seen, without the answer: it is read aloud")]


class WrittenOption(Strict):
    """One thing that can be chosen."""

    text: Local[OnPlate]
    right: bool = False


class Asking(Strict):
    """What every question has, whatever its kind."""

    kind: str
    ask: Annotated[Local[Asked], Field(description="The question's words")]
    seconds: Annotated[int, Field(ge=5, le=600, description="The clock, in seconds")] = 30
    points: Annotated[Points, Field(description="For a right answer: 1, 0.5", json_schema_extra={"default": 1})] = POINT
    penalty: Annotated[Points, Field(description="Taken away for a wrong answer", json_schema_extra={"default": 0})] = 0
    picture: Annotated[Picture | None, Field(description="Shown with the question")] = None
    answer_picture: Annotated[Picture | None, Field(description="Shown with the solution")] = None
    fun_fact: Annotated[Local[Story] | None, Field(description="Shown and told after the solution")] = None
    source: Annotated[str, Field(max_length=400, description="Where the writer has it from")] = ""
    notes: Annotated[Local[Story] | None, Field(description="For the host: how to say it, what else to accept")] = None

    @abstractmethod
    def meaning(self, languages: Sequence[str]) -> Meaning:
        """The question in its kind's own form (the kind's module in battle/kinds documents it)."""
