"""What the server says: one class a message, known on the wire by its `t`. Fields that are None are left out.

What many receive is encoded once; a result is encoded once up to the part that is a team's own (`codec.open_ended`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, ClassVar

from quizserver.battle.refusals import Refused

Map = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToClient:
    """A message. A field `from_` is `from` on the wire, which Python keeps for itself."""

    t: ClassVar[str] = ""

    def plain(self) -> dict[str, Any]:
        """The map that goes on the wire."""
        plain: dict[str, Any] = {"t": self.t}
        for name, called in _names(type(self)):  # type: ignore[arg-type]  # a class is hashable, and mypy takes it for an instance
            value = getattr(self, name)
            if value is not None:
                plain[called] = value
        return plain


@cache
def _names(kind: type[ToClient]) -> Sequence[tuple[str, str]]:
    """Its fields, and what they are called on the wire."""
    return [(field.name, field.name.rstrip("_")) for field in fields(kind)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome(ToClient):
    """After hello, a join or a pairing: who you are. `now`: battle time in ms. Without `battle`: you are a guest."""

    t: ClassVar[str] = "welcome"
    role: str
    now: int
    battle: str | None = None
    epoch: int | None = None
    title: Any = None
    team: str | None = None
    seat: str | None = None
    venue: str | None = None
    token: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lobby(ToClient):
    """There is a battle under this PIN, and this is what one may know before joining it."""

    t: ClassVar[str] = "lobby"
    pin: str
    title: Any
    languages: Sequence[str]
    language: str
    locked: bool
    theme: Map


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(ToClient):
    """You have a seat. `token` is told once; `code` seats further devices of the team. A welcome follows."""

    t: ClassVar[str] = "joined"
    battle: str
    token: str
    team: str
    seat: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing(ToClient):
    """Show this code; a host confirms it. A new code replaces it after `lasts_s` seconds."""

    t: ClassVar[str] = "pairing"
    code: str
    lasts_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired(ToClient):
    """A host confirmed the code. `token` is told once. A welcome follows."""

    t: ClassVar[str] = "paired"
    battle: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot(ToClient):
    """The whole view of your room at ledger version `to`: forget what you had."""

    t: ClassVar[str] = "snapshot"
    epoch: int
    to: int
    view: Map


@dataclass(frozen=True, slots=True, kw_only=True)
class Room(ToClient):
    """A merge patch (RFC 7396) from version `from` to `to`. If `from` is not what you have, ask for a snapshot: come back anew."""

    t: ClassVar[str] = "room"
    epoch: int
    from_: int
    to: int
    patch: Map


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine(ToClient):
    """Your team's own document, whole. `revision` names its content; send it back in a resume."""

    t: ClassVar[str] = "mine"
    revision: str
    mine: Map


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(ToClient):
    """A reveal: the room's patch, the same for all, and your own document; one message so that both are shown at once."""

    t: ClassVar[str] = "result"
    room: Map
    mine: Map


@dataclass(frozen=True, slots=True, kw_only=True)
class Ack(ToClient):
    """What became of your answer, durably. `revision`: its own if it was recorded, else the team's latest. `code`: why it was
    `refused`. `receipt`, where it was recorded: proves that it was, to be shown where all else was lost."""

    t: ClassVar[str] = "ack"
    id: str
    verdict: str
    revision: int = 0
    late_ms: int | None = None
    code: str | None = None
    temporary: bool | None = None
    receipt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts(ToClient):
    """How many teams have answered. Absolute, unnumbered: a newer one replaces it. For screens and consoles.

    `fell`: for consoles, how answers to a question with options fall right now."""

    t: ClassVar[str] = "counts"
    question: str
    opening: int
    answered: int
    of: int
    fell: Map | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed(ToClient):
    """Answers to this question were in time and came after the seal: a host may admit them. For consoles."""

    t: ClassVar[str] = "missed"
    question: str
    opening: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(ToClient):
    """What became of your message `n`: `result` if there is something to tell, `refused` if not done."""

    t: ClassVar[str] = "done"
    n: int
    ok: bool
    result: Map | None = None
    refused: Map | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(ToClient):
    """The rows you asked for with `n`."""

    t: ClassVar[str] = "page"
    n: int
    page: Map


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells(ToClient):
    """Cells of a sheet that changed; each row a team with the cells to put in place of those you show."""

    t: ClassVar[str] = "cells"
    venue: str
    scope: str
    rows: Sequence[Map]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evening(ToClient):
    """For desks: teams, sheets or sealed keys of the evening are not what they were. Ask for the page of it when you have time."""

    t: ClassVar[str] = "evening"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock(ToClient):
    """Battle time in ms, and what you sent."""

    t: ClassVar[str] = "clock"
    sent: int
    now: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied(ToClient):
    """Your message of type `to` was not done. `code` is a stable word; `temporary`: the same may work later."""

    t: ClassVar[str] = "refused"
    to: str
    code: str
    detail: str = ""
    fault: str = "sender"
    temporary: bool = False


MESSAGES: Mapping[str, type[ToClient]] = {cls.t: cls for cls in ToClient.__subclasses__()}
"""Every `t` the server sends."""


def refusal(refused: Refused) -> dict[str, Any]:
    """Why not, as it stands in `done`."""
    return {"code": refused.code, "detail": refused.detail, "fault": refused.fault.value, "temporary": refused.temporary}


def denied(to: str, refused: Refused) -> Denied:
    """The same as an answer to a message that has no `n`."""
    return Denied(to=to, code=refused.code, detail=refused.detail, fault=refused.fault.value, temporary=refused.temporary)
