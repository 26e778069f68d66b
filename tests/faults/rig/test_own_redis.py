"""What the rig does to its Redis is what a power cut, a full disk and a full memory do."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from quizserver.stores import clients
from tests.faults.rig.own_redis import OwnRedis, can_have_a_small_disk, can_lose_power, small_disk

WRITES = 300

needs_cc = pytest.mark.skipif(not can_lose_power(), reason="needs Linux and a C compiler")
needs_root = pytest.mark.skipif(not can_have_a_small_disk(), reason="needs the right to mount")
Make = Callable[..., OwnRedis]


@asynccontextmanager
async def running(disk: Path, rig: Path, appendfsync: str = "always") -> AsyncIterator[OwnRedis]:
    redis = OwnRedis(disk, rig, appendfsync)
    await redis.start()
    try:
        yield redis
    finally:
        redis.child.go_on()
        await redis.child.kill()


async def written(redis: Redis) -> int:
    """So many writes, each acknowledged."""
    return sum([await redis.rpush("list", at) > 0 for at in range(WRITES)])


@needs_cc
@pytest.mark.parametrize("appendfsync", ["always", "everysec"])
async def test_power_loss_takes_what_was_not_synced_and_nothing_else(tmp_path: Path, appendfsync: str) -> None:
    (disk := tmp_path / "disk").mkdir()
    async with running(disk, tmp_path, appendfsync) as redis:
        async with clients.for_commands(redis.url) as client:
            await written(client)
        lost = await redis.lose_power()
        await redis.start()
        kept = await redis.ask("LLEN", "list")
        assert (kept == WRITES and lost == 0) if appendfsync == "always" else (kept < WRITES and lost > 0)


@needs_cc
async def test_clock_that_jumps_is_seen_by_redis_and_by_nobody_else(tmp_path: Path) -> None:
    (disk := tmp_path / "disk").mkdir()
    async with running(disk, tmp_path) as redis:
        before = (await redis.ask("TIME"))[0]
        redis.set_clock(3600)
        await asyncio.sleep(0.2)
        assert 3600 <= int((await redis.ask("TIME"))[0]) - int(before) < 3610


async def test_without_memory_writes_are_refused_and_afterwards_taken(tmp_path: Path) -> None:
    (disk := tmp_path / "disk").mkdir()
    async with running(disk, tmp_path) as redis:
        await redis.limit_memory(True)
        with pytest.raises(RedisError, match="used memory"):
            await redis.ask("RPUSH", "list", "x")
        await redis.limit_memory(False)
        assert await redis.ask("RPUSH", "list", "x") == 1


@needs_root
async def test_on_a_full_disk_nothing_is_acknowledged_and_with_room_it_starts_again(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        async with running(disk, tmp_path) as redis:
            assert await redis.ask("RPUSH", "list", "kept") == 1
            redis.fill_disk()
            with pytest.raises((RedisError, OSError)):
                await redis.ask("RPUSH", "list", "x" * 8192)
            await redis.child.ended()
            redis.make_room()
            await redis.start()
            assert await redis.ask("LRANGE", "list", 0, -1) == [b"kept"]
