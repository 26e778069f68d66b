"""Before the evening: captains announce themselves, a file brings others, the host decides, and all have the same figures."""

import re
from pathlib import Path

from playwright.async_api import Browser, Page

from tests.spreadsheets.files import workbook
from tests.support.server import Server, running
from tests.support.sockets import Device

PHONE = {"width": 390, "height": 844}
ON_SCREEN = re.compile(r"команда\sв\sзалах\s*1\s*команды\sонлайн\s*3\s*человека\s*24")
HEAD = ["Команда", "Капитан", "Человек", "Где"]
FILE = workbook({"Омск": [HEAD, ["Совы", "Вера Ткачук", 4, "Зал"], ["Сычи", "Лев Гринь", 7, ""]]})


async def announced(phone: Page, server: Server, name: str, captain: str) -> str:
    """The address of the private link that the captain is left with."""
    await phone.goto(f"{server.url}/announce/{server.pin}")
    await phone.fill("#name", name)
    await phone.fill("#captain", captain)
    await phone.get_by_role("button", name="Подать заявку").click()
    await phone.get_by_text("Заявка у организатора").wait_for()
    assert await phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    return phone.url


async def test_captains_announce_themselves_the_host_decides_and_the_figures_are_right(browser: Browser, tmp_path: Path) -> None:
    with running(tmp_path) as server:
        host = await Device(server.socket, server.host_key).come()
        hall = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="ru-RU")
        console, screen = await hall.new_page(), await hall.new_page()
        await screen.goto(f"{server.url}/screen")
        await console.goto(f"{server.url}/console#{server.host_key}")
        await console.locator(".action-main").wait_for()
        await console.keyboard.press("r")
        await console.get_by_role("button", name="Открыть приём заявок").click()
        code = await screen.locator(".pairing .pin").filter(has_text=re.compile(r"\w{3}")).inner_text()
        await host.do("PairScreen", code="".join(code.split()))

        phones = await browser.new_context(viewport=PHONE, locale="ru-RU")  # type: ignore[arg-type]
        captain, twice = await phones.new_page(), await phones.new_page()
        await announced(captain, server, "Гуси", "Анна Орлова")
        for name in ("Лебеди", "Лебеди!"):
            await announced(twice, server, name, "Олег Ким")

        await console.get_by_role("radio", name="Похожие").click()
        await console.locator(".line", has_text="Лебеди!").click()
        await console.get_by_role("button", name="Это одна команда").click()
        await console.get_by_role("button", name="Объединить: остаётся «Лебеди»").click()
        await console.locator("input[type=file]").set_input_files(
            {"name": "teams.xlsx", "mimeType": "application/octet-stream", "buffer": FILE}
        )
        await console.get_by_role("button", name="Взять 2 заявки").click()
        await console.get_by_role("radio", name="Ждут").click()
        await console.get_by_role("button", name="Принять 4 без двойников").click()
        await console.get_by_text("4 команды: 1 в залах, 3 онлайн; 23 человека").wait_for()

        for page in (twice, captain):
            await page.reload()
            await page.get_by_text("Вы в списке").wait_for()
        await captain.get_by_text("Код вашей команды").wait_for()
        await captain.get_by_role("button", name="Больше").click()
        await captain.get_by_role("button", name="Сохранить").click()
        await captain.get_by_text("Сохранено").wait_for()
        await console.get_by_text("4 команды: 1 в залах, 3 онлайн; 24 человека").wait_for()
        await screen.locator("main").filter(has_text=ON_SCREEN).wait_for()

        await captain.get_by_role("link", name="Войти в игру").click()
        await captain.locator("form button[type=submit]").click()
        await captain.get_by_text("Гуси").first.wait_for()
        await hall.close()
        await phones.close()
        await host.go()
