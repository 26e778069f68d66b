"""What happened. Past tense, plain values only, one class an entry of the ledger; `v` rises when a class changes its meaning.

Times are battle time in milliseconds and come from the command's moment (`at_ms` stands on the ledger's entry, not here).
No personal data: the name of a team or a scorekeeper is a `Name`, which the ledger stores as a salted commitment with the text
beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from quizserver.battle.ids import AnswerId, BattleId, QuestionId, RoundId, ScorekeeperId, SeatId, TeamId, VenueId
from quizserver.battle.questions import Counts, Pack, Plain
from quizserver.battle.settings import BattleSettings, Source
from quizserver.battle.sheets import Operation
from quizserver.battle.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Name:
    """A display name and the salt of its commitment, 128 random bits in hexadecimal. Blanked, text is ""."""

    text: str
    salt: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One revision of a team's answer as its box recorded it. The standing one is the greatest by (stamp_ms, id)."""

    team: TeamId
    id: AnswerId
    revision: int
    stamp_ms: int
    value: Plain


@dataclass(frozen=True, slots=True)
class Join:
    """One team that joined: with its first seat if it plays online, with its venue if it has one. `spare`: the number of the spare
    sheets it came with; 0: on paper it is given the next number."""

    team: TeamId
    name: Name
    plays: Source
    venue: VenueId | None = None
    seat: SeatId | None = None
    token_hash: str = ""
    spare: int = 0


@dataclass(frozen=True, slots=True)
class Seat:
    """One device of a team, known by the hash of its token."""

    team: TeamId
    seat: SeatId
    token_hash: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A new token for the seat of the one `before` it; both are hashes."""

    before: str
    token_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. `by`: who asked for it."""

    v: ClassVar[int] = 1
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BattleCreated(Event):
    battle: BattleId
    pin: str
    pack: Pack
    settings: BattleSettings
    venue: VenueId
    venue_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueAdded(Event):
    venue: VenueId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueRenamed(Event):
    venue: VenueId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueDescribed(Event):
    """`starts` "HH:MM" by the venue's own clocks, `zone_min` minutes east of UTC."""

    venue: VenueId
    city: str
    starts: str
    zone_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationOpened(Event):
    opened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsJoined(Event):
    """Many joins in one entry: what waited while the last append was on its way."""

    joins: tuple[Join, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleCounted(Event):
    """How many people a team is: a number, and who they are stands in no ledger."""

    team: TeamId
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsMerged(Event):
    """Two were one: the devices and the sheets of `team` are those of `into`, and so is whatever names it from now on."""

    team: TeamId
    into: TeamId


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsTaken(Event):
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokensOffered(Event):
    """Both tokens of each offer open the seat, until the new one is first used."""

    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokensUsed(Event):
    """These were offered and have come back: the tokens before them open nothing any more."""

    token_hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRenamed(Event):
    team: TeamId
    name: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMuted(Event):
    team: TeamId
    muted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsApproved(Event):
    teams: tuple[TeamId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMoved(Event):
    team: TeamId
    venue: VenueId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChanged(Event):
    team: TeamId
    round: RoundId
    question: QuestionId
    source: Source
    only_this_round: bool
    reason: str
    venue: VenueId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SparesReserved(Event):
    """The next `count` numbers of sheets are spares of this venue."""

    venue: VenueId
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpareAssigned(Event):
    """The sheets of this number are this team's, beside those it had."""

    team: TeamId
    spare: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LobbyLocked(Event):
    locked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffAdmitted(Event):
    role: str
    token_hash: str
    venue: VenueId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRevoked(Event):
    token_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundStarted(Event):
    round: RoundId


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionShown(Event):
    """`again`: it was shown before and its answers are not touched. `shows_at_ms`: when phones and screens show it, so that all do
    at one moment; 0: as soon as they have it."""

    question: QuestionId
    again: bool = False
    shows_at_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersOpened(Event):
    """Answers stamped from opens_at_ms on count. cut_off_ms is None while only the round's end closes them."""

    question: QuestionId
    opening: int
    opens_at_ms: int
    deadline_ms: int
    cut_off_ms: int | None
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class LastCallStarted(Event):
    round: RoundId
    deadline_ms: int
    cut_off_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LastCallWithdrawn(Event):
    round: RoundId


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionClosed(Event):
    """`early`: before the shown deadline, so that devices must be told."""

    question: QuestionId
    opening: int
    cut_off_ms: int
    early: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundClosed(Event):
    """All boxes of the round share this cut-off."""

    round: RoundId
    cut_off_ms: int
    early: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersRecorded(Event):
    """A part of a box, at most 500 rows, superseded revisions included, in canonical order (stamp, id)."""

    question: QuestionId
    opening: int
    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxSealed(Event):
    """`digest`: sha256 over all rows in canonical order (answers.digest_of_rows)."""

    question: QuestionId
    opening: int
    count: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueCollected(Event):
    """`late`: after the reveal; this venue's marks then wait for the host."""

    venue: VenueId
    scope: str
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionEnded(Event):
    """Everything is collected, or the host went on over these venues."""

    scope: str
    over: tuple[VenueId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionRevealed(Event):
    question: QuestionId
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundEnded(Event):
    """`standing`: sha256 of the standing at this moment (standings.digest), so that a verifier can hold it against its own."""

    round: RoundId
    standing: str
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WentBack(Event):
    """The stage shows an earlier phase; `phase` is one of phases.Phase. What counts is untouched."""

    phase: str
    round: int
    question: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PodiumShown(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class BattleFinished(Event):
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Event):
    """Every running clock moves by this much."""

    by_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockExtended(Event):
    by_ms: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeGiven(Event):
    """So many milliseconds of these teams' time for an answer are their lines'. A later word on a team replaces the one before."""

    question: QuestionId
    opening: int
    given: Mapping[TeamId, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingShown(Event):
    which: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayShown(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingFrozen(Event):
    frozen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakStarted(Event):
    until_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorekeeperNamed(Event):
    """Somebody sat down at a venue's desk. `person`: the first scorekeeper of this name there, itself if it is new: what both enter
    is entered by one person. It stands here, for names may be forgotten, and the marks must still say the same."""

    scorekeeper: ScorekeeperId
    venue: VenueId
    name: Name
    person: ScorekeeperId


@dataclass(frozen=True, slots=True, kw_only=True)
class MarksEntered(Event):
    """`late`: the names of those that came after their gate. They count once the host has let them in."""

    operations: tuple[Operation, ...]
    late: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LateJudged(Event):
    """The host let late operations count, or turned them away."""

    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class MarksAccepted(Event):
    venue: VenueId
    scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionVoided(Event):
    question: QuestionId
    voided: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRuled(Event):
    question: QuestionId
    said: str
    accepted: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTicked(Event):
    """Screens may show this wrong text (or may no longer)."""

    question: QuestionId
    said: str
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedAdmitted(Event):
    question: QuestionId
    opening: int
    row: AnswerRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsAdjusted(Event):
    team: TeamId
    points: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored(Event):
    """`lost`: `since_ms`, after which whatever was acknowledged may be missing, and by "<question>.<opening>" of each box that was
    open then how many answers were put back into it."""

    epoch: int
    upto: int
    lost: Mapping[str, str]


EVENTS: Mapping[str, type[Event]] = {cls.__name__: cls for cls in Event.__subclasses__()}
"""Every kind of entry by the name under which the ledger stores it."""
