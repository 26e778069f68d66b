"""`quizserver password`: asked twice or read from one line, refused in one sentence, and never shown."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from quizserver import __main__
from quizserver.doctor import hosts
from quizserver.doctor.finding import Finding, good
from quizserver.stores.host_passwords import NAME, HostPasswords

PASSWORD = "три слова и самолёт"
STILL_IN = "Consoles that are signed in stay so: the console's list of who is signed in ends them."


def said(data: Path, *options: str, typed: str = "") -> tuple[int, str]:
    done = CliRunner().invoke(__main__.cli, ["password", "--data", str(data), *options], input=typed)
    assert not isinstance(done.exception, Exception), done.exception
    return done.exit_code, done.output


def test_it_is_asked_for_twice_and_not_shown(tmp_path: Path) -> None:
    data = tmp_path / "new"
    code, words = said(data, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert code == 0 and words.endswith(f"The host's password is set in {data}. {STILL_IN}\n") and PASSWORD not in words
    assert HostPasswords(data).proved("", PASSWORD) == ""
    assert data.stat().st_mode & 0o777 == 0o700


def test_two_that_differ_are_asked_for_again(tmp_path: Path) -> None:
    code, words = said(tmp_path, typed=f"{PASSWORD}\nsomething else\n{PASSWORD}\n{PASSWORD}\n")
    assert code == 0 and "do not match" in words and HostPasswords(tmp_path).proved("", PASSWORD) == ""


@pytest.mark.parametrize("typed", [PASSWORD, f"{PASSWORD}\n", f"{PASSWORD}\r\n", f"{PASSWORD}\nanother line\n"])
def test_one_line_of_standard_input_is_one_and_only_its_end_is_cut_off(tmp_path: Path, typed: str) -> None:
    assert said(tmp_path, "--stdin", "--name", " Анна ", typed=f" {typed}") == (
        0,
        f"The password of Анна is set in {tmp_path}. {STILL_IN}\n",
    )
    assert HostPasswords(tmp_path).proved("анна", f" {PASSWORD}") == "Анна"


@pytest.mark.parametrize("typed", ["", "\n", "short\n"])
def test_one_that_is_too_short_is_refused_in_one_sentence_and_nothing_is_written(tmp_path: Path, typed: str) -> None:
    code, words = said(tmp_path / "new", "--stdin", typed=typed)
    assert (code, words.count("\n")) == (1, 1) and words.startswith("A password has at least 10 letters")
    assert not (tmp_path / "new").exists()


def test_a_name_that_is_none_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    assert said(tmp_path, "--name", "x" * 41) == (1, "A host's name has 1 to 40 letters.\n")


def test_a_password_is_taken_away_by_its_name_and_others_stay(tmp_path: Path) -> None:
    for name in ("Анна", "Пётр"):
        HostPasswords(tmp_path).set(name, PASSWORD)
    assert said(tmp_path, "--remove") == (1, f"The host's password is not in {tmp_path}: there is one of Анна, Пётр.\n")
    assert said(tmp_path, "--remove", "--name", "анна")[0] == 0
    assert HostPasswords(tmp_path).names() == ("Пётр",)
    assert said(tmp_path, "--remove", "--name", "Пётр")[0] == 0
    assert said(tmp_path, "--remove") == (1, f"The host's password is not in {tmp_path}: there is none at all.\n")
    assert said(tmp_path / "none", "--remove") == (1, f"The host's password is not in {tmp_path / 'none'}: there is none at all.\n")


def test_a_folder_or_a_file_that_cannot_be_used_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, words = said(tmp_path / "file", "--stdin", typed=PASSWORD)
    assert (code, words.count("\n")) == (1, 1) and "--data FOLDER" in words
    (tmp_path / NAME).write_text("{")
    for options in (("--stdin",), ("--remove",)):
        code, words = said(tmp_path, *options, typed=PASSWORD)
        assert (code, words) == (1, f"{tmp_path / NAME} cannot be read: remove it and set the passwords anew.\n")


# --- the doctor ---


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ((), "No host has a password: the console opens by the key that the server prints."),
        (("",), "The host has a password; the key that the server prints opens the console too."),
        (("Анна",), "Анна has a password; the key that the server prints opens the console too."),
        (("", "Анна"), "Анна, a host without a name have a password; the key that the server prints opens the console too."),
    ],
)
def test_the_doctor_says_who_has_a_password(tmp_path: Path, names: tuple[str, ...], says: str) -> None:
    for name in names:
        HostPasswords(tmp_path).set(name, PASSWORD)
    assert hosts.passwords(tmp_path) == good(says)


def test_the_doctor_finds_a_file_that_others_read_or_nobody_can(tmp_path: Path) -> None:
    path = tmp_path / NAME
    HostPasswords(tmp_path).set("", PASSWORD)
    path.chmod(0o640)
    assert str(hosts.passwords(tmp_path)) == f"warning: Other users of this machine can read {path}: run chmod 600 {path}."
    path.write_text("{")
    assert str(hosts.passwords(tmp_path)).startswith(f"bad: {path} cannot be read: remove it")
    path.unlink()
    path.mkdir()
    found: Finding = hosts.passwords(tmp_path)
    assert str(found).startswith(f"bad: {path} cannot be read (Is a directory): nobody can sign in by password")
