"""Every port on every store: in memory, on the bundled server, on the machine's own redis-server."""

import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from quizserver.battle.ids import BattleId
from quizserver.services.ports import Boxes, Feed, Keyring, Ledger, Presence, SeatNews, Secrets, StandingCache
from quizserver.stores import clients
from quizserver.stores.battle_secrets import RedisSecrets
from quizserver.stores.boxes import RedisBoxes
from quizserver.stores.feed import RedisFeed
from quizserver.stores.keyring import RedisKeyring
from quizserver.stores.ledger import RedisLedger
from quizserver.stores.presence import RedisPresence
from quizserver.stores.seats import RedisSeatNews
from quizserver.stores.standings import RedisStandingCache
from tests.support.fakes.boxes import FakeBoxes
from tests.support.fakes.feed import FakeFeed
from tests.support.fakes.keyring import FakeKeyring
from tests.support.fakes.ledger import FakeLedger
from tests.support.fakes.memory import Memory
from tests.support.fakes.presence import FakePresence
from tests.support.fakes.seats import FakeSeatNews
from tests.support.fakes.secrets import FakeSecrets
from tests.support.fakes.standings import FakeStandingCache
from tests.support.redis_servers import KINDS, running

LEASE_MS = 1000  # a busy machine may stand still for a third of a second

UrlOf = Callable[[str], str]


@dataclass
class Stores:
    """The ports of one process. `feed` makes another feed."""

    ledger: Ledger
    boxes: Boxes
    presence: Presence
    secrets: Secrets
    standings: StandingCache
    keyring: Keyring
    seats: SeatNews
    feed: Callable[[], Feed]


@pytest.fixture(scope="session")
def redis_url_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UrlOf]:
    """One server of a kind a session, started when it is first asked for."""
    with ExitStack() as servers:
        urls: dict[str, str] = {}

        def url_of(kind: str) -> str:
            if kind not in urls:
                urls[kind] = servers.enter_context(running(kind, tmp_path_factory.mktemp(kind)))
            return urls[kind]

        yield url_of


@pytest.fixture(params=["fake", *KINDS])
def redis_url(request: pytest.FixtureRequest, redis_url_of: UrlOf) -> str | None:
    """None: no Redis but the fakes."""
    return None if request.param == "fake" else redis_url_of(request.param)


@pytest.fixture
async def stores(redis_url: str | None) -> AsyncIterator[Stores]:
    if redis_url is None:
        memory = Memory()
        presence = FakePresence(memory, lease_ms=LEASE_MS)
        secrets, standings = FakeSecrets(memory), FakeStandingCache(memory)
        keyring, seats = FakeKeyring(memory), FakeSeatNews(memory)
        yield Stores(FakeLedger(memory), FakeBoxes(memory), presence, secrets, standings, keyring, seats, lambda: FakeFeed(memory))
        return
    async with clients.for_commands(redis_url) as redis, clients.for_blocking_reads(redis_url) as reads:
        await redis.flushall()
        yield Stores(
            RedisLedger(redis),
            RedisBoxes(redis),
            RedisPresence(redis, LEASE_MS),
            RedisSecrets(redis),
            RedisStandingCache(redis),
            RedisKeyring(redis),
            RedisSeatNews(redis),
            lambda: RedisFeed(redis, reads),
        )


@pytest.fixture
def battle() -> BattleId:
    return BattleId(secrets.token_hex(8))
