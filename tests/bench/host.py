"""A host's console: presses, and waits until it sees what came of them."""

import json
import threading
import time
from collections.abc import Callable
from itertools import count
from types import TracebackType
from typing import Any, Self

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from quizserver.battle.views import apply_patch
from quizserver.wire.codec import Encoding

PATIENCE_S = 60.0
Message = dict[str, Any]


class Host:
    """Reads in a thread of its own, as a console's page reads while its person does something else."""

    def __init__(self, port: int, key: str, battle: str) -> None:
        self.heard = 0
        self.deadlines: set[int] = set()
        self.view: Message = {}
        self.version = self.epoch = 0
        self._done: dict[int, Message] = {}
        self._numbers = count(1)
        self._news = threading.Condition()
        self._socket = connect(
            f"ws://127.0.0.1:{port}/ws", subprotocols=[Subprotocol(Encoding.JSON.value)], compression=None, max_size=None
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self._say({"t": "hello", "v": 1, "token": key, "battle": battle})
        self._until(lambda: bool(self.view))

    def press(self, command: str) -> int:
        """Presses, and returns the moment. It must be done."""
        n, now_ns = next(self._numbers), time.monotonic_ns()
        self._say({"t": "do", "n": n, "command": command, "step": self.view["step"]})
        self._until(lambda: n in self._done)
        done = self._done.pop(n)
        assert done["ok"], (command, done)
        return now_ns

    def until(self, phase: str) -> None:
        """Until the battle is there."""
        self._until(lambda: self.view.get("phase") == phase)

    @property
    def question(self) -> tuple[str, int]:
        """The question on the stage and its opening."""
        shown = self.view["question"]
        return str(shown["id"]), int(shown["opening"])

    def answered(self, question: str) -> int:
        """How many teams' answers to a revealed question count."""
        self._until(lambda: question in self.view.get("results", {}))
        return int(self.view["results"][question]["answered"])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._socket.close()
        self._reader.join()

    def _say(self, message: Message) -> None:
        self._socket.send(json.dumps(message))

    def _until(self, holds: Callable[[], bool]) -> None:
        with self._news:
            assert self._news.wait_for(holds, PATIENCE_S), f"the console waited in vain in the phase {self.view.get('phase')}"

    def _read(self) -> None:
        try:
            for raw in self._socket:
                with self._news:
                    self._keep(json.loads(raw))
                    self._news.notify_all()
        except ConnectionClosed:
            pass

    def _keep(self, message: Message) -> None:
        self.heard += 1
        match message["t"]:
            case "snapshot":
                self.view, self.version, self.epoch = message["view"], message["to"], message["epoch"]
            case "room":
                self.view, self.version = apply_patch(self.view, message["patch"]), message["to"]
            case "done":
                self._done[message["n"]] = message
        self.deadlines |= {deadline for deadline in [self.view.get("clock", {}).get("deadline")] if deadline}
