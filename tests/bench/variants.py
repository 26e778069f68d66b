"""The servers that are compared, each a process of its own that broadcasts when it is told to."""

import importlib.util
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench import machine, node
from tests.bench.child import Child
from tests.bench.compiled import BUILD, program
from tests.bench.load import LoadClient, Words, message_of, upgrade_request
from tests.bench.machine import CannotMeasure
from tests.bench.payload import payload

SOCKET_IO = "/socket.io/?EIO=4&transport=websocket"
QUESTION = message_of("room")
QUIET_NS, LOOKS_EVERY_S, LOOKS = 100_000, 0.002, 5


class Server(Child):
    """A server on its core. It has said `ready PORT`."""

    def __init__(self, command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> None:
        super().__init__(command, machine.SERVER_CORE, env)
        self.port = 0

    def __enter__(self) -> "Server":
        self.port = int(self.hear_until("ready")[1])
        return self

    def broadcast(self) -> int:
        """Sends the message to everybody; the moment of the order."""
        now_ns = time.monotonic_ns()
        self.tell("broadcast")
        return now_ns

    def cpu_ns(self) -> int:
        return machine.cpu_ns(self.process.pid)

    def cpu_when_quiet_ns(self, looks: int = LOOKS) -> int:
        """The same when what a round began has ended; 10 ms later at most, unless more patience is asked for."""
        before = self.cpu_ns()
        for _ in range(looks):
            time.sleep(LOOKS_EVERY_S)
            now = self.cpu_ns()
            if now - before < QUIET_NS:
                break
            before = now
        return now

    def private_kb(self) -> int:
        return machine.private_kb(self.process.pid)


def _plain(server: Server) -> LoadClient:
    client = LoadClient(server.port, upgrade_request(server.port, "/ws"))
    client.want(QUESTION)
    return client


def _socket_io(server: Server) -> LoadClient:
    """Joins the default namespace, and answers the pings of Engine.IO."""
    client = LoadClient(server.port, upgrade_request(server.port, SOCKET_IO))
    client.ask("echo 2 3")
    client.words([b"40"], "text")
    client.want(Words(0, (b"40",)))
    return client


@dataclass(frozen=True)
class Variant:
    """`client` speaks its language; `greets`: a connection is one only when its hello has been answered; `hears`: the broadcast."""

    name: str
    command: Callable[[], Sequence[str | Path]]
    client: Callable[[Server], LoadClient] = _plain
    greets: bool = False
    hears: Words = QUESTION

    def start(self) -> Server:
        return Server(self.command())


def _python(name: str) -> Callable[[], Sequence[str | Path]]:
    return lambda: [sys.executable, "-m", f"tests.bench.servers.{name}", payload_file()]


def _python_socketio() -> Sequence[str | Path]:
    if importlib.util.find_spec("socketio") is None:
        raise CannotMeasure("python-socketio is not installed: `pip install 'quizserver[bench]'`, as `make bench` does.")
    return _python("python_socketio")()


def payload_file() -> Path:
    """The message as bytes in a file."""
    BUILD.mkdir(parents=True, exist_ok=True)
    file = BUILD / "payload.msgpack"
    file.write_bytes(payload())
    return file


FLOOR = Variant("floor_c", lambda: [program("floor"), payload_file()])
STARLETTE = Variant("starlette_loop", _python("starlette_loop"))
OTHERS = (
    FLOOR,
    Variant("websockets_broadcast", _python("websockets_broadcast")),
    STARLETTE,
    Variant("python_socketio", _python_socketio, _socket_io, True, Words(0, (b'42["question"',))),
    Variant("node_socketio", node.command, _socket_io, True, Words(0, (b'42["question"',))),
)
"""All but ours, which needs a battle and seats: see hall.py."""
