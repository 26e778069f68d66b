"""redis-py clients. Nothing else in the program chooses a timeout, a retry or a pool size for Redis."""

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff, NoBackoff
from redis.exceptions import ConnectionError

ANSWERS_WITHIN_S = 2.5  # a call may wait for two fsyncs, of 1 s on a bad disk; a Redis silent for longer hangs
RESTORES_WITHIN_S = 30.0  # a whole evening in one append has some 60 MB
COMMANDS_AT_ONCE = 32  # calls are batches, one of each kind in flight; more would only wait inside Redis
READS_AT_ONCE = 256  # a blocking read keeps its connection: one a follower


def for_commands(redis_url: str) -> Redis:
    """A client for everything that returns at once; close it with `aclose()`.

    A call whose connection breaks is tried up to 3 times, so **a write may run twice**: every script and command of the stores must
    bear that. One that gets no answer is not: three times as long nobody would know that Redis hangs.
    When all its connections are busy a call waits; after `ANSWERS_WITHIN_S` it raises redis's ConnectionError.
    """
    return _client(redis_url, COMMANDS_AT_ONCE, ANSWERS_WITHIN_S, _again_when_broken())


def for_restoring(redis_url: str) -> Redis:
    """The same with the patience for what is as long as an evening."""
    return _client(redis_url, COMMANDS_AT_ONCE, RESTORES_WITHIN_S, _again_when_broken())


def for_blocking_reads(redis_url: str) -> Redis:
    """A client for `XREAD BLOCK`, whose answer may take for ever: bound each call by its own BLOCK; close as above.

    Nothing is retried: a follower must see each broken connection, because it then compares epoch and head.
    """
    return _client(redis_url, READS_AT_ONCE, None, Retry(NoBackoff(), retries=0))


def _again_when_broken() -> Retry:
    return Retry(ExponentialWithJitterBackoff(base=0.05, cap=0.5), retries=2, supported_errors=(ConnectionError,))


def _client(redis_url: str, connections: int, socket_timeout: float | None, retry: Retry) -> Redis:
    pool = BlockingConnectionPool.from_url(
        redis_url,
        max_connections=connections,
        timeout=ANSWERS_WITHIN_S,
        socket_timeout=socket_timeout,
        socket_connect_timeout=ANSWERS_WITHIN_S,
        retry=retry,
    )
    return Redis.from_pool(pool)
