"""The port `Ledger` in memory."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from quizserver.battle.ids import BattleId
from quizserver.services.ports import AcceptedLater, Appended, BoxChange, Entry, Head, LostRace
from tests.support.fakes.memory import Memory

MOST_MISSING = 500


class FakeLedger:
    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def battles(self) -> Mapping[BattleId, str]:
        self._memory.check()
        return dict(self._memory.battles)

    async def register(self, battle: BattleId, pin: str) -> bool:
        self._memory.check()
        if self._memory.pins.setdefault(pin, battle) != battle:
            return False
        if (former := self._memory.battles.get(battle, pin)) != pin:
            del self._memory.pins[former]
        self._memory.battles[battle] = pin
        await self._memory.tell()
        return True

    async def append(
        self, battle: BattleId, seen: Head, entries: Sequence[Entry], boxes: Sequence[BoxChange], epoch: int | None = None
    ) -> Appended | LostRace | AcceptedLater:
        self._memory.check()
        if not entries or entries[0].version != seen.version + 1 or any(a.version + 1 != b.version for a, b in pairwise(entries)):
            raise ValueError(f"the entries do not continue entry {seen.version}")
        log, last, head = self._memory.logs[battle], entries[-1], await self.head(battle)
        if head != seen:
            if any(entry.version == last.version and entry.hash == last.hash for entry in log.entries):
                return Appended(Head(head.epoch, last.version, last.hash))
            return LostRace(head, tuple(await self.read(battle, seen.version, MOST_MISSING)))
        if later := max((self._accepted_later(battle, change) for change in boxes), default=0):
            return AcceptedLater(later)
        log.entries += entries
        log.epoch = seen.epoch if epoch is None else epoch
        for change in boxes:
            box = self._memory.boxes[battle, change.question, change.opening]
            if box.rules is None or not box.rules.closed:
                box.rules = change
        await self._memory.tell()
        return Appended(await self.head(battle))

    def _accepted_later(self, battle: BattleId, change: BoxChange) -> int:
        """The greatest stamp that this change would cut off, 0 if none."""
        box = self._memory.boxes[battle, change.question, change.opening]
        if change.cut_off_ms is None or (box.rules and box.rules.closed):
            return 0
        greatest = max((row.stamp_ms for row in box.rows.values()), default=0)
        return greatest if greatest > change.cut_off_ms else 0

    async def read(self, battle: BattleId, after: int = 0, most: int = 1000) -> Sequence[Entry]:
        self._memory.check()
        return [entry for entry in self._memory.logs[battle].entries if entry.version > after][:most]

    async def head(self, battle: BattleId) -> Head:
        self._memory.check()
        log = self._memory.logs[battle]
        last = log.entries[-1] if log.entries else Entry(0, b"", "")
        return Head(log.epoch, last.version, last.hash)

    async def heads(self, battles: Sequence[BattleId]) -> Mapping[BattleId, Head]:
        return {battle: await self.head(battle) for battle in battles}
