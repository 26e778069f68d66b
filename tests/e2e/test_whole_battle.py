"""A whole battle in real browsers: a host, two phones, a screen and a desk, from the lobby to the podium.

Every page is reloaded in the middle of a question, and the server is killed in the middle of another and started again: everything
comes back in its place. The host has one hand on the space bar.
"""

import asyncio
import re
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page

from tests.support.server import Server, free_port, running
from tests.support.sockets import Device

PACE = 5
QUESTIONS = 12
PATIENCE_MS = 20_000


class Hall:
    """The pages of one evening, and a console of our own beside them that only looks."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser, self.server = browser, server
        self.errors: list[str] = []
        self.watch = Device(server.socket, server.host_key)

    async def page(self, address: str, width: int, height: int) -> Page:
        context: BrowserContext = await self.browser.new_context(viewport={"width": width, "height": height}, locale="ru-RU")
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.errors.append(f"{address}: {error}"))
        await page.goto(self.server.url + address)
        return page

    async def phase(self, *wanted: str) -> None:
        """Until the evening is there."""
        await self.watch.until(lambda: self.watch.view.get("phase") in wanted)

    async def space(self, console: Page, command: str) -> None:
        """Strikes the space bar once the console's button says what we mean."""
        await self.watch.until(lambda: self.watch.view["primary"]["command"] == command)
        step = self.watch.view["step"], self.watch.view["stage"]
        for _ in range(8):
            await asyncio.sleep(0.55)  # the button does nothing for half a second after its words have changed
            await console.keyboard.press("Space")
            try:
                async with asyncio.timeout(2):
                    while (self.watch.view["step"], self.watch.view["stage"]) == step:
                        await asyncio.sleep(0.02)
                return
            except TimeoutError:
                continue
        raise AssertionError(f"the space bar did not {command}")


async def prepared(hall: Hall) -> tuple[str, str, str]:
    """A battle at pace 5 with one team on paper; its id, PIN and the key of its desk."""
    await hall.watch.come()
    battle = (await hall.watch.do("CreateBattle", pack="tupolev", pace=PACE, title="Битва технологий"))["battle"]
    await hall.watch.come(battle=battle)
    await hall.watch.until(lambda: hall.watch.view.get("battle", {}).get("id") == battle)
    venue = next(iter(hall.watch.view["venues"]))
    await hall.watch.do("JoinTeam", name="Бригада № 8", venue=venue)
    desk = (await hall.watch.do("AdmitStaff", role="desk", venue=venue))["token"]
    return battle, hall.watch.view["battle"]["pin"], desk


async def joined(hall: Hall, pin: str, name: str) -> Page:
    phone = await hall.page(f"/j/{pin}", 390, 844)
    await phone.fill("#name", name)
    await phone.click("button[type=submit]")
    await phone.get_by_text(name).first.wait_for()
    return phone


async def paired(hall: Hall) -> Page:
    """The screen shows its code, and the host types it."""
    screen = await hall.page("/screen", 1920, 1080)
    code = await screen.locator(".pairing .pin").filter(has_text=re.compile(r"\w{3}")).inner_text()
    await hall.watch.do("PairScreen", code="".join(code.split()))
    await screen.locator(".stage.lobby").wait_for()
    return screen


async def answer(phone: Page, question: dict[str, Any], last: bool) -> None:
    """The first phone takes the first options, the second the last ones; both write the same."""
    match question["kind"]:
        case "one" | "tf":
            choices = phone.locator("button.choice")
            await (choices.last if last else choices.first).click()
        case "several":
            choices = phone.locator("button.choice")
            await (choices.last if last else choices.first).click()
            await phone.locator(".send-row button").click()
        case "text" | "number":
            await phone.fill("#answer", "10148" if question["kind"] == "number" else "Ту-104")
            await phone.locator("form button[type=submit]").click()


async def saved(hall: Hall, teams: int) -> None:
    """Until the server has the answers of so many teams to the question on the stage."""
    question = hall.watch.view["question"]["id"]
    await hall.watch.until(
        lambda: any(m["t"] == "counts" and m["question"] == question and m["answered"] >= teams for m in hall.watch.said[-50:])
    )


