"""Announcing a team over HTTP, before anybody has a socket: what the form needs, what it sends, and what is behind a private link.

    GET /announce/PIN.json
    POST /announce/PIN.json    what the team says of itself
    POST /announced.json       {"do": "look" | "correct" | "withdraw"}

The last one takes the token of a private link in `Authorization: Bearer TOKEN`: in no address, where logs could read it. There is
no cookie, and only JSON is taken, which no page of another origin can make a browser send: nothing is forged in somebody's name.
Refusals are {code, detail, fault, temporary}, as everywhere.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from quizserver.battle.announcements import Announced, Said, fate
from quizserver.battle.ids import TeamId, VenueId
from quizserver.battle.phases import Phase
from quizserver.battle.refusals import Refused, wrong
from quizserver.battle.settings import Source
from quizserver.battle.views.parts import battle_part, venue_part
from quizserver.hub.arriving import TOO_FAST, UNKNOWN_PIN
from quizserver.hub.house import House
from quizserver.hub.replies import UNAVAILABLE
from quizserver.services.announcing import Announcing
from quizserver.services.battles import LiveBattle
from quizserver.services.ports import StoreGone
from quizserver.wire.to_client import refusal
from quizserver.wire.values import Id, Strict

MOST_BYTES = 4_000  # of an announcement
STATUS: Mapping[str, int] = {"unknown_pin": 404, "unknown_announcement": 404, "too_fast": 429, "store_gone": 503}
PRIVATE = {"Cache-Control": "no-store"}
UNKNOWN_LINK = wrong("unknown_announcement")

Words = Annotated[str, Field(max_length=1_000)]


class Form(Strict):
    """What a team says of itself."""

    name: Words
    captain: Words
    people: Annotated[int, Field(ge=0, le=9_999)]
    venue: Id | None = None
    contact: Words = ""

    @property
    def said(self) -> Said:
        venue = None if self.venue is None else VenueId(self.venue)
        return Said(self.name, self.captain, self.people, venue, self.contact)


class Wish(Strict):
    """What is wanted of one's own announcement; `said` where it is corrected."""

    do: Literal["look", "correct", "withdraw"]
    said: Form | None = None


class AnnounceDoor:
    """Its limits are the hub's: an address that guesses PINs or links waits, and so does one that floods."""

    def __init__(self, house: House) -> None:
        self._house = house

    def routes(self) -> list[BaseRoute]:
        """What to serve, and where."""
        return [
            Route("/announce/{pin}.json", self.form, methods=["GET"]),
            Route("/announce/{pin}.json", self.announce, methods=["POST"]),
            Route("/announced.json", self.own, methods=["POST"]),
        ]

    @property
    def _announcing(self) -> Announcing:
        return self._house.backstage.announcing

    async def form(self, request: Request) -> Response:
        """The battle, and where one may play."""
        live = self._by_pin(request)
        return _refused(live) if isinstance(live, Refused) else JSONResponse(_about(live), headers=PRIVATE)

    async def announce(self, request: Request) -> Response:
        """The token of the private link."""
        live = self._by_pin(request)
        if isinstance(live, Refused):
            return _refused(live)
        form = await _read(request, Form)
        if isinstance(form, Refused):
            return _refused(form)
        if not self._house.doors.may_announce(live.id, _address(request)):
            return _refused(TOO_FAST)
        try:
            token = await self._announcing.announce(live, form.said)
        except StoreGone:
            token = UNAVAILABLE
        return _refused(token) if isinstance(token, Refused) else JSONResponse({"token": token}, headers=PRIVATE)

    async def own(self, request: Request) -> Response:
        """One's own announcement, as it is after what was wished."""
        wish = await _read(request, Wish)
        if isinstance(wish, Refused):
            return _refused(wish)
        try:
            told = await self._told(request, wish)
        except StoreGone:
            told = UNAVAILABLE
        return _refused(told) if isinstance(told, Refused) else JSONResponse(told, headers=PRIVATE)

    async def _told(self, request: Request, wish: Wish) -> dict[str, Any] | Refused:
        doors, address = self._house.doors, _address(request)
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not doors.may_show_a_token(address):
            return TOO_FAST
        found = await self._announcing.behind(token)
        live = self._house.running.battles.get(found[0]) if found else None
        if found is None or live is None or live.state is None:
            doors.was_unknown(address)
            return UNKNOWN_LINK
        if wish.do == "look":
            return await self._own(live, found[1])
        refused = await self._done(live, found[1], wish)
        if refused is not None:
            return refused
        again = await self._announcing.behind(token)
        return await self._own(live, again[1]) if again else UNKNOWN_LINK

    async def _done(self, live: LiveBattle, row: Announced, wish: Wish) -> Refused | None:
        if wish.do == "withdraw":
            return await self._announcing.withdraw(live, row)
        return await self._announcing.correct(live, row, wish.said.said) if wish.said else wrong("invalid")

    async def _own(self, live: LiveBattle, row: Announced) -> dict[str, Any]:
        said, state = row.said, live.known
        own = {"name": said.name, "captain": said.captain, "people": said.people, "venue": said.venue, "contact": said.contact}
        told = {**_about(live), "said": own, "is": fate(state, row).value}
        team = await self._announcing.team(live, row)
        return told if team is None else {**told, "team": await self._team(live, team)}

    async def _team(self, live: LiveBattle, id: TeamId) -> dict[str, Any]:
        """What an approved team needs to know: where it plays, and, online, the code by which its phones get in."""
        team = live.known.teams[id]
        venue = None if team.venue is None else live.known.venues[team.venue]
        where = {} if venue is None else {"venue": {"name": venue.name, **venue_part(venue)}}
        code = {"code": await self._house.running.seating.code(live, id)} if team.plays is Source.ONLINE else {}
        return {"name": team.name.text, "plays": team.plays.value, **where, **code}

    def _by_pin(self, request: Request) -> LiveBattle | Refused:
        doors, address = self._house.doors, _address(request)
        if not doors.may_try(address):
            return TOO_FAST
        live = self._house.running.by_pin(request.path_params["pin"])
        if live is None or live.known.phase is Phase.FINISHED:
            doors.was_wrong(address)
            return UNKNOWN_PIN
        return live


def _about(live: LiveBattle) -> dict[str, Any]:
    state, battle = live.known, battle_part(live.known)
    kept = {key: battle[key] for key in ("pin", "title", "languages", "language", "theme")}
    venues = [{"id": each.id, "name": each.name, **venue_part(each)} for each in state.venues.values()]
    return {**kept, "open": state.registration_open, "venues": venues}


async def _read(request: Request, kind: type[Any]) -> Any:
    """Refused unless it is this kind of JSON, and says that it is JSON."""
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > MOST_BYTES:
                return wrong("invalid")
        is_json = request.headers.get("content-type", "").partition(";")[0].strip() == "application/json"
        return kind.model_validate_json(body) if is_json else wrong("invalid")
    except (ValidationError, ClientDisconnect):
        return wrong("invalid")


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _refused(refused: Refused) -> Response:
    return JSONResponse(refusal(refused), STATUS.get(refused.code, 400), PRIVATE)
