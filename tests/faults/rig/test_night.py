"""The long list is added to game by game, survives a stop at any time, and says what has to be played again."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.rig import night
from tests.faults.rig.night import Night
from tests.faults.rig.record import Record
from tests.faults.rig.replaying import differences
from tests.faults.rig.tally import Tally

CLEAN = Record(1, 60, Tally(games=1, server_kills=1, acked=1000), ("1.0 s storm 0 0.5 0.1",), "ab" * 32, (), (), 12.0)
BROKEN = replace(CLEAN, seed=2, tally=Tally(games=1, acked=900, lost=1), broken=("I2",), breaches=("I2: gone",))


@pytest.fixture
def listed() -> Night:
    found = Night()
    found.add(CLEAN, "v1")
    found.add(BROKEN, "v1")
    return found


def test_what_is_written_is_read_again(listed: Night, tmp_path: Path) -> None:
    listed.hunts["skipped patch"] = 2
    night.write(listed, tmp_path / "list.json")
    assert night.read(tmp_path / "list.json") == listed


def test_the_list_says_what_all_games_come_to(listed: Night) -> None:
    plain = listed.plain()
    assert (plain["games"], plain["acked"], plain["server_kills"], plain["lost"]) == (2, 1900, 1, 1)
    assert [run["seed"] for run in json.loads(json.dumps(plain))["runs"]] == [1, 2]
    assert not listed.is_clean


def test_a_game_that_was_not_clean_is_played_again_on_another_server(listed: Night) -> None:
    assert listed.missing(3, "v1") == [3]
    assert listed.missing(3, "v2") == [2, 3]


def test_a_median_is_of_what_was_caught(listed: Night) -> None:
    assert listed.plain()["defects"] == {"planted": 12, "caught": 0, "median_games": None, "games": {}}
    listed.hunts |= {"skipped patch": 2, "no idempotency": 5, "stamp in the script": 1}
    assert listed.plain()["defects"]["median_games"] == 2


def test_other_faults_or_another_verdict_are_told(listed: Night) -> None:
    run = listed.runs[1]
    assert list(differences(run, CLEAN)) == []
    assert len(list(differences(run, replace(CLEAN, faults=())))) == 1
    assert len(list(differences(run, replace(BROKEN, seed=1)))) == 1
