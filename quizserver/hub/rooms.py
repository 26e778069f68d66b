"""A room: everybody of one role (and venue) in one battle, and the one way in which something is said to all of them.

What is said is written for some milliseconds at a stretch, so that an ack need not wait for ten thousand questions; what is said
next waits its turn, so that everybody hears all in one order.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from time import perf_counter

from quizserver.hub.connection import Connection
from quizserver.hub.frames import Frame
from quizserver.hub.outbox import FRESH, ROOM
from quizserver.hub.stream import Link, Stream
from quizserver.wire.codec import Encoding
from quizserver.wire.from_client import Resume

AT_A_STRETCH = 125  # which the kernel takes some 1.5 ms to send; an ack needs three or four turns of the loop
STRETCH_S = 0.006  # of results, each of which is encoded, fewer
BETWEEN_LOOKS = 16  # at the clock
log = logging.getLogger("quizserver")

Write = Callable[[Connection], None]
Tell = Callable[[Iterable[Connection]], None]


@dataclass(slots=True)
class _Saying:
    """What `tell` says to all of them. After an error it is called again for those who come after."""

    hearers: Iterator[Connection]
    left: int
    tell: Tell


class Room:
    """Members and their stream. Every member has been sent the stream up to its own `at`."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.members: dict[Connection, None] = {}
        self._roll: tuple[Connection, ...] | None = None
        self._sayings: deque[_Saying] = deque()
        self._task: asyncio.Task[None] | None = None
        self._said = 0

    def enter(self, who: Connection, resume: Resume | None) -> None:
        """Sends what `who` lacks: nothing, the patches it missed, or the snapshot."""
        self.members[who] = self._roll = None
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
        self._roll = who.room = None

    def tell(self, frame: Frame, lane: str) -> None:
        """Something beside the stream, the same for all."""
        self.say(lambda who: who.write(frame.in_(who.encoding), lane))

    def follow(self, link: Link, frame_for: Callable[[Connection], bytes] | None = None) -> None:
        """The next range of the stream, to all who have the one before. `frame_for`: what carries it instead of its own frame."""
        before, after, packed = link.message.from_, link.message.to, Encoding.MSGPACK
        shared = b"" if frame_for else link.frame.in_(packed)

        def tell(hearers: Iterable[Connection]) -> None:
            for who in hearers:
                if who.at == before and who.room is self:
                    who.at = after
                    if frame_for is None:
                        who.write(shared if who.encoding is packed else link.frame.in_(who.encoding), ROOM)
                    elif not who.closed:
                        who.write(frame_for(who), ROOM)

        self._say(tell)

    def begin_anew(self, stream: Stream) -> None:
        """Another past: everybody gets the whole view."""
        self.stream = stream
        self.say(self.show)

    def say(self, write: Write) -> None:
        """Calls `write` for every member, the first stretch of them now. Everybody is first once in a while."""

        def tell(hearers: Iterable[Connection]) -> None:
            for who in hearers:
                if who.room is self:
                    write(who)

        self._say(tell)

    def _say(self, tell: Tell) -> None:
        self._said += 1
        if self._roll is None:  # whoever hears something is touched once for it, not once more to be counted
            self._roll = tuple(self.members)
        start = self._said * AT_A_STRETCH % max(1, len(self._roll))
        hearers = chain(islice(self._roll, start, None), islice(self._roll, start))
        self._sayings.append(_Saying(hearers, len(self._roll), tell))
        if self._task is None and self._stretch():
            self._task = asyncio.create_task(self._go_on(), name="say to a room")

    def _stretch(self) -> bool:
        """Writes at most one stretch; True if something is left to say."""
        left, until = AT_A_STRETCH, perf_counter() + STRETCH_S
        while self._sayings and left:
            saying = self._sayings[0]
            some = min(BETWEEN_LOOKS, left, saying.left)
            _tell(saying.tell, islice(saying.hearers, some))
            saying.left -= some
            left = left - some if perf_counter() <= until else 0
            if not saying.left:
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


def _tell(tell: Tell, hearers: Iterator[Connection]) -> None:
    """A bug about one of them is no reason for the others to hear nothing."""
    while True:
        try:
            tell(hearers)
            return
        except Exception:
            log.exception("somebody could not be told what the room was told")
