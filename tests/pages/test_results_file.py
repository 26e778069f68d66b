"""`quizserver results` as it is called: every form of file, out of the archive alone; and in words what it cannot do."""

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quizserver import __main__
from quizserver.spreadsheets.opened import opened
from tests.pages.test_exports import archived, names
from tests.services.evening import PIN


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    asyncio.run(archived(folder))
    return folder


def called(data: Path, file: Path, *options: str, pin: str = PIN) -> tuple[int, str]:
    """Exit code and words."""
    done = CliRunner().invoke(__main__.cli, ["results", pin, str(file), "--data", str(data), *options])
    return done.exit_code, done.output


def test_a_battle_is_written_in_every_form_and_all_say_the_same(data: Path, tmp_path: Path) -> None:
    forms = (("a.xlsx", ()), ("a.CSV", ()), ("a.json", ()), ("masks.csv", ("--format", "masks")), ("b", ("--format", "csv")))
    for name, options in forms:
        code, said = called(data, tmp_path / name, *options)
        assert code == 0 and said.startswith(f"Battle {PIN}: 3 teams, ") and "read from the archive" in said, name
    rows = json.loads((tmp_path / "a.json").read_text())["teams"]
    expected = [(str(row["place"]), row["name"], f"{row['points']:g}") for row in rows]
    assert len(expected) == 3 and any(points != "0" for *_, points in expected)
    (table,) = opened((tmp_path / "a.CSV").read_bytes())
    at = table.rows[0].cells.index("Points")
    assert [(row.cells[0], row.cells[1], row.cells[at].replace(",", ".")) for row in table.rows[1:]] == expected
    standing, masks = opened((tmp_path / "a.xlsx").read_bytes())
    assert [row.cells[1] for row in standing.rows[3:]] == [name for _, name, _ in expected]
    (alone,) = opened((tmp_path / "masks.csv").read_bytes())
    assert {row.cells[3] for row in alone.rows[1:]} == {sign for row in rows for sign in row["masks"]}
    assert [row.cells for row in masks.rows][-len(alone.rows) :] == [row.cells for row in alone.rows]
    assert (tmp_path / "b").read_bytes() == (tmp_path / "a.CSV").read_bytes()


@pytest.mark.parametrize(
    ("file", "pin", "sentence"),
    [
        ("a.doc", PIN, "There is no format 'doc': say --format xlsx, csv, json, masks."),
        ("a.csv", "999", f"There is no battle 999: its PIN is one of {PIN}"),
        ("no such folder/a.csv", PIN, "could not be written"),
    ],
)
def test_what_cannot_be_written_is_a_sentence_and_no_file(data: Path, tmp_path: Path, file: str, pin: str, sentence: str) -> None:
    code, said = called(data, tmp_path / file, pin=pin)
    assert code == 1 and sentence in said.replace("\n", " ") and names(tmp_path) == ["data"]
