"""The leaderboard over HTTP: a page at a time, names as everybody sees them, and a sentence for what cannot be had."""

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from quizserver.battle import commands as ask
from quizserver.battle.ids import TeamId
from quizserver.scoreboard import Scoreboard
from quizserver.services.ports import Placed
from tests.services.evening import BATTLE, PIN, join
from tests.services.processes import Store, running_on
from tests.support.fakes.standings import FakeStandingCache

PLACES = {TeamId("t2"): Placed(1, 250), TeamId("t1"): Placed(2, -50, (2, 3)), TeamId("t3"): Placed(3, -100, (2, 3))}


@pytest.fixture
async def store() -> Store:
    store = Store()
    await store.begun(join(1), join(2), join(3), ask.MuteTeam(team=TeamId("t3"), muted=True))
    return store


@pytest.fixture
async def site(store: Store) -> AsyncIterator[httpx.AsyncClient]:
    cache = FakeStandingCache(store.memory)
    await cache.put(BATTLE, "total", 5, PLACES)
    async with running_on(store) as running:
        app = Starlette(routes=[Route("/standing/{pin}.json", Scoreboard(running, cache).endpoint)])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://quiz") as client:
            yield client


async def test_the_standing_is_read_a_page_at_a_time(site: httpx.AsyncClient) -> None:
    whole = (await site.get(f"/standing/{PIN}.json")).json()
    assert [(row["place"], row["points"]) for row in whole["teams"]] == [(1, 2.5), (2, -0.5), (3, -1.0)]
    assert [row["name"] for row in whole["teams"]][:2] == ["Team 2", "Team 1"]
    assert (whole["pin"], whole["which"], whole["of"]) == (PIN, "total", 3)
    assert whole["figures"] == {"teams": 3, "paper": 0, "online": 3, "people": 0}
    assert [(row["best"], row["worst"]) for row in whole["teams"]] == [(1, 1), (2, 3), (2, 3)]
    part = (await site.get(f"/standing/{PIN}.json?start=1&count=1")).json()
    assert [row["name"] for row in part["teams"]] == ["Team 1"]


async def test_a_muted_name_is_not_shown(site: httpx.AsyncClient) -> None:
    assert "Team 3" not in (await site.get(f"/standing/{PIN}.json")).text


async def test_a_standing_that_nobody_has_yet_is_empty(site: httpx.AsyncClient) -> None:
    assert (await site.get(f"/standing/{PIN}.json?which=speed")).json()["teams"] == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/standing/000000.json", 404),
        (f"/standing/{PIN}.json?which=colour", 400),
        (f"/standing/{PIN}.json?count=101", 400),
        (f"/standing/{PIN}.json?start=-1", 400),
        (f"/standing/{PIN}.json?start=1e9", 400),
    ],
)
async def test_what_cannot_be_had_is_a_sentence(site: httpx.AsyncClient, address: str, status: int) -> None:
    answer = await site.get(address)
    assert answer.status_code == status and answer.text.endswith(".\n")


async def test_a_store_that_is_gone_is_a_sentence_too(site: httpx.AsyncClient, store: Store) -> None:
    store.memory.gone = True
    answer = await site.get(f"/standing/{PIN}.json")
    assert answer.status_code == 503 and "in a moment" in answer.text
    store.memory.gone = False
