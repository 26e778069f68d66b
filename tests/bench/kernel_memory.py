"""What the kernel keeps for a server's connections, as the kernel itself says (sock_diag, what `ss -m` prints)."""

import socket
import struct
from collections.abc import Iterator

SOCK_DIAG, BY_FAMILY, DUMP = 4, 20, 0x301
DONE, FAILED = 3, 2
MEMORY = 7  # the attribute with a socket's memory
ESTABLISHED = 1 << 1
HEADER, MESSAGE = 16, 72  # bytes of netlink's header, and of a socket's description before its attributes
RECEIVED, RESERVED, QUEUED = 0, 4, 5  # places among the numbers of that attribute, all in bytes


def tcp_kb(port: int) -> float:
    """Of all connections that have this port at this end: what came, what waits, what is reserved for more."""
    return sum(sizes[RECEIVED] + sizes[RESERVED] + sizes[QUEUED] for sizes in _sizes(port)) / 1024


def _sizes(port: int) -> Iterator[tuple[int, ...]]:
    described = struct.pack("!HH32s", port, 0, bytes(32)) + struct.pack("=IQ", 0, 0xFFFFFFFFFFFFFFFF)
    asked = struct.pack("=BBBBI", socket.AF_INET, socket.IPPROTO_TCP, 1 << (MEMORY - 1), 0, ESTABLISHED) + described
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, SOCK_DIAG) as netlink:
        netlink.send(struct.pack("=IHHII", HEADER + len(asked), BY_FAMILY, DUMP, 1, 0) + asked)
        while True:
            for kind, message in _messages(netlink.recv(1 << 18)):
                if kind in (DONE, FAILED):
                    return
                yield from _memory(message[MESSAGE:])


def _messages(raw: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(raw):
        length, kind = struct.unpack_from("=IH", raw, at)
        yield kind, raw[at + HEADER : at + length]
        at += length + 3 & ~3


def _memory(attributes: bytes) -> Iterator[tuple[int, ...]]:
    at = 0
    while at + 4 <= len(attributes):
        length, kind = struct.unpack_from("=HH", attributes, at)
        if kind == MEMORY:
            yield struct.unpack_from(f"={(length - 4) // 4}I", attributes, at + 4)
        at += max(length, 4) + 3 & ~3
