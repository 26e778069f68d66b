"""What may be asked of a battle. Imperatives; ids and salts are made by whoever asks, since the battle itself draws no lots.

`by` says who asked (a device or a clock). `seen_step` is the step the host's page showed: of two presses made on the same step
one takes effect and the other is refused as `stale`. None means that it does not matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from quizserver.battle.events import AnswerRow, Name
from quizserver.battle.ids import BattleId, QuestionId, RoundId, ScorekeeperId, SeatId, TeamId, VenueId
from quizserver.battle.questions import Pack
from quizserver.battle.settings import BattleSettings, Source
from quizserver.battle.sheets import Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something asked. `by` at most 80 characters."""

    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press(Command):
    """A step of the evening that somebody presses a key for."""

    seen_step: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateBattle(Command):
    battle: BattleId
    pin: str
    pack: Pack
    settings: BattleSettings
    venue: VenueId
    venue_name: str


# --- the evening's steps -------------------------------------------------------------------------------------------------


class StartRound(Press):
    """Begins the next round."""


class ShowQuestion(Press):
    """Shows the next question; unless the host opens by hand, answers open by themselves after the reading time."""


class OpenAnswers(Press):
    """Opens the shown question for answers now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseAnswers(Press):
    """Closes now. `greatest_stamp_ms`: the greatest stamp accepted so far, since what was acknowledged stays."""

    greatest_stamp_ms: int = 0


class CallLast(Press):
    """Starts the one clock that all questions of a round share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeUp(Command):
    """The clock ran out. `clock`: which clock, so that a timer set for another one changes nothing."""

    clock: int
    greatest_stamp_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SealBox(Command):
    """The box is final: all its answers, superseded ones included, in canonical order (stamp, id), and their digest."""

    question: QuestionId
    opening: int
    rows: tuple[AnswerRow, ...]


class Reveal(Press):
    """Reveals the next solution."""


class EndRound(Press):
    """Ends the round; its standing is then what the ledger says for ever."""


class ShowPodium(Press):
    """Goes to the final."""


class Finish(Press):
    """Ends the battle."""


class GoBack(Press):
    """Shows what was shown before. It never changes what counts."""


class Reopen(Press):
    """Opens a closed, unrevealed question (or round) once more, as a new opening."""


class GoOnUncollected(Press):
    """Goes on over the venues that have not confirmed; recorded, and their marks wait for the host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmCollected(Command):
    """No team of this venue can write any more. `scope`: the round, or the question where slips are collected."""

    venue: VenueId
    scope: str


# --- the clock -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(Command):
    """Hides the question and stops the clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(Command):
    """Shows it again; the clock goes on where it stood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend(Command):
    """Gives more time. `why`: `host`, or `outage` when no server was there. by_ms > 0, at most an hour."""

    by_ms: int
    why: str = "host"


# --- people --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AddVenue(Command):
    venue: VenueId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameVenue(Command):
    venue: VenueId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribeVenue(Command):
    """Its city, and when it begins by its own clocks: `starts` "HH:MM", "" with everybody; `zone_min`: its minutes east of UTC."""

    venue: VenueId
    city: str = ""
    starts: str = ""
    zone_min: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRegistration(Command):
    """Teams may announce themselves, or no longer."""

    opened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinTeam(Command):
    """A new team. Online with its first seat, or announced and without one yet; on paper with a venue and no seat. `spare`: the
    number of the spare sheets that it already writes on. `people`: how many they are, 0 where nobody said."""

    team: TeamId
    name: Name
    plays: Source
    venue: VenueId | None = None
    seat: SeatId | None = None
    token_hash: str = ""
    spare: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CountPeople(Command):
    """How many people a team is, 0-99; 0: nobody has said."""

    team: TeamId
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeTeams(Command):
    """Two teams are one, before play: `into` stays, with the devices and the sheets of both."""

    team: TeamId
    into: TeamId


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSeat(Command):
    """A further device of a team."""

    team: TeamId
    seat: SeatId
    token_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferToken(Command):
    """Gives a seat whose token is old a new one. Both open it until the new one is first used. Both are hashes."""

    before: str
    token_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UseToken(Command):
    """A token that was offered is used for the first time: from now on the one before it opens nothing."""

    token_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameTeam(Command):
    team: TeamId
    name: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class MuteTeam(Command):
    """A muted team plays and counts; its name is shown on no screen."""

    team: TeamId
    muted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveTeams(Command):
    """Their names may be shown. By id, not all at once: a host approves what the host has read."""

    teams: tuple[TeamId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTeam(Command):
    team: TeamId
    venue: VenueId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSource(Command):
    """From one question on (or for one round only), a team's points come from the other source. Always with a reason."""

    team: TeamId
    round: RoundId
    question: QuestionId
    source: Source
    only_this_round: bool
    reason: str
    venue: VenueId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReserveSpares(Command):
    """A venue shall have so many free numbers for spare sheets, 1-50. Those it has stay: a second stack has the same numbers."""

    venue: VenueId
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignSpare(Command):
    """Spare sheets are a team's from now on, in all rounds. A free number, good once."""

    team: TeamId
    spare: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LockLobby(Command):
    locked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmitStaff(Command):
    """Gives a desk or a screen its key. `role`: desk or screen; `token_hash` as of a seat."""

    role: str
    token_hash: str
    venue: VenueId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeStaff(Command):
    """Takes a desk's or screen's key back. `token_hash` as it was admitted."""

    token_hash: str


