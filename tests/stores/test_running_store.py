"""A look from outside into the store of a server that runs."""

import os
from pathlib import Path

import pytest

from quizserver.battle.ids import BattleId
from quizserver.stores.embedded import start_redis
from quizserver.stores.running_store import running_ledger


async def test_the_ledgers_of_a_running_server_are_read_from_outside(tmp_path: Path) -> None:
    server = await start_redis(tmp_path, None)
    try:
        async with running_ledger(tmp_path, None) as ledger:
            assert ledger is not None
            assert await ledger.register(BattleId("b"), "123456")
        async with running_ledger(Path(os.devnull), server.url) as by_address:
            assert by_address is not None
            assert await by_address.battles() == {"b": "123456"}
    finally:
        await server.stop()


@pytest.mark.parametrize("redis_url", [None, "redis://127.0.0.1:1"])
async def test_where_nobody_answers_there_is_no_ledger_and_nothing_is_made(tmp_path: Path, redis_url: str | None) -> None:
    async with running_ledger(tmp_path / "none", redis_url) as ledger:
        assert ledger is None
    assert is_empty(tmp_path)


def is_empty(folder: Path) -> bool:
    return not list(folder.iterdir())
