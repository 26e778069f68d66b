"""Everything a battle knows, as frozen values: the fold of its ledger so far. Only `evolve` makes a new one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from quizserver.battle.events import AnswerRow, Name
from quizserver.battle.ids import BattleId, QuestionId, RoundId, ScorekeeperId, SeatId, TeamId, VenueId
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Collect, Counts, Pack, Question, Reveal, Round, Solution
from quizserver.battle.settings import BattleSettings, Source
from quizserver.battle.sheets import CellKey, Known
from quizserver.battle.verdicts import Verdicts

EMPTY: Mapping[Any, Any] = MappingProxyType({})


class Mark(StrEnum):
    """What a team's answer is worth saying: right, half of it (on paper), wrong, not known yet, or taken out for everybody."""

    RIGHT = "right"
    HALF = "half"
    WRONG = "wrong"
    PENDING = "pending"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark with its points in hundredths."""

    mark: Mark
    points: int = 0


class Stage(StrEnum):
    """What screens show beside the phase."""

    PLAY = "play"
    STANDING = "standing"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Venue:
    """`starts`: when it begins, "HH:MM" by its own clocks, which are `zone_min` minutes east of UTC; "": with everybody."""

    id: VenueId
    name: str
    city: str = ""
    starts: str = ""
    zone_min: int = 0


@dataclass(frozen=True, slots=True)
class SourceChange:
    """From position `start` (included) to `stop` (excluded, None: for good) the source is this one."""

    start: int
    stop: int | None
    source: Source


@dataclass(frozen=True, slots=True)
class Team:
    """`plays` is how it joined; `changes` override it by question, the last one that applies wins.

    `been_at`: the venues it has belonged to, whose desks may hold marks of it. `approved`: the host has read the name, or typed it.
    `sheets`: the numbers on its paper, its own first; none if it was never on paper. `people`: how many they are, 0 where nobody
    said.
    """

    id: TeamId
    name: Name
    plays: Source
    venue: VenueId | None = None
    muted: bool = False
    changes: tuple[SourceChange, ...] = ()
    been_at: frozenset[VenueId] = frozenset()
    approved: bool = True
    sheets: tuple[int, ...] = ()
    people: int = 0

    @property
    def name_is_shown(self) -> bool:
        """True if everybody may see the name (and there is one: an erased name is empty)."""
        return self.approved and not self.muted and bool(self.name.text)

    @property
    def awaits_approval(self) -> bool:
        """True while the host has not said whether the name may be shown."""
        return not self.approved and not self.muted

    def source(self, position: int) -> Source:
        """Where the points of the question at this position (0-based over the whole evening) come from."""
        for change in reversed(self.changes):
            if change.start <= position and (change.stop is None or position < change.stop):
                return change.source
        return self.plays


@dataclass(frozen=True, slots=True)
class Box:
    """The answers to one opening of one question. `answers` is empty until the box is sealed.

    `announced_ms`: how long before its opening it was known. `given`: what of a team's time its line took.
    `pauses`: when each began and how long it was, in milliseconds; nobody's answer took that time.
    """

    question: QuestionId
    opening: int
    counts: Counts
    opens_at_ms: int
    deadline_ms: int
    cut_off_ms: int | None
    paused: bool = False
    closed: bool = False
    early: bool = False
    sealed: bool = False
    digest: str = ""
    answers: Mapping[TeamId, AnswerRow] = field(default_factory=lambda: EMPTY)
    pauses: tuple[tuple[int, int], ...] = ()
    announced_ms: int = 0
    given: Mapping[TeamId, int] = field(default_factory=lambda: EMPTY)

    def elapsed_ms(self, row: AnswerRow) -> int:
        """What a team took for an answer: from the opening to its stamp, without pauses and without its line, >= 0."""
        paused = sum(by for began, by in self.pauses if began < row.stamp_ms)
        return max(0, row.stamp_ms - self.opens_at_ms - paused - self.given.get(row.team, 0))


BoxKey = tuple[QuestionId, int]


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock people see. `id` is the version that set it. `closes`: its end closes answers (else it only paces a round)."""

    id: int
    opens_at_ms: int
    deadline_ms: int
    grace_ms: int
    closes: bool

    @property
    def cut_off_ms(self) -> int:
        """In time means: stamped at or before this."""
        return self.deadline_ms + self.grace_ms


