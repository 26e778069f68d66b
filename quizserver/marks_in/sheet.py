"""A line of a file as values for cells: all of it, or a reason why none."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from quizserver.battle.ids import QuestionId
from quizserver.battle.kinds import kind_of
from quizserver.battle.kinds.kind import MARK_ASK, MARK_BLANK, MARK_HALF, MARK_RIGHT, MARK_WRONG, TYPED
from quizserver.battle.masks import REMOVED, UNKNOWN, sign
from quizserver.battle.questions import Question, Round
from quizserver.battle.settings import Source
from quizserver.battle.sheets import TOTAL, CellKey
from quizserver.battle.state import BattleState, Team
from quizserver.battle.typed import text_of
from quizserver.battle.views.pages import shown_name
from quizserver.marks_in.beside import Beside, Found
from quizserver.marks_in.failed import Failed
from quizserver.marks_in.lines import Line, Said
from quizserver.marks_in.signer import Signer
from quizserver.marks_in.signs import signs_of, understood
from quizserver.marks_in.sums import check_total
from quizserver.marks_in.teams import Teams

SUM = "Σ"
"""Where a reason is about the total, and not about a question."""
_SIGNS = {MARK_RIGHT, MARK_HALF, MARK_WRONG, MARK_BLANK, MARK_ASK}
FEWEST_LETTERS = 2
"""Of a text without its sign: one letter is rather a slip of the finger."""


class _Entry(NamedTuple):
    value: str
    where: str


class Sheets:
    """Reads lines one after another and remembers what they said, so that no two of them contradict each other."""

    def __init__(self, state: BattleState, signer: Signer) -> None:
        self._state, self._only = state, signer.only
        self._teams, self._beside = Teams(state), Beside(state, signer)
        self._entries: dict[CellKey, _Entry] = {}

    def read(self, line: Line) -> tuple[str, Found]:
        """The team's name and what is found. Raises Failed."""
        team, of_number = self._teams.of(line.number, line.name)
        if self._only is not None and team.venue != self._only:
            raise Failed("not_your_venue")
        entries: dict[CellKey, _Entry] = {}
        for said in line.said:
            playing = self._round(said, of_number if len(line.said) == 1 else None)
            for question, value in self._cells(team, playing, said):
                entries[team.id, playing.id, question] = _Entry(value, f"{line.table} {line.line}".strip())
        return shown_name(team), self._found(team, entries)

    def _found(self, team: Team, entries: Mapping[CellKey, _Entry]) -> Found:
        for key, entry in entries.items():
            if (first := self._entries.get(key, entry)).value != entry.value:
                raise Failed("line_said_twice", first.where)
        found, rounds = Found(), {playing.id: playing for playing in self._state.pack.rounds}
        for key, entry in entries.items():
            if key not in self._entries:
                self._beside.look(found, team, rounds[key[1]], key[2], entry.value)
        self._entries = {**entries, **self._entries}
        return found

    def _round(self, said: Said, of_number: int | None) -> Round:
        number = said.round or (None if said.round_text.strip() else of_number)
        if number is None or number > len(self._state.pack.rounds):
            raise Failed("line_unknown_round", said.round_text[:60])
        if of_number not in (None, number):
            raise Failed("line_other_round", str(of_number))
        return self._state.pack.rounds[number - 1]

    def _cells(self, team: Team, playing: Round, said: Said) -> Iterator[tuple[QuestionId, str]]:
        """What is said of which cell; what says nothing, or only what everybody knows, is left out."""
        marks = {**self._marks(team, playing, said), **self._masked(team, playing, said)}
        yield from marks.items()
        total = understood(said.total, SUM)
        if total not in ("", UNKNOWN, MARK_BLANK):
            if all(self._is_online(team, each) for each in playing.questions):
                raise Failed("line_plays_online", SUM)
            total = self._beside.checked(team, playing, TOTAL, total, SUM)
            check_total(playing, marks, total)
            yield TOTAL, total

    def _marks(self, team: Team, playing: Round, said: Said) -> Mapping[QuestionId, str]:
        count, marks = len(playing.questions), dict[QuestionId, str]()
        if extra := [number for number in said.marks if not 1 <= number <= count]:
            raise Failed("line_too_many_marks", f"{max(extra)} > {count}")
        for number, written in sorted(said.marks.items()):
            question = playing.questions[number - 1]
            text = self._as_typed(question, understood(written, str(number)))
            if not self._is_known(team, question, number, text):
                marks[question.id] = self._beside.checked(team, playing, question.id, text, str(number))
        return marks

    def _masked(self, team: Team, playing: Round, said: Said) -> Mapping[QuestionId, str]:
        """A mask has no sign for a number or a text, and elsewhere none for a blank."""
        marks = dict[QuestionId, str]()
        for number, text in signs_of(said.mask, len(playing.questions)).items() if said.mask else ():
            question = playing.questions[number - 1]
            if self._is_known(team, question, number, text):
                continue
            stands = self._beside.stands(team, playing, question.id)
            if text == MARK_WRONG and stands == MARK_BLANK:
                continue
            if text in (MARK_RIGHT, MARK_HALF, MARK_WRONG) and (self._takes_value(question) or text_of(stands) is not None):
                if text != self._beside.sign(team, playing, question.id):
                    raise Failed("line_takes_a_number" if self._takes_value(question) else "line_text_stands", str(number))
                continue
            marks[question.id] = self._beside.checked(team, playing, question.id, text, str(number))
        return marks

    def _is_known(self, team: Team, question: Question, number: int, text: str) -> bool:
        """True for what no sheet says: that nothing is known, that a question is out, or how somebody on phones has answered.
        Raises Failed where it is not so."""
        if text == UNKNOWN:
            return True
        if text == REMOVED:
            if question.id in self._state.voided:
                return True
            raise Failed("line_not_taken_out", str(number))
        if not self._is_online(team, question):
            return False
        if text != sign(self._state, team.id, question.id):
            raise Failed("line_plays_online", str(number))
        return True

    def _is_online(self, team: Team, question: Question) -> bool:
        return team.source(self._state.plan.positions[question.id]) is Source.ONLINE

    def _as_typed(self, question: Question, text: str) -> str:
        """What a team wrote, under the sign of it: anything else that stands where a text can be marked."""
        takes_text = kind_of(question).takes_text and not self._takes_value(question)
        is_bare = len(text) >= FEWEST_LETTERS and text not in _SIGNS and text_of(text) is None
        return TYPED + text if takes_text and is_bare else text

    def _takes_value(self, question: Question) -> bool:
        return kind_of(question).paper_takes_value(question, self._state.solution(question.id))
