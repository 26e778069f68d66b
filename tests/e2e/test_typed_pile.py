"""A pile of sheets with their sums, typed at a desk of a real server, ten keys a second: each mark is confirmed within a second.

A part of the pile by default; `make pile` types all 54 sheets and says how long it took.
"""

import asyncio
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page

from tests.support.driving import drive
from tests.support.piles import Sheet, keys, pile
from tests.support.server import running
from tests.support.sockets import Device

TEAMS, QUESTIONS, NEAREST = 54, 12, 11
MOST_KEYS = 1_000
BETWEEN_KEYS_S = 0.1
CONFIRMED_WITHIN_MS = 1_000
TYPED = int(os.environ.get("SHEETS", "4"))

WATCH = """() => {
  const waits = new Map();
  const took = (window.took = []);
  const place = (cell) => cell && `${cell.parentElement.dataset.row}:${cell.dataset.column}`;
  const look = () => {
    for (const [at, since] of waits) {
      const [row, column] = at.split(":");
      const cell = document.querySelector(`tr[data-row='${row}'] td[data-column='${column}']`);
      if (!cell.textContent.trim() || cell.matches(".is-here, .is-sent, .is-cursor")) continue;
      took.push(performance.now() - since);
      waits.delete(at);
    }
  };
  addEventListener("keydown", ({ key, timeStamp }) => {
    const cell = document.querySelector("td.is-cursor");
    const ends = ["Tab", "Enter"].includes(key);
    const writes = cell?.matches(".number") ? cell.textContent.trim() && ends : "0123456789-?".includes(key);
    if (writes) waits.set(place(cell), timeStamp);
  }, true);
  const all = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(look).observe(document.querySelector("tbody"), all);
}"""


async def test_a_pile_is_typed_at_ten_keys_a_second_and_each_mark_is_confirmed_within_a_second(
    browser: Browser, tmp_path: Path
) -> None:
    sheets = pile(TEAMS, QUESTIONS, numbers=[NEAREST])
    assert sum(len(list(keys(sheet))) for sheet in sheets) <= MOST_KEYS
    with running(tmp_path) as server:
        host = Device(server.socket, server.host_key)
        venue, scope = await collected(host)
        key = (await host.do("AdmitStaff", role="desk", venue=venue))["token"]
        desk = await seated(browser, f"{server.url}/desk?lang=ru#{key}")
        await desk.evaluate(WATCH)
        began = time.monotonic()
        struck = await typed(desk, sheets[:TYPED])
        took_s = time.monotonic() - began
        await asyncio.sleep(CONFIRMED_WITHIN_MS / 1000)
        took = await desk.evaluate("window.took")
        assert len(took) == TYPED * (QUESTIONS + 1)
        half = sorted(took)[len(took) // 2]
        # The whole pile is typed on a quiet machine; a part of it beside other browsers, which keep both cores busy.
        assert (max(took) if TYPED == TEAMS else half) <= CONFIRMED_WITHIN_MS
        assert await entered(host, venue, scope) == [[*sheet.marks, sheet.total] for sheet in sheets[:TYPED]]
        sys.stdout.write(f"{struck} keys in {took_s:.1f} s; half confirmed within {half:.0f} ms, all within {max(took):.0f} ms\n")
        await desk.context.close()
        await host.go()


async def collected(host: Device) -> tuple[str, str]:
    """A round of 54 teams in one venue, played, closed and collected; the venue and the round."""
    await host.come()
    battle = (await host.do("CreateBattle", pack="tupolev", pace=60, title="Битва технологий"))["battle"]
    await host.come(battle=battle)
    await host.until(lambda: host.view.get("battle", {}).get("id") == battle)
    venue = next(iter(host.view["venues"]))
    for number in range(TEAMS):
        await host.do("JoinTeam", name=f"Цех {TEAMS - number}", venue=venue)  # so that names and numbers go opposite ways

    async def collecting() -> None:
        await host.ask("collected", venue=venue, scope=host.view["round"]["id"])

    await drive(host, "collected", collecting=collecting)
    return venue, host.view["round"]["id"]


async def seated(browser: Browser, address: str) -> Page:
    context = await browser.new_context(viewport={"width": 1280, "height": 720}, locale="ru-RU")
    desk = await context.new_page()
    await desk.goto(address)
    await desk.locator(f"tr[data-row='{TEAMS - 1}']").wait_for()
    await desk.fill("[role=dialog] input", "Анна")
    await desk.keyboard.press("Enter")
    await desk.locator("[role=dialog]").wait_for(state="detached")
    return desk


async def typed(desk: Page, sheets: Sequence[Sheet]) -> int:
    """Ten keys a second by the clock, whatever the page does; how many there were."""
    struck = [key for sheet in sheets for key in keys(sheet)]
    due = time.monotonic()
    for key in struck:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        await desk.keyboard.press(key)
        due += BETWEEN_KEYS_S
    return len(struck)


async def entered(host: Device, venue: str, scope: str) -> list[list[str]]:
    """What the server knows of each sheet that has marks, by the number on it."""
    page = (await host.ask("page", of="sheet", venue=venue, scope=scope))["page"]
    rows = sorted(page["rows"], key=lambda row: int(row["sheets"][0].split("-")[1]))
    return [values(row["cells"]) for row in rows if row["cells"]]


def values(cells: dict[str, Any]) -> list[str]:
    return [cell["value"] for cell in cells.values()]
