"""Which transport a server uses, as options for uvicorn. The hub cannot tell them apart."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

from quizserver.hub.session import Hub
from quizserver.transports import acked
from quizserver.transports.resettable import ResettableProtocol
from quizserver.transports.upgrade import Refusal, Upgrades
from quizserver.transports.watch import Watch
from quizserver.wire.codec import LARGE_MESSAGE

PING_S = 5.0
SLOW_WITHOUT_ACKS = 6  # times the patience, where our own buffer is all we see of a peer: it may read slowly what the kernel has


class Transport(StrEnum):
    """`LAZY`: a channel whose parser exists only while it is needed. `EAGER`: the same with a parser from beginning to end, to
    compare with. `ASGI`: what every ASGI server can do, with two tasks a connection."""

    LAZY = "lazy"
    EAGER = "eager"
    ASGI = "asgi"


@contextmanager
def uvicorn_options(
    transport: Transport, hub: Hub, path: str, refuses: Callable[[Mapping[str, Any]], Refusal | None]
) -> Iterator[dict[str, Any]]:
    """For uvicorn.Config. `path`: where WebSockets are. `refuses`: looks at Host and Origin of a scope."""
    common = {"ws": ResettableProtocol, "ws_max_size": LARGE_MESSAGE, "ws_per_message_deflate": False}
    if transport is Transport.ASGI:
        yield common | {"ws_ping_interval": PING_S, "ws_ping_timeout": PING_S}
        return
    takes_nothing_s = hub.house.limits.takes_nothing_s
    watch = Watch(takes_nothing_s if acked.KNOWS_ACKS else SLOW_WITHOUT_ACKS * takes_nothing_s)
    try:
        yield common | {"http": Upgrades(hub, watch, transport is Transport.LAZY, path, refuses).protocol()}
    finally:
        watch.stop()
