"""Announcing a team over HTTP: what is told, what is refused and with which word, and that floods and forgeries stay outside."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from player_web.pages import PlayerPages
from quizserver.announce_door import AnnounceDoor
from quizserver.announced_upload import AnnouncedUpload
from quizserver.battle import commands as ask
from quizserver.battle.ids import TeamId
from quizserver.battle.refusals import wrong
from quizserver.hub.backstage import NoBackstage
from quizserver.hub.limits import Limits, Rate
from quizserver.services.seating import Seated
from quizserver.spreadsheets.limits import MOST_BYTES
from tests.hub.stage import HOST_KEY, Message, Stage, staged
from tests.spreadsheets.files import workbook
from tests.support.battles import a_round
from tests.support.fakes.announcements import FakeAnnouncements

GEESE = {"name": "Гуси", "captain": "Анна Орлова", "people": 5}
FILE = "Команда;Капитан;Человек\nСовы;Вера;4\nСычи;;4\n".encode()


@dataclass
class Site:
    stage: Stage
    people: FakeAnnouncements
    client: httpx.AsyncClient

    async def announce(self, **changes: object) -> httpx.Response:
        return await self.client.post(f"/announce/{self.stage.pin}.json", json=GEESE | changes)

    async def own(self, token: str, **wish: object) -> Message:
        answer = await self.client.post("/announced.json", json=wish, headers={"Authorization": f"Bearer {token}"})
        told: Message = answer.json()
        return told

    async def upload(self, key: str, file: bytes = FILE, take: str = "no") -> httpx.Response:
        where = f"/staff/announced?battle={self.stage.live.id}&take={take}"
        return await self.client.post(where, content=file, headers={"Authorization": f"Bearer {key}"})


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    limits = Limits(announced=Rate(3, 0), wrong_tries=Rate(2, 0))
    async with staged(a_round("r1", "one"), limits=limits) as stage:
        people, house = FakeAnnouncements(), stage.hub.house
        house.backstage = NoBackstage(people, stage.running.clock.now_ms)
        upload = Route("/staff/announced", AnnouncedUpload(house).endpoint, methods=["POST"])
        app = Starlette(routes=[*AnnounceDoor(house).routes(), *PlayerPages(tmp_path, str).routes(), upload])
        await stage.live.ask(ask.OpenRegistration(opened=True))
        transport = httpx.ASGITransport(app, client=("192.0.2.7", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://quiz") as client:
            yield Site(stage, people, client)


async def test_the_form_knows_the_battle_its_venues_and_whether_it_is_open(site: Site) -> None:
    await site.stage.live.ask(ask.DescribeVenue(venue=site.stage.venue, city="Омск", starts="19:00", zone_min=360))  # type: ignore[arg-type]
    told = (await site.client.get(f"/announce/{site.stage.pin}.json")).json()
    assert (told["pin"], told["open"]) == (site.stage.pin, True)
    [venue] = told["venues"]
    assert (venue["city"], venue["starts"], venue["zone"]) == ("Омск", "19:00", 360)
    for page in ("/announce", f"/announce/{site.stage.pin}", "/announced"):
        assert "/player/announce.js" in (await site.client.get(page)).text


async def test_a_team_is_told_its_link_corrects_withdraws_and_then_it_is_decided(site: Site) -> None:
    token = (await site.announce(contact="+7 999")).json()["token"]
    told = await site.own(token, do="look")
    assert (told["is"], told["said"]["contact"]) == ("waiting", "+7 999")
    told = await site.own(token, do="correct", said=GEESE | {"people": 7})
    assert told["said"]["people"] == 7
    assert (await site.own(token, do="correct"))["code"] == "invalid"
    assert (await site.own(token, do="correct", said=GEESE | {"name": ""}))["code"] == "name_empty"
    assert (await site.own(token, do="withdraw"))["is"] == "withdrawn"
    assert (await site.own(token, do="withdraw"))["code"] == "announcement_is_decided"


async def test_an_approved_team_is_shown_its_code_online_and_its_venue_on_paper(site: Site) -> None:
    online = (await site.announce()).json()["token"]
    paper = (await site.announce(name="Утки", captain="Олег", venue=site.stage.venue)).json()["token"]
    ids = [row.id for row in await site.people.of_battle(site.stage.live.id)]
    await site.stage.hub.house.backstage.announcing.approve(site.stage.live, ids, "host")
    team = (await site.own(online, do="look"))["team"]
    seated = await site.stage.running.seating.add_device(site.stage.live, team["code"])
    assert isinstance(seated, Seated) and site.stage.live.known.teams[TeamId(seated.team)].name.text == team["name"] == "Гуси"
    assert (await site.own(paper, do="look"))["team"] == {"name": "Утки", "plays": "paper", "people": 5, "venue": {"name": "Hall"}}


async def test_a_captain_says_how_many_will_come_once_it_is_a_team_and_no_more_than_so_often(site: Site) -> None:
    token = (await site.announce()).json()["token"]
    assert (await site.own(token, do="count", people=7))["code"] == "announcement_is_waiting"
    [row] = await site.people.of_battle(site.stage.live.id)
    await site.stage.hub.house.backstage.announcing.approve(site.stage.live, [row.id], "host")
    told = await site.own(token, do="count", people=7)
    assert (told["team"]["people"], site.stage.live.known.teams[TeamId(row.id)].people) == (7, 7)
    assert (await site.own(token, do="count", people=8))["code"] == "too_fast"
    assert (await site.stage.hub.house.backstage.announcing.count(site.stage.live, row, 0)) == wrong("bad_people", "99")


async def test_whoever_floods_or_guesses_waits(site: Site) -> None:
    codes = [(await site.announce(name=f"Г{n}", captain=f"К{n}")).status_code for n in range(4)]
    assert codes == [200, 200, 200, 429]
    guesses = [(await site.client.get(f"/announce/00000{n}.json")).status_code for n in range(3)]
    assert guesses == [404, 404, 429]
    assert (await site.own("nobody-s-token-at-all", do="look"))["code"] == "unknown_announcement"
    assert (await site.client.post(f"/announce/{site.stage.pin}.json", json=GEESE)).status_code == 429


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"name":"A","captain":"B","people":5}', "text/plain"),
        (b"name=A&captain=B&people=5", "application/x-www-form-urlencoded"),
        (b'{"name":"A","captain":"B","people":"5"}', "application/json"),
        (b'{"name":"A","captain":"B","people":5,"host":true}', "application/json"),
        (b'{"name":"' + b"x" * 5_000 + b'","captain":"B","people":5}', "application/json"),
        (b"[" * 3_000, "application/json"),
    ],
)
async def test_what_is_no_announcement_or_could_come_from_another_page_is_refused(site: Site, body: bytes, kind: str) -> None:
    answer = await site.client.post(f"/announce/{site.stage.pin}.json", content=body, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    answer = await site.client.post("/announced.json", content=body, headers={"Content-Type": kind})
    assert answer.json()["code"] == "invalid"
    assert await site.people.of_battle(site.stage.live.id) == []


async def test_a_store_that_is_gone_is_said_so_and_nothing_is_lost(site: Site) -> None:
    site.people.gone = "the disk is full"
    assert (await site.announce()).status_code == 503
    assert (await site.own("a" * 32, do="look"))["code"] == "store_gone"
    assert (await site.upload(HOST_KEY)).json()["code"] == "store_gone"


async def test_only_a_host_brings_a_file_and_sees_it_before_it_is_taken(site: Site) -> None:
    told = (await site.upload(HOST_KEY)).json()
    assert told == {"new": 1, "known": 0, "failed": [{"tab": "", "line": 3, "code": "captain_empty", "detail": ""}]}
    assert await site.people.of_battle(site.stage.live.id) == []
    assert (await site.upload(HOST_KEY, take="yes")).json()["new"] == 1
    assert (await site.upload(HOST_KEY, take="yes")).json()["known"] == 1
    assert [row.said.name for row in await site.people.of_battle(site.stage.live.id)] == ["Совы"]
    assert (await site.upload(HOST_KEY, workbook({"1": [["Совы", "Вера", 4], ["Сойки", "Лев", 4]]}))).json()["new"] == 1
    assert (await site.upload(HOST_KEY, b"\0\1")).json()["code"] == "file_is_no_table"
    assert (await site.upload(HOST_KEY, b"x" * (MOST_BYTES + 1))).json()["code"] == "file_too_big"
    assert (await site.upload("nobody-s-key-at-all")).status_code == 401
    desk = await site.stage.running.seating.admit_staff(site.stage.live, "desk", site.stage.venue)  # type: ignore[arg-type]
    assert (await site.upload(str(desk))).status_code == 403
