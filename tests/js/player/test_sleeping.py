"""A tab sleeps, as in a pocket: when it is looked at again it has all that came meanwhile, and its countdown has not stood still."""

import asyncio

import pytest

from quizserver.battle import commands as ask
from tests.js.player.conftest import Open
from tests.js.player.test_playing import OPEN, SESSION
from tests.support.page_scenes import Scene

pytestmark = pytest.mark.asyncio(loop_scope="session")

FALLS_ASLEEP_MS, ASLEEP_MS, SOON_MS = 500, 3_000, 1_000
SLEEP = f"(() => {{ for (const end = performance.now() + {ASLEEP_MS}; performance.now() < end; ); }})()"  # no timer, no message
LEFT = "parseInt(document.querySelector('[role=timer]').textContent)"
LOOKED_AT = "document.dispatchEvent(new Event('visibilitychange'))"


async def test_a_tab_that_slept_asks_at_once_and_counts_on_from_where_the_clock_is(opened: Open) -> None:
    page, hub = await opened(Scene("sleeping", OPEN))
    before_s, room = await page.evaluate(LEFT), await page.evaluate(f"{SESSION}.then((it) => it.version.room)")
    asleep = asyncio.create_task(page.evaluate(SLEEP))
    await asyncio.sleep(FALLS_ASLEEP_MS / 1000)
    hub.heard.clear()
    hub.evening.do(ask.LockLobby(locked=True))
    hub.evening.wait(ASLEEP_MS)
    hub.tell()
    await asyncio.sleep((ASLEEP_MS - 2 * FALLS_ASLEEP_MS) / 1000)
    assert hub.heard == [] and not asleep.done(), "it is not asleep"
    await asleep
    await page.evaluate(LOOKED_AT)
    await page.wait_for_timeout(SOON_MS)
    assert "clock" in [said["t"] for said in hub.heard]
    assert await page.evaluate(f"{SESSION}.then((it) => it.version.room)") == room + 1
    assert await page.evaluate(LEFT) <= before_s - ASLEEP_MS / 1000
