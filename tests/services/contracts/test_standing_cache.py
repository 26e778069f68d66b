"""The rules of the port `StandingCache`, on every store."""

import asyncio

from quizserver.battle.ids import BattleId, TeamId
from quizserver.services.ports import Placed
from tests.services.contracts.conftest import Stores

A, B, C, D = map(TeamId, "abcd")
ALL = "all"
TIED = {C: Placed(1, 300), B: Placed(2, 250, (1, 3)), A: Placed(2, 250), D: Placed(4, -50, (2, 4))}


async def test_places_points_and_possible_places_are_what_was_put(stores: Stores, battle: BattleId) -> None:
    await stores.standings.put(battle, ALL, 7, TIED)
    assert await stores.standings.places(battle, ALL, [D, A, TeamId("nobody"), C]) == {D: TIED[D], A: TIED[A], C: TIED[C]}
    assert await stores.standings.places(battle, ALL, []) == {}


async def test_the_top_is_by_place_then_by_team(stores: Stores, battle: BattleId) -> None:
    await stores.standings.put(battle, ALL, 7, TIED)
    assert list(await stores.standings.top(battle, ALL, 0, 3)) == [C, A, B]
    assert list(await stores.standings.top(battle, ALL, 3, 20)) == [D]
    assert not await stores.standings.top(battle, ALL, 0, 0)
    assert not await stores.standings.top(battle, ALL, 4, 20)


async def test_a_standing_that_nobody_put_is_empty(stores: Stores, battle: BattleId) -> None:
    assert await stores.standings.places(battle, ALL, [A]) == {}
    assert not await stores.standings.top(battle, ALL, 0, 10)


async def test_an_older_version_never_replaces_a_newer_one(stores: Stores, battle: BattleId) -> None:
    await stores.standings.put(battle, ALL, 7, TIED)
    await stores.standings.put(battle, ALL, 6, {A: Placed(1, 0)})
    assert await stores.standings.places(battle, ALL, [A, B]) == {A: TIED[A], B: TIED[B]}
    await stores.standings.put(battle, ALL, 7, TIED)
    await stores.standings.put(battle, ALL, 10, {A: Placed(1, 0)})
    assert await stores.standings.places(battle, ALL, [A, B]) == {A: Placed(1, 0)}
    assert list(await stores.standings.top(battle, ALL, 0, 10)) == [A]


async def test_each_kind_of_standing_and_each_battle_has_its_own(stores: Stores, battle: BattleId) -> None:
    await stores.standings.put(battle, ALL, 7, TIED)
    assert await stores.standings.places(battle, "speed", [A]) == {}
    assert await stores.standings.places(BattleId("other"), ALL, [A]) == {}


async def test_nobody_reads_half_of_a_version(stores: Stores, battle: BattleId) -> None:
    teams = [TeamId(f"team{number}") for number in range(2_500)]

    async def write() -> None:
        for version in range(1, 9):
            await stores.standings.put(battle, ALL, version, dict.fromkeys(teams, Placed(version, version)))

    async def read() -> None:
        while (places := await stores.standings.places(battle, ALL, teams)).get(teams[0]) != Placed(8, 8):
            assert len(set(places.values())) <= 1
            assert len(places) in (0, len(teams))
            await asyncio.sleep(0)

    await asyncio.gather(write(), read())
