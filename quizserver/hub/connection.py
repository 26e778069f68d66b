"""One socket as the hub sees it: where to write, who it is, what it has. It reads nothing and waits for nothing."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from quizserver.battle.ids import ScorekeeperId, SeatId, TeamId, VenueId
from quizserver.hub.credits import Credits
from quizserver.hub.outbox import KEEP
from quizserver.hub.round_trips import RoundTrips
from quizserver.services.battles import LiveBattle
from quizserver.wire.allowed import Role
from quizserver.wire.closing import Closing
from quizserver.wire.codec import Encoding, encoded
from quizserver.wire.framing import framed
from quizserver.wire.to_client import ToClient

if TYPE_CHECKING:
    from quizserver.hub.rooms import Room


class Line(Protocol):
    """The way to a peer while nothing waits for it."""

    def send(self, frame: bytes, /) -> int:
        """Takes what there is room for, at once, and says how many bytes. Raises OSError where there is none."""


class Outlet(Protocol):
    """The transport's side. Neither method waits, and neither fails because the client is gone."""

    def write(self, frame: bytes, lane: str) -> None:
        """Sends a whole WebSocket frame, or what its line did not take of it, in this order, as its lane in `outbox` says."""

    def close(self, closing: Closing) -> None:
        """Ends the connection once what waits has been sent. Later writes are lost."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is by the record of a token. `live` is None for a host while there is no battle. `key`: the hash of a desk's or
    screen's token, by which it is the same one when it comes back. `referee`: a host, who sees all marks, at a venue's desk."""

    role: Role
    live: LiveBattle | None = None
    team: TeamId | None = None
    seat: SeatId | None = None
    venue: VenueId | None = None
    key: str = ""
    referee: bool = False


GUEST = Identity(Role.GUEST)
NOBODY = ScorekeeperId("")


@dataclass(slots=True, eq=False)
class Connection:
    """`is_open`: strangers on the way can read what it says. `at`: the room version it was sent last. `busy`: who it is is being
    found out. `sheet`: the (venue, scope) it looks at. `sits`: the scorekeeper at this desk, "" while nobody has said.

    `came_ms`: the store's time of the look between its coming and its welcome, 0 where there was none; `is_untold`: other servers
    have yet to hear of that.
    `line`: takes frames before the outlet does; None while something waits for this peer, or nothing may be sent any more. Outlets
    that have such a way set it.
    `trips`: how long its line is; None where nobody needs to know.
    `own`: hashes of the ids of its latest answers, of which it hears by their acks and needs to hear no second time."""

    outlet: Outlet
    encoding: Encoding
    address: str
    credits: Credits
    room: "Room | None" = None  # the next four beside each other: a broadcast reads them of everybody
    at: int = 0
    line: Line | None = None
    closed: bool = False
    is_open: bool = False
    identity: Identity = GUEST
    greeted: bool = False
    busy: bool = False
    strikes: int = 0
    floods: int = 0
    own: tuple[int, ...] = ()
    came_ms: int = 0
    is_untold: bool = False
    trips: RoundTrips | None = None
    sheet: tuple[VenueId, str] | None = None
    sits: ScorekeeperId = NOBODY
    pairing: str = ""
    timer: asyncio.TimerHandle | None = field(default=None, repr=False)

    @property
    def role(self) -> Role:
        """What it may do."""
        return self.identity.role

    @property
    def reader(self) -> ScorekeeperId | None:
        """For whom cells are drawn: the scorekeeper who sits there; None for a host, who sees all."""
        return self.sits if self.role is Role.DESK and not self.identity.referee else None

    def say(self, message: ToClient, lane: str = KEEP) -> None:
        """Writes a message that is for this connection alone."""
        self.write(framed(self.encoding, encoded(self.encoding, message.plain())), lane)

    def write(self, frame: bytes, lane: str) -> None:
        """Writes a frame that was encoded for many."""
        if self.line is None:
            if not self.closed:
                self.outlet.write(frame, lane)
            return
        try:
            sent = self.line.send(frame)
        except OSError:
            sent = 0
        if sent != len(frame):
            self.outlet.write(frame[sent:], lane)

    def close(self, closing: Closing) -> None:
        """Says goodbye, once."""
        if not self.closed:
            self.end()
            self.outlet.close(closing)

    def end(self) -> None:
        """Nothing is written to it any more."""
        self.closed, self.line = True, None
