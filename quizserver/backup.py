"""What `quizserver backup` does: all battles of a data folder as plain files, while a server plays them or not.

stores/backup_folder.py says what stands in the files. Nothing is changed and nobody is stopped.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from quizserver.battle.ids import BattleId
from quizserver.services.copying import Answers, Copying, CopyingArchived
from quizserver.services.exporting import export_lines
from quizserver.services.ports import BrokenChain, Entry, Head, StoreGone
from quizserver.stores.backup_folder import KeptBattle, People
from quizserver.stores.backup_writing import BackupWriter
from quizserver.stores.battle_secrets import RedisSecrets
from quizserver.stores.boxes import RedisBoxes
from quizserver.stores.ledger import RedisLedger
from quizserver.stores.present_archive import present_archive
from quizserver.stores.redis_source import RedisUnavailable
from quizserver.stores.sql_source import ArchiveUnavailable
from quizserver.stores.whole_store import whole_store


class CannotBackUp(Exception):
    """The sentence for the person at the keyboard."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was written."""

    folder: Path
    battles: tuple[KeptBattle, ...]

    def __str__(self) -> str:
        where = f"All of it is in {self.folder}. It holds the battles' secrets and people's names: keep it to yourself."
        return "\n".join([*map(str, self.battles), where])


async def backup(folder: Path, data: Path, redis_url: str | None = None, database_url: str | None = None) -> BackedUp:
    """Writes a backup into a folder that is new or empty. Raises CannotBackUp; a folder without a manifest is no backup."""
    try:
        _make_new(folder)
        async with AsyncExitStack() as stack:
            sources = await _sources(stack, data, redis_url, database_url)
            writer = BackupWriter(folder)
            battles = await _latest(sources)
            if not battles:
                raise CannotBackUp(f"There is no battle in {data}: name the server's folder with --data.")
            kept = [await _copied(writer, battle, *where) for battle, where in battles.items()]
            writer.secrets(await _secrets(battles))
            writer.people(await _people(stack, battles, data, database_url))
        writer.keep(data)
        writer.finish(kept)
    except (StoreGone, BrokenChain, RedisUnavailable, ArchiveUnavailable) as gone:
        raise CannotBackUp(f"The battles could not be read: {gone}") from gone
    except OSError as fault:
        raise CannotBackUp(f"{fault.filename or folder} could not be used ({fault.strerror}): choose another place.") from fault
    return BackedUp(folder, tuple(kept))


def _make_new(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()):
        raise CannotBackUp(f"{folder} is not empty: name a new folder.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


# --- where battles are read ------------------------------------------------------------------------------------------------


class _Copy(Protocol):
    """A battle on its way out: the head and the answers are known when the entries have been read."""

    head: Head
    answers: Answers

    def entries(self) -> AsyncIterator[Entry]: ...


@dataclass(frozen=True, slots=True)
class _Source:
    """The store of the server, or the archive."""

    battles: Callable[[], Awaitable[Mapping[BattleId, str]]]
    head: Callable[[BattleId], Awaitable[Head]]
    secret: Callable[[BattleId], Awaitable[bytes | None]]
    copy: Callable[[BattleId], _Copy]


async def _sources(stack: AsyncExitStack, data: Path, redis_url: str | None, database_url: str | None) -> list[_Source]:
    """The one that knows most first."""
    found = []
    if redis := await stack.enter_async_context(whole_store(data, redis_url)):
        ledger, boxes = RedisLedger(redis), RedisBoxes(redis)
        found.append(
            _Source(ledger.battles, ledger.head, RedisSecrets(redis).of_battle, lambda battle: Copying(battle, ledger, boxes))
        )
    if archive := await stack.enter_async_context(present_archive(data, database_url)):
        found.append(_Source(archive.battles, archive.head, archive.secret, lambda battle: CopyingArchived(battle, archive)))
    return found


async def _latest(sources: Sequence[_Source]) -> Mapping[BattleId, tuple[str, _Source]]:
    """Every battle with its PIN and whoever knows most of it; the first of those who know the same."""
    best: dict[BattleId, tuple[str, _Source]] = {}
    for source in sources:
        for battle, pin in (await source.battles()).items():
            version = (await source.head(battle)).version
            if version and (battle not in best or (await best[battle][1].head(battle)).version < version):
                best[battle] = pin, source
    return best


async def _copied(writer: BackupWriter, battle: BattleId, pin: str, source: _Source) -> KeptBattle:
    copy = source.copy(battle)
    with writer.file(f"battles/{battle}.jsonl") as target:
        async for line in export_lines(battle, copy.entries()):
            target.write(line)
    answers = writer.answers(battle, copy.answers)
    return KeptBattle(battle, pin, copy.head.epoch, copy.head.version, copy.head.hash[:8], answers)


async def _people(
    stack: AsyncExitStack, battles: Iterable[BattleId], data: Path, database_url: str | None
) -> Mapping[BattleId, People]:
    """They are in SQL alone, whoever knows most of the battles."""
    archive = await stack.enter_async_context(present_archive(data, database_url))
    if archive is None:
        return {}
    known = archive.announcements
    return {each: People(await known.of_battle(each), await known.representatives(each)) for each in battles}


async def _secrets(kept: Mapping[BattleId, tuple[str, _Source]]) -> Mapping[BattleId, bytes]:
    found = {battle: await source.secret(battle) for battle, (_, source) in kept.items()}
    return {battle: secret for battle, secret in found.items() if secret}
