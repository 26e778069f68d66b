"""Files out of a battle, over HTTP: `POST /staff/files` with a host's key and a wish as JSON answers with the file. Results as
XLSX, CSV, JSON or masks; or the template that a venue fills in."""

from typing import Annotated, Literal

from pydantic import Field, ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from quizserver.battle.ids import VenueId
from quizserver.battle.refusals import Refused, wrong
from quizserver.battle.state import BattleState
from quizserver.hub.session import Hub
from quizserver.results.files import FORMATS
from quizserver.results.outcome import results_of
from quizserver.results.template import FORMATS as TEMPLATES
from quizserver.results.template import template
from quizserver.staff_requests import PRIVATE, body_of, host_by, refused
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
        try:
            wish = Wish.model_validate_json(await body_of(request, MOST_BYTES) or b"")
        except (ValidationError, ClientDisconnect):
            return refused(wrong("invalid"))
        who = await host_by(self._hub.house, request, wish.battle)
        if isinstance(who, Refused):
            return refused(who)
        assert who.live is not None
        made = _made(who.live.known, wish)
        return refused(made) if isinstance(made, Refused) else Response(made[0], media_type=made[1], headers=PRIVATE)


def _made(state: BattleState, wish: Wish) -> tuple[bytes, str] | Refused:
    if wish.form not in FORMATS or (wish.what == "template" and wish.form not in TEMPLATES):
        return wrong("invalid")
    write, kind = FORMATS[wish.form]
    if wish.what == "results":
        return write(results_of(state)), kind
    venue = VenueId(wish.venue or "")
    return (template(state, venue, wish.form), kind) if venue in state.venues else wrong("unknown_venue")
