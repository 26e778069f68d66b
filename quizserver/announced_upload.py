"""A file of announcements from the console: `POST /staff/announced?battle=ID`, the file as the body, a host's key in
`Authorization: Bearer KEY`. Answered by how many are `new` and `known`, and each line that `failed`; `&take=yes` takes those that
can be.
"""

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from quizserver.battle.refusals import Refused
from quizserver.hub.house import House
from quizserver.hub.replies import UNAVAILABLE
from quizserver.hub.staff_keys import NOT_ALLOWED, staff_by
from quizserver.services.delimited import MOST_BYTES, rows_of
from quizserver.services.ports import StoreGone
from quizserver.wire.allowed import Role
from quizserver.wire.to_client import refusal

STATUS = {"unknown_token": 401, "not_allowed": 403, "too_fast": 429, "store_gone": 503}
PRIVATE = {"Cache-Control": "no-store"}


class AnnouncedUpload:
    """Whatever reads another kind of file into rows goes in beside `rows_of`."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def endpoint(self, request: Request) -> Response:
        """What of the file is taken, or would be."""
        told = await self._told(request)
        if isinstance(told, Refused):
            return JSONResponse(refusal(told), STATUS.get(told.code, 400), PRIVATE)
        return JSONResponse(told, headers=PRIVATE)

    async def _told(self, request: Request) -> object:
        key = request.headers.get("authorization", "").removeprefix("Bearer ")
        address = request.client.host if request.client else ""
        who = await staff_by(self._house, key, request.query_params.get("battle", ""), address)
        if isinstance(who, Refused):
            return who
        if who.role is not Role.HOST or who.live is None:
            return NOT_ALLOWED
        table = rows_of(await _body(request))
        if isinstance(table, Refused):
            return table
        announcing, really = self._house.backstage.announcing, request.query_params.get("take") == "yes"
        try:
            return await announcing.take_in(who.live.id, who.live.known, table, really)
        except StoreGone:
            return UNAVAILABLE


async def _body(request: Request) -> bytes:
    """A byte more than is allowed tells that there are too many."""
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > MOST_BYTES:
                break
    except ClientDisconnect:
        return b""
    return bytes(body)