# --- the stage -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowStanding(Command):
    """`which`: total or speed. Shown until the next step."""

    which: str = "total"


class ShowPlay(Command):
    """Takes the standing or the break off the stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeStanding(Command):
    """Frozen, screens and teams keep the standing of this moment."""

    frozen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StartBreak(Command):
    """A break with a countdown, 10 s to 4 h."""

    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveTime(Command):
    """The round trips in milliseconds, by team, that a process had measured before this opening: what of them is given back."""

    question: QuestionId
    opening: int
    trips: Mapping[TeamId, int]


# --- marks and corrections -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class NameScorekeeper(Command):
    """Somebody sits down at a desk of this venue. A scorekeeper that is known keeps the name it gave first."""

    scorekeeper: ScorekeeperId
    venue: VenueId
    name: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterMarks(Command):
    """What a desk entered. Known operations change nothing, so a desk may send all it has, twice, in any order."""

    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptMarks(Command):
    """The host lets the marks of a venue count that had not confirmed before the reveal."""

    venue: VenueId
    scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeLate(Command):
    """The host's word on operations that came after their gate, by name, always with a reason. `verdict`: the id of this word;
    `over`: the verdicts that the host saw on them and replaces."""

    verdict: str
    operations: tuple[str, ...]
    accepted: bool
    reason: str
    over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidQuestion(Command):
    """Takes a question out for everybody (or puts it back)."""

    question: QuestionId
    voided: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleAnswer(Command):
    """Accepts or rejects what was said, for all who said it; None takes the ruling back."""

    question: QuestionId
    said: str
    accepted: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TickAnswer(Command):
    """The host's tick under a wrong text: screens may show it."""

    question: QuestionId
    said: str
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmitMissed(Command):
    """Lets an answer count that was in time and arrived after the seal."""

    question: QuestionId
    opening: int
    row: AnswerRow


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustPoints(Command):
    """Bonus or penalty in hundredths, not zero, always with a reason."""

    team: TeamId
    points: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRestored(Command):
    """The ledger came back from the archive up to version `upto`; what was lost after it is listed."""

    epoch: int
    upto: int
    lost: Mapping[str, str]


PEOPLE: tuple[type[Command], ...] = (
    AddVenue,
    RenameVenue,
    DescribeVenue,
    OpenRegistration,
    JoinTeam,
    CountPeople,
    MergeTeams,
    TakeSeat,
    OfferToken,
    UseToken,
    RenameTeam,
    MuteTeam,
    ApproveTeams,
    MoveTeam,
    ChangeSource,
    ReserveSpares,
    AssignSpare,
    LockLobby,
    AdmitStaff,
    RevokeStaff,
    NameScorekeeper,
)
STAGE: tuple[type[Command], ...] = (ShowStanding, ShowPlay, FreezeStanding, StartBreak)
CLOCK: tuple[type[Command], ...] = (Pause, Resume, Extend)
CORRECTIONS: tuple[type[Command], ...] = (
    EnterMarks,
    AcceptMarks,
    JudgeLate,
    VoidQuestion,
    RuleAnswer,
    TickAnswer,
    AdmitMissed,
    AdjustPoints,
    NoteRestored,
)
