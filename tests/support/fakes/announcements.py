"""The port `Announcements` in memory."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from quizserver.battle.announcements import Announced, Fate
from quizserver.battle.ids import BattleId, VenueId
from quizserver.services.ports import StoreGone, Tally


class FakeAnnouncements:
    """`gone`: every call fails with this sentence."""

    def __init__(self) -> None:
        self.gone = ""
        self.rows: defaultdict[BattleId, dict[str, Announced]] = defaultdict(dict)
        self.names: defaultdict[BattleId, dict[VenueId, str]] = defaultdict(dict)

    def check(self) -> None:
        if self.gone:
            raise StoreGone(self.gone)

    async def of_battle(self, battle: BattleId) -> Sequence[Announced]:
        self.check()
        return sorted(self.rows[battle].values(), key=lambda row: (row.at_ms, row.id))

    async def tally(self, battle: BattleId) -> Tally:
        self.check()
        rows = self.rows[battle].values()
        return Tally(sum(1 + row.revision for row in rows), sum(row.fate is Fate.WAITING for row in rows))

    async def add(self, battle: BattleId, rows: Sequence[Announced]) -> None:
        self.check()
        for row in rows:
            if not row.source or row.source not in {each.source for each in self.rows[battle].values()}:
                self.rows[battle].setdefault(row.id, row)

    async def change(self, battle: BattleId, row: Announced) -> bool:
        self.check()
        known = self.rows[battle].get(row.id)
        if known is None or known.revision != row.revision:
            return False
        self.rows[battle][row.id] = replace(row, revision=row.revision + 1)
        return True

    async def by_link(self, link: str) -> tuple[BattleId, Announced] | None:
        self.check()
        found = ((battle, row) for battle, rows in self.rows.items() for row in rows.values() if link and row.link == link)
        return next(found, None)

    async def representatives(self, battle: BattleId) -> Mapping[VenueId, str]:
        self.check()
        return dict(self.names[battle])

    async def name_representative(self, battle: BattleId, venue: VenueId, name: str) -> None:
        self.check()
        self.names[battle] = {**{each: words for each, words in self.names[battle].items() if each != venue}}
        if name:
            self.names[battle][venue] = name