class SeatKey(NamedTuple):
    """What a token opens. `since_ms`: when it was given, or a successor was last offered; `offered`: the hashes of those."""

    team: TeamId
    seat: SeatId
    since_ms: int = 0
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StaffKey:
    """A desk's or screen's key, by hash."""

    role: str
    venue: VenueId | None
    since_ms: int = 0


class Range(NamedTuple):
    """What may still become of a team: its places from `best` to `worst`, its points from `least` to `most`, in hundredths."""

    best: int
    worst: int
    least: int
    most: int

    @property
    def place_is_certain(self) -> bool:
        """True if only the points may still change."""
        return self.best == self.worst


@dataclass(frozen=True, slots=True)
class Scorekeeper:
    """`person`: the scorekeeper under whom everything of this one is kept; `number`: which of the venue's people, from 1."""

    id: ScorekeeperId
    venue: VenueId
    name: Name
    person: ScorekeeperId
    number: int


class Merged(NamedTuple):
    """What has become of a team that was another one: `at` is its place in the row of all that ever joined."""

    into: TeamId
    at: int


class Place(NamedTuple):
    """One row of a standing. `points` in hundredths; `rounds` by round index; `pending`: a sheet of it is still missing;
    `possible`: what may become of it while something is not known, None where nothing can."""

    place: int
    team: TeamId
    points: int
    rounds: tuple[int, ...] = ()
    pending: bool = False
    possible: Range | None = None

    @property
    def is_certain(self) -> bool:
        """True if no missing mark can move it; its points may still change."""
        return self.possible is None or self.possible.place_is_certain