async def all_in_place(phones: list[Page], screen: Page, question: dict[str, Any]) -> None:
    """Every page shows the question again, and the phones what they had answered."""
    text = question["text"]["ru"].split("\xa0")[0].split(" ")[0]
    for page in (*phones, screen):
        await page.get_by_text(text).first.wait_for()
    if question["options"]:
        for phone in phones:
            await phone.locator("button.choice.is-chosen:not(.is-sending)").first.wait_for()


async def test_a_whole_battle_is_played_to_the_podium_over_reloads_and_a_killed_server(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path, port=port) as server:
        hall = Hall(browser, server)
        battle, pin, desk_key = await prepared(hall)
        console = await hall.page(f"/console#{server.host_key}", 1440, 900)
        screen, desk = await paired(hall), await hall.page(f"/desk#{desk_key}", 1280, 800)
        phones = [await joined(hall, pin, "Допуск и посадка"), await joined(hall, pin, "Тройка, семёрка, Ту")]
        await hall.space(console, "StartRound")
        for number in range(1, 8):
            await play(hall, console, phones, number)
            if number == 3:
                question = hall.watch.view["question"]
                for page in (console, screen, desk, *phones):
                    await page.reload()
                await all_in_place(phones, screen, question)
        question = hall.watch.view["question"]
        server.process.kill()
        server.process.wait()
    with running(tmp_path, port=port) as server:
        hall.server = server
        await hall.watch.come(battle=battle)
        await hall.watch.until(lambda: hall.watch.view.get("question", {}).get("id") == question["id"])
        await all_in_place(phones, screen, question)
        for number in range(8, QUESTIONS + 1):
            await play(hall, console, phones, number)
        await hall.space(console, "CallLast")
        await hall.space(console, "CloseAnswers")
        await collect_and_mark(hall, desk)
        for _ in range(QUESTIONS):
            await hall.space(console, "Reveal")
        await phones[0].locator("main.phone").wait_for()
        await hall.space(console, "EndRound")
        await hall.space(console, "ShowStanding")
        await screen.locator(".stage.is-standing").wait_for()
        await screen.get_by_text("Бригада № 8").first.wait_for()
        await hall.space(console, "ShowPodium")
        await screen.locator(".stage.podium").wait_for()
        await finish(hall, console)
        rows = (await hall.watch.ask("page", of="standing"))["page"]["rows"]
        assert {row["name"]: row["pending"] for row in rows} == {
            "Допуск и посадка": False,
            "Тройка, семёрка, Ту": False,
            "Бригада № 8": False,
        }
        assert next(row["points"] for row in rows if row["name"] == "Бригада № 8") == 1200
        assert hall.errors == []


async def play(hall: Hall, console: Page, phones: list[Page], number: int) -> None:
    """Shows a question and has both phones answer it."""
    await hall.space(console, "ShowQuestion")
    await hall.watch.until(lambda: hall.watch.view.get("question", {}).get("number") == number)
    question = hall.watch.view["question"]
    await asyncio.sleep(3 / PACE + 0.3)  # the reading time, and the phones' own breath before a tap counts
    for phone, last in zip(phones, (False, True), strict=True):
        await answer(phone, question, last)
    await saved(hall, len(phones))


async def collect_and_mark(hall: Hall, desk: Page) -> None:
    """The scorekeeper collects, twice asked, and marks everything right; the nearest number is the right one."""
    await hall.phase("round_closed")
    await desk.locator(".collect button.button-primary").click()
    await desk.locator(".collect-sure button.button-primary").click()
    await hall.phase("collected")
    await desk.locator("tr[data-row='0']").wait_for()
    await desk.fill("[role=dialog] input", "Анна")
    await desk.keyboard.press("Enter")
    await desk.locator("[role=dialog]").wait_for(state="detached")
    await desk.keyboard.type("1" * (QUESTIONS - 1))
    await desk.keyboard.type("10148")
    await desk.keyboard.press("Enter")
    await hall.watch.until(lambda: hall.watch.view["counts"]["sheets"]["in"] == 1)


async def finish(hall: Hall, console: Page) -> None:
    """The end is asked for twice, with a breath between."""
    await asyncio.sleep(0.6)
    await console.keyboard.press("Space")
    await asyncio.sleep(1.2)
    await console.keyboard.press("Space")
    await hall.phase("finished")
