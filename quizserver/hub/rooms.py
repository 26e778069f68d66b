"""A room: everybody of one role (and venue) in one battle, and the one way in which something is said to all of them.

What is said is written for some milliseconds at a stretch, so that an ack need not wait for ten thousand questions; what is said
next waits its turn, so that everybody hears all in one order.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable
from time import perf_counter

from quizserver.hub.connection import Connection
from quizserver.hub.frames import Frame
from quizserver.hub.outbox import FRESH, ROOM
from quizserver.hub.stream import Link, Stream
from quizserver.wire.codec import Encoding
from quizserver.wire.from_client import Resume

AT_A_STRETCH = 125  # which the kernel takes some 1.5 ms to send; an ack needs three or four turns of the loop
STRETCH_S = 0.006  # of results, each of which is encoded, fewer
LOOK_AT_THE_CLOCK = 0xF  # now and then: what is left after every sixteenth
log = logging.getLogger("quizserver")

Write = Callable[[Connection], None]


class Room:
    """Members and their stream. Every member has been sent the stream up to its own `at`."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.members: dict[Connection, None] = {}
        self._sayings: deque[tuple[deque[Connection], Write]] = deque()
        self._task: asyncio.Task[None] | None = None
        self._said = 0

    def enter(self, who: Connection, resume: Resume | None) -> None:
        """Sends what `who` lacks: nothing, the patches it missed, or the snapshot."""
        self.members[who] = None
        who.room = self
        missed = self.stream.since(resume.epoch, resume.room) if resume else None
        if missed is None:
            self.show(who)
            return
        for frame in missed:
            who.write(frame.in_(who.encoding), ROOM)
        who.at = self.stream.version

    def show(self, who: Connection) -> None:
        """Sends the whole view."""
        who.write(self.stream.snapshot().in_(who.encoding), FRESH)
        who.at = self.stream.version

    def leave(self, who: Connection) -> None:
        """Forgets a member; what is still being said is no longer said to it."""
        self.members.pop(who, None)
        who.room = None

    def tell(self, frame: Frame, lane: str) -> None:
        """Something beside the stream, the same for all."""
        self.say(lambda who: who.write(frame.in_(who.encoding), lane))

    def follow(self, link: Link, frame_for: Callable[[Connection], bytes] | None = None) -> None:
        """The next range of the stream, to all who have the one before. `frame_for`: what carries it instead of its own frame."""
        before, after = link.message.from_, link.message.to
        shared = b"" if frame_for else link.frame.in_(Encoding.MSGPACK)

        def write(who: Connection) -> None:  # `Connection.write` spelled out: this is walked for everybody
            if who.at == before:
                who.at = after
                if who.closed:
                    return
                if frame_for:
                    frame = frame_for(who)
                else:
                    frame = shared if who.encoding is Encoding.MSGPACK else link.frame.in_(who.encoding)
                who.outlet.write(frame, ROOM)

        self.say(write)

    def begin_anew(self, stream: Stream) -> None:
        """Another past: everybody gets the whole view."""
        self.stream = stream
        self.say(self.show)

    def say(self, write: Write) -> None:
        """Calls `write` for every member, the first stretch of them now. Everybody is first once in a while."""
        self._said += 1
        self._sayings.append((deque(_from(list(self.members), self._said * AT_A_STRETCH)), write))
        if self._task is None and self._stretch():
            self._task = asyncio.create_task(self._go_on(), name="say to a room")

    def _stretch(self) -> bool:
        """Writes at most one stretch; True if something is left to say."""
        left, until = AT_A_STRETCH, perf_counter() + STRETCH_S
        while self._sayings and left:
            hearers, write = self._sayings[0]
            while hearers and left:
                who, left = hearers.popleft(), left - 1
                if who.room is self:
                    try:
                        write(who)
                    except Exception:  # a bug about one of them, which is no reason for the others to hear nothing
                        log.exception("a %s could not be told what its room was told", who.role.value)
                if not left & LOOK_AT_THE_CLOCK and perf_counter() > until:
                    left = 0
            if not hearers:
                self._sayings.popleft()
        return bool(self._sayings)

    async def _go_on(self) -> None:
        try:
            while True:
                await asyncio.sleep(0)
                if not self._stretch():
                    return
        finally:
            self._task = None


def _from(members: list[Connection], start: int) -> Iterable[Connection]:
    at = start % len(members) if members else 0
    return [*members[at:], *members[:at]]
