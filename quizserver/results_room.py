"""Files out of a battle, over HTTP: `POST /staff/files` with a key of staff and a wish as JSON answers with the file. A host has
results as XLSX, CSV, JSON or masks, and any venue's template to fill in; a desk its own venue's, whatever it asks for."""

from typing import Annotated, Literal

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from quizserver.asked_over_http import PRIVATE, answered, staff_of, wish_of
from quizserver.battle.ids import VenueId
from quizserver.battle.refusals import Refused, wrong
from quizserver.hub.connection import Identity
from quizserver.hub.session import Hub
from quizserver.hub.staff_keys import NOT_ALLOWED
from quizserver.results.files import FORMATS
from quizserver.results.outcome import results_of
from quizserver.results.template import FORMATS as TEMPLATES
from quizserver.results.template import template
from quizserver.wire.allowed import Role
from quizserver.wire.values import Id, Strict

MOST_BYTES = 2_000  # of a wish


class Wish(Strict):
    """`venue`: whose template; results are of all."""

    battle: Id
    what: Literal["results", "template"]
    form: Annotated[str, Field(max_length=8)]
    venue: Id | None = None


class ResultsRoom:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def endpoint(self, request: Request) -> Response:
        """The file, or why not."""
        wish = await wish_of(request, Wish, MOST_BYTES)
        if isinstance(wish, Refused):
            return answered(wish)
        who = await staff_of(self._hub.house, request, wish.battle)
        made = who if isinstance(who, Refused) else _made(who, wish)
        return answered(made) if isinstance(made, Refused) else Response(made[0], media_type=made[1], headers=PRIVATE)


def _made(who: Identity, wish: Wish) -> tuple[bytes, str] | Refused:
    assert who.live is not None
    state = who.live.known
    if wish.what == "results" and who.role is not Role.HOST:
        return NOT_ALLOWED
    if wish.form not in FORMATS or (wish.what == "template" and wish.form not in TEMPLATES):
        return wrong("invalid")
    write, kind = FORMATS[wish.form]
    if wish.what == "results":
        return write(results_of(state)), kind
    venue = who.venue or VenueId(wish.venue or "")
    return (template(state, venue, wish.form), kind) if venue in state.venues else wrong("unknown_venue")
