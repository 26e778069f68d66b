"""Texts as a writer gives them: a map of languages, or plain words that stand for every language of the pack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, TypeVar

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from quizserver.battle.questions import POINT

EVERY = "*"
"""The language of words written without one."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Or:
    """Takes a plain value too, where a map of languages is meant; `plain` is its JSON Schema."""

    plain: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_for_every_language, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [{"type": list(self.plain)}, handler(schema)]}


def _for_every_language(raw: object) -> object:
    return {EVERY: raw} if isinstance(raw, str | int | list) else raw


def _spelled(raw: object) -> object:
    if isinstance(raw, bool):
        raise PydanticCustomError("bool_not_words", "is read as yes or no; put it in quotes")
    return str(raw) if isinstance(raw, int) else raw


@dataclass(frozen=True, slots=True)
class Spelled:
    """A whole number is words too: `text: 1922`."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_spelled, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), "type": ["string", "integer"]}


# How long a text may be. A title is one line of the screen, a question of 400 letters still fills it readably, an
# option is a plate, a fun fact is read aloud in half a minute, a variant is what a team may type (kinds/text.py: 200).
Line = Annotated[str, Spelled(), StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
Asked = Annotated[str, Spelled(), StringConstraints(min_length=1, max_length=400, strip_whitespace=True)]
OnPlate = Annotated[str, Spelled(), StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
Story = Annotated[str, Spelled(), StringConstraints(min_length=1, max_length=600, strip_whitespace=True)]
Variant = Annotated[str, Spelled(), StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Variants = Annotated[list[Variant], Field(min_length=1, max_length=50)]

Language = Annotated[str, StringConstraints(pattern=r"^([a-z]{2,3}|\*)$")]
Local = Annotated[dict[Language, T], Field(min_length=1), Or(("string", "integer"))]
"""The same text in one or more languages, or plain words."""
LocalLists = Annotated[dict[Language, Variants], Field(min_length=1), Or(("array",))]

def in_every(words: Mapping[str, T], languages: Sequence[str]) -> dict[str, T]:
    """The words in each of the languages: what is missing is taken from the first language that has it."""
    instead = next(iter([words[one] for one in (EVERY, *languages) if one in words] or words.values()))
    return {one: words.get(one, instead) for one in languages}


def missing(words: Mapping[str, object], languages: Sequence[str]) -> list[str]:
    """The languages that have no words of their own."""
    return [] if EVERY in words else [one for one in languages if one not in words]


def _hundredths(raw: object) -> int:
    try:
        points = Decimal(str(raw)) if isinstance(raw, str | int) and not isinstance(raw, bool) else None
    except InvalidOperation:
        points = None
    if points is None or not points.is_finite():
        raise PydanticCustomError("points", "is no number of points, such as 1 or 0.5")
    if not 0 <= points <= 100:
        raise PydanticCustomError("points", "must be from 0 to 100")
    if points * POINT != int(points * POINT):
        raise PydanticCustomError("points", "is finer than a hundredth of a point")
    return int(points * POINT)


Points = Annotated[int, BeforeValidator(_hundredths), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100})]
"""Written as points (1, 0.5), held as hundredths."""
Amount = Annotated[str, Spelled(), StringConstraints(min_length=1, max_length=40),
                   WithJsonSchema({"type": ["number", "string"]})]
"""A number as it was written: 21242, 39.3, "21 242" or 5%. Never a float."""
