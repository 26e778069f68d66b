"""Refuses requests that were not meant for this server, before anything of ours sees them; and what leaves through it says how a
browser has to treat it.

A page of somebody else's may make a browser send requests here (cross-site requests, DNS rebinding). Such a request
names a Host or an Origin that is not ours. One without an Origin passes: whoever needs it (the WebSocket) must look.
"""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote_plus

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quizserver.addresses import Address, Addresses

MALFORMED = PlainTextResponse("A request must name exactly one Host.\n", 400)
FOREIGN_HOST = PlainTextResponse(
    "This server does not answer under this address. Use one of those it printed at its start, "
    "or start it with --public-url and this one.\n",
    421,
)
KEY_IN_ADDRESS = PlainTextResponse("A key is no part of an address, where logs can read it: say it in hello.\n", 400)
KEYS = frozenset({"token", "key", "access_token", "auth"})
"""What people call a key when they put one behind a question mark."""
FOREIGN_ORIGIN = PlainTextResponse("This page may not talk to this server: it came from another address.\n", 403)


GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    # A page has its own, with what it needs. Whatever else is opened as a page may do nothing at all.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
}
HTTPS_ONLY = "max-age=31536000"  # a year; said over HTTPS only, or a browser would lock itself out of a venue's plain Wi-Fi


class FrontDoor:
    """ASGI middleware. `addresses` is asked for each request, since the console may change them while we run."""

    def __init__(self, app: ASGIApp, addresses: Callable[[], Addresses]) -> None:
        self.app = app
        self.addresses = addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = None if scope["type"] == "lifespan" else refusal(scope, self.addresses())
        await (refused or self.app)(scope, receive, _guarded(scope, send) if scope["type"] == "http" else send)


def _guarded(scope: Scope, send: Send) -> Send:
    """Adds what every answer carries: the files of a page as well as the page, and sentences like pictures."""

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in GUARDS.items():
                headers.setdefault(name, value)
            if scope["scheme"] == "https":
                headers["Strict-Transport-Security"] = HTTPS_ONLY
        await send(message)

    return guarded


def refusal(scope: Mapping[str, Any], addresses: Addresses) -> PlainTextResponse | None:
    """What to answer instead of serving, or None when the request is for us."""
    hosts = _header(scope, b"host")
    origins = _header(scope, b"origin")
    if len(hosts) != 1 or len(origins) > 1:
        return MALFORMED
    here = _where_it_arrived(scope)
    if not (addresses.host_is_ours(hosts[0]) or (here and hosts[0] == here.netloc)):
        return FOREIGN_HOST
    if origins and not (addresses.origin_is_ours(origins[0]) or (here and origins[0] == here.origin)):
        return FOREIGN_ORIGIN
    return KEY_IN_ADDRESS if _names_a_key(scope) else None


def _names_a_key(scope: Mapping[str, Any]) -> bool:
    asked: bytes = scope.get("query_string", b"")
    return any(unquote_plus(part.partition("=")[0]).lower() in KEYS for part in asked.decode("latin-1").split("&"))


def _header(scope: Mapping[str, Any], name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]


def _where_it_arrived(scope: Mapping[str, Any]) -> Address | None:
    """This connection's own end, if private: no name to rebind, and right after a laptop has moved to another Wi-Fi."""
    host, port = scope.get("server") or ("", None)
    address = Address("http", host, port or 0)
    return address if address.is_private else None
