"""The memory that the fakes of one store share, as Redis is shared: several fakes on one memory are several processes.

`gone` makes every call fail; `empty` is a store that lost everything. `dataclasses.replace` gives a process a line of its own to
the same memory, which may be `gone` while others' is not.
"""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field

from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import AnswerId, BattleId, QuestionId, SeatId, TeamId
from quizserver.services.ports import BoxChange, Entry, Recorded, SeatTaken, SignedIn, StoreGone


@dataclass
class FakeBox:
    """`rules` None: the box does not exist. `devices` by team: who wrote each revision."""

    rules: BoxChange | None = None
    sealed: bool = False
    dropped: bool = False
    rows: dict[AnswerId, AnswerRow] = field(default_factory=dict)
    devices: dict[TeamId, list[SeatId]] = field(default_factory=dict)
    missed: dict[AnswerId, AnswerRow] = field(default_factory=dict)
    late: set[AnswerId] = field(default_factory=set)


@dataclass
class FakeLog:
    epoch: int = 0
    entries: list[Entry] = field(default_factory=list)
    answers: list[Recorded] = field(default_factory=list)


Place = tuple[BattleId, QuestionId, int]


@dataclass
class Memory:
    """`news` is set at each change that a feed passes on; each follower clears what it has seen by `changes`."""

    gone: bool = False
    pins: dict[str, BattleId] = field(default_factory=dict)
    battles: dict[BattleId, str] = field(default_factory=dict)
    logs: defaultdict[BattleId, FakeLog] = field(default_factory=lambda: defaultdict(FakeLog))
    boxes: defaultdict[Place, FakeBox] = field(default_factory=lambda: defaultdict(FakeBox))
    secrets: dict[BattleId, bytes] = field(default_factory=dict)
    hosts: dict[str, SignedIn] = field(default_factory=dict)
    signed_out: set[str] = field(default_factory=set)
    leases: defaultdict[BattleId, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    ahead_ms: int = 0
    seats: list[tuple[SeatTaken, ...]] = field(default_factory=list)
    losses: int = 0
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    def check(self) -> None:
        if self.gone:
            raise StoreGone("The fake store is gone.")

    async def tell(self) -> None:
        """Wakes the feeds."""
        async with self.news:
            self.news.notify_all()

    async def empty(self) -> None:
        """Loses everything, as a Redis without its files."""
        for kept in (self.pins, self.battles, self.logs, self.boxes, self.secrets, self.hosts, self.signed_out, self.seats):
            kept.clear()
        self.ahead_ms = 0
        self.losses += 1
        await self.tell()
