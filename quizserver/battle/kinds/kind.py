"""What every kind of question must be able to do, and the register of them."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from quizserver.battle.ids import TeamId
from quizserver.battle.questions import Plain, Question, Solution

MARK_RIGHT, MARK_HALF, MARK_WRONG, MARK_BLANK, MARK_ASK = "1", "0.5", "0", "-", "?"
"""What a desk enters for one answer on paper: right, half of it, wrong, nothing written, or a question to the judge (pending till
then)."""
TYPED = "="
"""Begins what a desk enters where it types what the team wrote, instead of judging it: `=Tu-104`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a quiz writer must mend: the field's path inside the question, and a sentence in plain English."""

    field: str
    sentence: str


class UnknownKind(LookupError):
    """A question names a kind nobody registered: the pack's fault."""


class Kind(ABC):
    """One kind of question. Stateless; every method is a pure function of its arguments."""

    name: ClassVar[str]
    shuffles_options: ClassVar[bool] = False
    is_judged: ClassVar[bool] = False
    """True where a wrong answer may still be right in a judge's eyes, so that the console lists the wrong ones."""
    takes_text: ClassVar[bool] = False
    """True where a desk may type what a team wrote on paper, to be marked as if it had been sent; `read` takes it as a string."""

    @abstractmethod
    def problems(self, question: Question, solution: Solution) -> Iterator[Problem]:
        """Everything that would keep this question from being played and marked."""

    @abstractmethod
    def read(self, question: Question, raw: object) -> Plain:
        """The canonical form of what a device sent: equal answers are equal values.

        Raises ValueError with a refusal code (`wrong_type`, `no_such_option`, `empty`, `too_long`): the sender's fault.
        """

    @abstractmethod
    def right(self, question: Question, solution: Solution, values: Mapping[TeamId, Plain]) -> set[TeamId]:
        """The teams whose value is right, were there no judge. All values at once, since in some kinds the others decide
        (nearest wins)."""

    @abstractmethod
    def solution_view(self, question: Question, solution: Solution) -> Mapping[str, Plain]:
        """What the reveal shows as the solution: small, plain, in every language at once."""

    def said(self, question: Question, value: Plain) -> str:
        """Under which words equal answers are counted together and ruled upon."""
        return str(value)

    def may_be_beaten(self, question: Question, solution: Solution, value: Plain) -> bool:
        """True if this right value would be wrong once a better one is known (nearest wins); other values never make one right.
        Only where paper takes the value: a scorekeeper's mark could not wait for the others."""
        return False

    def paper_takes_value(self, question: Question, solution: Solution) -> bool:
        """True where a desk enters what the team wrote, since no scorekeeper alone can say whether it is right."""
        return False


_register: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Makes a kind known under its name; the last registration of a name stands."""
    _register[kind.name] = kind


def kind_of(question: Question) -> Kind:
    """The kind a question names. Raises UnknownKind."""
    try:
        return _register[question.kind]
    except KeyError:
        raise UnknownKind(question.kind) from None


def kinds() -> Mapping[str, Kind]:
    """All registered kinds by name."""
    return _register
