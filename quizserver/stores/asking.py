"""How the stores speak to Redis: in its own words, by one round trip; and what their callers see of its troubles."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from quizserver.services.ports import StoreGone

Word = str | bytes | int

CLOSED = "the handler is closed"  # what uvloop says where asyncio would raise an OSError: redis-py lets it through


async def ask(redis: Redis, *command: Word) -> Any:
    """The answer to one command, texts as bytes. Raises StoreGone, after which it may or may not have been done, or done twice."""
    with store_gone():
        return await redis.execute_command(*command)  # type: ignore[no-untyped-call]


async def ask_all(redis: Redis, commands: Sequence[Sequence[Word]]) -> list[Any]:
    """The answers to several, in one round trip; others' commands may come between them. Raises StoreGone as above."""
    with store_gone():
        async with redis.pipeline(transaction=False) as pipe:
            for command in commands:
                pipe.execute_command(*command)
            # Let it raise by itself, and the message quotes the command: a secret would stand in the log.
            answers: list[Any] = await pipe.execute(raise_on_error=False)
        for answer in answers:
            if isinstance(answer, RedisError):
                raise answer
        return answers


@contextmanager
def lost_as_elsewhere() -> Iterator[None]:
    """A lost connection is an OSError on every loop."""
    try:
        yield
    except RuntimeError as error:
        if CLOSED not in str(error):
            raise
        raise ConnectionResetError("the connection was lost.") from None


@contextmanager
def store_gone() -> Iterator[None]:
    """Turns a Redis that is away, too slow, full or still loading into StoreGone with one sentence."""
    try:
        with lost_as_elsewhere():
            yield
    except (RedisError, OSError) as error:  # a TimeoutError is an OSError
        first_line = next(iter(str(error).splitlines()), "") or type(error).__name__
        raise StoreGone(f"Redis did not do it: {first_line}", "Redis") from None
