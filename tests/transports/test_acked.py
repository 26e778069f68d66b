"""What two real kernels know of a connection: what was taken, and what waits to be."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest

from quizserver.transports import acked

pytestmark = pytest.mark.skipif(not acked.KNOWS_ACKS, reason="no other kernel tells")


@dataclass
class Line:
    """Our end as a loop's transport, and the peer's."""

    ours: socket.socket
    peer: socket.socket

    def get_extra_info(self, name: str) -> Any:
        return {"socket": self.ours}[name]

    def get_write_buffer_size(self) -> int:
        return 7


@pytest.fixture
def line() -> Iterator[Line]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)
        ours = socket.create_connection(server.getsockname())
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16384)
        peer, _ = server.accept()
    with ours, peer:
        yield Line(ours, peer)


def soon(holds: Callable[[], bool]) -> bool:
    until_s = time.monotonic() + 10
    while not (held := holds()) and time.monotonic() < until_s:
        time.sleep(0.01)
    return held


def test_progress_is_what_the_peers_kernel_acknowledges(line: Line) -> None:
    before = acked.progress(line)
    line.ours.sendall(b"four")
    assert soon(lambda: acked.progress(line) - before == 4)


def test_what_the_peers_kernel_has_no_room_for_waits(line: Line) -> None:
    assert not acked.waits(line)
    line.ours.setblocking(False)
    with pytest.raises(BlockingIOError):
        while True:
            line.ours.send(bytes(65536))
    assert acked.waits(line)
    line.peer.setblocking(False)

    def takes_all() -> bool:
        with suppress(BlockingIOError):
            line.peer.recv(1 << 20)
        return not acked.waits(line)

    assert soon(takes_all)


def test_of_a_line_that_is_closed_nothing_is_known_but_what_our_own_buffer_holds(line: Line) -> None:
    line.ours.close()
    assert not acked.waits(line)
    assert not acked.is_gone(line, 10)
    assert acked.progress(line) == -7
