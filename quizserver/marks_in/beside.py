"""What a file says of a cell, beside what the battle knows of it: new, so already, said before, or in dispute with a desk."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from hashlib import sha256

from quizserver.battle.decide.corrections import checked_operation
from quizserver.battle.gates import is_late
from quizserver.battle.ids import QuestionId, ScorekeeperId
from quizserver.battle.kinds.kind import MARK_ASK
from quizserver.battle.masks import UNKNOWN, sign
from quizserver.battle.questions import POINT, Round
from quizserver.battle.refusals import Refused
from quizserver.battle.sheets import EMPTY, TOTAL, Cell, CellKey, CellState, Operation, merged
from quizserver.battle.state import BattleState, Team
from quizserver.battle.typed import cell_of, said_in
from quizserver.battle.views.cells import is_hidden
from quizserver.marks_in.failed import Failed
from quizserver.marks_in.signer import Signer
from quizserver.marks_in.sums import sum_of

DEVICE = "file-"
"""Begins the name of every device that is a file."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """`question` from 1, 0: the total of the sheet; `stands`: what was said there, `says`: what the file says."""

    round: int
    question: int
    stands: str
    says: str


@dataclass(slots=True)
class Found:
    """`same`: cells that say this already. `heard`: those that a file has said this of before, and somebody corrected since.
    `late`: how many of the news will wait for the host. `disputes`: with what others said; `changes`: of what the signer said."""

    news: list[Operation] = field(default_factory=list)
    same: int = 0
    heard: int = 0
    late: int = 0
    disputes: list[Contrast] = field(default_factory=list)
    changes: list[Contrast] = field(default_factory=list)


class Beside:
    """`signer`: who enters the file; the state knows the scorekeepers that it is."""

    def __init__(self, state: BattleState, signer: Signer) -> None:
        self._state, self._signer = state, signer

    def checked(self, team: Team, playing: Round, question: QuestionId, text: str, where: str) -> str:
        """The value as it will be entered, by the rule that holds at desks. Raises Failed."""
        if team.venue is None:
            raise Failed("line_plays_online", where)
        checked = checked_operation(self._state, self._operation(team, playing, question, text))
        if not isinstance(checked, Refused):
            return checked.value
        if checked.code == "not_a_mark":
            raise Failed("line_not_a_mark", f"{where}: {text[:20]}")
        raise Failed(checked.code, checked.detail)

    def stands(self, team: Team, playing: Round, question: QuestionId) -> str:
        """The mark in a cell, "" where there is none that the signer may know."""
        return self._cell(team, playing, question).value

    def sign(self, team: Team, playing: Round, question: QuestionId) -> str:
        """The cell's sign in a mask, as far as the signer may know."""
        return UNKNOWN if self._is_hidden(team, (team.id, playing.id, question)) else sign(self._state, team.id, question)

    def look(self, found: Found, team: Team, playing: Round, question: QuestionId, value: str) -> None:
        """Adds to what is found."""
        stands, operation = self._cell(team, playing, question), self._named(self._operation(team, playing, question, value))
        if self._says(stands, question, value) or self._is_sum(team, playing, operation, stands):
            found.same += 1
        elif operation.name in self._state.entered:
            found.heard += 1
        else:
            own = tuple(each.name for each in stands.present if each.who == operation.who)
            self._add(found, replace(operation, over=own), stands, playing)

    def _add(self, found: Found, operation: Operation, stands: Cell, playing: Round) -> None:
        """What stands is EMPTY where the signer may not know it: then it is told of no dispute either."""
        found.news.append(operation)
        found.late += is_late(self._state, operation)
        own, others = (
            {each.value for each in stands.present if (each.who == operation.who) is is_own} - {""} for is_own in (True, False)
        )
        if others and self._after(operation).state is CellState.DISPUTED:
            found.disputes.append(self._contrast(playing, operation, others))
        elif own:
            found.changes.append(self._contrast(playing, operation, own))

    def _after(self, operation: Operation) -> Cell:
        return cell_of(self._state, operation.cell, merged(self._state.counting(operation.cell), [operation]))

    def _contrast(self, playing: Round, operation: Operation, said: Iterable[str]) -> Contrast:
        number = self._state.pack.rounds.index(playing) + 1
        at = next((n for n, each in enumerate(playing.questions, 1) if each.id == operation.question), 0)
        return Contrast(number, at, " ".join(sorted(said)), operation.value)

    def _is_sum(self, team: Team, playing: Round, operation: Operation, stands: Cell) -> bool:
        """True for a total that says what the marks of the sheet say already."""
        if operation.question != TOTAL or stands.state is not CellState.EMPTY:
            return False
        marks = {question.id: self.stands(team, playing, question.id) for question in playing.questions}
        return sum_of(playing, marks) == Fraction(operation.value) * POINT

    def _cell(self, team: Team, playing: Round, question: QuestionId) -> Cell:
        key = (team.id, playing.id, question)
        return EMPTY if self._is_hidden(team, key) else cell_of(self._state, key, self._state.counting(key))

    def _says(self, stands: Cell, question: QuestionId, value: str) -> bool:
        """True if a cell says this already, or it is one of the words in its dispute."""
        said = said_in(self._state, question, value)
        if stands.state is not CellState.DISPUTED:
            return said_in(self._state, question, stands.value) == said
        return value == MARK_ASK or said in {said_in(self._state, question, each.value) for each in stands.present}

    def _is_hidden(self, team: Team, key: CellKey) -> bool:
        reader = self._who(team) if self._signer.blind else None
        return is_hidden(self._state, self._state.cells.get(key, {}), reader)

    def _who(self, team: Team) -> ScorekeeperId:
        assert team.venue is not None
        return self._state.scorekeepers[self._signer.ids[team.venue]].person

    def _named(self, operation: Operation) -> Operation:
        words = (operation.team, operation.round, operation.question, operation.value)
        said = "\n".join((*words, operation.who) if self._signer.only else words)
        return replace(operation, device=DEVICE + sha256(said.encode()).hexdigest()[:32])

    def _operation(self, team: Team, playing: Round, question: QuestionId, value: str) -> Operation:
        assert team.venue is not None
        return Operation(DEVICE, 1, team.venue, team.id, playing.id, question, self._who(team), value)


