"""What is printed, over HTTP: `POST /staff/pdf` with a key of staff in `Authorization: Bearer KEY` and a wish as JSON.

A host prints everything. A desk prints its own venue's sheets and list, whatever it asks for, and no card: a card lets its holder
into a team. It changes nothing: spare numbers are reserved over the socket. The answer is lines `done of`, from the first moment
on, then `pdf <length>` and the PDF; or `{code, detail, fault, temporary}`, as everywhere.
"""

from collections.abc import Callable
from typing import Annotated

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from quizserver.asked_over_http import PRIVATE, answered, staff_of, wish_of
from quizserver.battle.decide.paper import MOST_SPARES
from quizserver.battle.ids import VenueId
from quizserver.battle.refusals import Refused, wrong
from quizserver.battle.state import BattleState
from quizserver.hub.connection import Identity
from quizserver.hub.house import House
from quizserver.hub.session import Hub
from quizserver.hub.staff_keys import NOT_ALLOWED
from quizserver.printing import planning
from quizserver.printing.job import Job, What
from quizserver.printing.press import Press
from quizserver.wire.allowed import Role
from quizserver.wire.values import Id, Strict

MOST_BYTES = 2_000  # of a wish
AT_ONCE = {**PRIVATE, "X-Accel-Buffering": "no"}  # a proxy passes on the lines as they come


class Wish(Strict):
    """`venue`: None for all; `round`: an index, None for all; `spares`: at most so many free ones a venue."""

    battle: Id
    what: What
    venue: Id | None = None
    round: Annotated[int, Field(ge=0, le=99)] | None = None
    spares: Annotated[int, Field(ge=0, le=MOST_SPARES)] = 0


class PrintRoom:
    """`offered`: the origin that people are told."""

    def __init__(self, hub: Hub, offered: Callable[[], str], press: Press | None = None) -> None:
        self._hub, self._offered, self._press = hub, offered, press or Press()

    async def endpoint(self, request: Request) -> Response:
        """The PDF with its progress, or why not."""
        wish = await wish_of(request, Wish, MOST_BYTES)
        if isinstance(wish, Refused):
            return answered(wish)
        who = await staff_of(self._hub.house, request, wish.battle)
        job = who if isinstance(who, Refused) else await self._job(self._hub.house, who, wish)
        if isinstance(job, Refused):
            return answered(job)
        return StreamingResponse(self._press.printed(job), media_type="application/octet-stream", headers=AT_ONCE)

    async def _job(self, house: House, who: Identity, wish: Wish) -> Job | Refused:
        assert who.live is not None
        state = who.live.known
        venue = who.venue if who.role is Role.DESK else wish.venue and VenueId(wish.venue)
        if venue and venue not in state.venues:
            return wrong("unknown_venue")
        if wish.what == "cards" and who.role is not Role.HOST:
            return NOT_ALLOWED
        if self._press.is_full:
            return Refused("press_is_busy", temporary=True)
        if wish.what == "cards":
            teams = planning.online_teams(state, VenueId(venue) if venue else None)
            codes = {team: await house.running.seating.code(who.live, team) for team in teams}
            return _filled(planning.cards(state, codes, self._offered()))
        if (wish.round or 0) >= len(state.pack.rounds):
            return wrong("unknown_scope")
        return _filled(_of_venues(state, [VenueId(venue)] if venue else [*state.venues], wish))


def _of_venues(state: BattleState, venues: list[VenueId], wish: Wish) -> Job:
    if wish.what == "list":
        return planning.lists(state, venues)
    return planning.sheets(state, venues, wish.round, wish.spares)


def _filled(job: Job) -> Job | Refused:
    return job if job.sheets or job.lists or job.cards else wrong("nothing_to_print")
