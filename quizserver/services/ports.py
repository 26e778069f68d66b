"""What the use cases need from the outside: the ledger, the boxes, presence, the archive. Products stand behind these, never here.

Every adapter passes the same contract suite (tests/services/contracts). All times are battle time in milliseconds unless named
otherwise. Every call may raise StoreGone, which is temporary: nothing is known about whether a write arrived, and every write is
safe to repeat.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from quizserver.battle.announcements import Announced
from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import AnswerId, BattleId, QuestionId, SeatId, TeamId, VenueId
from quizserver.battle.questions import Plain


class StoreGone(Exception):
    """The store did not answer. The message is one sentence for the log; `store` names what is gone, where it is a whole store."""

    def __init__(self, sentence: str = "", store: str = "") -> None:
        super().__init__(sentence)
        self.store = store


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a ledger. `body` is canonical JSON bytes {"at","type","v",...}; `hash` = sha256(previous hash + body) in hex;
    `beside` is JSON bytes of what the hash does not cover (texts of committed names), b"" if nothing."""

    version: int
    body: bytes
    hash: str
    beside: bytes = b""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a ledger ends: epoch, version of the last entry, its hash. An empty ledger is Head(0, 0, "")."""

    epoch: int = 0
    version: int = 0
    hash: str = ""


@dataclass(frozen=True, slots=True)
class BoxChange:
    """What a box is told in the same script as the entries: absolute values, so that telling twice changes nothing.

    opens_at_ms: stamps before it are refused as `not_open`; cut_off_ms None: not known yet. `counts` is `last` or `first`."""

    question: QuestionId
    opening: int
    counts: str
    opens_at_ms: int
    cut_off_ms: int | None
    paused: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class Appended:
    """The entries stand in the ledger."""

    head: Head


@dataclass(frozen=True, slots=True)
class LostRace:
    """Somebody else appended first: the present head, and the first entries after our version, at most 500. They need not continue
    ours: the epoch, a lower version, or a hash that does not fit says that the past was another one."""

    head: Head
    missing: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class AcceptedLater:
    """A cut-off would fall before an answer that was already acknowledged: decide again with this greatest stamp."""

    greatest_stamp_ms: int


class Ledger(Protocol):
    """One append-only, hash-chained log a battle."""

    async def battles(self) -> Mapping[BattleId, str]:
        """All battles with their PIN, in the order in which they were made."""

    async def register(self, battle: BattleId, pin: str) -> bool:
        """Claims a PIN for a battle before its first entry; False if the PIN is taken by another battle. Repeating is harmless."""

    async def append(
        self, battle: BattleId, seen: Head, entries: Sequence[Entry], boxes: Sequence[BoxChange], epoch: int | None = None
    ) -> Appended | LostRace | AcceptedLater:
        """All entries (one at least) and box changes in one atomic script, or none. Compares epoch, version and hash with the head.

        A repeat of an append that had arrived is recognised by its last hash and answered as Appended; it changes nothing. What a
        closed box is told is passed over: its rules are final. `epoch`: the head's from now on, when a restore raises it."""

    async def read(self, battle: BattleId, after: int = 0, most: int = 1000) -> Sequence[Entry]:
        """Entries with version > after, in order, at most `most`."""

    async def head(self, battle: BattleId) -> Head: ...

    async def heads(self, battles: Sequence[BattleId]) -> Mapping[BattleId, Head]:
        """The same for several in one round trip."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Something new in a battle: the ledger has entries after what was known, or boxes recorded answers.

    `reset`: the ledger is not the one that was followed (emptied, restored, of another epoch). Drop the state, read it anew and
    `watch` again; until then nothing more comes of this battle. `gap`: answers were recorded that will not come here: read the
    boxes; also said when following begins. With nothing at all: a battle that is registered and that nobody follows here yet."""

    battle: BattleId
    entries: tuple[Entry, ...] = ()
    answers: tuple["Recorded", ...] = ()
    reset: bool = False
    gap: bool = False


