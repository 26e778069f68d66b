"""A connection's own socket, beside the loop's transport: while nothing waits, a frame is handed to the kernel by one call.

The loop would write it by `write`, with a queue of its own before it; `send` costs the kernel a sixth less, and the queue is not
needed where it is always empty.
"""

import asyncio
import socket
import sys


def line_of(transport: asyncio.Transport) -> socket.SocketType | None:
    """The bare socket, which closes the connection when it is forgotten: `detach` it before the transport closes it.

    None where bytes for the transport are not what its socket takes, or where the loop writes behind our back (Windows)."""
    if sys.platform == "win32" or transport.get_extra_info("sslcontext") is not None:
        return None
    theirs = transport.get_extra_info("socket")
    line = socket.SocketType(theirs.family, theirs.type, theirs.proto, theirs.fileno())
    line.setblocking(False)
    return line
