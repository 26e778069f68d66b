"""A browser plays a battle over each of the transports that are not the usual one; the usual one has whole evenings of its own."""

from pathlib import Path

import pytest
from playwright.async_api import Page

from quizserver.transports.choice import Transport
from tests.support.driving import drive
from tests.support.server import running
from tests.support.sockets import Device

PACE = 10  # a question is open for two seconds, which a busy machine may need for three taps
PATIENCE_MS = 10_000


class Team:
    """A phone that answers whatever is asked, and waits until it is told that it is saved."""

    def __init__(self, page: Page, host: Device) -> None:
        self.page, self.host, self.saved = page, host, 0

    async def answer(self) -> None:
        asked = self.host.view["question"]
        await self.page.wait_for_timeout(950)  # the reading time, and a phone's own breath before a tap counts
        if asked["options"]:
            await self.page.locator("button.choice").first.click()
        else:
            await self.page.fill("#answer", "1932" if asked["kind"] == "number" else "ЗИЛ")
        if asked["kind"] not in ("one", "tf"):
            await self.page.locator("form button[type=submit], .send-row button").first.click()
        await self.page.locator(".status.is-saved, .is-saved").first.wait_for()
        self.saved += 1


@pytest.mark.parametrize("transport", [Transport.EAGER, Transport.ASGI])
async def test_a_browser_plays_a_battle_over_every_transport(transport: Transport, page: Page, tmp_path: Path) -> None:
    page.set_default_timeout(PATIENCE_MS)
    with running(tmp_path, "--transport", transport.value) as server:
        watch = await Device(server.socket, server.host_key).come()
        battle = (await watch.do("CreateBattle", pack="industry", pace=PACE, online_only=True))["battle"]
        await watch.come(battle=battle)
        await watch.until(lambda: watch.view.get("battle", {}).get("id") == battle)
        await page.goto(f"{server.url}/j/{watch.view['battle']['pin']}")
        await page.fill("#name", "Допуск и посадка")
        await page.click("button[type=submit]")
        team = Team(page, watch)
        await watch.until(lambda: watch.view["counts"]["teams"] == 1)
        await drive(watch, "final", answering=team.answer)
        assert team.saved == sum(len(playing["questions"]) for playing in watch.view["run_sheet"])
        await page.locator("main.phone.is-place").wait_for()
        await watch.go()