class Feed(Protocol):
    """What other processes (and this one) wrote, pushed: ledger entries and accepted answers of all followed battles."""

    def follow(self, positions: Mapping[BattleId, Head]) -> AsyncIterator[Moved]:
        """Blocks for news for ever, from the given heads on; answers from now on. New battles are followed by `watch`.

        Entries come in order, without holes, each continuing the one before it. A store that is gone is waited for. One `follow`
        at a time."""

    def watch(self, battle: BattleId, head: Head) -> None:
        """Adds a battle to a running `follow`, or moves its position; takes effect within a second."""

    async def abreast(self, battle: BattleId) -> None:
        """Returns once all that the store had of this battle at this call has been passed on by `follow` and taken in there.

        Mostly one round trip, and a moment more where something is on its way. Waits for ever where nothing follows; bound it."""


class Verdict(StrEnum):
    """What a box says to an answer, in the order in which it is examined."""

    RECORDED = "recorded"
    CONFLICT = "conflict"  # known id, other value: the first stands
    NOT_OPEN = "not_open"  # no such box, or stamped before it opened
    LATE = "late"  # stamped after the cut-off
    MISSED = "missed"  # in time, but the box is sealed: listed for the host
    PAUSED = "paused"
    LOCKED = "locked"  # policy `first`, and an answer exists
    SUPERSEDED = "superseded"  # kept over a lost connection while another device of the team wrote a newer one
    LIMIT = "limit"  # 64 revisions


class Offered(NamedTuple):
    """An answer as it was received. `stamp_ms`: battle time at reading the frame; `seen`: the revision the device showed at the
    tap; `held`: it was kept over a lost connection; `device`: the seat."""

    id: AnswerId
    team: TeamId
    device: SeatId
    question: QuestionId
    opening: int
    value: Plain
    stamp_ms: int
    seen: int = 0
    held: bool = False


class Recorded(NamedTuple):
    """The answer to an offer. When recorded (now or before): its revision (1..64) and its stored stamp. `stands`: it is the team's
    standing answer (greatest by (stamp, id)) after the whole call. For other verdicts revision is the team's latest revision then,
    0 if none; stamp and value are those offered."""

    verdict: Verdict
    id: AnswerId
    team: TeamId
    question: QuestionId
    opening: int
    revision: int
    stamp_ms: int
    value: Plain = None
    stands: bool = True


class TeamAnswer(NamedTuple):
    """A team's standing answer in an open box. `revision`: the team's latest, another answer's if an older stamp came later."""

    team: TeamId
    id: AnswerId
    value: Plain
    revision: int
    stamp_ms: int


class Boxes(Protocol):
    """The answers to questions, apart from the ledger until they are sealed."""

    async def offer(self, battle: BattleId, answers: Sequence[Offered]) -> Sequence[Recorded]:
        """Results in the same order. Atomic up to 500 answers or 256 KiB of values, beyond that in several calls. Reads no clock.
        Recorded means fsynced. An answer that is known as missed stays missed, and one that was late until the box is sealed stays
        late, whatever stamp it is repeated with: another process may have read it earlier."""

    async def standing(self, battle: BattleId, question: QuestionId, opening: int) -> Sequence[TeamAnswer]:
        """The standing answer of every team in this box."""

    async def count(self, battle: BattleId, boxes: Sequence[tuple[QuestionId, int]]) -> Mapping[tuple[QuestionId, int], int]:
        """How many teams have an answer in each box."""

    async def greatest_stamp(self, battle: BattleId, boxes: Sequence[tuple[QuestionId, int]]) -> int:
        """The greatest stamp accepted in any of these boxes, 0 if none."""

    async def seal(self, battle: BattleId, question: QuestionId, opening: int) -> Sequence[AnswerRow]:
        """Ends writing into a closed box and returns all its revisions in canonical order; repeating returns the same rows, none
        once they are dropped. Raises StoreGone where no such box is closed: then this store is not the one the caller knew."""

    async def rows(self, battle: BattleId, question: QuestionId, opening: int) -> Sequence[AnswerRow]:
        """All revisions of a box in canonical order, and nothing ends; none once they are dropped."""

    async def missed(self, battle: BattleId, question: QuestionId, opening: int) -> Sequence[AnswerRow]:
        """In-time answers that arrived after the seal, by (stamp, id), at most 500. Their revision is 0: they have none."""

    async def put_back(self, battle: BattleId, question: QuestionId, opening: int, rows: Sequence[AnswerRow]) -> None:
        """Rows of an archived box for a store that has lost them, before the box is told its rules. Known ids stay as they are;
        whose device wrote them is not known any more. Repeating changes nothing."""

    async def drop(self, battle: BattleId, question: QuestionId, opening: int) -> None:
        """Frees a sealed box's rows once they stand in the ledger and the archive; nothing happens to any other box. Verdicts,
        count and greatest stamp stay right, also for repeats of known ids; `standing` and `seal` are empty afterwards."""


