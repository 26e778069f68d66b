"""Checks an exported battle without a server: the file, the chain, every seal, and every standing the ledger claims."""

from collections.abc import Iterable
from dataclasses import dataclass

from quizserver.battle import events as did
from quizserver.battle.answers import canonical, digest_of_rows
from quizserver.battle.events import AnswerRow
from quizserver.battle.evolve import evolve
from quizserver.battle.standings import digest, standing
from quizserver.battle.state import BattleState, Place
from quizserver.services.entries import followed
from quizserver.services.ports import BrokenChain, Head
from quizserver.services.reading_exports import Differs, Export

__all__ = ["Differs", "Verified", "verify"]


@dataclass(frozen=True, slots=True)
class Verified:
    """What a file proves. `code`: the first 8 letters of the head hash, as the screens showed it;
    `codes`: those of all entries."""

    state: BattleState
    head: Head
    places: tuple[Place, ...]
    codes: frozenset[str]

    @property
    def code(self) -> str:
        return self.head.hash[:8]


def verify(lines: Iterable[bytes], expect: str | None = None) -> Verified:
    """Reads an export and recomputes everything it claims. `expect`: a code from a screen that some entry must have had as its
    hash. Raises Differs at the first difference."""
    export, checking = Export(), _Checking()
    try:
        for head, event, at_ms in followed(Head(), export.entries(lines)):
            checking.add(head, event, at_ms)
            if checking.state and checking.state.battle != export.battle:
                raise Differs(f"line 1: these are not entries of the battle {export.battle}")
    except BrokenChain as broken:
        raise Differs(str(broken)) from broken
    state, head = checking.state, checking.head
    if state is None:
        raise Differs("the file holds no entry")
    if expect is not None and expect.strip().lower() not in checking.codes:
        raise Differs(f"no entry of this file has the code {expect}; the last one has {head.hash[:8]}")
    return Verified(state, head, standing(state), frozenset(checking.codes))


class _Checking:
    """What the entries so far have made, and what they claim about each other."""

    def __init__(self) -> None:
        self.state: BattleState | None = None
        self.head = Head()
        self.codes: set[str] = set()
        self._rows: dict[tuple[str, int], list[AnswerRow]] = {}

    def add(self, head: Head, event: did.Event, at_ms: int) -> None:
        """The next entry. Raises Differs."""
        where = f"entry {head.version}"
        if self.state and at_ms < self.state.at_ms:
            raise Differs(f"{where}: its time is before that of the entry before it")
        try:
            self._check(event, where)
            self.state = evolve(self.state, event, at_ms)
        except (ValueError, LookupError, TypeError, AttributeError, StopIteration) as problem:
            # No server ever wrote this, so nobody knows what it would break.
            raise Differs(f"{where}: {type(event).__name__} cannot have happened here ({type(problem).__name__})") from problem
        self.head = head
        self.codes.add(head.hash[:8])

    def _check(self, event: did.Event, where: str) -> None:
        """What an entry claims about the entries before it."""
        match event:
            case did.AnswersRecorded():
                self._rows.setdefault((event.question, event.opening), []).extend(event.rows)
            case did.BoxSealed():
                sealed = canonical(self._rows.get((event.question, event.opening), []))
                if len(sealed) != event.count or digest_of_rows(sealed) != event.digest:
                    raise Differs(f"{where}: the sealed answers are not those recorded before it")
            case did.TimeGiven() if self.state is not None:
                if not all(0 <= ms <= self.state.settings.give_ms for ms in event.given.values()):
                    raise Differs(f"{where}: more time was given than this battle gives")
            case did.RoundEnded() | did.BattleFinished() if self.state is not None:
                if digest(standing(self.state)) != event.standing:
                    raise Differs(f"{where}: the standing is not the one that the entries before it give")
