"""Consoles that have signed in."""

from redis.asyncio import Redis

from quizserver.stores import keys
from quizserver.stores.asking import ask

WEEK_MS = 7 * 24 * 3600 * 1000
"""A console that was not opened for so long signs in again: an evening is over, and laptops change hands."""


class RedisKeyring:
    """The port `Keyring`. `redis`: a client of clients.for_commands."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def remember_host(self, token_hash: str) -> None:
        await ask(self._redis, "HSET", keys.HOSTS, token_hash, await self._now_ms())

    async def is_host(self, token_hash: str) -> bool:
        seen = await ask(self._redis, "HGET", keys.HOSTS, token_hash)
        if seen is None or await self._now_ms() - int(seen) > WEEK_MS:
            return False
        await self.remember_host(token_hash)
        return True

    async def _now_ms(self) -> int:
        seconds, micros = await ask(self._redis, "TIME")
        return int(seconds) * 1000 + int(micros) // 1000