class Sign(NamedTuple):
    """A sign of life by the store's clock, and the one before it, whoever gave that (0: nobody ever did)."""

    before_ms: int
    at_ms: int


class Presence(Protocol):
    """Which processes are there, by leases that the store counts down."""

    async def now_ms(self) -> int:
        """The store's clock: milliseconds since the epoch. All processes of a battle share it."""

    async def put_right(self, by_ms: int) -> None:
        """The machine's clock was set: the store's goes on from so much later, for everybody and for ever, as if it had not been.
        Nothing happens where somebody else was faster since we were told the time last."""

    async def renew(self, process: str, battles: Sequence[BattleId]) -> None:
        """Holds a lease of 3 s on each battle; renewed at least every second. Never counts as `alive`: it would hide an outage."""

    async def leave(self, process: str, battles: Sequence[BattleId]) -> None: ...

    async def leases(self, battle: BattleId) -> frozenset[str]:
        """Processes with a live lease."""

    async def drained(self, battle: BattleId, process: str, clock: str) -> None:
        """Says that this process holds no answer of the closed boxes named by `clock` any more."""

    async def have_drained(self, battle: BattleId, clock: str) -> frozenset[str]: ...

    async def alive(self, battle: BattleId, process: str) -> Sign:
        """Writes that a server runs this battle now, and tells when one last said so before: every quarter of a second.

        After StoreGone the next call is told what the lost answer said, so that no outage is hidden by its own retry."""


class SeatTaken(NamedTuple):
    """A device was welcomed in its seat by process `by`. `at_ms`: the store's clock after the device came and before it was
    welcomed, so that of two welcomes the later one has the greater, whichever processes gave them."""

    battle: BattleId
    seat: SeatId
    at_ms: int
    by: str


class SeatNews(Protocol):
    """What processes tell each other of seats, for a moment: what is not heard then is lost, which whoever tells must bear."""

    async def tell(self, taken: Sequence[SeatTaken]) -> None:
        """One round trip. It may be heard twice."""

    async def since(self, place: str) -> tuple[Sequence[SeatTaken], str]:
        """What was told after a place by anybody, in order, at most the last 100 calls of `tell`; and the place after it. "" is the
        present: nothing, and what is told from now on comes after it. A place that an emptied store does not know any more is left
        for its present."""


class Secrets(Protocol):
    """What must be shared by all processes and must never stand in a ledger."""

    async def of_battle(self, battle: BattleId) -> bytes:
        """32 random bytes made at the first call, the same for every process."""

    async def put_back(self, battle: BattleId, secret: bytes) -> None:
        """The archived secret, for a store that has lost it; one that is there stays."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A console that has signed in. `browser`: what it says of itself, for people to tell one from another. `name`: of the host, if
    it signed in by a password that has one."""

    token_hash: str
    since_ms: int
    seen_ms: int
    browser: str
    name: str = ""


class Keyring(Protocol):
    """Consoles that have signed in. Only hashes of their tokens are kept."""

    async def remember_host(self, token_hash: str, browser: str, name: str = "") -> None:
        """It is known again after any restart, for a week after it was last seen."""

    async def seen(self, token_hashes: Sequence[str]) -> frozenset[str]:
        """Those of them that are signed in; they have been seen now. What is forgotten meanwhile stays forgotten."""

    async def hosts(self) -> Sequence[SignedIn]:
        """All that are signed in, the last seen first."""

    async def forget_hosts(self, token_hashes: Sequence[str]) -> None:
        """They are signed out for good."""

    async def signed_out(self, token_hashes: Sequence[str]) -> frozenset[str]:
        """Those of them that somebody signed out within the last week: whoever is merely unknown was lost with the store's data."""


