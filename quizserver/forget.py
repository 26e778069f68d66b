"""What `quizserver forget` does: the names of teams and scorekeepers go, and all that is known of captains, contacts and venues'
representatives; the battle stays. The chain only commits to names, so it still verifies."""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from quizserver.battle.ids import BattleId
from quizserver.services.entries import decode
from quizserver.services.ports import BrokenChain, Entry, StoreGone
from quizserver.stores.archive import SqlArchive
from quizserver.stores.blanking import BlankingArchive, BlankingRedis
from quizserver.stores.ledger import RedisLedger
from quizserver.stores.present_archive import present_archive
from quizserver.stores.redis_source import RedisUnavailable
from quizserver.stores.sql_source import ArchiveUnavailable, archive_url
from quizserver.stores.whole_store import whole_store

DAY_MS = 24 * 3600 * 1000


class CannotForget(Exception):
    """The sentence for the person at the keyboard."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One battle by its PIN or id, or all whose last entry is older than so many days."""

    battle: str | None = None
    older_than_days: int | None = None

    def means(self, battle: BattleId, pin: str, last_ms: int) -> bool:
        if self.older_than_days is not None:
            return time.time_ns() // 1_000_000 - last_ms > self.older_than_days * DAY_MS
        return self.battle in (battle, pin)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """`entries`: how many had names, in whichever store had more of them; the archive may have several pasts."""

    battle: BattleId
    pin: str
    entries: int

    def __str__(self) -> str:
        return f"Battle {self.pin} ({self.battle}): {self.entries} entries had names."


@dataclass(frozen=True, slots=True)
class _Place:
    """Where names are: Redis or the archive."""

    battles: Callable[[], Awaitable[Mapping[BattleId, str]]]
    last: Callable[[BattleId], Awaitable[Entry | None]]
    names: BlankingRedis | BlankingArchive


async def forget(
    wanted: Wanted, data: Path, redis_url: str | None = None, database_url: str | None = None, really: bool = True
) -> list[Forgotten]:
    """Takes the names out of every store that has them; not `really`, and it only says of which battles it would.

    Raises CannotForget; what was forgotten until then stays so, and it can be run again."""
    try:
        async with AsyncExitStack() as stack:
            places = await _places(stack, data, redis_url, database_url)
            meant = await _meant(wanted, places)
            forgotten = [Forgotten(battle, pin, await _blanked(places, battle) if really else 0) for battle, pin in meant.items()]
            if really and forgotten:
                for place in places:
                    await place.names.write_anew()
            return forgotten
    except (StoreGone, BrokenChain, RedisUnavailable, ArchiveUnavailable) as gone:
        raise CannotForget(f"Not all names are forgotten: {gone}. Mend that and run it again.") from gone


async def _places(stack: AsyncExitStack, data: Path, redis_url: str | None, database_url: str | None) -> list[_Place]:
    places = []
    if redis := await stack.enter_async_context(whole_store(data, redis_url)):
        ledger = RedisLedger(redis)
        places.append(_Place(ledger.battles, partial(_last_of_ledger, ledger), BlankingRedis(redis)))
    if archive := await stack.enter_async_context(present_archive(data, database_url)):
        names = BlankingArchive(archive_url(data, database_url))
        stack.push_async_callback(names.close)
        places.append(_Place(archive.battles, partial(_last_of_archive, archive), names))
    return places


async def _meant(wanted: Wanted, places: Sequence[_Place]) -> Mapping[BattleId, str]:
    """The battles that are wanted, with their PIN; what is newest of a battle says how old it is."""
    pins: dict[BattleId, str] = {}
    last_ms: dict[BattleId, int] = {}
    for place in places:
        for battle, pin in (await place.battles()).items():
            pins.setdefault(battle, pin)
            if last := await place.last(battle):
                last_ms[battle] = max(last_ms.get(battle, 0), decode(last)[1])
    return {battle: pin for battle, pin in pins.items() if battle in last_ms and wanted.means(battle, pin, last_ms[battle])}


async def _last_of_ledger(ledger: RedisLedger, battle: BattleId) -> Entry | None:
    version = (await ledger.head(battle)).version
    return next(iter(await ledger.read(battle, version - 1, 1)), None) if version else None


async def _last_of_archive(archive: SqlArchive, battle: BattleId) -> Entry | None:
    entries = [entry async for entry in archive.read(battle)]
    return entries[-1] if entries else None


async def _blanked(places: Sequence[_Place], battle: BattleId) -> int:
    """Each store has the same entries, or fewer."""
    return max([await place.names.blank(battle) for place in places])
