"""Who may bring marks in as a file, over HTTP, and that nothing is entered but what was previewed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from starlette.routing import Route

from quizserver import addresses, app
from quizserver.import_room import ImportRoom
from quizserver.results_room import ResultsRoom
from quizserver.spreadsheets.opened import opened
from tests.hub.stage import HOST_KEY, Stage, staged
from tests.support.battles import a_round

OURS = addresses.ours(8000, "https://quiz.example", "192.168.1.5", [])
FILE = "team;round;1;2\nВ зале;1;1;0\nНикто;1;1;1\n".encode()


@asynccontextmanager
async def a_site() -> AsyncIterator[tuple[Stage, httpx.AsyncClient, dict[str, str]]]:
    async with staged(a_round("r1", "one", "text")) as stage:
        host = stage.host()
        await host.do("JoinTeam", name="В зале", venue=stage.venue)
        _, joined = await stage.team("On phones")
        keys = {role: (await host.do("AdmitStaff", role=role, venue=stage.venue))["token"] for role in ("desk", "screen")}
        routes = [
            Route("/staff/import", ImportRoom(stage.hub).endpoint, methods=["POST"]),
            Route("/staff/files", ResultsRoom(stage.hub).endpoint, methods=["POST"]),
        ]
        served = app.application(lambda: OURS, routes)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(served), base_url="http://quiz.example") as site:
            yield stage, site, {**keys, "host": HOST_KEY, "team": joined["token"], "nobody": "Canary0123456789abcdef"}


async def sent(stage: Stage, site: httpx.AsyncClient, key: str, file: bytes, **more: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {key}"}
    return await site.post("/staff/import", params={"battle": stage.live.id, **more}, content=file, headers=headers)


async def test_only_a_host_imports_and_takes_files_away() -> None:
    async with a_site() as (stage, site, keys):
        wish = {"battle": stage.live.id, "what": "results", "form": "json"}
        for role, status in (("desk", 403), ("screen", 403), ("team", 403), ("nobody", 401)):
            assert (await sent(stage, site, keys[role], FILE)).status_code == status, role
            headers = {"Authorization": f"Bearer {keys[role]}"}
            assert (await site.post("/staff/files", json=wish, headers=headers)).status_code == status, role
        assert stage.live.known.cells == {}


async def test_a_preview_changes_nothing_and_what_it_said_is_entered_once() -> None:
    async with a_site() as (stage, site, keys):
        before = stage.live.known
        told = (await sent(stage, site, keys["host"], FILE)).json()
        assert (told["marks"], told["failures"], told["failed"][0]["code"]) == (2, 1, "line_unknown_team")
        assert stage.live.known is before
        assert (await sent(stage, site, keys["host"], FILE, apply="0" * 32)).json()["code"] == "preview_is_old"
        done = await sent(stage, site, keys["host"], FILE, apply=told["preview"])
        assert done.json() == {"entered": 2, "left_out": 1}
        after = stage.live.known
        again = (await sent(stage, site, keys["host"], FILE)).json()
        assert (again["marks"], again["same"]) == (0, 2)
        assert (await sent(stage, site, keys["host"], FILE, apply=told["preview"])).json()["code"] == "preview_is_old"
        assert (await sent(stage, site, keys["host"], FILE, apply=again["preview"])).json()["code"] == "nothing_to_import"
        assert stage.live.known is after


BAD = [(b"x" * 2_000_001, 413, "file_too_big"), (b"PK\x03\x04x", 400, "file_is_broken")]


@pytest.mark.parametrize(("file", "status", "code"), BAD)
async def test_a_file_that_is_none_is_refused_and_changes_nothing(file: bytes, status: int, code: str) -> None:
    async with a_site() as (stage, site, keys):
        before = stage.live.known
        answer = await sent(stage, site, keys["host"], file)
        assert (answer.status_code, answer.json()["code"]) == (status, code) and stage.live.known is before


async def test_a_venues_template_names_its_teams() -> None:
    async with a_site() as (stage, site, keys):
        wish = {"battle": stage.live.id, "what": "template", "form": "xlsx", "venue": stage.venue}
        answer = await site.post("/staff/files", json=wish, headers={"Authorization": f"Bearer {keys['host']}"})
        assert "В зале" in [cell for row in opened(answer.content)[0].rows for cell in row.cells]
