"""Marks out of a file, over HTTP: `POST /staff/import?battle=ID` with a host's key and the file as the body answers with a preview
and changes nothing. The same again with `&apply=PREVIEW`, the preview's own name, enters what the preview said and leaves out the
lines that failed; where the battle has moved on and it would be something else, it is refused as `preview_is_old`.

What is entered are ordinary marks: they pass the rules of desks, wait after their gate, and dispute with whoever says otherwise.
"""

from collections.abc import Sequence

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from quizserver.battle.decide.corrections import MOST_OPERATIONS
from quizserver.battle.ids import VenueId
from quizserver.battle.refusals import Refused, not_now, wrong
from quizserver.battle.sheets import Operation
from quizserver.hub.house import House
from quizserver.hub.session import Hub
from quizserver.marks_in.plan import Plan, plan, signer_ids, signer_of
from quizserver.marks_in.preview import preview
from quizserver.services.battles import LiveBattle
from quizserver.services.desk import enter_marks, sit_down
from quizserver.services.ports import StoreGone
from quizserver.services.seating import token_hash
from quizserver.spreadsheets.limits import MOST_BYTES
from quizserver.spreadsheets.reader import Reader
from quizserver.spreadsheets.table import Table
from quizserver.staff_requests import answered, body_of, host_by, key_of, refused


class ImportRoom:
    """`reader`: where strangers' files are read."""

    def __init__(self, hub: Hub, reader: Reader | None = None) -> None:
        self._hub, self._reader = hub, reader or Reader()

    async def endpoint(self, request: Request) -> Response:
        """The preview, or what was entered, or why not. Who may not is told before a byte of the file is read."""
        who = await host_by(self._hub.house, request, request.query_params.get("battle", ""))
        if isinstance(who, Refused):
            return refused(who)
        assert who.live is not None
        try:
            file = await body_of(request, MOST_BYTES)
        except ClientDisconnect:
            return refused(wrong("invalid"))
        tables = wrong("file_too_big", str(MOST_BYTES // 1_000_000)) if file is None else await self._reader.read(file)
        if isinstance(tables, Refused):
            return refused(tables)
        signer = signer_of(await _name(self._hub.house, key_of(request)), who.live.known.settings.language)
        wanted = request.query_params.get("apply")
        told = _previewed(who.live, tables, signer) if wanted is None else await _applied(who.live, tables, signer, wanted)
        return refused(told) if isinstance(told, Refused) else answered(told)


def _previewed(live: LiveBattle, tables: Sequence[Table], signer: str) -> object:
    return preview(live.known, plan(live.known, tables, signer))


async def _applied(live: LiveBattle, tables: Sequence[Table], signer: str, wanted: str) -> object | Refused:
    """What a desk writes meanwhile is disputed with, and never overwritten: an operation replaces only what it names."""
    seen = plan(live.known, tables, signer)
    if seen.token != wanted:
        return not_now("preview_is_old")
    if not seen.operations:
        return not_now("nothing_to_import")
    if (trouble := await _sits(live, seen, signer)) is not None:
        return trouble
    now = plan(live.known, tables, signer)
    if now.token != wanted:
        return not_now("preview_is_old")
    for start in range(0, len(now.operations), MOST_OPERATIONS):
        became = await enter_marks(live, now.operations[start : start + MOST_OPERATIONS], None, "host")
        if isinstance(became, Refused):
            return became
    return {"entered": len(now.operations), "left_out": len(now.failed)}


async def _sits(live: LiveBattle, seen: Plan, signer: str) -> Refused | None:
    ids = signer_ids(live.known, signer)
    for venue in sorted(_venues(seen.operations)):
        person = await sit_down(live, venue, ids[venue], signer, by="host")
        if isinstance(person, Refused):
            return person
    return None


def _venues(operations: Sequence[Operation]) -> set[VenueId]:
    return {operation.venue for operation in operations}


async def _name(house: House, key: str) -> str:
    """Of the host who signed in with a password of an own name, else ""."""
    try:
        known = await house.backstage.consoles()
    except StoreGone:
        return ""
    return next((each.name for each in known if each.token_hash == token_hash(key)), "")
