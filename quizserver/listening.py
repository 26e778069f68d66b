"""Takes the port, before anything else is started: a port that is taken must cost nobody a moment or a file."""

import errno
import socket

from quizserver.settings import CannotStart

BACKLOG = 2048  # a hall's phones connect within the same second
NOT_SENT = 16 * 1024  # bytes that a connection's kernel takes beyond what is on its way
SEND_BUFFER = 64 * 1024  # where that cannot be said: bytes in all
SILENT_S = 6  # our pages say something every five seconds; of whoever is silent for longer our kernel asks its kernel
ASKED = 3  # times, a second apart; who has confirmed none of them is gone: known within ten seconds, though it never said goodbye


def bound(host: str, port: int, command: str) -> socket.socket:
    """A bound TCP socket that does not listen yet. `command`: how this server was called, for the advice."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    # A restart within a minute must find its port free although old connections still fade out on it.
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    _keep_kernels_short(sock)
    _let_kernels_ask(sock)
    try:
        sock.bind((host, port))
    except OSError as fault:
        sock.close()
        raise CannotStart(_advice(fault, host, port, command)) from fault
    return sock


def _keep_kernels_short(sock: socket.socket) -> None:
    """What a peer does not take stays with us, where old states can be dropped; the kernel alone would hide megabytes of them.

    Set on the listener, since connections inherit it.
    """
    if hasattr(socket, "TCP_NOTSENT_LOWAT"):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, NOT_SENT)
    else:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)


def _let_kernels_ask(sock: socket.socket) -> None:
    """A device that lost its network ends no connection: nobody hears of it but by asking. Kernels ask and answer by themselves,
    which wakes neither us nor a page that sleeps. Where they cannot, `Watch` alone asks, and takes longer.

    Not TCP_USER_TIMEOUT, which also ends who reads slowly. Set on the listener, since connections inherit it.
    """
    if hasattr(socket, "TCP_KEEPIDLE"):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, SILENT_S)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, ASKED)


def _advice(fault: OSError, host: str, port: int, command: str) -> str:
    match fault.errno:
        case errno.EADDRINUSE:
            return f"Port {port} is taken by another program: start with `{command} run --port {port + 1}`."
        case errno.EACCES:
            return f"Port {port} is for administrators only: start with `{command} run --port 8000`."
        case errno.EADDRNOTAVAIL | socket.EAI_NONAME:
            return f"{host} is no address of this machine: start with `{command} run --host 0.0.0.0`."
        case _:
            return f"Cannot listen on {host} port {port}: {fault.strerror}. Try `{command} run --port {port + 1}`."
