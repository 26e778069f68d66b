"""Consoles that have signed in."""

from collections.abc import Sequence

from redis.asyncio import Redis

from quizserver.services.ports import SignedIn
from quizserver.stores import keys
from quizserver.stores.asking import ask, ask_all

WEEK_MS = 7 * 24 * 3600 * 1000
"""A console that was not opened for so long signs in again: an evening is over, and laptops change hands."""


class RedisKeyring:
    """The port `Keyring`. `redis`: a client of clients.for_commands."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def remember_host(self, token_hash: str, browser: str, name: str = "") -> None:
        now_ms = await self._now_ms()
        known = ("HSET", keys.HOSTS, token_hash, f"{now_ms} {browser}\n{name}")
        await ask_all(self._redis, [known, ("ZADD", keys.HOSTS_SEEN, now_ms, token_hash)])

    async def seen(self, token_hashes: Sequence[str]) -> frozenset[str]:
        if not token_hashes:
            return frozenset()
        now_ms = await self._now_ms()
        scores = await ask(self._redis, "ZMSCORE", keys.HOSTS_SEEN, *token_hashes)
        known = [each for each, seen in zip(token_hashes, scores, strict=True) if _is_fresh(seen, now_ms)]
        if known:  # XX: one that is signed out in this moment must not come back by being seen
            await ask(self._redis, "ZADD", keys.HOSTS_SEEN, "XX", *(word for each in known for word in (now_ms, each)))
        return frozenset(known)

    async def hosts(self) -> Sequence[SignedIn]:
        now_ms = await self._now_ms()
        known = await ask(self._redis, "HGETALL", keys.HOSTS)
        scores = await ask(self._redis, "ZMSCORE", keys.HOSTS_SEEN, *known) if known else []
        rows = [_row(key, said, seen) for (key, said), seen in zip(known.items(), scores, strict=True) if _is_fresh(seen, now_ms)]
        return sorted(rows, key=lambda each: -each.seen_ms)

    async def forget_hosts(self, token_hashes: Sequence[str]) -> None:
        if token_hashes:
            now_ms = await self._now_ms()
            out = ("ZADD", keys.HOSTS_OUT, *(word for each in token_hashes for word in (now_ms, each)))
            old = ("ZREMRANGEBYSCORE", keys.HOSTS_OUT, "-inf", now_ms - WEEK_MS)
            await ask_all(self._redis, [out, old, ("ZREM", keys.HOSTS_SEEN, *token_hashes), ("HDEL", keys.HOSTS, *token_hashes)])

    async def signed_out(self, token_hashes: Sequence[str]) -> frozenset[str]:
        scores = await ask(self._redis, "ZMSCORE", keys.HOSTS_OUT, *token_hashes) if token_hashes else []
        return frozenset(each for each, out in zip(token_hashes, scores, strict=True) if out is not None)

    async def _now_ms(self) -> int:
        seconds, micros = await ask(self._redis, "TIME")
        return int(seconds) * 1000 + int(micros) // 1000


def _row(key: bytes, said: bytes, seen: float) -> SignedIn:
    since, _, who = said.decode().partition(" ")
    browser, _, name = who.partition("\n")  # no name and no browser has one in it
    return SignedIn(key.decode(), int(since), int(seen), browser, name)


def _is_fresh(seen: bytes | float | None, now_ms: int) -> bool:
    return seen is not None and now_ms - float(seen) <= WEEK_MS
