"""What requests of staff over HTTP have in common: a key in `Authorization: Bearer KEY`, which no page of somebody else's can send;
a body that ends somewhere; and refusals as everywhere, `{code, detail, fault, temporary}`."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from quizserver.battle.refusals import Refused
from quizserver.hub.connection import Identity
from quizserver.hub.house import House
from quizserver.hub.staff_keys import NOT_ALLOWED, staff_by
from quizserver.wire.allowed import Role
from quizserver.wire.to_client import refusal

STATUS: Mapping[str, int] = {
    **{"unknown_token": 401, "not_allowed": 403, "too_fast": 429, "press_is_busy": 429, "too_many_files": 429, "store_gone": 503},
    **{"file_too_big": 413, "carried_too_big": 413, "preview_is_old": 409},
}
"""Of a refusal; whatever else is refused was asked wrongly: 400."""
PRIVATE = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # a proxy passes on the lines as they come


def key_of(request: Request) -> str:
    """"" if there is none."""
    return request.headers.get("authorization", "").removeprefix("Bearer ")


async def asked_by(house: House, request: Request, battle: str) -> Identity | Refused:
    """A host in this battle, or a desk of it; else as `staff_by`."""
    return await staff_by(house, key_of(request), battle, request.client.host if request.client else "")


async def host_by(house: House, request: Request, battle: str) -> Identity | Refused:
    """A host in this battle; of a desk `not_allowed`, else as `staff_by`."""
    who = await asked_by(house, request, battle)
    return who if isinstance(who, Refused) or who.role is Role.HOST else NOT_ALLOWED


async def body_of(request: Request, most: int) -> bytes | None:
    """None if it is longer; then the rest is not read."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            return None
    return bytes(body)


def answered(told: object) -> Response:
    """As JSON, for whoever asked alone."""
    return JSONResponse(told, headers=PRIVATE)


def refused(why: Refused) -> Response:
    """As an answer."""
    return JSONResponse(refusal(why), STATUS.get(why.code, 400), PRIVATE)
