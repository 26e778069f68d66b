"""Whole battles with faults out of a seed: nothing acknowledged is lost or counted twice, nobody learns anything early, and at the
end everybody has caught up. `python -m tests.faults` plays as many as one likes."""

import asyncio
from pathlib import Path

import pytest

from tests.faults.rig.game import Wish, play
from tests.faults.rig.judging import judge
from tests.faults.rig.nemesis import OF_REDIS, WEIGHTS, can_be_done, schedule

TEAMS, LONGEST_S = 15, 120.0
# Between them: one server and two; kills of both, power loss, a hanging and a silent store, a server that stood still.
TOGETHER = (1, 4, 5)


async def test_games_with_faults_are_clean(tmp_path: Path) -> None:
    wishes = [Wish(seed, TEAMS) for seed in TOGETHER]
    async with asyncio.timeout(LONGEST_S):
        games = await asyncio.gather(*(play(wish, tmp_path / str(wish.seed)) for wish in wishes))
    for wish, played in zip(wishes, games, strict=True):
        judged = judge(played)
        assert judged.is_clean, (wish, judged)
        assert judged.tally.acked > 10 * TEAMS
        assert sum(played.done.values()) == sum(can_be_done(fault.kind) for fault in wish.faults)


def test_same_seed_draws_the_same_faults_and_another_one_others() -> None:
    assert schedule(7, 2) == schedule(7, 2) != schedule(8, 2)


@pytest.mark.parametrize("kind", WEIGHTS)
def test_each_fault_is_drawn_now_and_then(kind: str) -> None:
    drawn = [fault for seed in range(200) for fault in schedule(seed, 2) if fault.kind == kind]
    assert drawn and {fault.target == "redis" for fault in drawn} == {kind in OF_REDIS}
