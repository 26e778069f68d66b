"""Whether a peer takes anything. Only its own kernel knows, and tells ours by acknowledging bytes."""

import socket
import sys
from contextlib import suppress
from typing import Any

BYTES_ACKED = slice(120, 128)  # of Linux' struct tcp_info; the kernel has it since 4.1
KNOWS_ACKS = sys.platform == "linux"


def progress(transport: Any) -> int:
    """A number that changes with every byte the peer takes. Elsewhere than on Linux: that it has taken from our own buffer."""
    if KNOWS_ACKS:
        with suppress(OSError):  # it is being closed
            info = transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, BYTES_ACKED.stop)
            return int.from_bytes(info[BYTES_ACKED], sys.byteorder)
    size: int = transport.get_write_buffer_size()
    return -size
