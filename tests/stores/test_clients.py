"""The two kinds of client, on a real server."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError

from quizserver.stores import clients
from quizserver.stores.embedded import RedisServer, start_redis


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[RedisServer]:
    server = await start_redis(tmp_path, None)
    yield server
    await server.stop()


def uses_hiredis(client: Redis) -> bool:
    connection = client.connection_pool.make_connection()  # type: ignore[no-untyped-call]
    return "hiredis" in type(connection._parser).__name__.lower()


async def test_both_parse_with_hiredis(server: RedisServer) -> None:
    async with clients.for_commands(server.url) as commands, clients.for_blocking_reads(server.url) as reads:
        assert uses_hiredis(commands)
        assert uses_hiredis(reads)


async def test_more_calls_than_connections_wait_their_turn(server: RedisServer) -> None:
    async with clients.for_commands(server.url) as client:
        counts = await asyncio.gather(*(client.incr("calls") for _ in range(5 * clients.COMMANDS_AT_ONCE)))
        assert sorted(counts) == list(range(1, 5 * clients.COMMANDS_AT_ONCE + 1))
        assert len(await client.client_list()) <= clients.COMMANDS_AT_ONCE


async def test_a_blocking_read_outlasts_the_timeout_of_commands(server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "ANSWERS_WITHIN_S", 0.1)
    async with clients.for_blocking_reads(server.url) as reads:
        assert not await reads.xread({"ledger": "$"}, block=300)


async def test_a_blocking_read_reports_a_broken_connection_at_once(server: RedisServer) -> None:
    async with clients.for_blocking_reads(server.url) as reads:
        waiting = asyncio.ensure_future(reads.xread({"ledger": "$"}, block=0))
        await asyncio.sleep(0.1)
        stopped = time.monotonic()
        await server.stop()
        with pytest.raises(ConnectionError):
            await waiting
        assert time.monotonic() < stopped + 1


async def test_a_command_gives_up_soon_when_there_is_no_server(server: RedisServer) -> None:
    async with clients.for_commands(server.url) as client:
        await client.ping()
        await server.stop()
        began = time.monotonic()
        with pytest.raises(ConnectionError):
            await client.ping()
        assert time.monotonic() < began + 3
