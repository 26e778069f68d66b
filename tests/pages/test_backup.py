"""A backup is whole or none, everything in it is verified before anything is written, and nothing is ever overwritten."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from quizserver.backup import BackedUp, CannotBackUp, backup
from quizserver.battle import commands as ask
from quizserver.battle.announcements import Announced, Fate, Said
from quizserver.battle.ids import BattleId, VenueId
from quizserver.exports import verify_file
from quizserver.restore import CannotRestore, restore
from quizserver.services.ports import Recorded, Verdict
from quizserver.stores.archive import SqlArchive
from quizserver.stores.sql_source import archive_url
from tests.services.evening import BATTLE, CHOICE, PIN, RIGHT, Evening, creation, join, row

SECRET = b"0123456789abcdef0123456789abcdef"
ANSWER = row(1, 1_700_000_000_500, RIGHT)
HALL = VenueId("hall")
ANNOUNCED = Announced("a", Said("Гуси", "Анна Орлова", 5, HALL, "+7 999"), 7, Fate.REFUSED, "b", "a line", "a hash", 3)
OTHERS = {"receipts.key": b"a key", "media/picture.svg": b"<svg/>"}
OF_THE_RUN = ("host-key", "host-passwords", "redis.lock", "redis.sock", ".hidden")


@pytest.fixture
async def data(tmp_path: Path) -> Path:
    """A data folder whose Redis is gone: an open question in the archive, and what else a server leaves behind."""
    data, evening = tmp_path / "data", Evening()
    data.mkdir()
    evening.ask(creation(), join(1), ask.StartRound(), ask.ShowQuestion())
    archive = SqlArchive(archive_url(data, None))
    await archive.put(BATTLE, PIN, 3, evening.entries())
    recorded = Recorded(Verdict.RECORDED, ANSWER.id, ANSWER.team, CHOICE, 1, ANSWER.revision, ANSWER.stamp_ms, ANSWER.value)
    await archive.put_answers(BATTLE, [recorded])
    await archive.put_secret(BATTLE, SECRET)
    await archive.announcements.add(BATTLE, [ANNOUNCED])
    await archive.announcements.name_representative(BATTLE, HALL, "Вера")
    await archive.close()
    for name, content in {**OTHERS, **dict.fromkeys(OF_THE_RUN, b"of this run")}.items():
        (data / name).parent.mkdir(exist_ok=True)
        (data / name).write_bytes(content)
    return data


@pytest.fixture
async def made(data: Path, tmp_path: Path) -> BackedUp:
    return await backup(tmp_path / "backup", data)


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def test_the_files_are_plain_listed_and_private(made: BackedUp) -> None:
    files = everything(made.folder)
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest["files"] == {name: sha256(content).hexdigest() for name, content in files.items()}
    assert {name for name in files if name.startswith("kept/")} == {f"kept/{name}" for name in OTHERS}
    assert manifest["battles"][0] | {"code": ""} == {
        "battle": BATTLE, "pin": PIN, "epoch": 3, "entries": 5, "answers": 1, "code": ""
    }  # fmt: skip
    assert verify_file(made.folder / f"battles/{BATTLE}.jsonl").state.pin == PIN
    assert {path.stat().st_mode & 0o077 for path in made.folder.rglob("*") if path.is_file()} == {0}
    assert str(made).startswith(f"Battle {PIN}: 5 entries up to code")


async def test_what_was_backed_up_is_in_the_new_folder(data: Path, made: BackedUp, tmp_path: Path) -> None:
    restored = await restore(made.folder, tmp_path / "new")
    assert (restored.data, [each.pin for each in restored.battles]) == (tmp_path / "new", [PIN])
    kept = everything(tmp_path / "new")
    assert {name: kept[name] for name in OTHERS} == OTHERS and not kept.keys() & set(OF_THE_RUN)
    old, new = SqlArchive(archive_url(data, None)), SqlArchive(archive_url(tmp_path / "new", None))
    assert [each async for each in old.read(BATTLE)] == [each async for each in new.read(BATTLE)]
    assert await old.head(BATTLE) == await new.head(BATTLE)
    assert await new.answers(BATTLE) == {(CHOICE, 1): (ANSWER,)}
    assert await new.secret(BATTLE) == SECRET
    assert await new.announcements.by_link("a hash") == (BATTLE, ANNOUNCED)
    assert await new.announcements.representatives(BATTLE) == {HALL: "Вера"}
    await old.close()
    await new.close()


async def test_a_backup_of_a_restored_folder_is_the_same_backup(made: BackedUp, tmp_path: Path) -> None:
    await restore(made.folder, tmp_path / "new")
    again = await backup(tmp_path / "again", tmp_path / "new")
    assert everything(again.folder) == everything(made.folder)


# --- nothing is overwritten ----------------------------------------------------------------------------------------------


async def test_a_folder_with_anything_in_it_is_no_place_for_a_backup(data: Path, made: BackedUp) -> None:
    before = everything(made.folder)
    with pytest.raises(CannotBackUp, match="is not empty: name a new folder"):
        await backup(made.folder, data)
    assert everything(made.folder) == before


async def test_a_data_folder_in_use_stays_as_it_is(data: Path, made: BackedUp) -> None:
    before = everything(data)
    with pytest.raises(CannotRestore, match="is in use and stays as it is"):
        await restore(made.folder, data)
    assert everything(data) == before


async def test_an_empty_data_folder_will_do(made: BackedUp, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    await restore(made.folder, tmp_path / "empty")
    assert (tmp_path / "empty" / "archive.db").exists()


async def test_a_folder_without_a_battle_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotBackUp, match="There is no battle in"):
        await backup(tmp_path / "backup", tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


async def test_a_place_that_cannot_be_written_is_a_sentence(data: Path, made: BackedUp, tmp_path: Path) -> None:
    with pytest.raises(CannotBackUp, match="choose another place"):
        await backup(Path("/dev/null/backup"), data)
    with pytest.raises(CannotRestore, match="choose another folder with --data"):
        await restore(made.folder, Path("/dev/null/new"))


# --- nothing is believed -------------------------------------------------------------------------------------------------


def alter(folder: Path, name: str, change: Callable[[bytes], bytes], mend_manifest: bool = True) -> None:
    """As somebody would who writes the manifest anew."""
    path = folder / name
    path.write_bytes(change(path.read_bytes()))
    if mend_manifest and name != "manifest.json":
        manifest = json.loads((folder / "manifest.json").read_bytes())
        manifest["files"][name] = sha256(path.read_bytes()).hexdigest()
        (folder / "manifest.json").write_text(json.dumps(manifest))


def changed(name: str, *to: object) -> Callable[[bytes], bytes]:
    """Of the manifest."""

    def change(text: bytes) -> bytes:
        manifest = json.loads(text)
        where = manifest["battles"][0] if name in manifest["battles"][0] else manifest
        where[name] = to[0]
        return json.dumps(manifest).encode()

    return change


LEDGER, OPEN_ANSWERS = f"battles/{BATTLE}.jsonl", f"answers/{BATTLE}.jsonl"
SPOILED: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "is no manifest": ("manifest.json", lambda text: text[:-20]),
    "this program reads version 1": ("manifest.json", changed("v", 2)),
    "outside of the backup": ("manifest.json", changed("files", {"../evil": "0"})),
    "does not name secrets.json": ("manifest.json", changed("files", {})),
    "secrets.json cannot be read": ("secrets.json", lambda text: b"[]"),
    "people.json cannot be read": ("people.json", lambda text: text.replace(b'"captain"', b'"boss"')),
    "not the battle that the manifest describes": ("manifest.json", changed("pin", "000000")),
    "not as many as the manifest says": ("manifest.json", changed("answers", 2)),
    "line 1, is no answer": (OPEN_ANSWERS, lambda text: b"{}\n"),
    "do not belong to its open questions": (OPEN_ANSWERS, lambda text: text.replace(b'"opening":1', b'"opening":2')),
    "entry 1 does not continue entry 0": (LEDGER, lambda text: text.replace(b"Evening", b"Morning")),
}


@pytest.mark.parametrize("sentence", SPOILED)
async def test_a_spoiled_backup_is_refused_and_nothing_is_written(sentence: str, made: BackedUp, tmp_path: Path) -> None:
    name, change = SPOILED[sentence]
    alter(made.folder, name, change)
    with pytest.raises(CannotRestore, match=sentence):
        await restore(made.folder, tmp_path / "new")
    assert not (tmp_path / "new").exists() and not (tmp_path / ".new.restoring").exists()


@pytest.mark.parametrize("name", [LEDGER, OPEN_ANSWERS, "secrets.json", "kept/receipts.key"])
async def test_one_altered_byte_or_a_missing_file_is_named(name: str, made: BackedUp, tmp_path: Path) -> None:
    alter(made.folder, name, lambda text: bytes([text[0] ^ 1]) + text[1:], mend_manifest=False)
    with pytest.raises(CannotRestore, match=f"{name} is not the file that was backed up"):
        await restore(made.folder, tmp_path / "new")
    (made.folder / name).unlink()
    with pytest.raises(CannotRestore, match="cannot be read"):
        await restore(made.folder, tmp_path / "new")


async def test_a_backup_that_was_not_finished_is_none(made: BackedUp, tmp_path: Path) -> None:
    (made.folder / "manifest.json").unlink()
    with pytest.raises(CannotRestore, match="one that was not finished"):
        await restore(made.folder, tmp_path / "new")


async def test_a_battle_without_answers_to_open_questions_has_no_file_of_them(tmp_path: Path) -> None:
    evening = Evening()
    evening.ask(creation())
    archive = SqlArchive(archive_url(tmp_path, None))
    await archive.put(BattleId(BATTLE), PIN, 0, evening.entries())
    await archive.close()
    made = await backup(tmp_path / "backup", tmp_path)
    assert sorted(everything(made.folder)) == [LEDGER, "manifest.json", "secrets.json"]
    await restore(made.folder, tmp_path / "new")
