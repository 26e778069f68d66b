"""Processes on one store in memory: what tests need in which more than one of them is at work."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from quizserver.battle.commands import Command
from quizserver.battle.events import Event
from quizserver.battle.ids import BattleId
from quizserver.battle.refusals import Refused
from quizserver.services.battles import LiveBattle
from quizserver.services.clock import BattleClock
from quizserver.services.ports import AcceptedLater, Appended, BoxChange, Entry, Head, LostRace, StoreGone
from quizserver.services.running import Running, Stores
from tests.services.evening import BATTLE, PIN, creation
from tests.support.fakes.boxes import FakeBoxes
from tests.support.fakes.feed import FakeFeed
from tests.support.fakes.ledger import FakeLedger
from tests.support.fakes.memory import Memory
from tests.support.fakes.presence import FakePresence
from tests.support.fakes.seats import FakeSeatNews
from tests.support.fakes.secrets import FakeSecrets


class SlowLedger(FakeLedger):
    """Others have their turn before a call arrives, and again before its answer is heard."""

    lose_answers = 0
    """So many of the next answers never come, though the append has arrived."""

    async def append(
        self, battle: BattleId, seen: Head, entries: Sequence[Entry], boxes: Sequence[BoxChange], epoch: int | None = None
    ) -> Appended | LostRace | AcceptedLater:
        await asyncio.sleep(0)
        answer = await super().append(battle, seen, entries, boxes, epoch)
        await asyncio.sleep(0)
        if self.lose_answers:
            self.lose_answers -= 1
            raise StoreGone("The answer was lost.")
        return answer

    async def read(self, battle: BattleId, after: int = 0, most: int = 1000) -> Sequence[Entry]:
        await asyncio.sleep(0)
        entries = await super().read(battle, after, most)
        await asyncio.sleep(0)
        return entries


@dataclass
class Hands:
    """The hands of the clock of a store: real time, and as much as a test has put them forward."""

    ahead_ms: int = 0

    def forward(self, seconds: float) -> None:
        self.ahead_ms += int(seconds * 1000)

    def store_ms(self) -> int:
        return time.time_ns() // 1_000_000 + self.ahead_ms

    def monotonic_ns(self) -> int:
        return time.monotonic_ns() + self.ahead_ms * 1_000_000


@dataclass
class Store:
    """One store; what is made from it sees the same memory."""

    memory: Memory = field(default_factory=Memory)
    hands: Hands = field(default_factory=Hands)

    def __post_init__(self) -> None:
        self.presence = FakePresence(self.memory, self.hands.store_ms)
        self.boxes = FakeBoxes(self.memory)
        self.secrets = FakeSecrets(self.memory)
        self.seats = FakeSeatNews(self.memory)

    def ledger(self) -> SlowLedger:
        return SlowLedger(self.memory)

    def feed(self) -> FakeFeed:
        return FakeFeed(self.memory)

    async def clock(self) -> BattleClock:
        clock = BattleClock(self.presence.now_ms, self.hands.monotonic_ns)
        await clock.sample()
        return clock

    async def live(self) -> LiveBattle:
        """The battle as one more process knows it."""
        live = LiveBattle(BATTLE, self.ledger(), await self.clock())
        await live.reload()
        return live

    async def begun(self, *commands: Command) -> LiveBattle:
        """A new battle after these commands."""
        await self.ledger().register(BATTLE, PIN)
        live = await self.live()
        await done(live, creation(), *commands)
        return live


@asynccontextmanager
async def running_on(store: Store) -> AsyncIterator[Running]:
    """A whole process, from its start to its end."""
    running = Running(Stores(store.ledger(), store.boxes, store.feed(), store.presence, store.secrets, store.seats))
    await running.open()
    try:
        yield running
    finally:
        await running.close()


async def done(live: LiveBattle, *commands: Command) -> tuple[Event, ...]:
    """The events of the last command; a refusal is a failed test."""
    outcome: tuple[Event, ...] | Refused = ()
    for command in commands:
        outcome = await live.ask(command)
        assert not isinstance(outcome, Refused), (command, outcome)
    assert not isinstance(outcome, Refused)
    return outcome