class Passwords(Protocol):
    """Of hosts. Its methods block for as long as a disk or a hash takes: they belong into a thread."""

    def names(self) -> tuple[str, ...]:
        """Whoever has a password, "" for a host without a name."""

    def proved(self, name: str, password: str) -> str | None:
        """What the host is called whose password this is; None if it is nobody's."""


class Placed(NamedTuple):
    """Where a team stands. `points` in hundredths; `possible`: the best and the worst place it may come to while something is not
    known, None where its place is certain."""

    place: int
    points: int
    possible: tuple[int, int] | None = None


class StandingCache(Protocol):
    """The standing as sorted sets: the score is the place, so that a batch of own places is one call."""

    async def put(self, battle: BattleId, which: str, version: int, places: Mapping[TeamId, Placed]) -> None:
        """Writes all places under a new version, then switches the pointer; an older version never replaces a newer."""

    async def places(self, battle: BattleId, which: str, teams: Sequence[TeamId]) -> Mapping[TeamId, Placed]:
        """Of each team that has one, out of one version."""

    async def top(self, battle: BattleId, which: str, start: int, count: int) -> Sequence[TeamId]: ...


class Tally(NamedTuple):
    """Of a battle's announcements: `changes` is another number after each that is added or changed; `undecided` is how many neither
    their teams nor a host have decided on, so far as the store knows, which does not know what was approved."""

    changes: int
    undecided: int


class Announcements(Protocol):
    """What is known of people: teams that announced themselves, and who represents a venue. In SQL alone, and erased from it. Every
    call may raise StoreGone."""

    async def of_battle(self, battle: BattleId) -> Sequence[Announced]:
        """All of them, oldest first."""

    async def tally(self, battle: BattleId) -> Tally:
        """In a hundredth of the time that it takes to read them."""

    async def add(self, battle: BattleId, rows: Sequence[Announced]) -> None:
        """New ones. One whose id is known in this battle, or whose line of a file is, is skipped."""

    async def change(self, battle: BattleId, row: Announced) -> bool:
        """Replaces the one of this id if its revision is still this one's, which then rises by 1. False: somebody was quicker."""

    async def by_link(self, link: str) -> tuple[BattleId, Announced] | None:
        """Whose private link has this hash."""

    async def representatives(self, battle: BattleId) -> Mapping[VenueId, str]: ...

    async def name_representative(self, battle: BattleId, venue: VenueId, name: str) -> None:
        """Nobody represents it where the name is empty."""


class Archive(Protocol):
    """The lasting record in SQL. Live play never waits for it; every call may raise StoreGone, and may be repeated."""

    async def put(self, battle: BattleId, pin: str, epoch: int, entries: Sequence[Entry]) -> None:
        """Adds entries that continue the archived ones; known ones are skipped. Raises BrokenChain where they do not continue."""

    async def set_aside(self, battle: BattleId) -> None:
        """The ledger has another past than what is archived: that is kept, and is no longer this battle's."""

    async def head(self, battle: BattleId) -> Head: ...

    async def battles(self) -> Mapping[BattleId, str]:
        """Archived battles with their PIN, oldest first."""

    def read(self, battle: BattleId) -> AsyncIterator[Entry]: ...

    async def put_answers(self, battle: BattleId, answers: Sequence[Recorded]) -> None:
        """What boxes recorded, of a battle whose first entry is archived; known ids are skipped."""

    async def answers(self, battle: BattleId) -> Mapping[tuple[QuestionId, int], Sequence[AnswerRow]]:
        """All archived answers by box, in canonical order."""

    async def forget_answers(self, battle: BattleId, boxes: Collection[tuple[QuestionId, int]]) -> None:
        """Their seals are archived: they stand in entries now."""

    async def put_secret(self, battle: BattleId, secret: bytes) -> None:
        """What `Secrets` has of a battle, so that its teams' codes outlive the store; the first one that is put stays."""

    async def secret(self, battle: BattleId) -> bytes | None: ...


class BrokenChain(Exception):
    """Entries that do not continue the chain they claim to continue."""
