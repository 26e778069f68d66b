"""What the Redis stores do when Redis is away, full or forgetful: StoreGone with one sentence, and never half of a write."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

from quizserver.battle.ids import BattleId, TeamId
from quizserver.services.ports import Appended, Head, Placed, Recorded, StoreGone, Verdict
from quizserver.stores import clients, keys
from quizserver.stores.battle_secrets import RedisSecrets
from quizserver.stores.boxes import RedisBoxes
from quizserver.stores.embedded import RedisServer, start_redis
from quizserver.stores.ledger import RedisLedger
from quizserver.stores.lua import script
from quizserver.stores.presence import RedisPresence
from quizserver.stores.standings import RedisStandingCache
from tests.support.chains import chain
from tests.support.offers import CLOSED, OPEN, OPENING, QUESTION, answer, offer_one, tell
from tests.support.redis_servers import KINDS, running

BATTLE = BattleId("battle")
BOX = QUESTION, OPENING

CALLS: dict[str, Callable[[Redis], Awaitable[Any]]] = {
    "battles": lambda redis: RedisLedger(redis).battles(),
    "register": lambda redis: RedisLedger(redis).register(BATTLE, "123456"),
    "append": lambda redis: RedisLedger(redis).append(BATTLE, Head(), chain(Head(), "a"), [OPEN]),
    "read": lambda redis: RedisLedger(redis).read(BATTLE),
    "heads": lambda redis: RedisLedger(redis).heads([BATTLE]),
    "offer": lambda redis: RedisBoxes(redis).offer(BATTLE, [answer(1)]),
    "standing": lambda redis: RedisBoxes(redis).standing(BATTLE, *BOX),
    "count": lambda redis: RedisBoxes(redis).count(BATTLE, [BOX]),
    "seal": lambda redis: RedisBoxes(redis).seal(BATTLE, *BOX),
    "missed": lambda redis: RedisBoxes(redis).missed(BATTLE, *BOX),
    "drop": lambda redis: RedisBoxes(redis).drop(BATTLE, *BOX),
    "now_ms": lambda redis: RedisPresence(redis).now_ms(),
    "renew": lambda redis: RedisPresence(redis).renew("process", [BATTLE]),
    "drained": lambda redis: RedisPresence(redis).drained(BATTLE, "process", "clock"),
    "alive": lambda redis: RedisPresence(redis).alive(BATTLE, "process"),
    "of_battle": lambda redis: RedisSecrets(redis).of_battle(BATTLE),
    "put secret back": lambda redis: RedisSecrets(redis).put_back(BATTLE, b"secret"),
    "put": lambda redis: RedisStandingCache(redis).put(BATTLE, "all", 1, {TeamId("gulls"): Placed(1, 100)}),
    "places": lambda redis: RedisStandingCache(redis).places(BATTLE, "all", [TeamId("gulls")]),
}
READS = {"battles", "read", "heads", "standing", "count", "seal", "missed", "drop", "now_ms", "places"}


@pytest.fixture(scope="module", params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(request.param, tmp_path_factory.mktemp(request.param)) as url:
        yield url


@pytest.fixture
async def redis(url: str) -> AsyncIterator[Redis]:
    async with clients.for_commands(url) as client:
        await client.flushall()
        yield client


@asynccontextmanager
async def full(redis: Redis) -> AsyncIterator[None]:
    """A Redis without memory for another write."""
    await redis.config_set("maxmemory", 1)
    try:
        yield
    finally:
        await redis.config_set("maxmemory", 0)


async def everything(redis: Redis) -> dict[str | bytes, object]:
    return {key: await redis.dump(key) for key in await redis.keys()}


@pytest.mark.parametrize("name", CALLS)
async def test_every_call_on_a_redis_that_is_away_is_store_gone_in_one_line(name: str, tmp_path: Path) -> None:
    async with clients.for_commands(f"unix://{tmp_path}/nobody.sock") as redis:
        with pytest.raises(StoreGone, match=r"\ARedis did not do it: [^\n]+\Z") as gone:
            await CALLS[name](redis)
    assert gone.value.__suppress_context__


@pytest.mark.parametrize("name", sorted(CALLS.keys() - READS))
async def test_a_full_redis_refuses_each_write_whole(name: str, redis: Redis) -> None:
    await tell(RedisLedger(redis), BATTLE, OPEN)
    before = await everything(redis)
    async with full(redis):
        with pytest.raises(StoreGone, match=r"\ARedis did not do it: command not allowed when used memory > 'maxmemory'[^{]*\Z"):
            await CALLS[name](redis) if name != "append" else await tell(RedisLedger(redis), BATTLE, CLOSED)
        assert await everything(redis) == before


async def test_a_full_redis_still_reads_and_still_knows_what_it_recorded(redis: Redis) -> None:
    ledger, boxes = RedisLedger(redis), RedisBoxes(redis)
    await tell(ledger, BATTLE, OPEN)
    first = await offer_one(boxes, BATTLE, answer(1))
    async with full(redis):
        assert await offer_one(boxes, BATTLE, answer(1)) == first
        assert await ledger.append(BATTLE, Head(), await ledger.read(BATTLE), [OPEN]) == Appended(await ledger.head(BATTLE))


async def test_dropping_a_box_makes_room_in_a_full_redis(redis: Redis) -> None:
    ledger, boxes = RedisLedger(redis), RedisBoxes(redis)
    await tell(ledger, BATTLE, OPEN)
    await boxes.offer(BATTLE, [answer(number, team=f"team-{number}", value="x" * 200) for number in range(1_000)])
    await tell(ledger, BATTLE, CLOSED)
    await boxes.seal(BATTLE, *BOX)
    used = (await redis.info("memory"))["used_memory"]
    async with full(redis):
        await boxes.drop(BATTLE, *BOX)
    async with asyncio.timeout(5):  # Redis frees what was unlinked in a thread of its own
        while (await redis.info("memory"))["used_memory"] >= used - 100_000:
            await asyncio.sleep(0.01)
    assert not await redis.exists(keys.teams(BATTLE, *BOX))


async def test_a_drop_that_was_interrupted_harms_no_verdict_and_is_finished_by_the_next(redis: Redis) -> None:
    ledger, boxes = RedisLedger(redis), RedisBoxes(redis)
    await tell(ledger, BATTLE, OPEN)
    answers = [answer(number, team=f"team-{number // 2}") for number in range(1_200)]  # below 513 it is no hash table
    first = await boxes.offer(BATTLE, answers)
    await tell(ledger, BATTLE, CLOSED)
    await boxes.seal(BATTLE, *BOX)
    where = [keys.box(BATTLE, *BOX), keys.rows(BATTLE, *BOX), keys.teams(BATTLE, *BOX)]
    for _ in range(2):
        assert await script(redis, "drop")(where, [0, 50]) != b"0"
        assert await boxes.offer(BATTLE, answers) == first
        assert not await boxes.seal(BATTLE, *BOX)
        assert len(await boxes.standing(BATTLE, *BOX)) < 600
    for _ in range(2):
        await boxes.drop(BATTLE, *BOX)
        assert await boxes.offer(BATTLE, answers) == first
        assert not await redis.exists(keys.teams(BATTLE, *BOX))


async def test_a_redis_that_forgot_the_scripts_is_given_them_again(redis: Redis) -> None:
    ledger, boxes = RedisLedger(redis), RedisBoxes(redis)
    await tell(ledger, BATTLE, OPEN)
    await redis.script_flush()
    assert (await offer_one(boxes, BATTLE, answer(1))).verdict is Verdict.RECORDED
    assert isinstance(await tell(ledger, BATTLE, OPEN), Appended)


async def test_a_sign_of_life_whose_answer_was_lost_is_told_the_same_again(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    presence = RedisPresence(redis)
    assert (await RedisPresence(redis).alive(BATTLE, "other")).before_ms == 0
    said = presence._alive

    async def lost(*words: Any) -> bytes:
        await said(*words)
        raise StoreGone("the answer was lost")

    monkeypatch.setattr(presence, "_alive", lost)
    with pytest.raises(StoreGone):
        await presence.alive(BATTLE, "process")
    monkeypatch.setattr(presence, "_alive", said)
    await asyncio.sleep(0.01)
    before_ms = int(await redis.hget(keys.alive(BATTLE), "before") or 0)
    assert (await presence.alive(BATTLE, "process")).before_ms == before_ms > 0
    assert (await presence.alive(BATTLE, "process")).before_ms > before_ms


async def test_all_keys_of_a_battle_share_its_tag(redis: Redis) -> None:
    for name, call in CALLS.items():
        if name != "seal":  # of a box that is open
            await call(redis)
    found = {bytes(key).decode() for key in await redis.keys() if isinstance(key, bytes)}
    assert {key for key in found if not key.startswith("{battle}:")} == {keys.BATTLES, keys.PINS}
    assert len(found) > 10


async def test_answers_survive_a_kill_of_redis(tmp_path: Path) -> None:
    server: RedisServer = await start_redis(tmp_path, None)
    async with clients.for_commands(server.url) as redis:
        await tell(RedisLedger(redis), BATTLE, OPEN)
        told: list[Recorded] = []
        for number in range(20):
            told += await RedisBoxes(redis).offer(BATTLE, [answer(number), answer(100 + number, team="terns")])
        assert server.child
        server.child.end()
    again = await start_redis(tmp_path, None)
    async with clients.for_commands(again.url) as redis:
        await tell(RedisLedger(redis), BATTLE, CLOSED)
        rows = await RedisBoxes(redis).seal(BATTLE, *BOX)
    assert sorted(row.id for row in rows) == sorted(result.id for result in told)
    await again.stop()
