"""A server process of a game: on one port through all its lives, started again by the rig as by whatever supervises it."""

import asyncio
import re
import sys
import time
from pathlib import Path

from tests.faults.rig.child import OBEYS_WITHIN_S, Child, Died
from tests.faults.rig.defective import SOUND, program
from tests.support.server import free_port

UP = "Ctrl-C"  # the banner's last line
AGAIN_S = 0.2


class OwnServer:
    """`name` is what histories call it. `redis`: the port at which it finds Redis. `defect`: of defective.py, or none."""

    def __init__(self, name: str, data: Path, redis: int, pack: Path, rig: Path, defect: str = SOUND) -> None:
        self.name, self.port = name, free_port()
        where = ["--host", "127.0.0.1", "--port", str(self.port), "--data", str(data)]
        stores = ["--redis-url", f"redis://127.0.0.1:{redis}", "--pack", str(pack)]
        self.child = Child([sys.executable, *program(defect), "run", *where, *stores], rig / f"server-{name}.log")

    @property
    def host_key(self) -> str:
        found = re.search(r"#(\S+)", self.child.said())
        assert found, self.child.said()
        return found[1]

    async def start(self) -> None:
        """Returns when it listens. Without its Redis it does not start, and is tried again."""
        give_up = time.monotonic() + OBEYS_WITHIN_S
        while True:
            await self.child.start()
            try:
                return await self.child.says(UP)
            except Died:
                if time.monotonic() > give_up:
                    raise
            await asyncio.sleep(AGAIN_S)

    def complaints(self) -> list[str]:
        """Tracebacks of all its lives: there must be none, whatever was done to it."""
        return re.findall(r"Traceback .*(?:\n[ \t].*)*\n.*", self.child.words.read_text(errors="replace"))
