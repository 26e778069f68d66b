"""What a file says of a cell, beside what the battle knows of it: new, so already, said before, or in dispute with a desk."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from hashlib import sha256

from quizserver.battle.decide.corrections import checked_operation
from quizserver.battle.gates import is_late
from quizserver.battle.ids import QuestionId, ScorekeeperId, VenueId
from quizserver.battle.kinds.kind import MARK_ASK
from quizserver.battle.questions import POINT, Round
from quizserver.battle.refusals import Refused
from quizserver.battle.sheets import TOTAL, Cell, CellState, Operation, merged
from quizserver.battle.state import BattleState, Team
from quizserver.battle.typed import cell_of, said_in
from quizserver.marks_in.failed import Failed
from quizserver.marks_in.sums import sum_of

DEVICE = "file-"
"""Begins the name of every device that is a file."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """`question` from 1, 0: the total of the sheet; `stands`: what somebody else has said, `says`: what the file says."""

    round: int
    question: int
    stands: str
    says: str


@dataclass(slots=True)
class Found:
    """`same`: cells that say this already. `heard`: those that a file has said this of before, and somebody corrected since.
    `late`: how many of the news will wait for the host."""

    news: list[Operation] = field(default_factory=list)
    same: int = 0
    heard: int = 0
    late: int = 0
    disputes: list[Dispute] = field(default_factory=list)


class Beside:
    """`signers`: the scorekeeper who enters the file, by venue; the state knows them."""

    def __init__(self, state: BattleState, signers: Mapping[VenueId, ScorekeeperId]) -> None:
        self._state, self._signers = state, signers

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
        """The mark in a cell, "" where there is none."""
        return self._cell(team, playing, question).value

    def look(self, found: Found, team: Team, playing: Round, question: QuestionId, value: str) -> None:
        """Adds to what is found."""
        stands, operation = self._cell(team, playing, question), _named(self._operation(team, playing, question, value))
        if self._says(stands, question, value) or self._is_sum(team, playing, operation, stands):
            found.same += 1
        elif operation.name in self._state.entered:
            found.heard += 1
        else:
            own = tuple(each.name for each in stands.present if each.who == operation.who)
            self._add(found, replace(operation, over=own), stands, playing)

    def _add(self, found: Found, operation: Operation, stands: Cell, playing: Round) -> None:
        found.news.append(operation)
        found.late += is_late(self._state, operation)
        after = cell_of(self._state, operation.cell, merged(self._state.counting(operation.cell), [operation]))
        if after.state is CellState.DISPUTED:
            round_number = self._state.pack.rounds.index(playing) + 1
            at = next((n for n, each in enumerate(playing.questions, 1) if each.id == operation.question), 0)
            others = {each.value for each in stands.present if each.who != operation.who}
            found.disputes.append(Dispute(round_number, at, " ".join(sorted(others)), operation.value))

    def _is_sum(self, team: Team, playing: Round, operation: Operation, stands: Cell) -> bool:
        """True for a total that says what the marks of the sheet say already."""
        if operation.question != TOTAL or stands.state is not CellState.EMPTY:
            return False
        marks = {question.id: self.stands(team, playing, question.id) for question in playing.questions}
        return sum_of(playing, marks) == Fraction(operation.value) * POINT

    def _cell(self, team: Team, playing: Round, question: QuestionId) -> Cell:
        key = (team.id, playing.id, question)
        return cell_of(self._state, key, self._state.counting(key))

    def _says(self, stands: Cell, question: QuestionId, value: str) -> bool:
        """True if a cell says this already, or it is one of the words in its dispute."""
        said = said_in(self._state, question, value)
        if stands.state is not CellState.DISPUTED:
            return said_in(self._state, question, stands.value) == said
        return value == MARK_ASK or said in {said_in(self._state, question, each.value) for each in stands.present}

    def _operation(self, team: Team, playing: Round, question: QuestionId, value: str) -> Operation:
        assert team.venue is not None
        who = self._state.scorekeepers[self._signers[team.venue]].id
        return Operation(DEVICE, 1, team.venue, team.id, playing.id, question, self._state.scorekeepers[who].person, value)


def _named(operation: Operation) -> Operation:
    words = "\n".join((operation.team, operation.round, operation.question, operation.value))
    return replace(operation, device=DEVICE + sha256(words.encode()).hexdigest()[:32])
