"""Whole battles with faults out of a seed: nothing acknowledged is lost or counted twice, nobody learns anything early, and at the
end everybody has caught up. `python -m tests.faults` plays as many as one likes, `make nightly` five hundred."""

import asyncio
from pathlib import Path
from random import Random
from statistics import median

import pytest

from tests.faults.rig import night
from tests.faults.rig.defective import DEFECTS
from tests.faults.rig.game import Wish, hall, play
from tests.faults.rig.judging import judge
from tests.faults.rig.nemesis import OF_REDIS, WEIGHTS, can_be_done, schedule
from tests.faults.rig.record import recorded
from tests.faults.rig.replaying import differences

TEAMS, LONGEST_S = 12, 120.0
GAMES, TOGETHER = 20, 5
REPLAYED = 3
LIST = night.read()
RUNS = LIST.runs


@pytest.mark.parametrize("first", range(1, GAMES + 1, TOGETHER))
async def test_games_with_faults_are_clean(tmp_path: Path, first: int) -> None:
    wishes = [Wish(seed, TEAMS) for seed in range(first, first + TOGETHER)]
    async with asyncio.timeout(LONGEST_S):
        games = await asyncio.gather(*(play(wish, tmp_path / str(wish.seed)) for wish in wishes))
    for wish, played in zip(wishes, games, strict=True):
        judged = judge(played)
        assert judged.is_clean, (wish, judged)
        assert judged.tally.acked > 5 * TEAMS
        assert sum(played.done.values()) == sum(can_be_done(fault.kind) for fault in wish.faults)


def _drawn() -> list[int]:
    """Others whenever the list is another."""
    return Random("".join(run.history_sha256 for run in RUNS.values())).sample(sorted(RUNS), min(REPLAYED, len(RUNS)))


@pytest.mark.parametrize("seed", _drawn())
def test_a_game_of_the_long_list_has_the_same_verdict_and_faults_again(tmp_path: Path, seed: int) -> None:
    assert list(differences(RUNS[seed], recorded(Wish(seed, hall(seed)), tmp_path))) == []


def test_the_long_list_is_as_long_as_it_must_be_and_clean() -> None:
    total = LIST.total
    assert LIST.is_clean and total.is_clean
    assert total.games >= 500 and total.acked >= 1_000_000
    assert total.server_kills >= 100 and total.redis_kills >= 100 and total.power_losses >= 50


def test_every_defect_was_caught_by_games_that_nobody_had_chosen() -> None:
    assert LIST.hunts.keys() == DEFECTS.keys()
    assert median(LIST.hunts.values()) <= 5


def test_same_seed_draws_the_same_faults_and_another_one_others() -> None:
    assert schedule(7, 2) == schedule(7, 2) != schedule(8, 2)


@pytest.mark.parametrize("kind", WEIGHTS)
def test_each_fault_is_drawn_now_and_then(kind: str) -> None:
    drawn = [fault for seed in range(200) for fault in schedule(seed, 2) if fault.kind == kind]
    assert drawn and {fault.target == "redis" for fault in drawn} == {kind in OF_REDIS}
