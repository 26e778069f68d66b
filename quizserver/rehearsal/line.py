"""The narrow way in which players, scorekeepers and the host of a rehearsal speak to a server, whatever is behind it.

Views and rows are the plain maps of battle/views, as pages get them. A refusal is returned, never raised; a server that does not
speak at all raises NoReply, and so everything here ends.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

View = Mapping[str, Any]
Operations = Sequence[Mapping[str, Any]]


class NoReply(Exception):
    """The server did not answer in time, or closed the connection for good. One sentence."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not, as the server's stable word."""

    code: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A device has joined. `code` seats the next device of the team."""

    team: str
    code: str


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as a device sends it, the same again at each repeat. `seen`: the revision it showed at the tap."""

    id: str
    question: str
    opening: int
    value: str | list[str]
    seen: int = 0
    held: bool = False


@dataclass(frozen=True, slots=True)
class Ack:
    """What became of an answer. `verdict` "recorded" is the only one that saves it."""

    id: str
    verdict: str
    revision: int

    @property
    def saved(self) -> bool:
        return self.verdict == "recorded"


class Changes(Protocol):
    """Something that one waits for."""

    async def changed(self) -> None:
        """Returns at the next change; never misses one that comes after this call."""


class Follows(Changes, Protocol):
    """Somebody who is shown a view. `on_change` is called after each change of view or own document, in the order of changes."""

    on_change: Callable[[], None]

    @property
    def view(self) -> View:
        """The latest; {} before the first."""

    def now_ms(self) -> int:
        """Battle time as this device knows it."""

    async def leave(self) -> None:
        """Goes home; allowed at any time, twice too."""


class Device(Follows, Protocol):
    """A phone."""

    @property
    def mine(self) -> View:
        """The team's own document; {} before the first."""

    async def join(self, name: str) -> Seat | Refusal:
        """A new team."""

    async def take_seat(self, code: str) -> Seat | Refusal:
        """A further device of a team."""

    async def answer(self, said: Said) -> Ack:
        """Sends and waits for the ack."""

    async def send_only(self, said: Said) -> None:
        """Sends and does not care for the ack: the connection will be lost at once."""

    async def drop(self) -> None:
        """Loses the connection without a word."""

    async def come_back(self) -> None:
        """Connects again with the token it has, perhaps to another process."""


class Typing(Follows, Protocol):
    """A scorekeeper's device at one venue, as a scorekeeper uses it."""

    async def collected(self, scope: str) -> Refusal | None:
        """No team here can write any more."""

    async def sit(self, scorekeeper: str, name: str, venue: str) -> Refusal | None:
        """Says who sits at this desk; may be repeated."""

    async def marks(self, operations: Operations) -> Refusal | Sequence[str]:
        """Enters marks; may be repeated. Names of those that came after their gate."""

    async def sheets(self, scope: str) -> list[View]:
        """All rows of the venue's sheets: `team`, `name`, `cells`."""


class Desk(Typing, Protocol):
    """The same with what its network does to it."""

    async def evening(self) -> list[View]:
        """The rounds in which this venue has sheets, also those to come, each with its key: sealed until it was collected."""

    async def marks_torn(self, operations: Operations) -> None:
        """Loses the connection in the middle of the message."""

    async def marks_unheard(self, operations: Operations) -> None:
        """All of it arrives, and the connection is lost before the answer is heard."""

    async def drop(self) -> None:
        """Loses the connection without a word."""

    async def come_back(self) -> None:
        """Connects again with what it has, perhaps to another process."""


class Host(Follows, Protocol):
    """The console."""

    async def press(self, command: str, step: int | None = None, **args: Any) -> View | Refusal:
        """One command of the battle by its name; what it tells in return ({} mostly)."""

    async def sit(self, scorekeeper: str, name: str, venue: str) -> Refusal | None:
        """Says who marks at a venue for the host; may be repeated."""

    async def marks(self, operations: Operations) -> Refusal | Sequence[str]:
        """Marks of the host's own hand: settlements."""

    async def late(self) -> list[View]:
        """Late sheets that wait, as far as one looks at a time, each with all that a verdict needs."""

    async def bring(self, venue: str, file: bytes) -> View | Refusal:
        """Drops a desk's file on its venue's card: what was `entered`, `collected`, `not_collected`, and `rows` of the refused."""

    async def sheets(self, venue: str, scope: str) -> list[View]:
        """All rows of a venue's sheets."""

    async def standing(self) -> list[View]:
        """All rows of the standing."""

    async def export(self) -> list[bytes]:
        """The lines of the evening's file."""


class Lines(Protocol):
    """A server with a battle in its lobby, made for this rehearsal."""

    async def device(self) -> Device:
        """A phone that has opened the page and not joined yet."""

    async def desk(self, venue: str, key: str) -> Desk: ...

    async def host(self) -> Host: ...
