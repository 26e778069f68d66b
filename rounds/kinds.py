"""The kinds of question as they are written: a class says what is public (`parts`) and what is secret (`key`).

A kind that is registered with the battle and has no class here is written with `parts` and `key` as they are.
"""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, JsonValue, Tag, field_validator
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import ValidationInfo

from quizserver.battle.kinds import kinds
from quizserver.battle.questions import LocalText, Plain
from rounds.asking import Asking, Meaning, WrittenOption
from rounds.words import Amount, Line, Local, LocalLists, Variant, in_every


class Choice(Asking):
    """Options, one right or several."""

    kind: Literal["one", "several"]
    options: Annotated[list[WrittenOption], Field(min_length=2, max_length=12)]

    def meaning(self, languages: Sequence[str]) -> Meaning:
        return Meaning(options=_options(self.options, languages))


class TrueFalse(Asking):
    """A statement; its two options are made here."""

    kind: Literal["tf"]
    answer: bool

    def meaning(self, languages: Sequence[str]) -> Meaning:
        true, false = ({one: _TRUE_FALSE.get(one, _TRUE_FALSE["en"])[side] for one in languages} for side in (0, 1))
        return Meaning(options=((true, self.answer), (false, not self.answer)))


class Text(Asking):
    """A line of text; the first variant of a language is the one that is shown."""

    kind: Literal["text"]
    accept: LocalLists
    reject: Annotated[list[Variant], Field(default_factory=list, max_length=50, description="Close, and wrong")]

    def meaning(self, languages: Sequence[str]) -> Meaning:
        accept = {one: tuple(texts) for one, texts in in_every(self.accept, languages).items()}
        return Meaning(key={"accept": accept, "reject": tuple(self.reject)})


class Number(Asking):
    """A number: exact, within a tolerance, or the nearest wins."""

    kind: Literal["number"]
    value: Amount
    mode: Literal["exact", "tolerance", "nearest"] = "exact"
    tolerance: Annotated[Amount | None, Field(validate_default=True, description="5 or 5%")] = None
    unit: Annotated[Local[Line] | None, Field(description="Shown beside the answer: km")] = None

    @field_validator("tolerance")
    @classmethod
    def _goes_with_mode(cls, tolerance: str | None, info: ValidationInfo) -> str | None:
        mode = info.data.get("mode", "exact")
        if tolerance is None and mode == "tolerance":
            raise PydanticCustomError("no_tolerance", "is missing; say how far off is still right, such as 5%")
        if tolerance is not None and mode != "tolerance":
            raise PydanticCustomError("idle_tolerance", "does nothing without `mode: tolerance`")
        return tolerance

    def meaning(self, languages: Sequence[str]) -> Meaning:
        parts: dict[str, Plain] = {"unit": in_every(self.unit, languages)} if self.unit else {}
        allowed: dict[str, Plain] = {} if self.tolerance is None else {"tolerance": self.tolerance}
        return Meaning(parts=parts, key={"value": self.value, "mode": self.mode, **allowed})


FORMS: Mapping[str, type[Asking]] = {"one": Choice, "several": Choice, "tf": TrueFalse, "text": Text, "number": Number}
"""The form of each kind; every other kind is written as `Other`."""


class Other(Asking):
    """Any other registered kind: `parts` and `key` are taken as they are, and right options join the key."""

    kind: Annotated[str, Field(json_schema_extra={"not": {"enum": [*FORMS]}})]
    options: Annotated[list[WrittenOption], Field(default_factory=list, max_length=12)]
    parts: Annotated[dict[str, JsonValue], Field(default_factory=dict, description="Public, in the kind's own form")]
    key: Annotated[dict[str, JsonValue], Field(default_factory=dict, description="Secret, in the kind's own form")]

    @field_validator("kind")
    @classmethod
    def _is_registered(cls, kind: str) -> str:
        if kind not in kinds():
            near = get_close_matches(kind, kinds(), 1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(sorted(kinds()))}"
            raise PydanticCustomError("unknown_kind", "is no kind of question; {hint}", {"hint": hint})
        return kind

    def meaning(self, languages: Sequence[str]) -> Meaning:
        return Meaning(_options(self.options, languages), _plain_map(self.parts), _plain_map(self.key))


ALL_FORMS: Sequence[type[Asking]] = (*dict.fromkeys(FORMS.values()), Other)

_TRUE_FALSE = {"ru": ("Верно", "Неверно"), "en": ("True", "False"), "de": ("Richtig", "Falsch")}


def _form(raw: Any) -> str:
    kind = raw.get("kind") if isinstance(raw, dict) else getattr(raw, "kind", None)
    return "=" + FORMS[kind].__name__ if isinstance(kind, str) and kind in FORMS else "=Other"


Written = Annotated[
    Annotated[Choice, Tag("=Choice")] | Annotated[TrueFalse, Tag("=TrueFalse")] | Annotated[Text, Tag("=Text")]
    | Annotated[Number, Tag("=Number")] | Annotated[Other, Tag("=Other")],
    Discriminator(_form),
]
"""A question in the form of its kind. In the places pydantic names, a form is a step that starts with "="."""


def _options(options: Sequence[WrittenOption], languages: Sequence[str]) -> list[tuple[LocalText, bool]]:
    return [(in_every(option.text, languages), option.right) for option in options]


def _plain_map(raw: Mapping[str, JsonValue]) -> dict[str, Plain]:
    return {name: _plain(value) for name, value in raw.items()}


def _plain(raw: JsonValue) -> Plain:
    if isinstance(raw, list):
        return tuple(map(_plain, raw))
    if isinstance(raw, float):
        raise TypeError("no floats: the YAML reader makes none")
    return _plain_map(raw) if isinstance(raw, dict) else raw
