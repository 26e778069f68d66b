"""Writing a backup, each file onto the disk before the next; backup_folder.py says what stands in them."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import BattleId
from quizserver.services.copying import Answers
from quizserver.stores import announced_rows, plain_values
from quizserver.stores.backup_folder import KEPT, MANIFEST, OF_ONE_MACHINE, PEOPLE, SECRETS, KeptBattle, Manifest, People, chunks
from quizserver.stores.private_file import new_private_file


@dataclass(slots=True)
class BackupWriter:
    """Writes the files of a backup; `finish` makes them one. Raises OSError."""

    folder: Path
    files: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def file(self, name: str) -> Iterator["Hashing"]:
        """On the disk, for its owner's eyes only, when the block ends."""
        path = self.folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with new_private_file(path) as target:
            hashing = Hashing(target.write)
            yield hashing
            target.flush()
            os.fsync(target.fileno())
        self.files[name] = hashing.digest()

    def secrets(self, secrets: Mapping[BattleId, bytes]) -> None:
        with self.file(SECRETS) as target:
            target.write(_text({battle: secret.hex() for battle, secret in secrets.items()}))

    def people(self, people: Mapping[BattleId, People]) -> None:
        """Of each battle in which anybody is known."""
        known = {battle: each for battle, each in people.items() if each.announced or each.representatives}
        if known:
            rows = {battle: [announced_rows.plain(row) for row in each.announced] for battle, each in known.items()}
            with self.file(PEOPLE) as target:
                for_venues = {battle: dict(each.representatives) for battle, each in known.items()}
                target.write(_text({"announced": rows, "representatives": for_venues}))

    def answers(self, battle: BattleId, answers: Answers) -> int:
        """How many there were."""
        lines = [_answer_line(*key, row) for key, rows in answers.items() for row in rows]
        if lines:
            with self.file(f"answers/{battle}.jsonl") as target:
                for line in lines:
                    target.write(line)
        return len(lines)

    def keep(self, data: Path) -> None:
        """What else is in the data folder: its files, and the pictures."""
        for path in sorted([*data.glob("*"), *data.glob("media/*")]):
            name = path.relative_to(data).as_posix()
            if path.is_file() and not name.startswith(OF_ONE_MACHINE) and not path.name.startswith("."):
                with self.file(f"{KEPT}/{name}") as target:
                    for chunk in chunks(path):
                        target.write(chunk)

    def finish(self, battles: Iterable[KeptBattle]) -> None:
        """Last of all."""
        manifest = _text(asdict(Manifest(tuple(battles), self.files)))
        with self.file(f"{MANIFEST}.part") as target:
            target.write(manifest)
        (self.folder / f"{MANIFEST}.part").rename(self.folder / MANIFEST)


class Hashing:
    """Writes, and knows the sha256 of what was written."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write, self._hash = write, sha256()

    def write(self, data: bytes) -> None:
        self._write(data)
        self._hash.update(data)

    def digest(self) -> str:
        return self._hash.hexdigest()


def _text(value: Any) -> bytes:
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def _answer_line(question: str, opening: int, row: AnswerRow) -> bytes:
    # As Redis keeps values: an odd text that a device sent must not spoil the backup.
    return plain_values.to_bytes({"question": question, "opening": opening, **asdict(row)}) + b"\n"
