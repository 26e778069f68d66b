"""The staff pages served as they really are (templates, content policy, files), on a free port, without a battle behind them."""

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from host_console.pages import StaffPages
from player_web.pages import PlayerPages
from tests.support.server import free_port

READY_S = 10.0


@contextmanager
def served(media: Path, ways_in: Sequence[str] = ()) -> Iterator[str]:
    """The origin of the pages. `media`: a folder for the packs' pictures. `ways_in`: what a host may be asked for but the key; a list is
    looked at anew for each page."""

    async def ways(origin: str) -> Sequence[str]:
        return ways_in

    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    routes = [*StaffPages(ways).routes(), *PlayerPages(media, lambda pin: f"{origin}/j/{pin}").routes()]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), port=port, log_level="error", ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + READY_S
    while not server.started:
        assert time.monotonic() < deadline and thread.is_alive()
        time.sleep(0.02)
    try:
        yield origin
    finally:
        server.should_exit = True
        thread.join()


def sitting(name: str) -> str:
    """A script that makes a desk's device one at which this person sits, at whichever venue of the evenings."""
    ids = {f"v{at}": f"{letter * 16}" for at, letter in enumerate("abcd")}
    seats = {f"quiz.who.{venue}": json.dumps({"now": id, "people": [{"id": id, "name": name}]}) for venue, id in ids.items()}
    return f"for (const [key, seat] of Object.entries({json.dumps(seats)})) localStorage.getItem(key) ?? localStorage.setItem(key, seat)"
