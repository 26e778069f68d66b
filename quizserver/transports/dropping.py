"""The end of a connection without a goodbye, which could not be read by whoever reads nothing."""

import asyncio
import socket
import struct
from contextlib import suppress

NO_LINGER = struct.pack("ii", 1, 0)  # the kernel forgets what waits, and the peer hears of it at once


def drop(transport: asyncio.Transport) -> None:
    """Resets the connection, and all that waits for it is lost. One that is closing already is let go all the same."""
    with suppress(OSError, AttributeError):
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
    transport.abort()
