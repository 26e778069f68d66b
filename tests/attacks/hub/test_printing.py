"""Who may print what: a matrix of keys and wishes over HTTP, through the front door and the hub."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from starlette.routing import Route

from quizserver import addresses, app
from quizserver.hub.limits import Limits, Rate
from quizserver.print_room import PrintRoom
from quizserver.services.seating import token_hash
from tests.hub.stage import HOST_KEY, Stage, staged
from tests.printing.press_at_hand import PressAtHand
from tests.printing.reading import codes_on, words_of
from tests.support.battles import a_round

OURS = addresses.ours(8000, "https://quiz.example", "192.168.1.5", [])
WRONG = "Canary0123456789abcdef"
ALLOWED, REFUSED, UNKNOWN = 200, 403, 401


@dataclass
class Hall:
    """A battle with a team on paper in each of two venues, one on phones, and a key of every kind."""

    stage: Stage
    site: httpx.AsyncClient
    keys: dict[str, str]
    club: str

    async def post(self, key: str | None, **wish: Any) -> httpx.Response:
        body = {"battle": self.stage.live.id, "what": "sheets", **wish}
        headers = {} if key is None else {"Authorization": f"Bearer {self.keys.get(key, key)}"}
        return await self.site.post("/staff/pdf", content=json.dumps(body), headers=headers)

    async def pages(self, key: str, **wish: Any) -> list[str]:
        return words_of(pdf_of(await self.post(key, **wish)))


def pdf_of(answer: httpx.Response) -> bytes:
    assert answer.status_code == 200, answer.text
    head, _, pdf = answer.content.partition(b"pdf ")
    length, _, pdf = pdf.partition(b"\n")
    assert head.startswith(b"0 ") and int(length) == len(pdf)
    return pdf


@asynccontextmanager
async def a_hall(limits: Limits | None = None) -> AsyncIterator[Hall]:
    async with staged(a_round("r1", "one"), a_round("r2", "text"), limits=limits) as stage:
        host = stage.host()
        club = (await host.do("AddVenue", name="Club"))["venue"]
        await host.do("JoinTeam", name="In the hall", venue=stage.venue)
        await host.do("JoinTeam", name="In the club", venue=club)
        await host.do("ReserveSpares", venue=stage.venue, count=2)
        _, joined = await stage.team("On phones")
        keys = {role: (await host.do("AdmitStaff", role=role, venue=stage.venue))["token"] for role in ("desk", "screen")}
        room = PrintRoom(stage.hub, lambda: OURS.offered.origin, PressAtHand())
        served = app.application(lambda: OURS, [Route("/staff/pdf", room.endpoint, methods=["POST"])])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(served), base_url="http://quiz.example") as site:
            yield Hall(stage, site, {**keys, "host": HOST_KEY, "team": joined["token"]}, club)


MATRIX: dict[tuple[str | None, str], int] = {
    ("host", "sheets"): ALLOWED,
    ("host", "list"): ALLOWED,
    ("host", "cards"): ALLOWED,
    ("desk", "sheets"): ALLOWED,
    ("desk", "list"): ALLOWED,
    ("desk", "cards"): REFUSED,
    **{(key, what): REFUSED for key in ("screen", "team") for what in ("sheets", "list", "cards")},
    **{(key, what): UNKNOWN for key in (WRONG, "", None) for what in ("sheets", "list", "cards")},
}


async def test_each_key_prints_what_it_may_and_nothing_else() -> None:
    async with a_hall() as hall:
        found = {(key, what): (await hall.post(key, what=what)).status_code for key, what in MATRIX}
        assert found == MATRIX


async def test_a_desk_prints_its_own_venue_whatever_it_asks_for() -> None:
    async with a_hall() as hall:
        for what in ("sheets", "list"):
            for venue in (None, hall.club, hall.stage.venue, "nowhere"):
                pages = "\n".join(await hall.pages("desk", what=what, venue=venue))
                assert "In the hall" in pages and "In the club" not in pages


async def test_a_host_prints_one_venue_or_all_of_one_round_or_all_with_the_spares_that_there_are() -> None:
    async with a_hall() as hall:
        assert len(await hall.pages("host")) == 4
        assert len(await hall.pages("host", venue=hall.club)) == 2
        assert len(await hall.pages("host", round=1)) == 2
        assert len(await hall.pages("host", round=1, spares=50)) == 4
        assert len(await hall.pages("host", what="list")) == 2


async def test_a_card_names_the_address_that_people_are_told_and_the_code_of_the_team() -> None:
    async with a_hall() as hall:
        live = hall.stage.live
        team = next(team.id for team in live.known.teams.values() if team.name.text == "On phones")
        code = await hall.stage.running.seating.code(live, team)
        assert codes_on(pdf_of(await hall.post("host", what="cards")), 0) == [f"https://quiz.example/j/{hall.stage.pin}#{code}"]


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"what": "poster"}, "invalid"),
        ({"venue": "nowhere"}, "unknown_venue"),
        ({"round": 2}, "unknown_scope"),
        ({"round": -1}, "invalid"),
        ({"spares": 51}, "invalid"),
        ({"spares": "2"}, "invalid"),
        ({"more": "than that"}, "invalid"),
        ({"battle": "another"}, "no_battle"),
        ({"what": "x" * 3000}, "invalid"),
    ],
)
async def test_a_wish_that_is_none_is_refused_with_its_reason(wish: dict[str, Any], code: str) -> None:
    async with a_hall() as hall:
        answer = await hall.post("host", **wish)
        assert (answer.status_code, answer.json()["code"]) == (400, code)


async def test_a_desk_of_another_battle_prints_nothing_here() -> None:
    async with a_hall() as hall:
        assert (await hall.post("desk", battle="another")).json()["code"] == "no_battle"


async def test_where_nobody_plays_on_paper_there_is_nothing_to_print() -> None:
    async with staged(a_round("r1", "one")) as stage, a_hall() as hall:
        assert stage.live.known.teams == {}
        empty = (await hall.stage.host().do("AddVenue", name="Empty"))["venue"]
        assert (await hall.post("host", venue=empty)).json()["code"] == "nothing_to_print"
        assert (await hall.post("host", what="cards", venue=hall.club)).json()["code"] == "nothing_to_print"


async def test_a_key_that_is_taken_back_prints_nothing_any_more() -> None:
    async with a_hall() as hall:
        host = hall.stage.host()
        named = next(row for row in (await host.ask("page", of="keys"))["page"]["rows"] if row["role"] == "desk")
        await host.do("RevokeStaff", key=named["key"])
        assert (await hall.post("desk")).status_code == UNKNOWN
        assert token_hash(hall.keys["desk"]) not in hall.stage.live.known.staff


async def test_whoever_guesses_keys_is_held_off_here_and_on_the_socket_together() -> None:
    async with a_hall(Limits(unknown_tokens=Rate(3, 0.001))) as hall:
        codes = [(await hall.post(f"{WRONG}{at}")).status_code for at in range(5)]
        assert codes == [401, 401, 401, 429, 429]
        assert (await hall.post("host")).status_code == 429
        guest = hall.stage.device(address="127.0.0.1")
        guest.hello(WRONG)
        await guest.until(lambda: guest.closing)
        assert guest.closing and guest.closing.reason.startswith("crowded")


async def test_while_the_store_is_gone_nothing_is_printed_for_an_unknown_key_and_nobody_is_accused() -> None:
    async with a_hall(Limits(unknown_tokens=Rate(1, 0.001))) as hall:
        hall.stage.memory.gone = True
        assert [(await hall.post(WRONG)).status_code for _ in range(3)] == [503] * 3
        hall.stage.memory.gone = False
        assert (await hall.post("host")).status_code == 200


async def test_no_answer_says_the_key_and_none_may_be_kept() -> None:
    async with a_hall() as hall:
        for key in ("host", WRONG):
            answer = await hall.post(key)
            assert hall.keys.get(key, key).encode() not in answer.content
            assert answer.headers["cache-control"] == "no-store"


async def test_printing_changes_nothing() -> None:
    async with a_hall() as hall:
        before = hall.stage.live.known
        for key, what in MATRIX:
            await hall.post(key, what=what, spares=9)
        assert hall.stage.live.known == before
