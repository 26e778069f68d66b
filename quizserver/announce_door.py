"""Announcing a team over HTTP, before anybody has a socket: what the form needs, what it sends, and what is behind a private link.

    GET /announce/PIN.json
    POST /announce/PIN.json    what the team says of itself
    POST /announced.json       {"do": "look" | "correct" | "withdraw" | "count"}

The last one takes the token of a private link in `Authorization: Bearer TOKEN`: in no address, where logs could read it. There is
no cookie, and only JSON is taken, which no page of another origin can make a browser send: nothing is forged in somebody's name.
Refusals are {code, detail, fault, temporary}, as everywhere.
"""

from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from quizserver.asked_over_http import INVALID, address_of, answered, token_of, wish_of
from quizserver.battle.announcements import Announced, Said, fate
from quizserver.battle.ids import TeamId, VenueId
from quizserver.battle.refusals import Refused, wrong
from quizserver.battle.settings import Source
from quizserver.battle.views.parts import venue_part
from quizserver.hub.by_pin import TOO_FAST, battle_by_pin, on_the_door
from quizserver.hub.house import House
from quizserver.hub.replies import UNAVAILABLE
from quizserver.services.announcing import Announcing
from quizserver.services.battles import LiveBattle
from quizserver.services.ports import StoreGone
from quizserver.wire.values import Id, Strict

MOST_BYTES = 4_000  # of an announcement
UNKNOWN_LINK = wrong("unknown_announcement")

Words = Annotated[str, Field(max_length=1_000)]
People = Annotated[int, Field(ge=0, le=9_999)]
Asked = TypeVar("Asked", bound=Strict)


class Form(Strict):
    """What a team says of itself."""

    name: Words
    captain: Words
    people: People
    venue: Id | None = None
    contact: Words = ""

    @property
    def said(self) -> Said:
        venue = None if self.venue is None else VenueId(self.venue)
        return Said(self.name, self.captain, self.people, venue, self.contact)


class Wish(Strict):
    """What is wanted of one's own announcement; `said` where it is corrected, `people` where its team is counted."""

    do: Literal["look", "correct", "withdraw", "count"]
    said: Form | None = None
    people: People = 0


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
        return answered(live if isinstance(live, Refused) else _about(live))

    async def announce(self, request: Request) -> Response:
        """The token of the private link."""
        live = self._by_pin(request)
        if isinstance(live, Refused):
            return answered(live)
        form = await _asked(request, Form)
        if isinstance(form, Refused):
            return answered(form)
        if not self._house.doors.may_announce(live.id, address_of(request)):
            return answered(TOO_FAST)
        try:
            token = await self._announcing.announce(live, form.said)
        except StoreGone:
            return answered(UNAVAILABLE)
        return answered(token if isinstance(token, Refused) else {"token": token})

    async def own(self, request: Request) -> Response:
        """One's own announcement, as it is after what was wished."""
        wish = await _asked(request, Wish)
        try:
            return answered(wish if isinstance(wish, Refused) else await self._told(request, wish))
        except StoreGone:
            return answered(UNAVAILABLE)

    async def _told(self, request: Request, wish: Wish) -> dict[str, Any] | Refused:
        doors, address, token = self._house.doors, address_of(request), token_of(request)
        if not doors.may_show_a_token(address):
            return TOO_FAST
        found = await self._announcing.behind(token)
        live = self._house.running.battles.get(found[0]) if found else None
        if found is None or live is None or live.state is None:
            doors.was_unknown(address)
            return UNKNOWN_LINK
        if wish.do == "look":
            return await self._own(live, found[1])
        if wish.do == "count" and not doors.may_announce(live.id, address):
            return TOO_FAST  # each is an entry of the ledger
        refused = await self._done(live, found[1], wish)
        if refused is not None:
            return refused
        again = await self._announcing.behind(token)
        return await self._own(live, again[1]) if again else UNKNOWN_LINK

    async def _done(self, live: LiveBattle, row: Announced, wish: Wish) -> Refused | None:
        if wish.do == "withdraw":
            return await self._announcing.withdraw(live, row)
        if wish.do == "count":
            return await self._announcing.count(live, row, wish.people)
        return await self._announcing.correct(live, row, wish.said.said) if wish.said else INVALID

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
        return {"name": team.name.text, "plays": team.plays.value, "people": team.people, **where, **code}

    def _by_pin(self, request: Request) -> LiveBattle | Refused:
        return battle_by_pin(self._house, request.path_params["pin"], address_of(request))


def _about(live: LiveBattle) -> dict[str, Any]:
    state = live.known
    venues = [{"id": each.id, "name": each.name, **venue_part(each)} for each in state.venues.values()]
    return {**on_the_door(state), "open": state.registration_open, "venues": venues}


async def _asked(request: Request, kind: type[Asked]) -> Asked | Refused:
    """Refused also unless it says that it is JSON."""
    is_json = request.headers.get("content-type", "").partition(";")[0].strip() == "application/json"
    return await wish_of(request, kind, MOST_BYTES) if is_json else INVALID
