"""Composition root: the one place where sockets, files and products are wired together.

`serve` starts the parts in the order in which they need each other and stops them in the opposite order, whatever
happened in between. uvicorn's own lifespan is off: a second Ctrl-C skips it, and then nobody would stop Redis.
"""

import asyncio
import gc
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route, WebSocketRoute

from host_console.pages import StaffPages
from player_web.pages import PlayerPages
from quizserver import addresses, banner, engine, host_key, listening, log_lines
from quizserver.announce_door import AnnounceDoor
from quizserver.announced_upload import AnnouncedUpload
from quizserver.backstage import ARCHIVE, Parts, ServerBackstage
from quizserver.carried_marks import CarriedFiles
from quizserver.front_door import FrontDoor, refusal
from quizserver.health import Health
from quizserver.host_key import HostKey
from quizserver.hub.limits import Limits
from quizserver.hub.session import Hub
from quizserver.import_room import ImportRoom
from quizserver.print_room import PrintRoom
from quizserver.results_room import ResultsRoom
from quizserver.scoreboard import Scoreboard
from quizserver.settings import CannotStart, Settings
from quizserver.spreadsheets.reader import Reader
from quizserver.transports.asgi import Endpoint
from quizserver.transports.choice import Transport, uvicorn_options
from quizserver.transports.serving import Server
from quizserver.transports.upgrade import Refusal

SOCKETS = "/ws"


def run(settings: Settings, command: str) -> None:
    """Serves until Ctrl-C or SIGTERM. Raises CannotStart. `command`: how we were called, for the advice in it."""
    log_lines.begin()
    with listening.bound(settings.host, settings.port, command) as sock, asyncio.Runner(loop_factory=_loop) as loop:
        loop.run(serve(settings, sock))


async def serve(settings: Settings, sock: socket.socket) -> None:
    """From the bound socket to the last goodbye. A signal during the start stops us as soon as all parts are up."""
    stop = _asked_to_stop()
    reachable = _reachable(settings, sock)
    with _key(settings, reachable) as key:
        async with engine.started(settings) as parts:
            health = Health(key.secret, settings.health_check_s, {"redis": parts.trouble, ARCHIVE: parts.archive_trouble})
            lobby = parts.lobby()
            gc.collect()
            gc.freeze()  # what is loaded by now stays to the end: no collection of an evening's garbage need walk over it
            sock.listen(listening.BACKLOG)  # from here on nobody is turned away, so the addresses may be shown
            _show(banner.Invitation(reachable, key.secret, lobby.known.pin if lobby else None))
            behind = ServerBackstage(
                parts.running,
                parts.shelf,
                parts.keyring,
                parts.passwords,
                reachable,
                Parts(health.troubles, lambda: parts.archiving.lag_ms, lambda: parts.running.pace.slow_ms),
                parts.people,
            )
            limits = Limits(passwords_in_the_open=settings.password_over_http)
            hub = Hub(parts.running, key.secret, limits, behind)
            pages = application(lambda: behind.reachable, routes(behind, health, parts, hub))
            with uvicorn_options(Transport(settings.transport), hub, SOCKETS, _foreign(behind)) as options:
                await _answer_until(stop, pages, hub, settings, sock, options)


def routes(behind: ServerBackstage, health: Health, parts: engine.Engine, hub: Hub) -> list[BaseRoute]:
    """Everything that is served."""
    players = PlayerPages(parts.shelf.media, lambda pin: f"{behind.reachable.offered.origin}/j/{pin}")
    reader = Reader()
    return [
        Route("/healthz", health.endpoint),
        Route("/standing/{pin}.json", Scoreboard(parts.running, parts.standings).endpoint),
        WebSocketRoute(SOCKETS, Endpoint(hub)),
        *AnnounceDoor(hub.house).routes(),
        *players.routes(),
        Route("/staff/announced", AnnouncedUpload(hub.house, reader).endpoint, methods=["POST"]),
        Route("/staff/pdf", PrintRoom(hub, lambda: behind.reachable.offered.origin).endpoint, methods=["POST"]),
        Route("/staff/carried", CarriedFiles(hub).endpoint, methods=["POST"]),
        Route("/staff/import", ImportRoom(hub, reader).endpoint, methods=["POST"]),
        Route("/staff/files", ResultsRoom(hub).endpoint, methods=["POST"]),
        *StaffPages(lambda origin: behind.ways_in(origin, hub.house.limits.passwords_in_the_open)).routes(),
    ]


def application(reachable: Callable[[], addresses.Addresses], served: Sequence[BaseRoute]) -> Starlette:
    """The front door with what is behind it. `reachable` is asked for each request: a console may change the addresses."""
    return Starlette(routes=served, middleware=[Middleware(FrontDoor, addresses=reachable)])


def _foreign(behind: ServerBackstage) -> Callable[[Mapping[str, Any]], Refusal | None]:
    """The front door's rules for sockets that no middleware sees."""

    def refuses(scope: Mapping[str, Any]) -> Refusal | None:
        refused = refusal(scope, behind.reachable)
        return (refused.status_code, bytes(refused.body).decode()) if refused else None

    return refuses


async def _answer_until(
    stop: asyncio.Event, pages: Starlette, hub: Hub, settings: Settings, sock: socket.socket, options: dict[str, Any]
) -> None:
    config = uvicorn.Config(
        pages,
        lifespan="off",
        log_config=None,  # its messages are lines of our log
        log_level="warning",
        access_log=False,
        server_header=False,
        backlog=listening.BACKLOG,
        forwarded_allow_ips="127.0.0.1",
        timeout_graceful_shutdown=settings.goodbye_s,
        **options,
    )
    server = Server(config)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(server.serve(sockets=[sock]))
        await stop.wait()
        await hub.close()  # first: uvicorn's own goodbye would not tell devices to come back
        server.stop()


def _asked_to_stop() -> asyncio.Event:
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    return stop


def _reachable(settings: Settings, sock: socket.socket) -> addresses.Addresses:
    default_route, interfaces = addresses.of_this_machine(settings.host)
    try:
        return addresses.ours(sock.getsockname()[1], settings.public_url, default_route, interfaces)
    except ValueError as fault:
        raise CannotStart(f"{fault} Mend --public-url or leave it out.") from fault


@contextmanager
def _key(settings: Settings, reachable: addresses.Addresses) -> Iterator[HostKey]:
    with ExitStack() as stack:
        try:
            settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)  # teams' secrets are in it
            key = stack.enter_context(host_key.held(settings.data, reachable.offered.origin + banner.CONSOLE))
        except OSError as fault:
            advice = "choose another with --data FOLDER"
            raise CannotStart(f"The folder {settings.data} cannot be used ({fault.strerror}): {advice}.") from fault
        yield key


def _loop() -> asyncio.AbstractEventLoop:
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    import uvloop

    return uvloop.new_event_loop()


def _show(invitation: banner.Invitation) -> None:
    can_draw = sys.stdout.isatty() and (sys.stdout.encoding or "").lower() == "utf-8"
    sys.stdout.write(banner.banner(invitation, with_qr=can_draw))
    sys.stdout.flush()
