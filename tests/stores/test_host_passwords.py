"""Passwords of hosts: only their hashes are kept, for the owner alone, and each server on the folder sees the same."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher, extract_parameters

from quizserver.services.passwords import BrokenPasswords
from quizserver.stores import host_passwords
from quizserver.stores.host_passwords import HASHER, NAME, HostPasswords

RIGHT, WRONG = "три слова и самолёт", "три слова и вертолёт"


class Cheap(PasswordHasher):
    """Quick, and knows how often it was asked."""

    def __init__(self, time_cost: int = 1) -> None:
        super().__init__(time_cost=time_cost, memory_cost=8, parallelism=1)
        self.verified: list[str] = []
        self.hashed = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> Any:
        self.verified.append(str(hash))
        return super().verify(hash, password)

    def hash(self, *given: Any, **named: Any) -> str:
        self.hashed += 1
        return super().hash(*given, **named)


@pytest.fixture
def kept(tmp_path: Path) -> HostPasswords:
    passwords = HostPasswords(tmp_path, Cheap())
    passwords.set("Анна", RIGHT)
    return passwords


def file_of(kept: HostPasswords) -> dict[str, str]:
    read: dict[str, str] = json.loads(kept.path.read_text())
    return read


def test_the_file_is_its_owners_and_holds_a_hash_with_its_parameters_and_no_password(tmp_path: Path) -> None:
    kept = HostPasswords(tmp_path)
    kept.set("", RIGHT)
    assert kept.path == tmp_path / NAME and kept.path.stat().st_mode & 0o777 == 0o600
    assert re.fullmatch(r"\$argon2id\$v=19\$m=47104,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}", file_of(kept)[""])
    assert RIGHT not in kept.path.read_text() and list(tmp_path.iterdir()) == [kept.path]
    assert kept.proved("", RIGHT) == ""


def test_whoever_knows_the_password_is_called_by_the_name_and_nobody_else_is(kept: HostPasswords) -> None:
    assert [kept.proved(name, RIGHT) for name in ("Анна", " анна", "Пётр", "")] == ["Анна", "Анна", None, None]
    assert kept.proved("Анна", WRONG) is None


def test_the_same_letters_from_another_keyboard_are_the_same_password(kept: HostPasswords) -> None:
    kept.set("Анна", "мой пароль й")
    assert kept.proved("Анна", "мои\u0306 пароль и\u0306") == "Анна"


def test_an_unknown_name_costs_what_a_wrong_password_costs(tmp_path: Path) -> None:
    hasher = Cheap()
    kept = HostPasswords(tmp_path, hasher)
    kept.set("Анна", RIGHT)
    for name, password in (("Анна", WRONG), ("Пётр", WRONG), ("Пётр", RIGHT), ("", RIGHT)):
        hasher.verified.clear()
        assert kept.proved(name, password) is None
        assert hasher.verified == [file_of(kept)["Анна"]]


def test_a_new_password_takes_the_place_of_the_old_one_however_the_name_is_written(kept: HostPasswords) -> None:
    kept.set("Пётр", RIGHT)
    kept.set("АННА", WRONG)
    assert kept.names() == ("Пётр", "АННА")
    assert (kept.proved("анна", RIGHT), kept.proved("анна", WRONG)) == (None, "АННА")


def test_another_server_on_the_folder_sees_it_at_once(kept: HostPasswords, tmp_path: Path) -> None:
    other = HostPasswords(tmp_path, Cheap())
    assert other.proved("Анна", RIGHT) == "Анна"
    assert other.remove("анна") and not other.remove("Анна")
    assert kept.names() == () and kept.proved("Анна", RIGHT) is None
    assert list(tmp_path.iterdir()) == []


def test_a_hash_is_made_anew_when_its_cost_has_grown_and_never_made_cheaper(kept: HostPasswords, tmp_path: Path) -> None:
    dearer = HostPasswords(tmp_path, Cheap(time_cost=2))
    assert dearer.proved("Анна", WRONG) is None and extract_parameters(file_of(kept)["Анна"]).time_cost == 1
    assert dearer.proved("Анна", RIGHT) == "Анна" and extract_parameters(file_of(kept)["Анна"]).time_cost == 2
    dear = file_of(kept)
    assert kept.proved("Анна", RIGHT) == "Анна" and file_of(kept) == dear
    assert kept.path.stat().st_mode & 0o777 == 0o600


def test_a_password_that_is_taken_away_while_it_is_hashed_anew_stays_away(kept: HostPasswords, tmp_path: Path) -> None:
    class Late(Cheap):
        def hash(self, *given: Any, **named: Any) -> str:
            kept.remove("Анна")
            return super().hash(*given, **named)

    assert HostPasswords(tmp_path, Late(time_cost=2)).proved("Анна", RIGHT) == "Анна"
    assert kept.names() == ()


def test_a_disk_that_takes_no_stronger_hash_keeps_nobody_out(
    kept: HostPasswords, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(host_passwords, "replace_private_file", full)
    assert HostPasswords(tmp_path, Cheap(time_cost=2)).proved("Анна", RIGHT) == "Анна"


@pytest.mark.parametrize("content", ["", "[]", '{"": 1}', '{"": "x"}', '{"": "$argon2id$v=19$m=8"}', "{", "1"])
def test_a_file_that_is_none_of_ours_is_told_of_and_left_as_it_is(tmp_path: Path, content: str) -> None:
    kept = HostPasswords(tmp_path, Cheap())
    kept.path.write_text(content)
    for ask in (kept.names, lambda: kept.proved("", RIGHT), lambda: kept.set("", RIGHT), lambda: kept.remove("")):
        with pytest.raises(BrokenPasswords, match="cannot be read: remove it and set the passwords anew"):
            ask()
    assert kept.path.read_text() == content


def test_the_cost_of_a_hash_is_at_least_twice_what_is_called_the_least() -> None:
    assert HASHER.time_cost * HASHER.memory_cost >= 2 * 46 * 1024 and HASHER.parallelism == 1 and HASHER.type.name == "ID"
