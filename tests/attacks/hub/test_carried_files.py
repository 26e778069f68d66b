"""A carried file comes over HTTP with a host's key: who may bring it, and that a bad one changes nothing and says why."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from starlette.routing import Route

from quizserver import app
from quizserver.carried_marks import CarriedFiles
from quizserver.wire.carried import KIND, MOST_BYTES, written
from tests.attacks.hub.test_printing import OURS
from tests.hub.stage import HOST_KEY, Message, Stage, staged
from tests.support.battles import a_round

ANNA = "a" * 16


@dataclass
class Bringing:
    stage: Stage
    site: httpx.AsyncClient
    keys: dict[str, str]
    team: str

    def content(self, **other: Any) -> Message:
        """Three marks of one person in a round that was collected without a network."""
        marks = [("r1-one", "1"), ("r1-number", "104"), ("total", "1")]
        where = {"venue": self.stage.venue, "team": self.team, "round": "r1", "who": ANNA, "over": [], "why": ""}
        operations = [{**where, "device": "d", "counter": n, "question": q, "value": v} for n, (q, v) in enumerate(marks, 1)]
        about = {"kind": KIND, "version": 1, "battle": self.stage.live.id, "title": "Битва", "venue": self.stage.venue}
        rest = {"venue_name": "Hall", "saved": 1, "people": [{"scorekeeper": ANNA, "name": "Анна"}]}
        return {**about, **rest, "collected": ["r1"], "operations": operations, **other}

    async def bring(self, file: bytes | None = None, key: str = HOST_KEY, act: str = "import", **query: str) -> httpx.Response:
        asked = {"battle": self.stage.live.id, "venue": self.stage.venue, "act": act, **query}
        body = written(self.content()) if file is None else file
        return await self.site.post("/staff/carried", params=asked, content=body, headers={"Authorization": f"Bearer {key}"})


@asynccontextmanager
async def bringing() -> AsyncIterator[Bringing]:
    async with staged(a_round("r1", "one", "number", reading_ms=0, grace_ms=0)) as stage:
        host = stage.host()
        team = (await host.do("JoinTeam", name="Бумага", venue=stage.venue))["team"]
        for command in ("StartRound", "ShowQuestion", "ShowQuestion", "CallLast", "CloseAnswers"):
            await host.do(command)
        await host.sees("round_closed")
        _, joined = await stage.team("On phones")
        keys = {role: (await host.do("AdmitStaff", role=role, venue=stage.venue))["token"] for role in ("desk", "screen")}
        route = Route("/staff/carried", CarriedFiles(stage.hub).endpoint, methods=["POST"])
        served = app.application(lambda: OURS, [route])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(served), base_url="http://quiz.example") as site:
            yield Bringing(stage, site, {**keys, "team": joined["token"], "nobody": "x" * 32}, team)


async def test_a_look_tells_what_is_in_it_and_changes_nothing() -> None:
    async with bringing() as desk:
        before = desk.stage.live.head
        found = (await desk.bring(act="look")).json()
        assert (found["people"], found["operations"], found["new"]) == (["Анна"], 3, 3)
        assert [each["number"] for each in found["collected"]] == [1]
        assert "brought" not in found and desk.stage.live.head == before


async def test_it_is_brought_in_once_and_the_second_time_says_that_nothing_is_new() -> None:
    async with bringing() as desk:
        first = (await desk.bring()).json()
        assert (first["new"], first["brought"]["entered"], first["brought"]["refused"]) == (3, 3, 0)
        before = desk.stage.live.head
        again = (await desk.bring()).json()
        assert (again["operations"], again["new"], again["collected"], again["brought"]["entered"]) == (3, 0, [], 0)
        assert desk.stage.live.head == before


async def test_what_the_battle_refuses_is_named_by_team_round_and_question() -> None:
    async with bringing() as desk:
        marks = desk.content()["operations"]
        brought = (await desk.bring(written(desk.content(operations=[{**marks[0], "value": "maybe"}, marks[1]])))).json()["brought"]
        assert (brought["entered"], brought["refused"]) == (1, 1)
        told = {key: brought["rows"][0][key] for key in ("team", "round", "question", "value", "code")}
        assert told == {"team": "Бумага", "round": 1, "question": 1, "value": "maybe", "code": "not_a_mark"}


@pytest.mark.parametrize(("role", "status"), [("desk", 403), ("screen", 403), ("team", 403), ("nobody", 401)])
async def test_nobody_but_a_host_brings_marks_in(role: str, status: int) -> None:
    async with bringing() as desk:
        before = desk.stage.live.head
        assert (await desk.bring(key=desk.keys[role])).status_code == status
        assert desk.stage.live.head == before


async def test_a_bad_or_foreign_file_is_refused_in_its_own_word_and_changes_nothing() -> None:
    async with bringing() as desk:
        whole, before = written(desk.content()), desk.stage.live.head
        other = (await desk.stage.host().do("AddVenue", name="Клуб"))["venue"]
        before = desk.stage.live.head
        marks = desk.content()["operations"]
        elsewhere = desk.content(venue=other, operations=[{**mark, "venue": other} for mark in marks])
        files = {
            b"PK\x03\x04": ("not_carried", ""),
            whole[:-30]: ("carried_damaged", ""),
            whole.replace(b'"104"', b'"105"'): ("carried_damaged", ""),
            whole + b" " * MOST_BYTES: ("carried_too_big", "8"),
            written(desk.content(version=7)): ("carried_by_newer", ""),
            written(desk.content(battle="another", title="Вчера")): ("carried_of_another_battle", "Вчера"),
            written(elsewhere): ("carried_of_another_venue", "Клуб"),
            written(desk.content(collected=["r9"])): ("carried_damaged", "collected"),
        }
        for file, why in files.items():
            said = (await desk.bring(file)).json()
            assert (said["code"], said["detail"]) == why
        assert desk.stage.live.head == before
