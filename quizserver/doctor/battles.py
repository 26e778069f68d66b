"""The battles: each ledger from its first entry to its last, the archive against it, and the clock against both."""

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

from quizserver.battle.ids import BattleId
from quizserver.doctor.finding import Finding, bad, good, warning
from quizserver.services.exporting import export_lines, ledger_entries
from quizserver.services.ports import Archive, Head, Ledger, StoreGone
from quizserver.services.verifying import Differs, Verified, verify
from quizserver.stores.ledger import RedisLedger
from quizserver.stores.presence import RedisPresence
from quizserver.stores.present_archive import present_archive
from quizserver.stores.redis_source import RedisUnavailable
from quizserver.stores.sql_source import ArchiveUnavailable
from quizserver.stores.whole_store import whole_store

APART_MS = 1_000  # between this machine's clock and that of Redis: people read the one, the battle goes by the other
BACKUP = "make a backup of what there is with `quizserver backup`, and start on another folder with --data"


async def examined(data: Path, redis_url: str | None, database_url: str | None) -> AsyncIterator[Finding]:
    """Redis and its clock, each battle, the archive."""
    async with AsyncExitStack() as stack:
        try:
            redis = await stack.enter_async_context(whole_store(data, redis_url))
            archive = await stack.enter_async_context(present_archive(data, database_url))
            battles = 0
            if redis is not None:
                yield await _clock(RedisPresence(redis))
                async for finding in _battles(RedisLedger(redis), archive):
                    battles += 1
                    yield finding
            if archive is not None:
                yield await _lost(RedisLedger(redis) if redis else None, archive)
            elif not battles:
                yield good(f"There is no battle in {data} yet.")
        except (RedisUnavailable, ArchiveUnavailable, StoreGone) as gone:
            yield bad(str(gone))


async def _clock(presence: RedisPresence) -> Finding:
    before_ms = time.time_ns() // 1_000_000
    apart_ms = await presence.now_ms() - before_ms
    if abs(apart_ms) > APART_MS:
        return warning(f"The clock of Redis is {apart_ms / 1000:+.1f} s away from this machine's: synchronise both (timedatectl).")
    return good("The clock of Redis is this machine's.")


async def _battles(ledger: Ledger, archive: Archive | None) -> AsyncIterator[Finding]:
    for battle, pin in (await ledger.battles()).items():
        if (await ledger.head(battle)).version:  # else its first entry is being written
            yield await _battle(ledger, archive, battle, pin)


async def _battle(ledger: Ledger, archive: Archive | None, battle: BattleId, pin: str) -> Finding:
    kept = await archive.head(battle) if archive else None  # before the ledger, which is ahead of it while it is played
    try:
        verified = verify([line async for line in export_lines(battle, ledger_entries(ledger, battle))])
    except Differs as broken:
        return bad(f"Battle {pin}: {broken}. Do not play it on: {BACKUP}.")
    ahead_ms = verified.state.at_ms - time.time_ns() // 1_000_000
    if ahead_ms > APART_MS:
        ahead = f"Battle {pin} was played {ahead_ms / 1000:.0f} s ahead of this machine's clock"
        return bad(f"{ahead}: set the clock right (timedatectl).")
    holds = f"Battle {pin}: all {verified.head.version} entries hold, up to code {verified.code}"
    return _archived(kept, verified, holds) if kept else good(f"{holds}.")


def _archived(kept: Head, verified: Verified, holds: str) -> Finding:
    if kept.version > verified.head.version:
        return warning(f"{holds}; the archive knows {kept.version - verified.head.version} more: the next start brings them back.")
    if kept.version and kept.hash[:8] not in verified.codes:
        return warning(f"{holds}; the archive has another past of it, which the server sets aside: nothing needs to be done.")
    if kept.version < verified.head.version:
        behind = verified.head.version - kept.version
        return warning(f"{holds}; the archive is {behind} entries behind: a running server carries them within two seconds.")
    return good(f"{holds}, in the ledger and in the archive.")


async def _lost(ledger: Ledger | None, archive: Archive) -> Finding:
    """Battles that only the archive has."""
    archived, known = await archive.battles(), await ledger.battles() if ledger else {}
    if lost := [pin for battle, pin in archived.items() if battle not in known]:
        return warning(f"Only the archive has battle {', '.join(lost)}: the next start brings it back.")
    return good("The archive can be read.")
