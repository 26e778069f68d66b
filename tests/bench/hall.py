"""A hall that plays on our server: the real process with its real Redis, teams with a seat each, and a host's console."""

import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgpack  # type: ignore[import-untyped]

from quizserver.wire.codec import Encoding, encoded
from tests.bench import machine
from tests.bench.host import Host
from tests.bench.load import FLYING, Heard, LoadClient, message_of, upgrade_request
from tests.bench.variants import Server
from tests.support.server import free_port

AT_A_TIME = 200  # handshakes before their hellos: nobody waits for them longer than a server waits for a hello
LONG_S = 3600


class OurServer(Server):
    """With the driver of servers/ours.py."""

    host_key = ""

    def __init__(self, folder: Path, exact_memory: bool = False) -> None:
        """`exact_memory`: `allocated` knows every byte, and all is a little slower."""
        self._folder = folder
        options = ["--host", "127.0.0.1", "--port", str(free_port()), "--data", str(folder / "data")]
        env = {"PYTHONMALLOC": "malloc"} if exact_memory else {}
        super().__init__([sys.executable, "-m", "tests.bench.servers.ours", "run", *options], env)

    def __enter__(self) -> "OurServer":
        _, port, self.host_key = self.hear_until("ready")
        self.port = int(port)
        machine.move_children(self.process.pid, machine.CLIENT_CORE)
        return self

    def begin(self, questions: int, seconds: int) -> str:
        """A new battle; its id."""
        battle: str = self.ask(f"battle {questions} {seconds}")["battle"]
        return battle

    def seat(self, start: int, end: int) -> list[str]:
        """Teams with these numbers; their tokens."""
        file = self._folder / "tokens"
        self.ask(f"seat {start} {end} {file}")
        return file.read_text().split()

    def broadcast(self, size: int | None = None) -> int:
        now_ns = time.monotonic_ns()
        self.tell("broadcast" if size is None else f"broadcast {size}")
        return now_ns

    def private_kb(self) -> int:
        """After everything that nobody uses was given back."""
        self.ask("tidy")
        return super().private_kb()

    def allocated_kb(self) -> float:
        """In use, to the byte."""
        return float(self.ask("allocated")["bytes"]) / 1024


@dataclass
class Hall:
    """`size` teams have seats; `client` holds their devices, which have not come yet."""

    server: OurServer
    client: LoadClient
    battle: str
    tokens: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.tokens)

    def hellos(self, resumes: list[dict[str, Any]] | None = None) -> None:
        """The next words of all devices: who they are, and what they still have."""
        has = resumes or [{}] * self.size
        self.client.words([_message("hello", v=1, token=token, **one) for token, one in zip(self.tokens, has, strict=True)])

    def everybody_comes(self) -> float:
        """All devices connect and are told their room and their own document; handshakes a second, without what is told."""
        self.hellos()
        self.client.want(message_of("mine"))
        took_s = 0.0
        for start in range(0, self.size, AT_A_TIME):
            end = min(start + AT_A_TIME, self.size)
            came = self.client.connect(start, end)
            took_s += came.took_s
            told = self.client.say(start, end, flying=FLYING)
            if came.missing or told.missing:
                raise machine.CannotMeasure(f"Of {end - start} devices {came.missing + told.missing} did not get in to our server.")
        return self.size / took_s

    def host(self) -> Host:
        """A console of this battle."""
        return Host(self.server.port, self.server.host_key, self.battle)

    def answers(self, question: str, opening: int) -> None:
        """The next words of all devices: an answer each."""
        value = f"{question}-b"
        said = {"question": question, "opening": opening, "value": value, "seen": 0, "held": False}
        self.client.words([_message("answer", id=secrets.token_hex(16), **said) for _ in self.tokens])
        self.client.want(message_of("ack"))

    def say(self, over_ms: int = 0) -> Heard:
        """Everybody says these words."""
        return self.client.say(0, self.size, over_ms)

    def resumes(self, room: int, epoch: int) -> list[dict[str, Any]]:
        """What each device still has: the room's version, and the revision of the document that the client kept."""
        mine = [msgpack.unpackb(each)["revision"] for each in self.client.kept()[: self.size]]
        return [{"resume": {"battle": self.battle, "epoch": epoch, "room": room, "mine": revision}} for revision in mine]


@contextmanager
def hall(size: int, questions: int = 1, seconds: int = LONG_S, exact_memory: bool = False) -> Iterator[Hall]:
    """A hall of so many teams, in the lobby of a battle of so many questions that are open for so long."""
    with tempfile.TemporaryDirectory(prefix="bench-hall-") as folder, OurServer(Path(folder), exact_memory) as server:
        request = upgrade_request(server.port, "/ws", Encoding.MSGPACK.value)
        with LoadClient(server.port, request) as client:
            found = Hall(server, client, server.begin(questions, seconds))
            found.tokens = server.seat(0, size)
            yield found


def _message(t: str, **rest: Any) -> bytes:
    return encoded(Encoding.MSGPACK, {"t": t, **rest})
