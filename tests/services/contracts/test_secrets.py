"""The rules of the port `Secrets`, on every store."""

import asyncio

from quizserver.battle.ids import BattleId
from tests.services.contracts.conftest import Stores


async def test_a_battle_has_one_secret_of_32_bytes_whoever_asks_first(stores: Stores, battle: BattleId) -> None:
    secrets = await asyncio.gather(*(stores.secrets.of_battle(battle) for _ in range(10)))
    assert len(set(secrets)) == 1
    assert len(secrets[0]) == 32
    assert await stores.secrets.of_battle(battle) == secrets[0]
    assert await stores.secrets.of_battle(BattleId("other")) != secrets[0]


async def test_a_secret_is_put_back_into_a_store_that_has_lost_it_and_into_no_other(stores: Stores, battle: BattleId) -> None:
    await stores.secrets.put_back(battle, b"as it was")
    assert await stores.secrets.of_battle(battle) == b"as it was"
    await stores.secrets.put_back(battle, b"another")
    assert await stores.secrets.of_battle(battle) == b"as it was"