@dataclass(frozen=True, slots=True)
class BattleState:
    """`step` counts the steps of the evening; `round` and `question` are indices, question is what the stage shows.

    `places` are those of the last round's end, `places_before` of the one before: what a standing's arrows compare with.
    `shows_at_ms`: when phones and screens show the question on the stage; 0: as soon as they have it.
    `ran_out`: the clock whose end closed what stands on the stage. `ticked`: wrong texts that the host lets screens show.
    `collected`: what each venue confirmed, whose desk then has the key. `waiting`: gone over, or confirmed after the reveal; its
    marks wait for the host. `accepted`: the host lets them count. `frozen`: the standings of that moment, by name. `restored`: what
    the ledger said was lost when it last came back from the archive, until the round has ended. `entered`: when each operation
    of the cells and each verdict came in, by its name. `late`: where the operations stand that came after their gate, by name;
    `verdicts`: what the host said of them; `kept_out`: which of them do not count. `final_shown`: once, also if the host went back.
    `amended_ms`: when the standing became another one after the battle's end. `last_sheet`: the greatest number of any sheet;
    `spares`: the free ones, by venue. `registration_open`: teams may announce themselves. `merged`: teams that were another one.
    """

    battle: BattleId
    pin: str
    pack: Pack
    settings: BattleSettings
    version: int = 0
    at_ms: int = 0
    step: int = 0
    phase: Phase = Phase.LOBBY
    round: int = -1
    question: int | None = None
    shows_at_ms: int = 0
    clock: Clock | None = None
    ran_out: Clock | None = None
    paused_at_ms: int | None = None
    stage: Stage = Stage.PLAY
    standing_which: str = "total"
    break_until_ms: int = 0
    frozen: Mapping[str, tuple[Place, ...]] | None = None
    lobby_locked: bool = False
    registration_open: bool = False
    venues: Mapping[VenueId, Venue] = field(default_factory=lambda: EMPTY)
    teams: Mapping[TeamId, Team] = field(default_factory=lambda: EMPTY)
    merged: Mapping[TeamId, Merged] = field(default_factory=lambda: EMPTY)
    seats: Mapping[str, SeatKey] = field(default_factory=lambda: EMPTY)
    successors: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    staff: Mapping[str, StaffKey] = field(default_factory=lambda: EMPTY)
    skeletons: Mapping[str, TeamId] = field(default_factory=lambda: EMPTY)
    last_sheet: int = 0
    spares: Mapping[int, VenueId] = field(default_factory=lambda: EMPTY)
    boxes: Mapping[BoxKey, Box] = field(default_factory=lambda: EMPTY)
    openings: Mapping[QuestionId, int] = field(default_factory=lambda: EMPTY)
    revealed: frozenset[QuestionId] = frozenset()
    voided: Mapping[QuestionId, str] = field(default_factory=lambda: EMPTY)
    rulings: Mapping[QuestionId, Mapping[str, bool]] = field(default_factory=lambda: EMPTY)
    scorekeepers: Mapping[ScorekeeperId, Scorekeeper] = field(default_factory=lambda: EMPTY)
    cells: Mapping[CellKey, Known] = field(default_factory=lambda: EMPTY)
    entered: Mapping[str, int] = field(default_factory=lambda: EMPTY)
    late: Mapping[str, CellKey] = field(default_factory=lambda: EMPTY)
    verdicts: Verdicts = field(default_factory=lambda: EMPTY)
    kept_out: frozenset[str] = frozenset()
    final_shown: bool = False
    amended_ms: tuple[int, ...] = ()
    collected: frozenset[tuple[VenueId, str]] = frozenset()
    collection_ended: frozenset[str] = frozenset()
    waiting: frozenset[tuple[VenueId, str]] = frozenset()
    accepted: frozenset[tuple[VenueId, str]] = frozenset()
    adjustments: tuple[tuple[TeamId, int, str], ...] = ()
    ended: tuple[RoundId, ...] = ()
    marks: Mapping[QuestionId, Mapping[TeamId, Marked]] = field(default_factory=lambda: EMPTY)
    ticked: Mapping[QuestionId, frozenset[str]] = field(default_factory=lambda: EMPTY)
    places: Mapping[TeamId, int] = field(default_factory=lambda: EMPTY)
    places_before: Mapping[TeamId, int] = field(default_factory=lambda: EMPTY)
    epoch: int = 0
    restored: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    plan: "Plan" = field(default_factory=lambda: Plan((), EMPTY, EMPTY))

    # --- where we are ---

    @property
    def current_round(self) -> Round | None:
        """The round being played, None in the lobby."""
        return self.pack.rounds[self.round] if 0 <= self.round < len(self.pack.rounds) else None

    @property
    def current_question(self) -> Question | None:
        """The question on the stage."""
        playing = self.current_round
        return playing.questions[self.question] if playing and self.question is not None else None

    def box(self, question: QuestionId) -> Box | None:
        """The latest opening of a question."""
        return self.boxes.get((question, self.openings.get(question, 0)))

    def boxes_of(self, question: QuestionId) -> Iterator[Box]:
        """All openings, oldest first."""
        return (self.boxes[question, number] for number in range(1, self.openings.get(question, 0) + 1))

    def sealed_boxes(self, question: QuestionId) -> Iterator[Box]:
        """Those of them whose answers are final, oldest first."""
        return (box for box in self.boxes_of(question) if box.sealed)

    def round_boxes(self, playing: Round) -> list[Box]:
        """All boxes of a round."""
        return [box for question in playing.questions for box in self.boxes_of(question.id)]

    @property
    def open_boxes(self) -> list[Box]:
        """Boxes of the round that take answers."""
        return [box for box in self.round_boxes(self.pack.rounds[self.round]) if not box.closed]

    # --- paper ---

    def paper_teams(self, *positions: int) -> Iterator[Team]:
        """Teams whose points of any question at these positions come from a sheet, in the order in which they joined."""
        maybe = (team for team in self.teams.values() if team.changes or team.plays is Source.PAPER)  # few of many
        return (team for team in maybe if any(team.source(at) is Source.PAPER for at in positions))

    def paper_without_slips(self, coming: Round) -> bool:
        """True if a paper team would play a round in which there is no moment to collect paper before a reveal."""
        return not collects(coming) and any(True for _ in self.paper_teams(*self.plan.scopes[coming.id]))

    def scope(self, playing: Round, question: QuestionId) -> str:
        """What a venue confirms as collected for this question: the round, or the question itself where slips are used."""
        return question if uses_slips(playing) else playing.id

    def missing_venues(self, scope: str) -> frozenset[VenueId]:
        """Venues with paper teams in this scope that have not confirmed."""
        venues = {team.venue for team in self.paper_teams(*self.plan.scopes[scope])}
        return frozenset(venue for venue in venues if venue is not None and (venue, scope) not in self.collected)

    def is_revealed(self, scope: str) -> bool:
        """True from the first solution of a scope that is revealed: who writes now could have heard it."""
        return any(self.plan.questions[position][1].id in self.revealed for position in self.plan.scopes[scope])

    def marks_count(self, venue: VenueId, scope: str) -> bool:
        """True for marks of a venue that confirmed before the reveal, or that the host has let in."""
        here = (venue, scope)
        return here in self.accepted or (here in self.collected and here not in self.waiting)

    def counting(self, key: CellKey) -> Known:
        """The operations of a cell that were entered in time, or that the host has let in."""
        known = self.cells.get(key, EMPTY)
        if self.kept_out.isdisjoint(known):
            return known
        return {name: operation for name, operation in known.items() if name not in self.kept_out}

    @property
    def is_before_play(self) -> bool:
        """True until the first question is opened: nothing that anybody did counts yet."""
        return self.phase is Phase.LOBBY and not self.openings

    def team_now(self, team: TeamId) -> TeamId:
        """The team that this one is by now."""
        while team in self.merged:
            team = self.merged[team].into
        return team

    def ever_joined(self) -> list[TeamId]:
        """All teams that ever joined, in that order; those that were another one stand where they stood."""
        row = [*self.teams]
        for team, gone in sorted(self.merged.items(), key=lambda pair: pair[1].at):
            row.insert(gone.at, team)
        return row

    def solution(self, question: QuestionId) -> Solution:
        """The solution; whoever asks must know that its reader may have it."""
        return self.pack.solutions[question]


@dataclass(frozen=True, slots=True)
class Plan:
    """The pack laid out as one row of questions: what stands where."""

    questions: tuple[tuple[Round, Question], ...]
    positions: Mapping[QuestionId, int]
    scopes: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, pack: Pack) -> "Plan":
        """Derived from the pack once."""
        row = tuple((playing, question) for playing in pack.rounds for question in playing.questions)
        scopes: dict[str, tuple[int, ...]] = {}
        for position, (playing, question) in enumerate(row):
            scope = question.id if uses_slips(playing) else playing.id
            scopes[scope] = (*scopes.get(scope, ()), position)
        return cls(row, {question.id: position for position, (_, question) in enumerate(row)}, scopes)


def reveals_at_end(playing: Round) -> bool:
    """True for a round whose answers stay editable until one shared cut-off."""
    return playing.reveal is Reveal.ROUND_END


def uses_slips(playing: Round) -> bool:
    """True for a round whose paper is collected question by question, which only a round that reveals each can need."""
    return playing.collect is Collect.QUESTION and not reveals_at_end(playing)


def collects(playing: Round) -> bool:
    """True for a round with a moment between its last answer and its first reveal in which paper is collected."""
    return reveals_at_end(playing) or playing.collect is Collect.QUESTION
