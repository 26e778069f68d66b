"""Nobody but us reaches the Redis: the bundled one has no port at all, and one that is open to all is warned of."""

import stat
from pathlib import Path

import pytest
from redis import Redis

from quizserver.stores.embedded import start_redis
from quizserver.stores.external_redis import warn_if_open

OPEN = {"protected-mode": "no", "requirepass": "", "bind": "* -::*", "port": "6379"}


async def test_the_bundled_redis_listens_on_no_port_and_its_socket_is_its_owners(tmp_path: Path) -> None:
    server = await start_redis(tmp_path, None)
    try:
        assert server.folder and server.url.startswith("unix")
        with Redis.from_url(server.url) as redis:
            assert redis.config_get("port")["port"] == "0"
        assert stat.S_ISSOCK(server.folder.socket.stat().st_mode)
        assert stat.S_IMODE(server.folder.socket.stat().st_mode) & 0o077 == 0
    finally:
        await server.stop()


async def test_a_given_redis_behind_a_socket_alone_is_not_warned_of(tmp_path: Path) -> None:
    theirs = await start_redis(tmp_path / "theirs", None)
    said: list[str] = []
    try:
        with Redis.from_url(theirs.url) as redis:
            redis.config_set("protected-mode", "no")
            await start_redis(tmp_path / "ours", theirs.url, said.append)
            assert said == []  # a socket alone, whatever the mode
    finally:
        await theirs.stop()


@pytest.mark.parametrize(
    ("config", "warns"),
    [
        (OPEN, True),
        (OPEN | {"bind": ""}, True),
        (OPEN | {"bind": "127.0.0.1 192.168.1.5"}, True),
        (OPEN | {"bind": "127.0.0.1 -::1"}, False),
        (OPEN | {"requirepass": "secret"}, False),
        (OPEN | {"protected-mode": "yes"}, False),
        (OPEN | {"port": "0"}, False),
        ({}, False),
    ],
)
def test_whoever_reaches_it_must_be_this_machine_or_know_a_password(config: dict[str, str], warns: bool) -> None:
    said: list[str] = []
    warn_if_open("The Redis at quiz:6379", config, said.append)
    assert [line.startswith("The Redis at quiz:6379 lets in whoever reaches it") for line in said] == [True] * warns
    assert "secret" not in str(said)
