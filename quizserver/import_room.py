"""Marks out of a file, over HTTP: `POST /staff/import?battle=ID` with a key of staff and the file as the body answers with a
preview and changes nothing. The same again with `&apply=PREVIEW`, the preview's own name, enters what the preview said and leaves
out the lines that failed; where the battle has moved on and it would be something else, it is refused as `preview_is_old`.

A host enters marks for all venues. A desk says who sits there, `&scorekeeper=ID`, and enters them as that person, for its own venue
alone and whatever venue it names; a host who sits at a venue's desk says `&venue=ID&scorekeeper=ID`. What is entered are ordinary
marks: they pass the rules of desks, wait after their gate, and dispute with whoever says otherwise.
"""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from quizserver.asked_over_http import answered, body_of, staff_of, token_of
from quizserver.battle.decide.corrections import MOST_OPERATIONS
from quizserver.battle.ids import ScorekeeperId, VenueId
from quizserver.battle.refusals import Refused, not_now
from quizserver.hub.connection import Identity
from quizserver.hub.house import House
from quizserver.hub.session import Hub
from quizserver.marks_in.plan import Plan, plan
from quizserver.marks_in.preview import preview
from quizserver.marks_in.signer import Signer, at_desk, by_host
from quizserver.services.battles import LiveBattle
from quizserver.services.desk import enter_marks, late_among, sit_down
from quizserver.services.ports import StoreGone
from quizserver.services.seating import token_hash
from quizserver.spreadsheets.limits import MOST_BYTES
from quizserver.spreadsheets.reader import TOO_BIG, Reader
from quizserver.spreadsheets.table import Table
from quizserver.wire.allowed import Role


class ImportRoom:
    """`reader`: where strangers' files are read."""

    def __init__(self, hub: Hub, reader: Reader | None = None) -> None:
        self._hub, self._reader = hub, reader or Reader()

    async def endpoint(self, request: Request) -> Response:
        """The preview, or what was entered, or why not. Who may not is told before a byte of the file is read."""
        who = await staff_of(self._hub.house, request, request.query_params.get("battle", ""))
        if isinstance(who, Refused):
            return answered(who)
        signer = await _signer(self._hub.house, who, request)
        if isinstance(signer, Refused):
            return answered(signer)
        file = await body_of(request, MOST_BYTES, TOO_BIG)
        tables = file if isinstance(file, Refused) else await self._reader.read(file)
        wanted = request.query_params.get("apply")
        return answered(tables if isinstance(tables, Refused) else await _told(who, tables, signer, wanted))


async def _signer(house: House, who: Identity, request: Request) -> Signer | Refused:
    assert who.live is not None
    state, is_desk = who.live.known, who.role is Role.DESK
    venue = who.venue if is_desk else request.query_params.get("venue")
    if venue is None:
        return by_host(state, await _name(house, token_of(request)))
    return at_desk(state, VenueId(venue), ScorekeeperId(request.query_params.get("scorekeeper", "")), blind=is_desk)


async def _told(who: Identity, tables: Sequence[Table], signer: Signer, wanted: str | None) -> object | Refused:
    assert who.live is not None
    if wanted is None:
        return preview(who.live.known, plan(who.live.known, tables, signer))
    by = who.role.value if who.venue is None else f"{who.role.value} {who.venue}"
    return await _applied(who.live, tables, signer, wanted, by)


async def _applied(live: LiveBattle, tables: Sequence[Table], signer: Signer, wanted: str, by: str) -> object | Refused:
    """What a desk writes meanwhile is disputed with, and never overwritten: an operation replaces only what it names."""
    seen = plan(live.known, tables, signer)
    if seen.token != wanted:
        return not_now("preview_is_old")
    if not seen.operations:
        return not_now("nothing_to_import")
    if (trouble := await _sits(live, seen, signer, by)) is not None:
        return trouble
    now = plan(live.known, tables, signer)
    if now.token != wanted:
        return not_now("preview_is_old")
    for start in range(0, len(now.operations), MOST_OPERATIONS):
        became = await enter_marks(live, now.operations[start : start + MOST_OPERATIONS], signer.only, by)
        if isinstance(became, Refused):
            return became
    return {"entered": len(now.operations), "left_out": len(now.failed), "late": len(late_among(live, now.operations))}


async def _sits(live: LiveBattle, seen: Plan, signer: Signer, by: str) -> Refused | None:
    """Who sits at a desk already does."""
    for venue in sorted({operation.venue for operation in seen.operations} if signer.only is None else ()):
        person = await sit_down(live, venue, signer.ids[venue], signer.name, by)
        if isinstance(person, Refused):
            return person
    return None


async def _name(house: House, key: str) -> str:
    """Of the host who signed in with a password of an own name, else ""."""
    try:
        known = await house.backstage.consoles()
    except StoreGone:
        return ""
    return next((each.name for each in known if each.token_hash == token_hash(key)), "")
