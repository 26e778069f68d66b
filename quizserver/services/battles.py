"""A battle as one process knows it: its state, how commands get into the ledger, how others' entries get into the state.

No process leads. Whoever is asked decides on the state it knows and appends; if somebody was faster it catches up and decides
again. All commands that wait while an append is on its way go together in the next one, so an append costs the same for one or
five hundred.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from quizserver.battle import events as did
from quizserver.battle.commands import Command
from quizserver.battle.evolve import evolve
from quizserver.battle.ids import BattleId
from quizserver.battle.refusals import Fault, Refused
from quizserver.battle.state import BattleState
from quizserver.services.box_changes import box_changes
from quizserver.services.clock import BattleClock
from quizserver.services.deciding import Done, decide_together, with_stamp
from quizserver.services.entries import chained, followed
from quizserver.services.outages import Outages
from quizserver.services.ports import Appended, BrokenChain, Entry, Head, Ledger, LostRace, StoreGone

__all__ = ["Done", "LiveBattle", "News"]

log = logging.getLogger("quizserver")
MOST_TOGETHER = 500
READ_AT_ONCE = 250  # entries; one of answers has up to 100 KB, and a reply is waited for 2.5 s
UNAVAILABLE = Refused("store_gone", Fault.SERVER, temporary=True)


class LedgerLost(StoreGone):
    """The store has less of a ledger than we have seen of it, or an older one: it waits to be restored."""


@dataclass(frozen=True, slots=True)
class News:
    """A step of the ledger as listeners hear it. `before` is None at the first, and where the past was read anew: then nothing
    that was known of this battle holds any longer, and no events are named."""

    battle: BattleId
    before: BattleState | None
    after: BattleState
    events: tuple[did.Event, ...]


Listener = Callable[[News], None]


@dataclass(frozen=True, slots=True)
class _Forward:
    """Where entries lead."""

    head: Head
    state: BattleState
    events: tuple[did.Event, ...]


@dataclass(slots=True)
class _Waiting:
    command: Command
    done: "asyncio.Future[Done]"


class LiveBattle:
    """One battle. `state` and `head` are only ever replaced together, by entries that continue the chain."""

    def __init__(self, battle: BattleId, ledger: Ledger, clock: BattleClock, outages: Outages | None = None) -> None:
        self.id, self._ledger, self._clock = battle, ledger, clock
        self.state: BattleState | None = None
        self.head = Head()
        self.listeners: list[Listener] = []
        self.when_lost: Callable[[], None] = lambda: None
        """Called where the store is found to have less of the ledger than we know, which its feed may not have noticed."""
        self._waiting: list[_Waiting] = []
        self._committing: asyncio.Task[None] | None = None
        self._outage = (outages or Outages()).of(f"the ledger of battle {battle}")

    @property
    def known(self) -> BattleState:
        """The state of a battle that has begun."""
        if self.state is None:
            raise LookupError(f"battle {self.id} has no first entry yet")
        return self.state

    # --- what others wrote ---

    async def catch_up(self) -> None:
        """Reads on from where we are to the ledger's end. Raises StoreGone, also as LedgerLost; BrokenChain."""
        known = self.head  # what we append while we ask may be newer than the reply
        self._must_not_be_behind(await self._ledger.head(self.id), known)
        while entries := await self._ledger.read(self.id, self.head.version, READ_AT_ONCE):
            self.absorb(entries)

    async def reload(self) -> None:
        """Reads the ledger from its first entry, then forgets what was known: an older epoch's state is dropped, never merged.

        Raises StoreGone, as LedgerLost where there is less of it than we know; then what we know stays. Raises BrokenChain."""
        head, state, known = Head((await self._ledger.head(self.id)).epoch), None, self.head
        while entries := await self._ledger.read(self.id, head.version, READ_AT_ONCE):
            forward = _forward(head, state, entries)
            head, state = forward.head, forward.state
        self._must_not_be_behind(head, known)
        if _is_behind(head, self.head):  # we have appended meanwhile, on the very past that was read
            return
        self.head, self.state = head, state
        if state is not None:
            self._tell(News(self.id, None, state, ()))

    def _must_not_be_behind(self, head: Head, known: Head) -> None:
        """Whoever went on from there would write another past over what people have seen."""
        if _is_behind(head, known):
            self.when_lost()
            ends = f"ends at entry {head.version}" if head.version else "is empty"
            raise LedgerLost(f"the ledger of battle {self.id} {ends} and must be restored from the archive")

    def absorb(self, entries: Iterable[Entry]) -> None:
        """Takes in what others (or we) appended: all of it or, raising BrokenChain, nothing. What is known is passed over."""
        if news := [entry for entry in entries if entry.version > self.head.version]:
            self._take(_forward(self.head, self.state, news))

    def _take(self, forward: _Forward) -> None:
        before, self.state, self.head = self.state, forward.state, forward.head
        self._tell(News(self.id, before, forward.state, forward.events))

    def _tell(self, news: News) -> None:
        for listener in self.listeners:
            try:
                listener(news)
            except Exception:  # what is in the ledger has happened; one deaf listener shall not make it look otherwise
                log.exception("battle %s: a listener failed at entry %d", self.id, self.head.version)

    # --- what we write ---

    async def ask(self, command: Command) -> Done:
        """Decides a command and has it in the ledger, durably, before it returns. Never raises for what a person can cause."""
        waiting = _Waiting(command, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._committing is None or self._committing.done():
            self._committing = asyncio.create_task(self._commit_all(), name=f"commit {self.id}")
        return await waiting.done

    async def idle(self) -> None:
        """Returns when everything asked before this call has its answer."""
        if self._committing is not None:
            await asyncio.wait([self._committing])

    async def _commit_all(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
            await self._commit_or_tell_why(together)

    async def _commit_or_tell_why(self, together: Sequence[_Waiting]) -> None:
        try:
            await self._commit(together)
            self._outage.ends()
        except (StoreGone, BrokenChain) as gone:
            self._outage.begins(gone)
            _resolve((each, UNAVAILABLE) for each in together)
        except Exception as bug:
            if len(together) > 1:  # it is one of them; nothing is written yet, and the others shall not suffer
                for each in together:
                    await self._commit_or_tell_why([each])
            elif not together[0].done.done():  # whoever waits must hear of it, or waits for ever
                together[0].done.set_exception(bug)

    async def _commit(self, together: Sequence[_Waiting]) -> None:
        """Decides until the ledger takes it. Every lost race brings us forward, so this ends."""
        while True:
            outcomes, happened = decide_together(self.state, [each.command for each in together], self._clock.now_ms())
            if not happened:
                return _resolve(zip(together, outcomes, strict=True))
            seen, entries = self.head, chained(self.head, happened)
            ahead = _forward(seen, self.state, entries)  # what cannot be read again must not be written
            match await self._ledger.append(self.id, seen, entries, box_changes(self.state, ahead.state)):
                case Appended():
                    self._take(ahead) if self.head == seen else self.absorb(entries)
                    return _resolve(zip(together, outcomes, strict=True))
                case LostRace() as race:
                    await self._after_lost_race(seen, race)
                case later:
                    for each in together:
                        each.command = with_stamp(each.command, later.greatest_stamp_ms)

    async def _after_lost_race(self, seen: Head, race: LostRace) -> None:
        """Comes forward to where the ledger is. Where its past is not ours, ours is dropped."""
        if self.head != seen:
            return  # a follower has brought us forward in the meantime
        try:
            if race.head.epoch == seen.epoch:
                self.absorb(race.missing)
                await self.catch_up()
        except BrokenChain as broken:
            log.warning("battle %s: %s; reading its ledger again", self.id, broken)
        if self.head == seen:
            await self.reload()


def _is_behind(head: Head, known: Head) -> bool:
    return (head.epoch, head.version) < (known.epoch, known.version)


def _forward(head: Head, state: BattleState | None, entries: Sequence[Entry]) -> _Forward:
    """Where these entries, one at least, lead from here. Raises BrokenChain."""
    events: list[did.Event] = []
    for _, event, at_ms in followed(head, entries):
        state = evolve(state, event, at_ms)
        events.append(event)
    assert state is not None
    return _Forward(Head(head.epoch, entries[-1].version, entries[-1].hash), state, tuple(events))


def _resolve(outcomes: Iterable[tuple[_Waiting, Done]]) -> None:
    for waiting, outcome in outcomes:
        if not waiting.done.done():  # whoever asked may have gone
            waiting.done.set_result(outcome)
