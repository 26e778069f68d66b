"""Reading a backup: nothing of it is believed before all of it is as its manifest says."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import TypeAdapter, ValidationError

from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import AnswerId, BattleId, QuestionId, TeamId
from quizserver.services.copying import Answers
from quizserver.stores import announced_rows, plain_values
from quizserver.stores.backup_folder import (
    FORMAT,
    KEPT,
    MANIFEST,
    PEOPLE,
    SECRETS,
    VERSION,
    BrokenBackup,
    Manifest,
    People,
    chunks,
)
from quizserver.stores.private_file import new_private_file


class BackupReader:
    """A backup every byte of which is as its manifest says. Raises BrokenBackup."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = _manifest(folder / MANIFEST)
        for name, digest in self.manifest.files.items():
            if not _stays_inside(name):
                raise BrokenBackup(f"{MANIFEST} names {name!r}, which is outside of the backup.")
            if _digest_of(folder / name) != digest:
                raise BrokenBackup(f"{name} is not the file that was backed up.")

    def battle(self, battle: str) -> Path:
        """An exported battle."""
        return self._listed(f"battles/{battle}.jsonl")

    def answers(self, battle: str) -> Answers:
        """By box; whether the battle has such boxes is the caller's to see."""
        name = f"answers/{battle}.jsonl"
        boxes: dict[tuple[QuestionId, int], list[AnswerRow]] = {}
        if name in self.manifest.files:
            for number, line in enumerate((self.folder / name).read_bytes().splitlines(), 1):
                try:
                    key, row = _answer(line)
                except (ValueError, KeyError, TypeError) as problem:
                    raise BrokenBackup(f"{name}, line {number}, is no answer.") from problem
                boxes.setdefault(key, []).append(row)
        return boxes

    def secrets(self) -> Mapping[BattleId, bytes]:
        try:
            known = json.loads(self._listed(SECRETS).read_bytes())
            return {BattleId(battle): bytes.fromhex(secret) for battle, secret in known.items()}
        except (ValueError, AttributeError, TypeError) as problem:
            raise BrokenBackup(f"{SECRETS} cannot be read.") from problem

    def people(self) -> Mapping[BattleId, People]:
        """Of each battle in which anybody is known."""
        if PEOPLE not in self.manifest.files:
            return {}
        try:
            known = json.loads((self.folder / PEOPLE).read_bytes())
            announced, representatives = known["announced"], known["representatives"]
            return {
                BattleId(battle): People([announced_rows.announced(row) for row in rows], dict(representatives[battle]))
                for battle, rows in announced.items()
            }
        except (ValueError, KeyError, AttributeError, TypeError) as problem:
            raise BrokenBackup(f"{PEOPLE} cannot be read.") from problem

    def put_back(self, data: Path) -> None:
        """What was kept of the data folder. Raises OSError."""
        for name in self.manifest.files:
            if name.startswith(f"{KEPT}/"):
                target = data / name.removeprefix(f"{KEPT}/")
                target.parent.mkdir(parents=True, exist_ok=True)
                with new_private_file(target) as file:
                    file.writelines(chunks(self.folder / name))

    def _listed(self, name: str) -> Path:
        if name not in self.manifest.files:
            raise BrokenBackup(f"{MANIFEST} does not name {name}.")
        return self.folder / name


def _manifest(path: Path) -> Manifest:
    try:
        manifest = TypeAdapter(Manifest).validate_json(path.read_bytes())
    except OSError as fault:
        raise BrokenBackup(f"{path} cannot be read ({fault.strerror}): this is no backup, or one that was not finished.") from fault
    except ValidationError as problem:
        raise BrokenBackup(f"{path} is no manifest of a backup.") from problem
    if (manifest.format, manifest.v) != (FORMAT, VERSION):
        raise BrokenBackup(f"{path} is of a {manifest.format} of version {manifest.v}, this program reads version {VERSION}.")
    return manifest


def _stays_inside(name: str) -> bool:
    parts: Sequence[str] = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts


def _digest_of(path: Path) -> str:
    whole = sha256()
    try:
        for chunk in chunks(path):
            whole.update(chunk)
    except OSError as fault:
        raise BrokenBackup(f"{path} cannot be read ({fault.strerror}).") from fault
    return whole.hexdigest()


def _answer(line: bytes) -> tuple[tuple[QuestionId, int], AnswerRow]:
    fields: dict[str, Any] = dict(plain_values.from_bytes(line))  # type: ignore[arg-type]
    key = QuestionId(str(fields["question"])), int(fields["opening"])
    team, id = TeamId(str(fields["team"])), AnswerId(str(fields["id"]))
    return key, AnswerRow(team, id, int(fields["revision"]), int(fields["stamp_ms"]), fields["value"])
