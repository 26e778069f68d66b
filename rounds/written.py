"""A pack as its writer left it: what the file says, in which folder, and on which lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rounds.asking import Asking
from rounds.findings import Finding, PackError
from rounds.kinds import ALL_FORMS
from rounds.pack import WrittenPack
from rounds.sentences import sentence
from rounds.words import EVERY
from rounds.yaml_lines import Lines, Where, read_yaml

FILE = "pack.yaml"
_FORMS = {f"={form.__name__}": form for form in ALL_FORMS}
_NO_PLACES = {*_FORMS, EVERY, "[key]"}
"""Steps by which pydantic names a branch, not a place in the file."""
_SOME_FORM = {name for form in ALL_FORMS for name in form.model_fields}


@dataclass(frozen=True, slots=True)
class Written:
    """A readable pack. Readable is not yet right: the checker says the rest."""

    pack: WrittenPack
    folder: Path
    lines: Lines

    def asked(self) -> Iterator[tuple[Where, Asking]]:
        """Every question of every round, and where it stands."""
        for number, one in enumerate(self.pack.rounds):
            for place, question in enumerate(one.questions):
                yield ("rounds", number, "questions", place), question


def read(folder: Path) -> Written:
    """Reads a folder's pack.yaml. Raises PackError with every line that cannot be understood."""
    tree, lines = read_yaml(folder / FILE)
    try:
        return Written(WrittenPack.model_validate(tree), folder, lines)
    except ValidationError as wrong:
        findings = [_finding(lines, error) for error in _telling(wrong.errors(include_url=False))]
        raise PackError(sorted(findings, key=lambda one: (one.line, one.field))) from None


def _telling(errors: Sequence[ErrorDetails]) -> Iterator[ErrorDetails]:
    """The errors without those that only follow from a question's kind being misspelled."""
    kindless = {error["loc"][:-1] for error in errors if error["loc"][-2:] == ("=Other", "kind")}
    for error in errors:
        *around, name = error["loc"] or ("",)
        if not (error["type"] == "extra_forbidden" and tuple(around) in kindless and name in _SOME_FORM):
            yield error


def _finding(lines: Lines, error: ErrorDetails) -> Finding:
    where = tuple(step for step in error["loc"] if step not in _NO_PLACES)
    return lines.error(where, sentence(error, _fields(error["loc"][:-1])))


def _fields(where: Sequence[str | int]) -> Sequence[str]:
    """The names a part of a pack knows, by the way to it."""
    model: type[BaseModel] = WrittenPack
    for step in where:
        if isinstance(step, str):
            field = model.model_fields.get(step)
            model = _FORMS.get(step) or _model_in(field.annotation if field else None) or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)
