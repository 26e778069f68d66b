"""A tab sleeps, as in a pocket: when it is looked at again it has all that came meanwhile, and its countdown has not stood still."""

import pytest

from quizserver.battle import commands as ask
from tests.js.player.conftest import Open
from tests.js.player.test_playing import OPEN, SESSION
from tests.support.page_states import Scene

pytestmark = pytest.mark.asyncio(loop_scope="session")

ASLEEP_MS, SOON_MS = 3_000, 1_000
LEFT = "parseInt(document.querySelector('[role=timer]').textContent)"
LOOKED_AT = "document.dispatchEvent(new Event('visibilitychange'))"


async def test_a_tab_that_slept_asks_at_once_and_counts_on_from_where_the_clock_is(opened: Open) -> None:
    page, hub = await opened(Scene("sleeping", OPEN))
    tab = await page.context.new_cdp_session(page)
    before_s, room = await page.evaluate(LEFT), await page.evaluate(f"{SESSION}.then((it) => it.version.room)")
    await tab.send("Page.setWebLifecycleState", {"state": "frozen"})
    await page.wait_for_timeout(100)
    hub.heard.clear()
    hub.evening.do(ask.LockLobby(locked=True))
    hub.tell()
    await page.wait_for_timeout(ASLEEP_MS)
    assert hub.heard == [], "it is not asleep"
    await tab.send("Page.setWebLifecycleState", {"state": "active"})
    await page.evaluate(LOOKED_AT)
    await page.wait_for_timeout(SOON_MS)
    assert "clock" in [said["t"] for said in hub.heard]
    assert await page.evaluate(f"{SESSION}.then((it) => it.version.room)") == room + 1
    assert await page.evaluate(LEFT) <= before_s - ASLEEP_MS / 1000
