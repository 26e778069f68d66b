"""The checker has itself been checked: it finds the one defect of a server in one game, and nothing on a sound one."""

from pathlib import Path

import pytest

from tests.faults.directed.games import GAMES
from tests.faults.directed.playing import play
from tests.faults.directed.schedules import SCHEDULES
from tests.faults.rig.checker import check
from tests.faults.rig.defective import DEFECTS


def test_each_defect_has_its_schedule() -> None:
    assert SCHEDULES.keys() == DEFECTS.keys()


@pytest.mark.parametrize("defect", SCHEDULES)
def test_a_defect_is_caught_in_one_game(defect: str, tmp_path: Path) -> None:
    game, broken = SCHEDULES[defect]
    found = check(play(tmp_path, [game], defect)[game])
    assert broken in {breach.invariant for breach in found}, found


def test_a_sound_server_is_clean_in_every_game(tmp_path: Path) -> None:
    found = {game: check(evidence) for game, evidence in play(tmp_path, GAMES).items()}
    assert found == {game: [] for game in GAMES}
