"""The handshake of the fast transport: uvicorn reads the request, websockets validates it, the socket becomes a channel at once.

uvicorn would write the request down again for a second parser and make an application's task for it; that is two thirds of what
a handshake costs, and ten thousand devices come back within seconds. What an application would have checked is checked here: the
path, Host and Origin, and that the request comes at all.

Touches uvicorn's internals, so its version is pinned, and tests/transports/test_upgrade.py holds what is used of them.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from websockets.datastructures import Headers
from websockets.http11 import Request
from websockets.server import ServerProtocol
from websockets.typing import Subprotocol

from quizserver.hub.session import Hub
from quizserver.transports.channel import Channel
from quizserver.transports.open_line import PROXIES, came_by_https, is_open
from quizserver.transports.watch import Watch
from quizserver.wire.codec import Encoding

Refusal = tuple[int, str]
"""An HTTP status and a sentence."""


@dataclass(frozen=True)
class Upgrades:
    """What all handshakes of one server share. `refuses` looks at Host and Origin of an ASGI scope."""

    hub: Hub
    watch: Watch
    is_lazy: bool
    path: str
    refuses: Callable[[Mapping[str, Any]], Refusal | None]
    # One for all: it looks at a request and keeps nothing of it that the next one could see.
    validator: ServerProtocol = field(default_factory=lambda: _validator())

    def protocol(self) -> Callable[..., asyncio.Protocol]:
        """Give it to uvicorn as `http`."""
        return partial(UpgradingProtocol, self)


class UpgradingProtocol(HttpToolsProtocol):
    """HTTP as uvicorn speaks it, but for WebSockets on our path, and for those who never ask anything."""

    def __init__(self, upgrades: Upgrades, **given: Any) -> None:
        super().__init__(**given)
        self._upgrades = upgrades
        self._impatient: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """It has as long to ask for something as it has to say hello."""
        super().connection_made(transport)
        self._impatient = self.loop.call_later(self._upgrades.hub.house.limits.hello_s, transport.abort)

    def on_headers_complete(self) -> None:
        """It has asked."""
        self._be_patient()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """It has gone."""
        self._be_patient()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self) -> None:
        """To a channel, or to a refusal in words."""
        path, _, query = self.url.decode("latin-1").partition("?")
        if path != self._upgrades.path:
            super().handle_websocket_upgrade()
            return
        asked = {**self.scope, "query_string": query.encode("latin-1")}  # uvicorn adds it after the upgrade only
        refusal, validator = self._upgrades.refuses(asked), self._upgrades.validator
        response = validator.reject(*refusal) if refusal else validator.accept(self._request(path))
        if response.status_code == 101:
            self._hand_over(response.serialize(), response.headers.get("Sec-WebSocket-Protocol"))
        else:
            self.transport.write(response.serialize())
            self.transport.close()

    def _request(self, path: str) -> Request:
        headers = Headers([(name.decode("latin-1"), value.decode("latin-1")) for name, value in self.headers])
        return Request(path, headers, self.scope["method"], f"HTTP/{self.scope['http_version']}")

    def _hand_over(self, response: bytes, subprotocol: str | None) -> None:
        upgrades = self._upgrades
        self.connections.discard(self)
        channel = Channel(upgrades.hub, upgrades.watch, upgrades.is_lazy, self.transport, self.connections)
        is_secure = came_by_https(self.client[0] if self.client else "", self.headers)
        encoding = Encoding(subprotocol) if subprotocol else None
        channel.begin(response, encoding, who_asks(self.client, self.headers), is_open(self.headers, is_secure))

    def _be_patient(self) -> None:
        if self._impatient is not None:
            self._impatient.cancel()
            self._impatient = None


def who_asks(peer: tuple[str, int] | None, headers: Sequence[tuple[bytes, bytes]]) -> str:
    """The address of whoever asks. Only a proxy on this machine is believed when it names another: the last one in its list."""
    address = peer[0] if peer else ""
    if address in PROXIES:
        named = b",".join(value for name, value in headers if name == b"x-forwarded-for").decode("latin-1")
        return named.rpartition(",")[2].strip() or address
    return address


def _validator() -> ServerProtocol:
    ours = [Subprotocol(encoding.value) for encoding in Encoding]
    return ServerProtocol(subprotocols=ours, select_subprotocol=_ours_or_none)


def _ours_or_none(protocol: ServerProtocol, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    """Who speaks none of ours is let in all the same: a close code can say what to do, an HTTP status is not shown to pages."""
    return next((each for each in protocol.available_subprotocols or () if each in offered), None)
