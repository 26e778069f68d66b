"""Whether a peer takes anything, and whether it is there at all. Only its kernel knows, and tells ours by acknowledging bytes."""

import ctypes
import fcntl
import socket
import sys
import termios
from contextlib import suppress
from typing import Any

# Of Linux' struct tcp_info: how often the time until a packet is sent once more was doubled, that time in microseconds, how many
# packets are on their way, and milliseconds since one was sent.
BACKOFF, RTO_US, UNACKED, LAST_SENT_MS = slice(4, 5), slice(8, 12), slice(24, 28), slice(44, 48)
BYTES_ACKED, UNSENT = slice(120, 128), slice(144, 148)  # since Linux 4.1, and 4.6
GONE_MS = 8_500  # by then one packet was lost five times; who is silent and idle is asked by the kernel itself, see listening.py
KNOWS_ACKS = sys.platform == "linux"

# The loop's own sockets take no such question but on a duplicate, made and closed each time: five calls instead of one.
_getsockopt = ctypes.CDLL(None).getsockopt
_room = ctypes.create_string_buffer(UNSENT.stop)


def progress(transport: Any) -> int:
    """A number that changes with every byte the peer takes. Elsewhere than on Linux: that it has taken from our own buffer."""
    if info := _info(transport):
        return _number(info, BYTES_ACKED)
    size: int = transport.get_write_buffer_size()
    return -size


def waits(transport: Any) -> bool:
    """True where the kernel has something for the peer that is not confirmed. Elsewhere than on Linux nobody can tell."""
    count = bytearray(4)
    if KNOWS_ACKS:
        with suppress(OSError, ValueError):  # one that is closed has no number, or none that is open
            fcntl.ioctl(transport.get_extra_info("socket").fileno(), termios.TIOCOUTQ, count)
    return any(count)


def is_gone(transport: Any, takes_nothing_s: float) -> bool:
    """True where what is on its way was not confirmed for GONE_MS, or where the peer's kernel, though it is there, has had no
    room for anything for so long."""
    info = _info(transport)
    if _number(info, UNACKED) + _number(info, UNSENT) == 0:
        return False
    sent_ms = _number(info, LAST_SENT_MS)
    if _number(info, UNACKED):
        again_us = _number(info, RTO_US)  # doubled each time, so what it was at first and all the times before add up to it
        return sent_ms + (again_us - (again_us >> _number(info, BACKOFF))) / 1000 >= min(GONE_MS, 1000 * takes_nothing_s)
    return sent_ms >= 1000 * takes_nothing_s


def _info(transport: Any) -> bytes:
    """What the kernel says of the connection; nothing where it is being closed, or elsewhere than on Linux."""
    if not KNOWS_ACKS:
        return b""
    length = ctypes.c_uint32(UNSENT.stop)
    connection = transport.get_extra_info("socket").fileno()
    failed = _getsockopt(connection, socket.IPPROTO_TCP, socket.TCP_INFO, _room, ctypes.byref(length))
    return b"" if failed else _room.raw[: length.value]


def _number(info: bytes, where: slice) -> int:
    return int.from_bytes(info[where], sys.byteorder)
