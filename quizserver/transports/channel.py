"""A connection after its handshake: a slotted protocol on the bare transport, between the loop and the hub.

Bytes in are parsed and handed over synchronously, frames out go straight to the transport; no task, no queue. What the peer does
not take waits in an outbox that is made when it is needed and holds the latest of everything; so does the parser in `lazy`.
"""

import asyncio
import secrets
from typing import Any

from quizserver.hub.outbox import GAP, Outbox
from quizserver.hub.round_trips import NONCE_BYTES
from quizserver.hub.session import Hub
from quizserver.transports import acked
from quizserver.transports.dropping import drop
from quizserver.transports.line import line_of
from quizserver.transports.parser import BINARY, PING, PONG, TEXT, Frame, Parser, answers, is_utf8, small_frames
from quizserver.transports.watch import Watch
from quizserver.wire import closing
from quizserver.wire.closing import Closing
from quizserver.wire.codec import LARGE_MESSAGE, Encoding

PING_FRAME = bytes((0x80 | PING, 0))
PONGS = "pong"
"""An outbox lane: of several pings to a peer that does not read only the last one is answered (RFC 6455, 5.5.3)."""


class Channel(asyncio.Protocol):
    """`everyone`: the server's own set of what it must shut down. `heard`: the watch's tick in which something came last."""

    __slots__ = (
        "_all",
        "_ending",
        "_hub",
        "_is_lazy",
        "_line",
        "_outbox",
        "_parser",
        "_paused",
        "_transport",
        "_watch",
        "_who",
        "heard",
    )

    def __init__(self, hub: Hub, watch: Watch, is_lazy: bool, transport: asyncio.Transport, everyone: set[Any]) -> None:
        self._hub, self._watch, self._is_lazy, self._transport, self._all = hub, watch, is_lazy, transport, everyone
        self._parser: Parser | None = None if is_lazy else Parser(LARGE_MESSAGE)
        self._outbox: Outbox | None = None
        self._line = line_of(transport)
        self._paused = False
        self._ending: Closing | None = None
        self.heard = watch.tick

    def begin(self, response: bytes, encoding: Encoding | None, address: str, is_open: bool = False) -> None:
        """Ends the handshake with this response; from here on the loop calls us. No encoding: it speaks none of ours.

        The loop's own buffer is empty or we are paused: what waits is the outbox's business, which knows what may be dropped."""
        self._transport.set_write_buffer_limits(high=0, low=0)
        self._transport.write(response)
        self._transport.set_protocol(self)
        self._watch.begin(self)
        self._all.add(self)
        self._who = self._hub.connected(self, encoding or Encoding.MSGPACK, address, is_open)
        if self._transport.get_write_buffer_size():
            self.pause_writing()
        else:
            self._way_is_free()
        if encoding is None:
            self._who.close(closing.OTHER_VERSION)

    # --- the loop's side ---

    def data_received(self, data: bytes) -> None:
        """Whole messages go to the hub at once, stamped with the time of this read."""
        self.heard = self._watch.tick
        stamp_ms = self._hub.now_ms()
        if self._parser is None:
            frames = small_frames(data)
            if frames is not None:
                if pongs := answers(frames):
                    self.write(pongs, PONGS)
                self._deliver(frames, stamp_ms)
                return
            self._parser = Parser(LARGE_MESSAGE)
        self._parse(self._parser, data, stamp_ms)

    def pause_writing(self) -> None:
        """The peer takes less than we have for it."""
        self._paused, self._who.line = True, None
        if self._outbox is None:
            self._outbox = Outbox()
        self._watch.suspect(self)

    def resume_writing(self) -> None:
        """It took all. Now what waited, the latest of it."""
        self._paused = False
        while not self._paused and self._outbox is not None:
            frame = self._outbox.take()
            if frame is GAP:
                self._hub.refill(self._who)
            elif isinstance(frame, bytes):
                self._transport.write(frame)
            else:
                self._outbox = None
                self._way_is_free()
                if self._ending is not None:
                    self._say_goodbye(self._ending)

    def connection_lost(self, exc: Exception | None) -> None:
        """The end, whoever wanted it."""
        self._who.end()
        if self._line is not None:
            self._line.detach()  # the loop closes the socket, whose number is another's then
        self._watch.end(self)
        self._all.discard(self)
        self._hub.lost(self._who)

    # --- the hub's side ---

    def write(self, frame: bytes, lane: str) -> None:
        """Sends a frame now, or as soon as the peer takes it; whoever lets too many replies wait is cut off."""
        if self._outbox is None:
            self._transport.write(frame)
        elif not self._outbox.put(frame, lane):
            self.reset()

    def close(self, ending: Closing) -> None:
        """Says goodbye once what waits has been sent."""
        self._ending = ending
        if self._outbox is None:
            self._say_goodbye(ending)

    # --- the watch's side ---

    @property
    def is_timed(self) -> bool:
        """True while somebody wants to know how long its line is."""
        return self._who.trips is not None

    @property
    def must_take(self) -> bool:
        """True while something waits for it."""
        return self._paused

    def ping(self) -> None:
        """Asks for a sign of life; where something waits, that is question enough. Who is timed must repeat what nobody could
        know before."""
        if self._paused:
            return
        trips = self._who.trips
        if trips is None:
            self._transport.write(PING_FRAME)
            return
        nonce = secrets.token_bytes(NONCE_BYTES)
        trips.asked(nonce, asyncio.get_running_loop().time())
        self._transport.write(bytes((0x80 | PING, NONCE_BYTES)) + nonce)

    def progress(self) -> int:
        """Changes whenever the peer takes something."""
        return acked.progress(self._transport)

    @property
    def waits(self) -> bool:
        """True while its kernel has not confirmed what ours has for it."""
        return acked.waits(self._transport)

    @property
    def is_gone(self) -> bool:
        """True where that lasts for too long."""
        return acked.is_gone(self._transport, self._hub.house.limits.takes_nothing_s)

    def reset(self) -> None:
        """Drops the connection and all that waits for it."""
        self._who.end()
        drop(self._transport)

    # --- the server's side ---

    def shutdown(self) -> None:
        """uvicorn stops. Everybody who reads has been said goodbye to before; the others are not waited for."""
        if self._paused:
            self.reset()
        else:
            self._close()

    # --- inside ---

    def _way_is_free(self) -> None:
        if not self._who.closed:
            self._who.line = self._line

    def _close(self) -> None:
        self._who.end()
        self._transport.close()

    def _parse(self, parser: Parser, data: bytes, stamp_ms: int) -> None:
        frames = parser.feed(data)
        if parser.ends:  # after its last messages, which may still be replied to
            self._deliver(frames, stamp_ms)
            self._transport.write(parser.to_send())
            self._close()
            self._watch.closes(self)
            return
        if answer := parser.to_send():
            self.write(answer, PONGS)
        self._deliver(frames, stamp_ms)
        if self._is_lazy and parser.is_clean:
            self._parser = None

    def _deliver(self, frames: list[Frame], stamp_ms: int) -> None:
        for opcode, payload in frames:
            if opcode == TEXT and not is_utf8(payload):
                self._hub.send_away(self._who, closing.MALFORMED)
                return
            if opcode in (TEXT, BINARY):
                self._hub.received(self._who, payload, stamp_ms)
            elif opcode == PONG and (trips := self._who.trips) is not None:
                trips.answered(payload, asyncio.get_running_loop().time())

    def _say_goodbye(self, ending: Closing) -> None:
        parser = self._parser = self._parser or Parser(LARGE_MESSAGE)
        parser.say_goodbye(ending.code, ending.reason)
        self._transport.write(parser.to_send())
        self._watch.closes(self)
