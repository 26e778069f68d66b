"""What a network does to packets, done at one socket: a filter in front of it lets only some of what arrives through (Linux).

A packet that is filtered out was never here: it is not confirmed either, so the other side sends it again. Nobody needs rights for
this, and no other socket feels it.
"""

import ctypes
import socket
import struct
import sys

CAN_BE_LOST = sys.platform == "linux"
SO_ATTACH_FILTER, SO_DETACH_FILTER = 26, 27  # of asm-generic/socket.h
LOAD, JUMP_FROM, RETURN = 0x20, 0x35, 0x06  # classic BPF: a word; a jump where it is `k` at least; so many bytes of the packet
A_RANDOM_WORD = 0xFFFFF000 + 56  # SKF_AD_OFF + SKF_AD_RANDOM of linux/filter.h
ALL, NOTHING = 0xFFFFFFFF, 0


def lose(sock: socket.socket, share: float) -> None:
    """From now on so many of the packets that arrive are lost. Connections inherit it from the socket that listens."""
    least = int(share * 0xFFFFFFFF)
    _attach(sock, [(LOAD, 0, 0, A_RANDOM_WORD), (JUMP_FROM, 0, 1, least), (RETURN, 0, 0, ALL), (RETURN, 0, 0, NOTHING)])


def cut_off(sock: socket.socket) -> None:
    """Nothing arrives any more, and nobody is told: whoever stays quiet itself is half a connection."""
    _attach(sock, [(RETURN, 0, 0, NOTHING)])


def mend(sock: socket.socket) -> None:
    """All is well again."""
    sock.setsockopt(socket.SOL_SOCKET, SO_DETACH_FILTER, 0)


def _attach(sock: socket.socket, steps: list[tuple[int, int, int, int]]) -> None:
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", code, yes, no, k) for code, yes, no, k in steps))
    sock.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HL", len(steps), ctypes.addressof(code)))
