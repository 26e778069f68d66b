"""What the stores' callers see of Redis's troubles."""

import asyncio

import pytest

from quizserver.services.ports import StoreGone
from quizserver.stores.asking import store_gone

uvloop = pytest.importorskip("uvloop")


def test_writing_on_a_connection_that_uvloop_has_closed_is_a_store_that_is_gone() -> None:
    """On plain asyncio it is an OSError; redis-py lets both through."""

    async def write_too_late() -> None:
        listening = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0)
        async with listening:
            _, writer = await asyncio.open_connection(*listening.sockets[0].getsockname())
            writer.transport.abort()
            await asyncio.sleep(0.01)
            with store_gone():
                writer.writelines([b"PING\r\n"])

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner, pytest.raises(StoreGone):
        runner.run(write_too_late())


def test_any_other_runtime_error_is_a_bug_and_no_trouble_of_redis() -> None:
    with pytest.raises(RuntimeError, match="ours"), store_gone():
        raise RuntimeError("a fault of ours")
