"""What a client of a fault game writes down, a line of JSON each: the only thing that the checker knows of it.

`at` is CLOCK_MONOTONIC in nanoseconds, one clock for all processes of the machine, so that what happened before what is known.
A frame is written as it was understood; `view` is a digest of what the client shows after it.
"""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any, Self

Plain = Mapping[str, Any]

KINDS = {
    "opened": "a socket was greeted: server, epoch, team, seat, venue; token and replaces: digests of tokens, where those rotate",
    "closed": "it ended: code, reason",
    "said": "a message went out: message (an answer, marks, a press), n or id in it",
    "ack": "an answer was acknowledged: id, verdict, revision, and code, late_ms where there are any",
    "done": "marks or a press were answered: n, ok, refused",
    "clock": "the server told its battle time: sent (as in what was said), now; what was said before that was read by then",
    "room": "a range or a snapshot: epoch, from (none: a snapshot), to, view",
    "mine": "a team's own document: revision, view, answers ({question: revision}), place, points",
    "standing": "rows of a standing as they were served: epoch, to, which, start, of, rows ([team, place, points])",
    "leak": "a frame or a page held a solution before its reveal: canary, t",
    "fault": "the nemesis did something, or undid it: fault, target, ended",
    "note": "anything else that a person may want to read",
}
"""Every `did`, and what stands beside it."""


@dataclass(frozen=True, slots=True)
class Line:
    """`who`: the client's name, the same over all its sockets. `role`: team, screen, desk, host, guest or rig."""

    at: int
    who: str
    role: str
    did: str
    about: Plain


def digest(view: Any) -> str:
    """Names a view by its content, whatever order its keys came in."""
    text = json.dumps(view, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def text_of(line: Line) -> str:
    """As it is written down; `dataclasses.asdict` would copy all of it first, and took a third of a game."""
    plain = {"at": line.at, "who": line.who, "role": line.role, "did": line.did, "about": line.about}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n"


class Book:
    """One client's history, a file of its own in the game's folder; what was written stays, also where the process dies."""

    def __init__(self, folder: Path, who: str, role: str) -> None:
        self._who, self._role = who, role
        self._file = (folder / f"{role}-{who}.jsonl").open("a", encoding="utf-8", buffering=1)

    def write(self, did: str, **about: Any) -> None:
        """Now."""
        assert did in KINDS, did
        self._file.write(text_of(Line(time.monotonic_ns(), self._who, self._role, did, about)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()


def read(folder: Path) -> Iterator[Line]:
    """All histories of a game, in the order of time. A last line that was cut off is passed over."""
    lines = []
    for file in sorted(folder.glob("*.jsonl")):
        for text in file.read_text(encoding="utf-8").splitlines():
            try:
                lines.append(Line(**json.loads(text)))
            except ValueError:
                continue
    return iter(sorted(lines, key=lambda line: line.at))
