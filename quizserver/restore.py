"""What `quizserver restore` does: a backup becomes the data folder of another server, which goes on with its battles.

Everything is verified first; then it is written beside the folder and given its name, whole or not at all. The battles go into the
archive, from which the server's next start brings them back under a new epoch, with the time that people lost.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from quizserver.battle.ids import BattleId
from quizserver.services.copying import Answers, open_boxes
from quizserver.services.ports import BrokenChain, Entry, Recorded, StoreGone, Verdict
from quizserver.services.reading_exports import Export
from quizserver.services.verifying import Differs, verify
from quizserver.stores.archive import SqlArchive
from quizserver.stores.backup_folder import BrokenBackup, KeptBattle, People
from quizserver.stores.backup_reading import BackupReader
from quizserver.stores.sql_source import archive_url

PUT_AT_ONCE = 500  # entries; one of answers has up to 100 KB


class CannotRestore(Exception):
    """The sentence for the person at the keyboard."""


@dataclass(frozen=True, slots=True)
class FromBackup:
    """What came back."""

    data: Path
    battles: tuple[KeptBattle, ...]

    def __str__(self) -> str:
        where = f"Verified, and restored into {self.data}: start the server on it with --data."
        hosts = "Its host key will be a new one, and hosts' passwords are set anew with `quizserver password`."
        return "\n".join([*map(str, self.battles), where, hosts])


async def restore(folder: Path, data: Path) -> FromBackup:
    """Into a data folder that is new or empty. Raises CannotRestore, and then there is no new folder."""
    _refuse_used(data)
    try:
        reader = BackupReader(folder)
        secrets, people = reader.secrets(), reader.people()
        answers = {each.battle: _verified(reader, each) for each in reader.manifest.battles}
    except (BrokenBackup, Differs) as broken:
        raise CannotRestore(f"{folder} cannot be restored: {broken}") from broken
    try:
        with _whole_or_not_at_all(data) as building:
            await _archived(reader, building, answers, secrets, people)
            reader.put_back(building)
    except (OSError, StoreGone, BrokenChain) as fault:
        why = fault.strerror if isinstance(fault, OSError) else fault
        raise CannotRestore(f"{data} could not be written ({why}): make room, or choose another folder with --data.") from fault
    return FromBackup(data, reader.manifest.battles)


def _refuse_used(data: Path) -> None:
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise CannotRestore(f"{data} is in use and stays as it is: name a new folder with --data.")


@contextmanager
def _whole_or_not_at_all(data: Path) -> Iterator[Path]:
    """A folder beside it, which has its name when the block ends well, and else is gone."""
    data = data.resolve()
    building = data.with_name(f".{data.name}.restoring")
    building.mkdir(mode=0o700, parents=True)
    try:
        yield building
        building.rename(data)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _verified(reader: BackupReader, kept: KeptBattle) -> Answers:
    """The answers of its open boxes. Raises Differs, BrokenBackup."""
    path = reader.battle(kept.battle)
    with path.open("rb") as lines:
        verified = verify(lines)
    state, answers = verified.state, reader.answers(kept.battle)
    if (state.battle, state.pin, verified.head.version, verified.code) != (kept.battle, kept.pin, kept.entries, kept.code):
        raise BrokenBackup(f"{path.name} is not the battle that the manifest describes.")
    if not answers.keys() <= open_boxes(state) or any(row.team not in state.teams for rows in answers.values() for row in rows):
        raise BrokenBackup(f"The answers of battle {kept.pin} do not belong to its open questions.")
    if sum(map(len, answers.values())) != kept.answers:
        raise BrokenBackup(f"The answers of battle {kept.pin} are not as many as the manifest says.")
    return answers


async def _archived(
    reader: BackupReader,
    data: Path,
    answers: Mapping[str, Answers],
    secrets: Mapping[BattleId, bytes],
    people: Mapping[BattleId, People],
) -> None:
    archive = SqlArchive(archive_url(data, None))
    try:
        for kept in reader.manifest.battles:
            battle = BattleId(kept.battle)
            for some in _entries(reader.battle(kept.battle)):
                await archive.put(battle, kept.pin, kept.epoch, some)
            await archive.put_answers(battle, _recorded(answers[kept.battle]))
            if battle in secrets:
                await archive.put_secret(battle, secrets[battle])
        for battle, known in people.items():
            await archive.announcements.add(battle, known.announced)
            for venue, name in known.representatives.items():
                await archive.announcements.name_representative(battle, venue, name)
    finally:
        await archive.close()


def _entries(file: Path) -> Iterator[Sequence[Entry]]:
    with file.open("rb") as lines:
        entries = Export().entries(lines)
        while some := list(islice(entries, PUT_AT_ONCE)):
            yield some


def _recorded(answers: Answers) -> list[Recorded]:
    return [
        Recorded(Verdict.RECORDED, row.id, row.team, question, opening, row.revision, row.stamp_ms, row.value)
        for (question, opening), rows in answers.items()
        for row in rows
    ]
