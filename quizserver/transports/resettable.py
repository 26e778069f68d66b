"""uvicorn's WebSocket protocol with three things ASGI has no words for: to reset a connection, to stamp what was read, and to leave
text as the bytes it came in.

Touches uvicorn's internals, so its version is pinned and tests/transports holds what is used here.
"""

import time
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from quizserver.transports.asgi import IS_TEXT, READ_AT, RESET
from quizserver.transports.dropping import drop


class ResettableProtocol(WebSocketsSansIOProtocol):
    """Give it to uvicorn as `ws`."""

    def handle_connect(self, event: Request) -> None:
        """The application's task has been made, but has not begun: it finds the extension."""
        super().handle_connect(event)
        scope: Any = getattr(self, "scope", None)
        if scope is not None:
            scope["extensions"][RESET] = self.reset

    def reset(self) -> None:
        """Drops the connection and all that waits for it."""
        drop(self.transport)

    def send_receive_event_to_app(self) -> None:
        """A whole message was read just now. Text stays bytes: what is not UTF-8 ends in a close code, not in a traceback."""
        data = b"".join(self.frames)
        self.frames = []
        if self.close_sent:
            return
        is_text = self.curr_msg_data_type == "text"
        event: Any = {"type": "websocket.receive", "bytes": data, IS_TEXT: is_text, READ_AT: time.monotonic()}
        self.queue.put_nowait(event)
        if not self.read_paused:
            self.read_paused = True
            self.transport.pause_reading()
