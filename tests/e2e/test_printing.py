"""Paper from a real server to real hands: printed from the console, read by a camera, found at the desk; a card lets a phone in."""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Browser, Page

from quizserver.battle.sheet_numbers import SheetNumber, code_words
from tests.printing.reading import codes_on, words_of
from tests.support.server import running
from tests.support.sockets import Device


async def printed(page: Page, button: str) -> bytes:
    """What a press of this button leaves in the downloads."""
    async with page.expect_download() as download:
        await page.get_by_role("button", name=button, exact=True).click()
    return saved(await (await download.value).path())


def saved(file: Path) -> bytes:
    """What a download has left."""
    return file.read_bytes()


async def test_sheets_lists_and_cards_are_printed_by_a_server_and_lead_back_to_it(browser: Browser, tmp_path: Path) -> None:
    with running(tmp_path) as server:
        host = await Device(server.socket, server.host_key).come()
        await host.until(lambda: bool(host.view))
        venue = next(iter(host.view["venues"]))
        await host.do("JoinTeam", name="Нержавейка", venue=venue)
        team = await Device(server.socket).come()
        await team.say("join", pin=server.pin, name="С телефона")
        key = (await host.do("AdmitStaff", role="desk", venue=venue))["token"]
        context = await browser.new_context(viewport={"width": 1280, "height": 720}, locale="ru-RU")

        console = await context.new_page()
        await console.goto(f"{server.url}/console#{server.host_key}")
        await console.locator(".action-main").wait_for()
        await console.keyboard.press("v")
        await console.get_by_role("button", name="Печать", exact=True).click()
        pdf = await printed(console, "Листы")
        pages = words_of(pdf)
        assert len(pages) == 3  # one round: the team and two spares
        assert "Нержавейка" in pages[0] and str(SheetNumber(1, 1)) in pages[0]
        assert codes_on(pdf, 2) == [code_words(server.pin, str(SheetNumber(1, 3)))]

        desk = await context.new_page()
        await desk.goto(f"{server.url}/desk#{key}")
        listed = "\n".join(words_of(await printed(desk, "Список зала")))
        assert "Нержавейка" in listed and "003" in listed

        await console.get_by_role("button", name="Все залы").click()
        (address,) = codes_on(await printed(console, "Карточки для телефонов"), 0)
        phone = await context.new_page()
        await phone.goto(server.url + urlsplit(address).path + "#" + urlsplit(address).fragment)
        await phone.locator("form button[type=submit]").click()
        await phone.get_by_text("С телефона").first.wait_for()
        await context.close()
        await host.go()
        await team.go()
