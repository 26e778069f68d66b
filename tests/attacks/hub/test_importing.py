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
ANNA, VERA = "a" * 16, "b" * 16
FILE = "team;round;1;2\nВ зале;1;1;0\nНикто;1;1;1\n".encode()


@asynccontextmanager
async def a_site() -> AsyncIterator[tuple[Stage, httpx.AsyncClient, dict[str, str]]]:
    """Two venues with a team each; Anna sits at the desk of the first one, Vera at that of the other."""
    async with staged(a_round("r1", "one", "text")) as stage:
        host = stage.host()
        other = (await host.do("AddVenue", name="Another"))["venue"]
        for venue, team, who in ((stage.venue, "В зале", ANNA), (other, "Чужие", VERA)):
            await host.do("JoinTeam", name=team, venue=venue)
            assert (await host.ask("sit", venue=venue, scorekeeper=who, name=who))["ok"]
        _, joined = await stage.team("On phones")
        keys = {role: (await host.do("AdmitStaff", role=role, venue=stage.venue))["token"] for role in ("desk", "screen")}
        routes = [
            Route("/staff/import", ImportRoom(stage.hub).endpoint, methods=["POST"]),
            Route("/staff/files", ResultsRoom(stage.hub).endpoint, methods=["POST"]),
        ]
        served = app.application(lambda: OURS, routes)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(served), base_url="http://quiz.example") as site:
            known = {"host": HOST_KEY, "team": joined["token"], "nobody": "Canary0123456789abcdef", "other venue": other}
            yield stage, site, {**keys, **known}


async def wished(stage: Stage, site: httpx.AsyncClient, key: str, **wish: str) -> httpx.Response:
    return await site.post("/staff/files", json={"battle": stage.live.id, **wish}, headers={"Authorization": f"Bearer {key}"})


async def sent(stage: Stage, site: httpx.AsyncClient, key: str, file: bytes, **more: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {key}"}
    return await site.post("/staff/import", params={"battle": stage.live.id, **more}, content=file, headers=headers)


async def test_only_staff_imports_and_only_a_host_takes_results_away() -> None:
    async with a_site() as (stage, site, keys):
        for role, status in (("screen", 403), ("team", 403), ("nobody", 401)):
            assert (await sent(stage, site, keys[role], FILE, scorekeeper=ANNA)).status_code == status, role
        for role, status in (("desk", 403), ("screen", 403), ("team", 403), ("nobody", 401)):
            for wish in ({"what": "results", "form": "json"}, {"what": "template", "form": "xlsx"}):
                if (role, wish["what"]) != ("desk", "template"):
                    assert (await wished(stage, site, keys[role], **wish)).status_code == status, role
        assert stage.live.known.cells == {}


async def test_a_desk_brings_in_its_own_venue_s_marks_and_a_line_of_another_s_fails_whatever_it_asks_for() -> None:
    async with a_site() as (stage, site, keys):
        file = "team;round;1;2\nВ зале;1;1;0\nЧужие;1;1;1\n".encode()
        for more in ({}, {"venue": keys["other venue"]}):
            told = (await sent(stage, site, keys["desk"], file, scorekeeper=ANNA, **more)).json()
            assert (told["marks"], [(each["line"], each["code"]) for each in told["failed"]]) == (2, [(3, "not_your_venue")])
        done = await sent(stage, site, keys["desk"], file, scorekeeper=ANNA, venue=keys["other venue"], apply=told["preview"])
        assert done.json() == {"entered": 2, "left_out": 1, "late": 0}
        entered = [operation for known in stage.live.known.cells.values() for operation in known.values()]
        assert {(operation.venue, operation.who) for operation in entered} == {(stage.venue, ANNA)}


async def test_nobody_signs_a_file_at_a_desk_who_does_not_sit_there() -> None:
    async with a_site() as (stage, site, keys):
        for who in (VERA, "z" * 16, ""):
            refused = await sent(stage, site, keys["desk"], FILE, scorekeeper=who)
            assert (refused.status_code, refused.json()["code"]) == (400, "unknown_scorekeeper")
        assert (await sent(stage, site, keys["host"], FILE, venue="nowhere", scorekeeper=ANNA)).json()["code"] == "unknown_venue"
        told = (await sent(stage, site, keys["host"], FILE, venue=stage.venue, scorekeeper=ANNA)).json()
        await sent(stage, site, keys["host"], FILE, venue=stage.venue, scorekeeper=ANNA, apply=told["preview"])
        assert {operation.who for known in stage.live.known.cells.values() for operation in known.values()} == {ANNA}


async def test_a_preview_changes_nothing_and_what_it_said_is_entered_once() -> None:
    async with a_site() as (stage, site, keys):
        before = stage.live.known
        told = (await sent(stage, site, keys["host"], FILE)).json()
        assert (told["marks"], told["failures"], told["failed"][0]["code"]) == (2, 1, "line_unknown_team")
        assert stage.live.known is before
        assert (await sent(stage, site, keys["host"], FILE, apply="0" * 32)).json()["code"] == "preview_is_old"
        done = await sent(stage, site, keys["host"], FILE, apply=told["preview"])
        assert done.json() == {"entered": 2, "left_out": 1, "late": 0}
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


async def test_a_venues_template_names_its_teams_and_a_desk_has_its_own_whatever_it_asks_for() -> None:
    async with a_site() as (stage, site, keys):
        for role, venue, team in (
            ("host", stage.venue, "В зале"),
            ("host", keys["other venue"], "Чужие"),
            ("desk", keys["other venue"], "В зале"),
        ):
            answer = await wished(stage, site, keys[role], what="template", form="xlsx", venue=venue)
            cells = {cell for row in opened(answer.content)[0].rows for cell in row.cells}
            assert cells & {"В зале", "Чужие"} == {team}
