"""Everybody sees a question at one moment: 300 phones on lines of all lengths, each by its own estimate of battle time.

When each shows it is read on this machine's one clock. The goal holds for lines that are as long there as back; what a line costs
that is long in one direction alone, which no clock over a network can know, is printed beside it.
"""

import asyncio
import sys
from contextlib import AsyncExitStack
from random import Random
from statistics import mean, quantiles

import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from quizserver.wire.codec import Encoding
from tests.hub.stage import Stage, staged
from tests.support.battles import each_round
from tests.support.far_phones import FarPhone, Line, machine_ms
from tests.transports.sockets import served

PHONES = 300
AT_ONCE = 50  # that connect together
FIRST_LOOKS, LOOK_EVERY_S = 3, 0.5  # as in browser/link.js
LONGEST_MS, JITTER_MS, GOAL_MS = 200.0, 20.0, 30.0
PATIENCE_S = 30


def symmetric(lots: Random) -> Line:
    delay_ms = lots.uniform(0, LONGEST_MS)
    return Line(delay_ms, delay_ms, JITTER_MS)


def one_sided(lots: Random) -> Line:
    return Line(0, lots.uniform(0, LONGEST_MS), JITTER_MS)


async def arrived(stage: Stage, port: int, lines: list[Line], lots: Random, stack: AsyncExitStack) -> list[FarPhone]:
    """A phone at the end of each line, in a team of its own, with a clock that has had its first looks."""
    phones: list[FarPhone] = []
    for start in range(0, len(lines), AT_ONCE):
        address, protocols = f"ws://127.0.0.1:{port}/ws", [Subprotocol(Encoding.MSGPACK.value)]
        part = lines[start : start + AT_ONCE]
        made = (connect(address, subprotocols=protocols, compression=None, ping_interval=None, close_timeout=1) for _ in part)
        sockets = await asyncio.gather(*map(stack.enter_async_context, made))
        new = [FarPhone(socket, line, lots) for socket, line in zip(sockets, part, strict=True)]
        for at, phone in enumerate(new, start):
            stack.push_async_callback(phone.close)
            phone.say("hello", v=1)
            phone.say("join", pin=stage.pin, name=f"Team number {at}")
        await asyncio.gather(*(phone.joined.wait() for phone in new))
        phones += new
    for _ in range(FIRST_LOOKS):
        for phone in phones:
            phone.ask_for_the_time()
        await asyncio.sleep(LOOK_EVERY_S)  # as pages do
    return phones


async def skews_ms(line_of: object, seed: int) -> list[float]:
    """How much later than its moment each phone shows the first question, in milliseconds; earlier is negative."""
    lots = Random(seed)
    lines = [line_of(lots) for _ in range(PHONES)]  # type: ignore[operator]
    async with AsyncExitStack() as stack, asyncio.timeout(PATIENCE_S):
        stage = await stack.enter_async_context(staged(each_round("r1", "one"), pace=1, lead_ms=400))
        port = await stack.enter_async_context(served(stage))
        phones = await arrived(stage, port, lines, lots, stack)
        host = stage.host()
        await host.do("StartRound")
        await host.do("ShowQuestion")
        await asyncio.gather(*(phone.has_question.wait() for phone in phones))
        # battle time is cut to whole milliseconds, so on average half of one has passed
        ahead_ms = mean(stage.hub.now_ms() + 0.5 - machine_ms() for _ in range(1000))
        moment_ms = stage.live.known.shows_at_ms - ahead_ms
        return [phone.shows_at_ms() - moment_ms for phone in phones]


def published(what: str, skews: list[float], capsys: pytest.CaptureFixture[str]) -> float:
    """Prints and returns the 95th percentile of how far from the moment phones are, either way."""
    apart = sorted(map(abs, skews))
    p50, p95 = (quantiles(apart, n=100)[at - 1] for at in (50, 95))
    with capsys.disabled():
        sys.stdout.write(
            f"\n{what}: {len(skews)} phones show a question p50 {p50:.1f}, p95 {p95:.1f}, at most {apart[-1]:.1f} ms"
            f" from its moment (earliest {min(skews):+.1f}, latest {max(skews):+.1f})\n"
        )
    return p95


async def test_on_lines_as_long_there_as_back_everybody_sees_a_question_within_thirty_milliseconds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert published("0-200 ms each way", await skews_ms(symmetric, seed=7), capsys) <= GOAL_MS


async def test_what_a_line_costs_that_is_long_in_one_direction_is_published(capsys: pytest.CaptureFixture[str]) -> None:
    skews = await skews_ms(one_sided, seed=8)
    published("0-200 ms from the server alone", skews, capsys)
    assert max(map(abs, skews)) <= LONGEST_MS + JITTER_MS + GOAL_MS
