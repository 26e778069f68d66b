"""A small pack with all five kinds, and an evening that is driven through decide and evolve by a clock that stands still."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import count
from typing import Any

from quizserver.battle import commands as ask
from quizserver.battle.decide import decide
from quizserver.battle.decide.rule import Outcome
from quizserver.battle.events import AnswerRow, Event, Name
from quizserver.battle.evolve import evolve
from quizserver.battle.ids import AnswerId, BattleId, OptionId, QuestionId, RoundId, ScorekeeperId, SeatId, TeamId, VenueId
from quizserver.battle.phases import Phase
from quizserver.battle.primary import primary
from quizserver.battle.questions import Collect, Option, Pack, Plain, Question, Reveal, Round, Solution
from quizserver.battle.refusals import Refused
from quizserver.battle.scoring import scores
from quizserver.battle.settings import BattleSettings, Source
from quizserver.battle.sheets import TOTAL, Operation
from quizserver.battle.standings import standing
from quizserver.battle.state import BattleState, Box, Mark, Marked, Place

KINDS = ("one", "several", "tf", "text", "number")
HALL = VenueId("hall")
COMMANDS: tuple[type[ask.Command], ...] = tuple(
    each
    for each in vars(ask).values()
    if isinstance(each, type) and issubclass(each, ask.Command) and each not in (ask.Command, ask.Press)
)
"""Everything that can be asked (a slotted class leaves a ghost among its parent's subclasses, so those are not it)."""
PRESSES = tuple(each for each in COMMANDS if issubclass(each, ask.Press))
_OPTIONS = {"one": "abcd", "several": "abcd", "tf": "ab"}
_RIGHT = {"one": "b", "several": "ac", "tf": "a"}


def question(round_id: str, kind: str, **changes: Any) -> Question:
    """A question of a kind with the id `<round>-<kind>`; its options are `<id>-a` and so on."""
    name = f"{round_id}-{kind}"
    options = tuple(Option(OptionId(f"{name}-{letter}"), {"en": letter}) for letter in _OPTIONS.get(kind, ""))
    return Question(QuestionId(name), kind, {"en": f"Question {name}"}, 30, options, **changes)


def right_answer(asked: QuestionId | str) -> Any:
    """What is right to a question of `question`, as its kind reads it."""
    return _answer(str(asked), _RIGHT, "Ту-104", "21242")


def wrong_answer(asked: QuestionId | str) -> Any:
    """What is wrong to it (and, being a number, further from the right one than any other here)."""
    return _answer(str(asked), {"one": "a", "several": "ab", "tf": "b"}, "Ил-18", "7")


def _answer(name: str, letters: Mapping[str, str], text: str, number: str) -> Any:
    kind = name.rpartition("-")[2]
    ids = tuple(f"{name}-{letter}" for letter in letters.get(kind, ""))
    return {"text": text, "number": number, "several": ids}.get(kind) or ids[0]


def solution(asked: Question) -> Solution:
    """The solution that `right_answer` meets; a number's nearest wins."""
    keys: Mapping[str, Mapping[str, Plain]] = {
        "text": {"accept": {"ru": ("Ту-104", "Туполев 104")}, "reject": ("Ту-154",)},
        "number": {"value": "21242", "mode": "nearest"},
    }
    right = tuple(f"{asked.id}-{letter}" for letter in _RIGHT.get(asked.kind, ""))
    return Solution(asked.id, keys.get(asked.kind, {"right": right}), {"en": "It flew."}, "a book", {"en": "slowly"})


def a_round(name: str = "r1", *kinds: str, **rules: Any) -> Round:
    """A round of these kinds (all five if none is named), revealed at its end."""
    return Round(RoundId(name), {"en": name}, tuple(question(name, kind) for kind in kinds or KINDS), **rules)


def each_round(name: str = "r1", *kinds: str, **rules: Any) -> Round:
    """A round that reveals after each question."""
    return a_round(name, *kinds, reveal=Reveal.EACH, **rules)


def slips_round(name: str = "r1", *kinds: str, **rules: Any) -> Round:
    """The same with paper, collected question by question."""
    return each_round(name, *kinds, collect=Collect.QUESTION, **rules)


def a_pack(*rounds: Round) -> Pack:
    """These rounds with their solutions."""
    asked = [each for playing in rounds for each in playing.questions]
    return Pack("small", {"en": "A small pack"}, ("en",), rounds, {each.id: solution(each) for each in asked})


class Evening:
    """One battle, its ledger, and boxes that record whatever is answered.

    `do` expects a command to be taken, `refused` expects it not to be; `press` does what the host's key would do now, or
    what is being waited for. The clock only moves by `wait` and `time_up`.
    """

    def __init__(self, *rounds: Round, pack: Pack | None = None, now_ms: int = 1_000_000, **settings: Any) -> None:
        self.now_ms = now_ms
        self.history: list[tuple[Event, int]] = []
        self.boxes: dict[tuple[QuestionId, int], list[AnswerRow]] = {}
        self._counter = count(1)
        self._state: BattleState | None = None
        pack = pack or a_pack(*(rounds or (a_round(),)))
        self.do(
            ask.CreateBattle(
                battle=BattleId("b1"), pin="123456", pack=pack, settings=BattleSettings(**settings), venue=HALL, venue_name="Зал"
            )
        )

    @property
    def state(self) -> BattleState:
        assert self._state is not None
        return self._state

    @property
    def shown(self) -> QuestionId:
        """The question on the stage."""
        assert self.state.current_question is not None
        return self.state.current_question.id

    @property
    def box(self) -> Box:
        """The latest opening of the question on the stage."""
        found = self.state.box(self.shown)
        assert found is not None
        return found

    # --- asking ---

    def attempt(self, command: ask.Command) -> Outcome:
        """Decides a command now and lets happen what it makes happen."""
        outcome = decide(self._state, command, self.now_ms)
        for event in () if isinstance(outcome, Refused) else outcome:
            self._state = evolve(self._state, event, self.now_ms)
            self.history.append((event, self.now_ms))
        return outcome

    def do(self, *commands: ask.Command) -> tuple[Event, ...]:
        """Asks; none may be refused. What the last one made happen."""
        outcome: Outcome = ()
        for command in commands:
            outcome = self.attempt(command)
            assert not isinstance(outcome, Refused), f"{command} was refused: {outcome}"
        return outcome if isinstance(outcome, tuple) else ()

    def refused(self, command: ask.Command) -> str:
        """Asks; it must be refused. The code of the refusal."""
        outcome = self.attempt(command)
        assert isinstance(outcome, Refused), f"{command} was not refused, it made {outcome}"
        return outcome.code

    # --- time ---

    def wait(self, ms: int) -> None:
        self.now_ms += ms

    def time_up(self) -> tuple[Event, ...]:
        """Waits until the running clock's cut-off and calls time."""
        clock = self.state.clock
        assert clock is not None
        self.now_ms = max(self.now_ms, clock.cut_off_ms)
        return self.do(ask.TimeUp(clock=clock.id))

    # --- people ---

    def join(self, name: str) -> TeamId:
        """An online team; its name is its id."""
        seat, token = SeatId(f"seat of {name}"), f"token of {name}"
        self.do(ask.JoinTeam(team=TeamId(name), name=Name(name, "salt"), plays=Source.ONLINE, seat=seat, token_hash=token))
        return TeamId(name)

    def join_paper(self, name: str, venue: VenueId = HALL) -> TeamId:
        """A team on paper."""
        self.do(ask.JoinTeam(team=TeamId(name), name=Name(name, "salt"), plays=Source.PAPER, venue=venue))
        return TeamId(name)

    def add_venue(self, name: str) -> VenueId:
        self.do(ask.AddVenue(venue=VenueId(name), name=name))
        return VenueId(name)

    # --- answers and marks ---

    def answer(self, team: TeamId, value: Plain, asked: QuestionId | None = None, stamp_ms: int | None = None) -> AnswerRow:
        """Has a box record an answer: by default to the question on the stage, now."""
        key = (asked or self.shown, self.state.openings[asked or self.shown])
        box = self.boxes.setdefault(key, [])
        revision = 1 + sum(1 for row in box if row.team == team)
        row = AnswerRow(team, self.new_id(), revision, self.now_ms if stamp_ms is None else stamp_ms, value)
        box.append(row)
        return row

    def new_id(self) -> AnswerId:
        return AnswerId(f"{next(self._counter):032x}")

    def seal(self) -> None:
        """Seals what is closed, with what its box has recorded."""
        for key, box in self.state.boxes.items():
            if box.closed and not box.sealed:
                self.do(ask.SealBox(question=key[0], opening=key[1], rows=tuple(self.boxes.get(key, ()))))

    def mark(
        self, team: TeamId, asked: QuestionId | str, value: str, who: str = "Anna", venue: VenueId = HALL, over: Iterable[str] = ()
    ) -> Operation:
        """A desk enters one mark. `asked`: a question, or a round's id for its total."""
        operation = self.operation(team, asked, value, who, venue, over)
        self.do(ask.EnterMarks(operations=(operation,)))
        return operation

    def operation(
        self, team: TeamId, asked: QuestionId | str, value: str, who: str = "Anna", venue: VenueId = HALL, over: Iterable[str] = ()
    ) -> Operation:
        """A mark that is not entered yet; each person has a device, and sits at the desk of the venue."""
        position = self.state.plan.positions.get(QuestionId(asked))
        where, what = (
            (RoundId(asked), TOTAL) if position is None else (self.state.plan.questions[position][0].id, QuestionId(asked))
        )
        sits = self.sits(who, venue)
        return Operation(f"device of {who}", next(self._counter), venue, team, where, what, sits, value, tuple(over))

    def sits(self, who: str, venue: VenueId = HALL) -> ScorekeeperId:
        """Somebody sits at a venue's desk; in the hall the name is the id."""
        sits = ScorekeeperId(who if venue == HALL else f"{who} at {venue}")
        if venue in self.state.venues and sits not in self.state.scorekeepers:
            self.do(ask.NameScorekeeper(scorekeeper=sits, venue=venue, name=Name(who, f"salt of {sits}")))
        return sits

    # --- the evening ---

    def press(self) -> None:
        """The host's key; where something is waited for, that happens: boxes are sealed, venues confirm."""
        step = primary(self.state)
        if step.command:
            command = getattr(ask, step.command)()
            self.do(replace(command, seen_step=self.state.step) if isinstance(command, ask.Press) else command)
        elif step.waits == "sealing":
            self.seal()
        elif step.waits == "collecting":
            self.confirm()
        else:
            raise AssertionError(f"the evening stands still: {step}")

    def confirm(self) -> None:
        """All venues confirm what is being collected."""
        for scope in self.state.plan.scopes:
            for venue in sorted(self.state.missing_venues(scope) if scope not in self.state.collection_ended else ()):
                self.attempt(ask.ConfirmCollected(venue=venue, scope=scope))

    def until(self, phase: Phase, asked: str | None = None) -> None:
        """Presses on until this phase stands on the stage (with this question)."""
        for _ in range(500):
            if self.state.phase is phase and (asked is None or self.shown == asked):
                return
            self.press()
        raise AssertionError(f"{phase} never came, it is {self.state.phase}")

    # --- what came of it ---

    def mark_of(self, team: TeamId, asked: str) -> Marked | None:
        return self.state.marks.get(QuestionId(asked), {}).get(team)

    def points(self, team: TeamId) -> int:
        """In whole points."""
        return scores(self.state)[team].points // 100

    def standing(self) -> list[tuple[int, str, int]]:
        """(place, team, whole points) of all teams."""
        return [(row.place, row.team, row.points // 100) for row in standing(self.state)]

    def place(self, team: TeamId) -> Place:
        return next(row for row in standing(self.state) if row.team == team)


RIGHT, WRONG = Marked(Mark.RIGHT, 100), Marked(Mark.WRONG, 0)
PENDING, REMOVED = Marked(Mark.PENDING), Marked(Mark.REMOVED)
