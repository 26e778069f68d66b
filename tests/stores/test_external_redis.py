"""A Redis of the organizers' own, given by its address: what is refused, and what is only warned of."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis import Redis

from quizserver.stores import external_redis
from quizserver.stores.embedded import RedisServer, start_redis
from quizserver.stores.redis_source import RedisUnavailable

NOWHERE = "redis://quiz:secret@127.0.0.1:1/0"


@pytest.fixture
async def given(tmp_path: Path) -> AsyncIterator[RedisServer]:
    """Somebody's server: not ours, as far as it goes."""
    server = await start_redis(tmp_path / "theirs", None)
    yield server
    await server.stop()


async def test_a_given_redis_is_used_and_never_stopped(given: RedisServer, tmp_path: Path) -> None:
    said: list[str] = []
    server = await start_redis(tmp_path / "ours", given.url, said.append)
    assert (server.url, server.owned, said) == (given.url, False, [])
    assert not (tmp_path / "ours").exists()
    await server.stop()
    with Redis.from_url(given.url) as redis:
        assert redis.ping()


async def test_one_that_evicts_is_refused_with_the_command_that_mends_it(given: RedisServer, tmp_path: Path) -> None:
    with Redis.from_url(given.url) as redis:
        redis.config_set("maxmemory-policy", "allkeys-lru")
    with pytest.raises(RedisUnavailable, match=r"allkeys-lru\): run redis-cli CONFIG SET maxmemory-policy noeviction"):
        await start_redis(tmp_path, given.url)


async def test_one_that_is_too_old_is_refused() -> None:
    with pytest.raises(RedisUnavailable, match=r"^It is version 6\.2\.14: upgrade it to 7\.0 or later"):
        external_redis.refuse_unfit("It", {"redis_version": "6.2.14", "maxmemory_policy": "noeviction"})


@pytest.mark.parametrize(
    ("setting", "value", "warns"),
    [
        ("appendfsync", "everysec", "has appendfsync everysec: set always"),
        ("appendonly", "no", "keeps no AOF"),
    ],
)
async def test_one_that_may_forget_answers_is_warned_of(
    given: RedisServer, tmp_path: Path, setting: str, value: str, warns: str
) -> None:
    with Redis.from_url(given.url) as redis:
        redis.config_set(setting, value)
    said: list[str] = []
    await start_redis(tmp_path, given.url, said.append)
    assert len(said) == 1 and warns in said[0]


async def test_one_that_hides_its_settings_is_warned_of(given: RedisServer, tmp_path: Path) -> None:
    with Redis.from_url(given.url) as redis:
        redis.acl_setuser("hosted", enabled=True, nopass=True, keys=["*"], categories=["+@all"], commands=["-config"])
    said: list[str] = []
    await start_redis(tmp_path, given.url.replace("unix://", "unix://hosted:any@"), said.append)
    assert len(said) == 1 and "appendfsync unknown" in said[0]


async def test_one_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(RedisUnavailable, match=r"^The Redis at 127\.0\.0\.1:1 does not answer \(.*\): start it") as refused:
        await start_redis(tmp_path, NOWHERE)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    ["localhost:6379", "http://localhost", "redis://:sec/ret@localhost", "redis://[::1", "redis://localhost/0?socket_timeout=soon"],
)
async def test_what_is_no_address_is_refused_and_not_repeated(tmp_path: Path, address: str) -> None:
    with pytest.raises(RedisUnavailable, match=r"^REDIS_URL is not an address: write it like redis://localhost:6379/0"):
        await start_redis(tmp_path, address)
