"""What a Redis named by `REDIS_URL` must be like. It is only looked at, never started, stopped or configured.

The address may hold a password: no message may repeat it, nor what a parser said about it.
"""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from redis.asyncio import Redis
from redis.exceptions import RedisError

from quizserver.stores import clients
from quizserver.stores.asking import lost_as_elsewhere
from quizserver.stores.redis_source import OLDEST_VERSION, RedisUnavailable

LOOPBACKS = ("127.0.0.1", "::1", "localhost")


async def check(redis_url: str, log: Callable[[str], None]) -> None:
    """Raise RedisUnavailable for a server no ledger may live on; log a warning for one that can lose answers."""
    where = without_secrets(redis_url)
    try:
        with lost_as_elsewhere():
            async with clients.for_commands(redis_url) as client:
                info: dict[str, Any] = await client.info()
                config = await _config(client)
    except ValueError:  # in the part after the question mark
        raise _no_address() from None
    except (RedisError, OSError) as error:
        raise RedisUnavailable(f"{where} does not answer ({error}): start it, or correct REDIS_URL.") from error
    refuse_unfit(where, info)
    warn_if_forgetful(where, info, config.get("appendfsync", "unknown"), log)
    warn_if_open(where, config, log)


def without_secrets(redis_url: str) -> str:
    """A name for messages; raises RedisUnavailable when it is no address."""
    try:
        parts = urlsplit(redis_url)
        host = f"{parts.hostname or 'localhost'}:{parts.port or 6379}"
    except ValueError:
        parts, host = urlsplit(""), ""
    if parts.scheme not in ("redis", "rediss", "unix"):
        raise _no_address()
    return f"The Redis at {parts.path if parts.scheme == 'unix' else host}"


def refuse_unfit(where: str, info: dict[str, Any]) -> None:
    """`info` is what INFO says; hosted servers that forbid CONFIG answer it too."""
    version = str(info.get("redis_version", "0.0"))
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_VERSION:
        raise RedisUnavailable(f"{where} is version {version}: upgrade it to 7.0 or later.")
    policy = info.get("maxmemory_policy", "unknown")
    if policy != "noeviction":
        raise RedisUnavailable(
            f"{where} throws answers away when its memory is full (maxmemory-policy {policy}): "
            "run redis-cli CONFIG SET maxmemory-policy noeviction."
        )


def warn_if_forgetful(where: str, info: dict[str, Any], appendfsync: str, log: Callable[[str], None]) -> None:
    if not info.get("aof_enabled"):
        log(f"{where} keeps no AOF and a crash loses acknowledged answers: set appendonly yes, appendfsync always.")
    elif appendfsync != "always":
        log(f"{where} has appendfsync {appendfsync}: set always, or a power cut can lose acknowledged answers.")


def warn_if_open(where: str, config: Mapping[str, str], log: Callable[[str], None]) -> None:
    """`config` is what it says of itself, {} where it hides that."""
    listens = [address.lstrip("-") for address in config.get("bind", "127.0.0.1").split()] or ["*"]
    is_guarded = config.get("protected-mode") != "no" or bool(config.get("requirepass")) or config.get("port") == "0"
    if not is_guarded and not all(address in LOOPBACKS for address in listens):
        log(f"{where} lets in whoever reaches it: bind it to 127.0.0.1 or a unix socket, or set requirepass.")


def _no_address() -> RedisUnavailable:
    return RedisUnavailable("REDIS_URL is not an address: write it like redis://localhost:6379/0.")


async def _config(client: Redis) -> Mapping[str, str]:
    try:
        said = await client.config_get("appendfsync", "bind", "protected-mode", "requirepass", "port")
    except RedisError:  # hosted servers forbid CONFIG
        return {}
    return {str(name): str(value) for name, value in said.items()}
