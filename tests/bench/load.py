"""The load client as the benchmark drives it. What it can do stands on top of native/client.c."""

import struct
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from tests.bench import machine
from tests.bench.child import Child, Reply
from tests.bench.compiled import program

PATIENCE_MS = 20_000
COMING_MS = 600_000  # for all to connect: python-socketio takes the longer for one the more there are
FLYING = 256  # handshakes under way at a time: a hall's worth, and less than any server's backlog
MS = 1_000_000


@dataclass(frozen=True)
class Words:
    """What is heard: messages that hold one of `either` at this place."""

    at: int
    either: tuple[bytes, ...]

    def __str__(self) -> str:
        return f"{self.at} {','.join(each.hex() for each in self.either)}"


def message_of(*kinds: str) -> Words:
    """Messages of ours, in msgpack: a map whose first key is `t`."""
    return Words(1, tuple(b"\xa1t" + bytes([0xA0 | len(kind)]) + kind.encode() for kind in kinds))


@dataclass(frozen=True)
class Heard:
    """What became of a round. Times in ms: `hear` since the trigger, `say` since each said it. `busy_s`: the client's own work."""

    missing: int
    repeated: int
    p50_ms: float
    p99_ms: float
    max_ms: float
    took_s: float
    busy_s: float

    @property
    def complete(self) -> bool:
        """Each heard once."""
        return self.missing == 0 and self.repeated == 0


def upgrade_request(port: int, path: str, protocol: str = "") -> bytes:
    """What a phone's browser sends, as far as a server may look at it."""
    spoken = f"Sec-WebSocket-Protocol: {protocol}\r\n" if protocol else ""
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nPragma: no-cache\r\nCache-Control: no-cache\r\n"
        "User-Agent: Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36\r\n"
        f"Upgrade: websocket\r\nOrigin: http://127.0.0.1:{port}\r\nSec-WebSocket-Version: 13\r\nAccept-Encoding: gzip, deflate\r\n"
        f"Accept-Language: ru,en;q=0.9\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n{spoken}\r\n"
    ).encode()


class LoadClient(Child):
    """Connections are known by number."""

    def __init__(self, port: int, request: bytes) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="bench-client-")
        super().__init__([program("client")], machine.CLIENT_CORE)
        self._file("request").write_bytes(request)
        self.ask(f"target {port} {self._file('request')}")

    def connect(self, start: int, end: int, flying: int = FLYING) -> Heard:
        """Opens connections as fast as the server takes them."""
        return _heard(self.ask(f"connect {start} {end} {flying} {COMING_MS}"), "opened")

    def arrive(self, start: int, end: int, flying: int = FLYING) -> Heard:
        """The same, and each says what `words` gave it at once, and has arrived when it has heard what is wanted."""
        return _heard(self.ask(f"connect {start} {end} {flying} {COMING_MS} hello"))

    def words(self, messages: Sequence[bytes], kind: str = "binary") -> None:
        """What each says next: one for all, or one for each number from 0 on."""
        self._file("words").write_bytes(b"".join(struct.pack("<I", len(each)) + each for each in messages))
        self.ask(f"words {kind} {self._file('words')}")

    def want(self, words: Words) -> None:
        """What counts as heard from now on."""
        self.ask(f"want {words}")

    def say(self, start: int, end: int, over_ms: int = 0, flying: int = 0, meanwhile: Callable[[], object] = lambda: None) -> Heard:
        """Each says its words and waits until it hears what is wanted. `meanwhile` is called once they have begun."""
        self.tell(f"say {start} {end} {flying} {PATIENCE_MS + over_ms} {over_ms}")
        self.hear_until("armed")
        meanwhile()
        return _heard(self.reply())

    def hears(self, start: int, end: int, trigger: Callable[[], int], patience_ms: int = PATIENCE_MS) -> Heard:
        """Waits until each has heard what is wanted. `trigger` makes it happen and returns the moment from which times count."""
        self.tell(f"hear {start} {end} {patience_ms}")
        self.hear_until("armed")
        since_ns = trigger()
        return _heard(self.reply(), since_ns=since_ns)

    def keep(self, words: Words) -> None:
        """Each remembers its last message of this kind."""
        self.ask(f"keep {words}")

    def kept(self) -> list[bytes]:
        """What each remembers."""
        self.ask(f"kept {self._file('kept')}")
        return list(_messages(self._file("kept").read_bytes()))

    def totals(self) -> Reply:
        """Data messages that came, and connections that are open or were lost, since `forget`."""
        return self.ask("totals")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        super().__exit__(kind, error, trace)
        self._folder.cleanup()

    def _file(self, name: str) -> Path:
        return Path(self._folder.name, name)


def _heard(reply: Reply, counted: str = "heard", since_ns: int = 0) -> Heard:
    missing = reply["heard"] + reply["missing"] - reply[counted]
    p50, p99, most = ((reply[each] - since_ns) / MS if reply["heard"] else 0.0 for each in ("p50_ns", "p99_ns", "max_ns"))
    ended_ns = reply["last_ns"] if reply["heard"] else reply["ended_ns"]
    took_s = (ended_ns - reply["began_ns"]) / 1e9
    return Heard(missing, reply["repeated"], p50, p99, most, took_s, reply["busy_ns"] / 1e9)


def _messages(raw: bytes) -> Iterable[bytes]:
    at = 0
    while at < len(raw):
        (length,) = struct.unpack_from("<I", raw, at)
        yield raw[at + 4 : at + 4 + length]
        at += 4 + length
