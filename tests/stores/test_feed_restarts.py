"""The feed on a Redis that dies, comes back, comes back empty, or has thrown old answers away."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import aclosing, suppress
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

from quizserver.battle.ids import BattleId
from quizserver.services.ports import Appended, Head, Moved, StoreGone
from quizserver.stores import clients, feed, keys
from quizserver.stores.boxes import RedisBoxes
from quizserver.stores.embedded import RedisServer, start_redis, supervise
from quizserver.stores.feed import RedisFeed
from quizserver.stores.heard import Heard
from quizserver.stores.ledger import RedisLedger
from tests.support.chains import chain
from tests.support.offers import OPEN, answer, tell

BATTLE = BattleId("battle")
SOON_S = 5.0


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[RedisServer]:
    server = await start_redis(tmp_path, None)
    supervision = asyncio.create_task(supervise(server))
    yield server
    supervision.cancel()
    with suppress(asyncio.CancelledError):
        await supervision
    await server.stop()


@pytest.fixture
async def redis(server: RedisServer) -> AsyncIterator[Redis]:
    async with clients.for_commands(server.url) as client:
        yield client


@pytest.fixture
async def reads(server: RedisServer) -> AsyncIterator[Redis]:
    async with clients.for_blocking_reads(server.url) as client:
        yield client


async def soon(moved: Awaitable[Moved]) -> Moved:
    async with asyncio.timeout(SOON_S):
        return await moved


async def appended(redis: Redis, body: str) -> None:
    """Tries until Redis is back."""
    ledger = RedisLedger(redis)
    while True:
        with suppress(StoreGone):
            head = await ledger.head(BATTLE)
            assert isinstance(await ledger.append(BATTLE, head, chain(head, body), []), Appended)
            return
        await asyncio.sleep(0.02)


def kill(server: RedisServer) -> None:
    assert server.child
    server.child._process.kill()


async def test_a_feed_survives_a_killed_redis_and_hears_what_was_appended_meanwhile(
    server: RedisServer, redis: Redis, reads: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    await tell(RedisLedger(redis), BATTLE, OPEN)
    async with aclosing(RedisFeed(redis, reads).follow({BATTLE: Head()})) as moves:
        assert (await soon(anext(moves))).gap
        assert len((await soon(anext(moves))).entries) == 1
        waiting = asyncio.ensure_future(anext(moves))
        await asyncio.sleep(0.05)
        kill(server)
        async with clients.for_commands(server.url) as other:
            await appended(other, "after the restart")
            results = await RedisBoxes(other).offer(BATTLE, [answer(1)])
        assert (await soon(waiting)).gap  # it may have come back without its last writes, so the boxes are read anew
        assert [entry.body for entry in (await soon(anext(moves))).entries] == [b"after the restart"]
        assert len(results) == len(await RedisBoxes(redis).standing(BATTLE, results[0].question, results[0].opening)) == 1
    assert "the feed goes on" in caplog.messages
    assert sum(message.startswith("the feed waits: Redis did not do it") for message in caplog.messages) == 1


async def test_an_emptied_redis_is_noticed_although_nothing_is_written(redis: Redis, reads: Redis) -> None:
    await appended(redis, "a")
    head = await RedisLedger(redis).head(BATTLE)
    async with aclosing(RedisFeed(redis, reads).follow({BATTLE: head})) as moves:
        assert (await soon(anext(moves))).gap
        await redis.flushall()
        assert await soon(anext(moves)) == Moved(BATTLE, reset=True)


async def test_another_past_that_is_already_longer_is_noticed_by_its_chain(redis: Redis, reads: Redis) -> None:
    await appended(redis, "a")
    head = await RedisLedger(redis).head(BATTLE)
    async with aclosing(RedisFeed(redis, reads).follow({BATTLE: head})) as moves:
        assert (await soon(anext(moves))).gap
        await redis.flushall()
        await RedisLedger(redis).append(BATTLE, Head(), chain(Head(), "b", "c"), [])
        assert await soon(anext(moves)) == Moved(BATTLE, reset=True)


async def test_answers_that_were_thrown_away_leave_a_visible_gap(redis: Redis, reads: Redis) -> None:
    await tell(RedisLedger(redis), BATTLE, OPEN)
    head = await RedisLedger(redis).head(BATTLE)
    boxes = RedisBoxes(redis)
    async with aclosing(RedisFeed(redis, reads).follow({BATTLE: head})) as moves:
        assert (await soon(anext(moves))).gap
        for number in range(3):
            await boxes.offer(BATTLE, [answer(number)])
        await redis.xtrim(keys.answers(BATTLE), maxlen=1, approximate=False)
        moved = await soon(anext(moves))
        assert moved.gap
        assert [each.id for each in moved.answers] == [answer(2).id]


async def test_what_this_process_has_been_told_it_is_not_told_again(redis: Redis, reads: Redis) -> None:
    await tell(RedisLedger(redis), BATTLE, OPEN)
    head, heard = await RedisLedger(redis).head(BATTLE), Heard()
    own, others = RedisBoxes(redis, heard), RedisBoxes(redis)
    async with aclosing(RedisFeed(redis, reads, heard=heard).follow({BATTLE: head})) as moves:
        assert (await soon(anext(moves))).gap
        await own.offer(BATTLE, [answer(1)])
        await others.offer(BATTLE, [answer(2)])
        await own.offer(BATTLE, [answer(3)])
        moved = await soon(anext(moves))
        assert ([each.id for each in moved.answers], moved.gap) == ([answer(2).id], False)


async def test_what_was_recorded_and_never_told_comes_by_the_feed(
    redis: Redis, reads: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    await tell(RedisLedger(redis), BATTLE, OPEN)
    head, heard = await RedisLedger(redis).head(BATTLE), Heard()
    boxes = RedisBoxes(redis, heard)
    said = boxes._offer

    async def lost(*words: Any) -> bytes:
        await said(*words)
        raise StoreGone("the answer was lost")

    monkeypatch.setattr(boxes, "_offer", lost)
    async with aclosing(RedisFeed(redis, reads, heard=heard).follow({BATTLE: head})) as moves:
        assert (await soon(anext(moves))).gap
        with pytest.raises(StoreGone):
            await boxes.offer(BATTLE, [answer(1)])
        assert [each.id for each in (await soon(anext(moves))).answers] == [answer(1).id]


async def test_the_stream_of_answers_does_not_grow_for_ever(redis: Redis) -> None:
    await tell(RedisLedger(redis), BATTLE, OPEN)
    boxes = RedisBoxes(redis)
    for number in range(1_300):
        await boxes.offer(BATTLE, [answer(number, team=f"team-{number}")])
    assert await redis.xlen(keys.answers(BATTLE)) <= 1_100


async def test_a_read_that_hangs_is_given_up(
    redis: Redis, reads: Redis, server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "LOOKS_EVERY_S", 0.1)
    monkeypatch.setattr(feed, "OVERDUE_S", 0.2)
    await appended(redis, "a")
    async with aclosing(RedisFeed(redis, reads).follow({BATTLE: await RedisLedger(redis).head(BATTLE)})) as moves:
        assert (await soon(anext(moves))).gap
        waiting = asyncio.ensure_future(anext(moves))
        await redis.client_pause(1_000)
        await asyncio.sleep(0.4)
        await redis.client_unpause()
        await appended(redis, "b")
        assert (await soon(waiting)).gap  # what was read in vain may have been answers
        assert [entry.body for entry in (await soon(anext(moves))).entries] == [b"b"]
