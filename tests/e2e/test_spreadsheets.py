"""Spreadsheets on a real server: a table with a bad line is seen and entered, the standing shows it, and results are taken away."""

import asyncio
from pathlib import Path

from playwright.async_api import Browser, FilePayload, Page

from quizserver.spreadsheets.csv_out import written_csv
from quizserver.spreadsheets.opened import opened
from tests.support.driving import drive
from tests.support.server import running
from tests.support.sockets import Device

TEAMS = ("Нержавейка", "Лонжерон")
MARKS = ["1", "1", "0", "1", "-", "1"]
FILE = FilePayload(
    name="Зал.csv",
    mimeType="text/csv",
    buffer=written_csv(
        [
            ["Команда", "Раунд", *map(str, range(1, 7))],
            ["Нержавейка", 1, *MARKS],
            ["Лонжирон", 1, *MARKS],
        ]
    ),
)


async def test_a_table_is_looked_at_entered_once_and_its_points_are_in_the_results(browser: Browser, tmp_path: Path) -> None:
    with running(tmp_path) as server:
        host = await played(Device(server.socket, server.host_key))
        context = await browser.new_context(viewport={"width": 1280, "height": 800}, locale="ru-RU")
        console = await context.new_page()
        errors: list[str] = []
        context.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        await console.goto(f"{server.url}/console?battle={host.view['battle']['id']}#{server.host_key}")
        await console.locator(".action-main").wait_for()
        await console.keyboard.press("2")
        await entered(console)
        assert await standing(host) == [("Нержавейка", 400), ("Лонжерон", 0)]
        await console.locator(".sheet .upload input").set_input_files(FILE)
        await console.get_by_text("строка не подходит").wait_for()
        assert await console.locator(".table-enter .button-primary").count() == 0
        await console.keyboard.press("Escape")
        await console.keyboard.press("1")
        await taken_away(console)
        await printed(console)
        assert errors == []
        await context.close()
        await host.go()


async def played(host: Device) -> Device:
    """A battle of two teams on paper, its first round played to the end, without a mark."""
    await host.come()
    battle = (await host.do("CreateBattle", pack="industry", pace=60, title="Битва технологий"))["battle"]
    await host.come(battle=battle)
    await host.until(lambda: host.view.get("battle", {}).get("id") == battle)
    venue = next(iter(host.view["venues"]))
    for team in TEAMS:
        await host.do("JoinTeam", name=team, venue=venue)

    async def collecting() -> None:
        await host.ask("collected", venue=venue, scope=host.view["round"]["id"])

    await drive(host, "round_end", collecting=collecting)
    return host


async def entered(console: Page) -> None:
    """The good line, after the bad one was named."""
    await console.locator(".sheet .upload input").set_input_files(FILE)
    bad = console.locator(".failed-lines li")
    await bad.filter(has_text="Команды «Лонжирон» нет в битве").wait_for()
    assert "строка 3" in await bad.inner_text() and "«Лонжерон»" in await bad.inner_text()
    await console.get_by_role("button", name="Внести остальное: 6 отметок").click()
    await console.locator(".table-done", has_text="Внесено 6 отметок").wait_for()


async def standing(host: Device) -> list[tuple[str, int]]:
    """As everybody may see it."""
    for _ in range(40):
        page = (await host.ask("page", of="standing", which="total", start=0, count=10))["page"]
        if any(row["points"] for row in page["rows"]):
            break
        await asyncio.sleep(0.05)
    return [(row["name"], row["points"]) for row in page["rows"]]


async def taken_away(console: Page) -> None:
    """The workbook has these points."""
    async with console.expect_download() as download:
        await console.locator(".results-files li", has_text="XLSX").get_by_role("button").click()
    table = opened((await (await download.value).path()).read_bytes())[0]
    assert [(*row.cells[:3], *row.cells[4:6]) for row in table.rows[-2:]] == [
        ("1", "Нержавейка", "Зал", "4", "4"),
        ("2", "Лонжерон", "Зал", "0", "0"),
    ]


async def printed(console: Page) -> None:
    """On a page of its own, which is on paper what it is on the screen."""
    async with console.context.expect_page() as opening:
        await console.locator(".results-wall").click()
    wall = await opening.value
    await wall.locator(".results-is", has_text="Предварительно").wait_for()
    rows = await wall.locator(".results tbody tr").all_inner_texts()
    assert [" ".join(row.split()) for row in rows] == ["1 1–2 Нержавейка Зал 4 4", "2 1–2 Лонжерон Зал 0 0"]
    assert (await wall.pdf(prefer_css_page_size=True)).startswith(b"%PDF")
