"""All battles of one process while it runs: followed, kept in time, alive. The one owner of its tasks."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from secrets import token_bytes

from quizserver.battle.ids import BattleId, TeamId
from quizserver.battle.refusals import Refused
from quizserver.battle.state import BattleState
from quizserver.services.answering import Answering
from quizserver.services.battles import LedgerLost, LiveBattle, News
from quizserver.services.clock import RESAMPLE_S, BattleClock
from quizserver.services.creating import Wish, create
from quizserver.services.deadlines import Deadlines
from quizserver.services.giving_time import GivingTime
from quizserver.services.hearing import Hearing
from quizserver.services.open_answers import OpenAnswers
from quizserver.services.outages import Outages
from quizserver.services.ports import Boxes, BrokenChain, Feed, Ledger, Moved, Presence, Recorded, SeatNews, Secrets, StoreGone
from quizserver.services.presence import STEP_MS, Heartbeat
from quizserver.services.receipts import KEY_BYTES, Receipts
from quizserver.services.restoring import Restoring
from quizserver.services.sealed_keys import SealedKeys
from quizserver.services.seating import Seating, new_id
from quizserver.services.taken_seats import TakenSeats
from quizserver.services.tasks import RETRY_S, ended, kept
from quizserver.services.write_pace import WritePace

log = logging.getLogger("quizserver")
GOODBYE_S = 2.0
ABREAST_S = 2.0  # mostly some milliseconds, a second for a battle that is new here; whoever waits longer is better off elsewhere
RESTORE_S = 30.0  # an archive that takes longer hangs, and is asked again


@dataclass(frozen=True, slots=True)
class Stores:
    """The ports one process runs on."""

    ledger: Ledger
    boxes: Boxes
    feed: Feed
    presence: Presence
    secrets: Secrets
    seats: SeatNews
    outages: Outages = field(default_factory=Outages)


class Running:
    """`open`, then `close`. Between them every battle of the store is followed and every clock is watched.

    `round_trips`: how long this process finds the lines of a battle's teams, in milliseconds; whoever has the lines sets it."""

    def __init__(self, stores: Stores, restoring: Restoring | None = None, receipt_key: bytes = b"") -> None:
        self.process = new_id()
        self.receipts = Receipts(receipt_key or token_bytes(KEY_BYTES))
        self.stores, self._restoring = stores, restoring
        self.clock = BattleClock(stores.presence.now_ms)
        self.battles: dict[BattleId, LiveBattle] = {}
        self.open_answers: dict[BattleId, OpenAnswers] = {}
        self.seating, self.sealed_keys = Seating(stores.secrets), SealedKeys(stores.secrets)
        self.on_battle: list[Callable[[LiveBattle], None]] = []
        self.round_trips: Callable[[BattleId], Mapping[TeamId, int]] = lambda battle: {}
        self.on_answers: list[Callable[[BattleId, list[Recorded]], None]] = []
        loop = asyncio.get_running_loop()
        self.pace = WritePace()
        self.hearing = Hearing(self.process, stores.presence, self.battles, loop.time)
        self.taken_seats = TakenSeats(self.process, stores.seats, self.hearing)
        self._heart = Heartbeat(self.process, stores.presence, self.battles, loop.time, self.pace, self.clock.now_ms)
        self.answering = Answering(stores.boxes, self._heart.ready, self._heart.is_whole)
        self.answering.on_recorded.append(self._heard)
        self.outages = stores.outages
        self._following, self._unreadable = asyncio.Lock(), self.outages.of("the feed")
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def open(self) -> None:
        """Knows every battle of the store before it returns. Raises StoreGone, BrokenChain."""
        await self.clock.sample()
        for battle in await self.stores.ledger.battles():
            await self.follow(battle)
        self.keep("heartbeat", self._heart.run)
        self.keep("hearing", self.hearing.tick)
        self.keep("looking", self.hearing.go_on_looking)
        self.keep("taken seats", self.taken_seats.run)
        self.keep("feed", self._follow_all)
        self.keep("clock", self._sample_again)

    async def close(self) -> None:
        """Tells everything asked and received what became of it, in 2 s at most; then ends all tasks and gives the leases back."""
        told = [*map(self.answering.drained, self.battles), *(live.idle() for live in self.battles.values())]
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*told), GOODBYE_S)
        await ended(self._tasks.values())
        with suppress(StoreGone):  # then the leases run out by themselves in three seconds
            await self._heart.leave()

    def each_battle(self, listener: Callable[[LiveBattle], None]) -> None:
        """Calls for every battle that is followed, and for each that will be."""
        for live in self.battles.values():
            listener(live)
        self.on_battle.append(listener)

    def by_pin(self, pin: str) -> LiveBattle | None:
        """The battle whose PIN this is."""
        return next((live for live in self.battles.values() if live.state and live.state.pin == pin), None)

    async def catch_up(self) -> None:
        """Knows all that other processes have done by now, battles they have just made included. Raises StoreGone, BrokenChain."""
        for battle in await self.stores.ledger.battles():
            await self._meet(battle)
        for live in list(self.battles.values()):
            await live.catch_up()

    async def present_ms(self, battle: BattleId) -> int | None:
        """The store's time since this call, as soon as we know all that the store had of this battle then; None where that is not
        to be had soon, and others may have it."""
        if self.hearing.is_cut_off:
            return None
        try:
            async with asyncio.timeout(ABREAST_S):
                now_ms = await self.stores.presence.now_ms()
                await self.stores.feed.abreast(battle)
        except (StoreGone, TimeoutError):
            return None if self.hearing.has_others else self.clock.now_ms()
        return now_ms

    async def create(self, wish: Wish, by: str = "") -> LiveBattle | Refused:
        """A new battle, followed from its first entry on."""
        live = await create(wish, self.stores.ledger, self.clock, by)
        return live if isinstance(live, Refused) else await self.follow(live.id)

    async def follow(self, battle: BattleId) -> LiveBattle:
        """Knows a battle and keeps its time from now on. Following it again is no news. One that has no first entry yet is only
        watched: its first entry brings us back here."""
        async with self._following:
            if battle in self.battles:
                return self.battles[battle]
            live = LiveBattle(battle, self.stores.ledger, self.clock, self.outages)
            await live.reload()
            if live.state is not None:
                await self._not_before(live.state.at_ms)
                await self._begin(live, live.state)
            self.stores.feed.watch(battle, live.head)
            return live

    async def _not_before(self, at_ms: int) -> None:
        """A clock that was set back while no server was there is put right: nothing happens before what has happened already."""
        behind_ms = at_ms - self.clock.now_ms()
        if behind_ms > STEP_MS:
            await self.stores.presence.put_right(behind_ms)
            await self.clock.sample()

    async def _begin(self, live: LiveBattle, state: BattleState) -> None:
        answers = OpenAnswers(live.id, self.stores.boxes)
        await answers.load(state)
        self.battles[live.id], self.open_answers[live.id] = live, answers
        live.listeners.append(self._forget_sealed)
        live.when_lost = lambda: self.stores.feed.watch(live.id, live.head)
        keeper = Deadlines(
            self.process, live, self.clock, self.stores.boxes, self.stores.presence, self.answering, self._heart.ready, self.pace
        )
        self.keep(f"deadlines {live.id}", keeper.run)
        if state.settings.gives_time:
            giver = GivingTime(self.process, live, lambda: self.round_trips(live.id))
            self.keep(f"time given in {live.id}", giver.run)
        for listener in self.on_battle:
            listener(live)
        with suppress(StoreGone):  # then the next beat is the first
            await self._heart.arrive(live.id)
            await self.hearing.look()

    def _forget_sealed(self, news: News) -> None:
        self.open_answers[news.battle].forget_sealed(news.after)

    def _heard(self, battle: BattleId, results: Iterable[Recorded]) -> None:
        """Answers that this process or another has offered."""
        if battle in self.open_answers:
            self._tell(battle, self.open_answers[battle].hear(results))

    def _tell(self, battle: BattleId, changed: list[Recorded]) -> None:
        if changed:
            for listener in self.on_answers:
                listener(battle, changed)

    async def _follow_all(self) -> None:
        positions = {battle: live.head for battle, live in self.battles.items()}
        async for moved in self.stores.feed.follow(positions):
            await self._moved(moved)

    async def _moved(self, moved: Moved) -> None:
        live = self.battles.get(moved.battle)
        if live is None:
            if moved.entries or not moved.gap:  # of a battle without an entry a gap only says that it is watched
                await self._meet(moved.battle)
            return
        try:
            live.absorb(moved.entries)
        except BrokenChain as broken:
            log.warning("battle %s: %s", moved.battle, broken)
            moved = replace(moved, reset=True)
        if moved.reset:
            await self._read_anew(live)
        if moved.gap and live.state:
            await self._bring_answers_back(live)
            self._tell(live.id, await self.open_answers[live.id].load(live.state))
        self._heard(moved.battle, moved.answers)

    async def _meet(self, battle: BattleId) -> None:
        """A battle that another process made. One that cannot be read keeps nobody from the others."""
        try:
            await self.follow(battle)
        except BrokenChain as broken:
            log.warning("battle %s cannot be followed: %s", battle, broken)

    async def _read_anew(self, live: LiveBattle) -> None:
        """The ledger is not the one that we followed. If it cannot be read yet the feed says so again, and we come back here."""
        try:
            await self._reload(live)
            self.open_answers[live.id].forget()  # those of the other past; following begins anew, and with it the boxes are read
            log.warning("battle %s: its ledger is another one and was read anew up to entry %d", live.id, live.head.version)
            self._unreadable.ends()
        except (StoreGone, BrokenChain) as gone:
            self._unreadable.begins(gone)
            await asyncio.sleep(RETRY_S)
        self.stores.feed.watch(live.id, live.head)

    async def _reload(self, live: LiveBattle) -> None:
        """A ledger of which the store has lost something is brought back first, by whichever process is faster."""
        try:
            await live.reload()
        except LedgerLost as lost:
            if self._restoring is None:
                raise
            await self._restore(self._restoring, live, lost)
            await live.reload()

    async def _bring_answers_back(self, live: LiveBattle) -> None:
        """A store that came back without its last writes may have all of the ledger and not all answers. If they cannot be
        brought back yet, the feed says so again."""
        if self._restoring is None:
            return
        try:
            await live.catch_up()
            if await self.open_answers[live.id].lost(live.known):
                lost = LedgerLost(f"answers of battle {live.id} are lost and must be restored")
                await self._restore(self._restoring, live, lost, answers_lost=True)
                self.stores.feed.watch(live.id, live.head)
            self._unreadable.ends()
        except (StoreGone, BrokenChain) as gone:
            self._unreadable.begins(gone)
            await asyncio.sleep(RETRY_S)
            self.stores.feed.watch(live.id, live.head)

    async def _restore(self, restoring: Restoring, live: LiveBattle, lost: LedgerLost, answers_lost: bool = False) -> None:
        try:
            async with asyncio.timeout(RESTORE_S):
                restored = await restoring.bring_back(live.id, live.head, self.open_answers[live.id].all(), answers_lost)
        except TimeoutError:
            raise lost from None
        if restored is not None:
            log.warning("%s", restored)

    async def _sample_again(self) -> None:
        while True:
            await asyncio.sleep(RESAMPLE_S)
            await self.clock.sample()

    def keep(self, name: str, run: Callable[[], Awaitable[None]]) -> None:
        """Runs a task until we close; one that fails is said so in one line and begun again."""
        self._tasks[name] = asyncio.create_task(kept(name, run), name=name)
