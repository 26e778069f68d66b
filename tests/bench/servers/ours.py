"""Our server as everybody runs it, command line and all, with a driver on its stdin that only the benchmark has.

The driver makes a battle, seats teams, and says a room's message on demand, by the same way that a question goes. What it is told
and what it answers is one line each.
"""

import asyncio
import ctypes
import gc
import json
import os
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

from quizserver import app
from quizserver.__main__ import main
from quizserver.battle.refusals import Refused
from quizserver.battle.settings import BattleSettings
from quizserver.hub.backstage import Backstage
from quizserver.hub.frames import Frame
from quizserver.hub.limits import Limits
from quizserver.hub.rooms import Room
from quizserver.hub.session import Hub
from quizserver.hub.stream import Link
from quizserver.services.battles import LiveBattle
from quizserver.services.creating import Wish
from quizserver.services.running import Running
from quizserver.wire.allowed import Role
from tests.bench.evening_pack import pack_of
from tests.bench.payload import SIZE, question

SEATED_TOGETHER = 250  # so that what joining leaves behind in the heap stays small beside what is measured
libc = ctypes.CDLL(None)


NUMBERS = "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost"


class Allocated(ctypes.Structure):
    """glibc's `struct mallinfo2`."""

    _fields_ = [(name, ctypes.c_size_t) for name in NUMBERS.split()]


class DrivenHub(Hub):
    """The hub, and its driver."""

    def __init__(self, running: Running, host_key: str, limits: Limits | None = None, backstage: Backstage | None = None) -> None:
        super().__init__(running, host_key, limits, backstage)
        self._driver = Driver(self, host_key)


class Driver:
    """Reads lines, does what they say, answers in JSON."""

    def __init__(self, hub: Hub, host_key: str) -> None:
        self._hub, self._key = hub, host_key
        self._live: LiveBattle | None = None
        self._room: Room | None = None
        self._work: set[asyncio.Task[None]] = set()
        asyncio.get_running_loop().add_reader(sys.stdin.fileno(), self._told)
        print(f"ready {_port()} {host_key}", flush=True)

    def _told(self) -> None:
        lines = os.read(sys.stdin.fileno(), 4096).decode().splitlines()
        if not lines:
            asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
        for word, *rest in map(str.split, lines):
            if word == "broadcast":
                self._broadcast(int(rest[0]) if rest else SIZE)
            else:
                task = asyncio.create_task(self._answer(word, rest))
                self._work.add(task)
                task.add_done_callback(self._work.discard)

    async def _answer(self, word: str, rest: list[str]) -> None:
        said = await getattr(self, f"_{word}")(*rest)
        print(json.dumps(said), flush=True)

    def _broadcast(self, size: int) -> None:
        """The way of every question: one frame, the room's own loop, each member's own version compared."""
        room = self._teams()
        message = question(room.stream.epoch, room.stream.version, size)
        room.follow(Link(message, Frame(message)))

    def _teams(self) -> Room:
        if self._room is None or not self._room.members:
            members = (who for who in self._hub.house.connections if who.role is Role.TEAM and who.room is not None)
            self._room = next(members).room
        assert self._room is not None
        return self._room

    async def _battle(self, questions: str, seconds: str) -> dict[str, Any]:
        wish = Wish(pack_of(int(questions), int(seconds)), BattleSettings(online_only=True), "Hall")
        live = await self._hub.house.running.create(wish)
        assert not isinstance(live, Refused)
        self._live = live
        return {"battle": live.id, "pin": live.known.pin}

    async def _seat(self, start: str, end: str, file: str) -> dict[str, Any]:
        """Teams with these numbers; their tokens go into the file."""
        assert self._live is not None
        seating, tokens = self._hub.house.running.seating, []
        for first in range(int(start), int(end), SEATED_TOGETHER):
            names = [f"Team {number}" for number in range(first, min(first + SEATED_TOGETHER, int(end)))]
            for seated in await asyncio.gather(*(seating.join(self._live, name) for name in names)):
                assert not isinstance(seated, Refused), seated
                tokens.append(seated.token)
        Path(file).write_text("\n".join(tokens))
        return {"seated": len(tokens)}

    async def _tidy(self) -> dict[str, Any]:
        """Gives back what nobody uses, so that memory can be compared before and after."""
        gc.collect()
        libc.malloc_trim(0)
        return {}

    async def _allocated(self) -> dict[str, Any]:
        """Bytes in use. All of them only where Python allocates by malloc (PYTHONMALLOC=malloc)."""
        gc.collect()
        libc.mallinfo2.restype = Allocated
        known = libc.mallinfo2()
        return {"bytes": known.uordblks + known.hblkhd}


def _port() -> int:
    return int(sys.argv[sys.argv.index("--port") + 1])


if __name__ == "__main__":
    with patch.object(app, "Hub", DrivenHub):
        main()
