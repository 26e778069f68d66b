"""A Redis that dies in the moment in which a server starts is one sentence."""

from typing import Any

import pytest
from redis.asyncio import Redis

from quizserver.stores import external_redis
from quizserver.stores.asking import CLOSED
from quizserver.stores.redis_source import RedisUnavailable


@pytest.mark.parametrize(
    ("said", "raised"), [(f"unable to perform operation; {CLOSED}", RedisUnavailable), ("a bug", RuntimeError)]
)
async def test_what_the_loop_says_of_a_lost_connection_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, said: str, raised: type[Exception]
) -> None:
    async def info(self: Redis, *rest: Any) -> None:
        raise RuntimeError(said)

    monkeypatch.setattr(Redis, "info", info)
    with pytest.raises(raised):
        await external_redis.check("redis://127.0.0.1:1", print)
