"""uvicorn's server, told to stop."""

import asyncio
from email.utils import parsedate_to_datetime
from time import time
from typing import Any

import pytest
import uvicorn

from quizserver.transports import serving
from quizserver.transports.serving import Server


async def nothing(scope: Any, receive: Any, send: Any) -> None:
    """An application that nobody asks."""


def server() -> Server:
    return Server(uvicorn.Config(nothing, lifespan="off", log_config=None))


async def test_a_server_that_is_told_to_stop_stops_at_once() -> None:
    ours = server()
    serving_ends = asyncio.create_task(ours.main_loop())
    await asyncio.sleep(0)
    assert not serving_ends.done()
    ours.stop()
    async with asyncio.timeout(serving.DATES_EVERY_S / 8):
        await serving_ends


async def test_the_date_of_replies_goes_with_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "DATES_EVERY_S", 0.01)
    ours = server()
    serving_ends = asyncio.create_task(ours.main_loop())
    await asyncio.sleep(0)
    ours.server_state.default_headers = []
    await asyncio.sleep(0.05)
    ours.stop()
    await serving_ends
    [(name, value)] = ours.server_state.default_headers
    assert name == b"date"
    assert abs(parsedate_to_datetime(value.decode()).timestamp() - time()) <= 2
