"""What all requests that are no page have in common: a token in `Authorization: Bearer TOKEN`, which no page of somebody else's can
send; a body that ends somewhere; and refusals as everywhere, `{code, detail, fault, temporary}`."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from quizserver.battle.refusals import Refused, wrong
from quizserver.hub.connection import Identity
from quizserver.hub.house import House
from quizserver.hub.staff_keys import NOT_ALLOWED, staff_by
from quizserver.wire.allowed import Role
from quizserver.wire.to_client import refusal
from quizserver.wire.values import Strict

STATUS: Mapping[str, int] = {
    **{"unknown_token": 401, "not_allowed": 403, "unknown_pin": 404, "unknown_announcement": 404, "preview_is_old": 409},
    **{
        "file_too_big": 413,
        "carried_too_big": 413,
        "too_fast": 429,
        "press_is_busy": 429,
        "too_many_files": 429,
        "store_gone": 503,
    },
}
"""Of a refusal; whatever else is refused was asked wrongly: 400."""
PRIVATE = {"Cache-Control": "no-store"}
INVALID = wrong("invalid")
Wish = TypeVar("Wish", bound=Strict)


def token_of(request: Request) -> str:
    """ "" if there is none."""
    return request.headers.get("authorization", "").removeprefix("Bearer ")


def address_of(request: Request) -> str:
    """Whose mistakes are counted together; "" of nobody's."""
    return request.client.host if request.client else ""


async def staff_of(house: House, request: Request, battle: str) -> Identity | Refused:
    """Host or desk of this battle: see `staff_by`."""
    return await staff_by(house, token_of(request), battle, address_of(request))


async def host_of(house: House, request: Request, battle: str) -> Identity | Refused:
    """A host in this battle; of a desk `not_allowed`."""
    who = await staff_of(house, request, battle)
    return who if isinstance(who, Refused) or who.role is Role.HOST else NOT_ALLOWED


async def body_of(request: Request, most: int, too_long: Refused = INVALID) -> bytes | Refused:
    """`too_long` if it has more bytes; then the rest is not read."""
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > most:
                return too_long
    except ClientDisconnect:
        return INVALID
    return bytes(body)


async def wish_of(request: Request, kind: type[Wish], most: int) -> Wish | Refused:
    """What the body asks for, as JSON."""
    body = await body_of(request, most)
    try:
        return body if isinstance(body, Refused) else kind.model_validate_json(body)
    except ValidationError:
        return INVALID


def answered(told: object) -> Response:
    """As JSON, for whoever asked alone; a refusal with its status."""
    if isinstance(told, Refused):
        return JSONResponse(refusal(told), STATUS.get(told.code, 400), PRIVATE)
    return JSONResponse(told, headers=PRIVATE)
