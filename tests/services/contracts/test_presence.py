"""The rules of the port `Presence`, on every store. Leases are short here: LEASE_MS."""

import asyncio

from quizserver.battle.ids import BattleId
from tests.services.contracts.conftest import LEASE_MS, Stores

OTHER = BattleId("other")
BRIEFLY_S = 0.02


async def test_the_clock_is_in_milliseconds_and_goes_on(stores: Stores) -> None:
    before = await stores.presence.now_ms()
    await asyncio.sleep(BRIEFLY_S)
    assert before + 15 <= await stores.presence.now_ms() < before + 5_000
    assert before > 1_700_000_000_000


async def test_a_lease_is_seen_in_its_battles_and_in_no_other(stores: Stores, battle: BattleId) -> None:
    await stores.presence.renew("left", [battle, OTHER])
    await stores.presence.renew("right", [battle])
    assert await stores.presence.leases(battle) == {"left", "right"}
    assert await stores.presence.leases(OTHER) == {"left"}
    await stores.presence.renew("left", [])


async def test_a_lease_that_is_not_renewed_runs_out(stores: Stores, battle: BattleId) -> None:
    await stores.presence.renew("left", [battle])
    await asyncio.sleep(LEASE_MS * 0.6 / 1000)
    await stores.presence.renew("right", [battle])
    await asyncio.sleep(LEASE_MS * 0.6 / 1000)
    assert await stores.presence.leases(battle) == {"right"}


async def test_one_that_leaves_has_no_lease(stores: Stores, battle: BattleId) -> None:
    await stores.presence.renew("left", [battle, OTHER])
    await stores.presence.leave("left", [battle])
    await stores.presence.leave("right", [battle])
    assert await stores.presence.leases(battle) == frozenset()
    assert await stores.presence.leases(OTHER) == {"left"}


async def test_drained_is_said_of_one_clock_of_one_battle(stores: Stores, battle: BattleId) -> None:
    clock = " ".join(f"question{number}.1" for number in range(54))
    for process in ("left", "right", "left"):
        await stores.presence.drained(battle, process, clock)
    assert await stores.presence.have_drained(battle, clock) == {"left", "right"}
    assert await stores.presence.have_drained(battle, "another clock") == frozenset()
    assert await stores.presence.have_drained(OTHER, clock) == frozenset()


async def test_a_sign_of_life_tells_when_the_last_one_was_given_whoever_gave_it(stores: Stores, battle: BattleId) -> None:
    before, given = await stores.presence.alive(battle, "left")
    assert before == 0
    for process in ("left", "right"):
        await asyncio.sleep(BRIEFLY_S)
        before, now = await stores.presence.alive(battle, process)
        assert before == given < now <= await stores.presence.now_ms()
        given = now
    assert (await stores.presence.alive(OTHER, "left")).before_ms == 0


async def test_a_lease_is_no_sign_of_life(stores: Stores, battle: BattleId) -> None:
    await stores.presence.renew("left", [battle])
    assert (await stores.presence.alive(battle, "left")).before_ms == 0


async def test_a_clock_that_was_set_is_put_right_for_everybody(stores: Stores, battle: BattleId) -> None:
    before_ms = await stores.presence.now_ms()
    await stores.presence.put_right(-3_600_000)
    sign = await stores.presence.alive(battle, "one")
    assert 0 <= sign.at_ms + 3_600_000 - before_ms < 5_000
    await stores.presence.put_right(3_600_000)
    assert 0 <= await stores.presence.now_ms() - before_ms < 5_000


async def test_of_two_who_put_it_right_one_does(stores: Stores) -> None:
    before_ms = await stores.presence.now_ms()
    await stores.presence.put_right(5_000)
    await stores.presence.put_right(5_000)  # it has not looked since
    assert 0 <= await stores.presence.now_ms() - before_ms - 5_000 < 4_000
    await stores.presence.put_right(-5_000)
