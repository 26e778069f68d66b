"""A venue's evening with the server killed for half of it, and two desks that went on without each other."""

import json
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, WebSocketRoute

from quizserver.wire.carried import read_carried
from tests.support.browsers import holds
from tests.support.server import Server, free_port, running
from tests.support.sockets import Device

PATIENCE_MS = 20_000
TEAMS = ("Альфа", "Бета", "Гамма")
ROUNDS, QUESTIONS = 2, 3
IN_MEMORY = "import('/staff/desk/memory.js').then(({known}) => known.value.evening.length)"
IN_STORE = """new Promise((told) => { const open = indexedDB.open("quiz-desk"); open.onsuccess = () => {
  const all = open.result.transaction("operations").objectStore("operations").getAll();
  all.onsuccess = () => { open.result.close(); told(all.result.map(({operation, is_done}) => ({...operation, is_done}))); };
};})"""


def write_pack(folder: Path) -> Path:
    """Two rounds of three texts, revealed at their ends."""
    rules = {"reveal": "round_end", "reading_seconds": 0, "grace_ms": 0}
    rounds = [
        {"title": f"Round {n}", **rules, "questions": [_text(f"{n}{m}") for m in range(1, QUESTIONS + 1)]}
        for n in range(1, ROUNDS + 1)
    ]
    colours = {"accent": "#8fcdf3", "accent_ink": "#0b1722", "field": "#a6d2ee", "field_2": "#87bfe3", "field_ink": "#0b1e30"}
    pack = {"pack": folder.name, "title": "Short", "languages": ["en"], "theme": colours, "rounds": rounds}
    folder.mkdir()
    (folder / "pack.yaml").write_text(json.dumps(pack), encoding="utf-8")
    return folder


def _text(which: str) -> dict[str, Any]:
    return {"kind": "text", "ask": f"What is {which}?", "accept": {"en": [f"solution{which}"]}}


@dataclass
class Evening:
    """A battle with three teams on paper in one venue, its host on a socket of their own, and desks in browsers."""

    server: Server
    browser: Browser
    host: Device
    battle: str
    venue: str
    teams: dict[str, str]

    @classmethod
    async def begin(cls, server: Server, browser: Browser, pack: Path) -> "Evening":
        host = await Device(server.socket, server.host_key).come()
        battle = (await host.do("CreateBattle", pack=str(pack), pace=60, language="en", lead_ms=0))["battle"]
        await host.come(battle=battle)
        await host.until(lambda: host.view.get("battle", {}).get("id") == battle)
        venue = next(iter(host.view["venues"]))
        teams = {name: (await host.do("JoinTeam", name=name, venue=venue))["team"] for name in TEAMS}
        return cls(server, browser, host, battle, venue, teams)

    async def play_round(self) -> None:
        """To its close: now paper is collected."""
        for command in ("StartRound", *["ShowQuestion"] * QUESTIONS, "CallLast", "CloseAnswers"):
            await self.host.do(command)
        await self.host.until(lambda: self.host.view["phase"] == "round_closed")

    async def end_round(self) -> None:
        while self.host.view["phase"] != "round_end":
            before = self.host.view["step"]
            await self.host.until(lambda: bool(self.host.view["primary"]["command"]))
            await self.host.do(self.host.view["primary"]["command"])
            await self.host.until(lambda before=before: self.host.view["step"] != before)  # type: ignore[misc]

    async def desk(self, name: str) -> "Desk":
        key = (await self.host.do("AdmitStaff", role="desk", venue=self.venue))["token"]
        context = await self.browser.new_context(viewport={"width": 1280, "height": 720}, locale="ru-RU")
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        desk = Desk(page, self.server.url)
        page.on("pageerror", lambda error: desk.errors.append(str(error)))
        page.on("console", lambda said: desk.errors.append(said.text) if "Content Security" in said.text else None)
        await page.route_web_socket("**/ws", desk.way)
        await desk.open(f"/desk?lang=ru#{key}")
        desk.name = name
        return desk

    async def venues_card(self) -> "Card":
        """The console with the card of the venue open."""
        page = await (await self.browser.new_context(viewport={"width": 1280, "height": 720})).new_page()
        page.set_default_timeout(PATIENCE_MS)
        card = Card(page)
        page.on("pageerror", lambda error: card.errors.append(str(error)))
        await page.goto(f"{self.server.url}/console?lang=ru&battle={self.battle}#{self.server.host_key}")
        await page.locator(".action-main").wait_for()
        await page.keyboard.press("v")
        await page.locator(".carried").wait_for()
        return card

    async def cells(self) -> dict[tuple[str, int, int], list[dict[str, Any]]]:
        """The history of each cell that has one, by team, round and question."""
        found = {}
        for name, team in self.teams.items():
            for at, playing in enumerate(self.host.view["run_sheet"], 1):
                for number, question in enumerate(playing["questions"], 1):
                    page = await self.host.ask("page", of="cell", team=team, round=playing["id"], question=question["id"])
                    if page["page"]["rows"]:
                        found[name, at, number] = page["page"]["rows"]
        return found

    async def standing(self) -> list[tuple[str, int]]:
        rows = (await self.host.ask("page", of="standing"))["page"]["rows"]
        return [(row["name"], row["points"]) for row in rows]


@dataclass
class Card:
    """A venue's card on the console, onto which files are dropped."""

    page: Page

    def __post_init__(self) -> None:
        self.errors: list[str] = []

    async def drop(self, file: Path) -> None:
        await self.page.locator(".carried input").set_input_files(file)

    async def sees(self, *words: str) -> None:
        for each in words:
            await self.page.locator(".carried").filter(has_text=each).wait_for()


@dataclass
class Desk:
    """A scorekeeper's page. `away`: there is no way to the server."""

    page: Page
    url: str
    name: str = ""
    away: bool = False

    def __post_init__(self) -> None:
        self.errors: list[str] = []
        self._ways: list[WebSocketRoute] = []

    async def way(self, socket: WebSocketRoute) -> None:
        if self.away:
            await socket.close(code=4004, reason="store_gone 100")
        else:
            self._ways.append(socket)
            socket.connect_to_server()

    async def cut(self) -> None:
        self.away = True
        while self._ways:
            await self._ways.pop().close(code=4000, reason="restarting 100")
        await self.page.locator(".desk-offline").wait_for()

    async def open(self, address: str = "/desk?lang=ru") -> None:
        await self.page.goto(self.url + address)
        await self.page.locator(".desk-bar").wait_for()

    async def collect(self) -> None:
        await self.page.get_by_role("button", name="Все листы собраны").click()
        await self.page.get_by_role("button", name="у меня").click()

    async def sit(self) -> None:
        await self.page.locator(".overlay input").fill(self.name)
        await self.page.locator(".overlay .button-primary").click()
        await self.page.locator("tr[data-row='0']").wait_for()

    async def write(self, marks: str) -> None:
        """Rows of single keys; each row ends with Enter."""
        for row in marks.split():
            await self.page.keyboard.type(row)
            await self.page.keyboard.press("Enter")

    async def to(self, row: int, column: int) -> None:
        await self.page.locator(f"tr[data-row='{row}'] td[data-column='{column}']").click()

    async def table(self) -> list[str]:
        rows = self.page.locator("tbody tr[data-row]")
        return [
            "".join((await rows.nth(at).locator("td[data-column]").all_inner_texts())[:QUESTIONS])
            for at in range(await rows.count())
        ]

    async def carried(self, folder: Path) -> Path:
        """A file with what was not sent."""
        await self.page.get_by_role("button", name="Файл для ведущего").click()
        async with self.page.expect_download() as coming:
            await self.page.locator(".carry .button-primary").click()
        download = await coming.value
        await download.save_as(folder / download.suggested_filename)
        return folder / download.suggested_filename

    async def unsent(self, count: int) -> None:
        await self.page.locator(".unsent b").filter(has_text=re.compile(rf"^{count}$")).wait_for()

    async def entered(self) -> list[dict[str, Any]]:
        """All that this device keeps, in the order in which it was typed."""
        kept: list[dict[str, Any]] = await self.page.evaluate(IN_STORE)
        return sorted(kept, key=lambda each: each["counter"])


@asynccontextmanager
async def begun(tmp_path: Path, browser: Browser, port: int) -> AsyncIterator[Evening]:
    pack = write_pack(tmp_path / "short")
    with running(tmp_path / "var", "--pack", str(pack), port=port) as server:
        yield await Evening.begin(server, browser, pack)


async def test_a_venues_evening_without_a_server_for_half_of_it_arrives_whole_once_and_in_order(
    tmp_path: Path, browser: Browser
) -> None:
    port = free_port()
    async with begun(tmp_path, browser, port) as evening:
        desk = await evening.desk("Анна")
        page = desk.page
        await evening.play_round()
        await desk.collect()
        await desk.sit()
        await desk.write("110 0-1 111")
        await desk.unsent(0)
        await evening.end_round()
        await holds(page, "Boolean(navigator.serviceWorker.controller)")
        assert await page.evaluate(IN_MEMORY) == ROUNDS
        await page.goto("about:blank")  # the desk's laptop is shut, and hears nothing of the second round
        await evening.play_round()
        [code, first] = [each["code"] for each in (await evening.host.do("ShowPhoneCodes", venue=evening.venue))["codes"]]
        await evening.host.go()
        evening.server.process.send_signal(signal.SIGKILL)
        evening.server.process.wait()

        await desk.open()
        await page.locator(".desk-offline").wait_for()
        assert await desk.table() == ["110", "0–1", "111"]
        await desk.to(0, 2)
        await page.keyboard.press("1")  # a correction of what the server has confirmed, and a round's key in hand
        await desk.unsent(1)
        await page.keyboard.press("r")
        assert "solution21" not in await page.content()
        await desk.collect()
        field = page.get_by_label("Код ведущего")
        await field.fill(first)
        await page.get_by_role("button", name="Открыть ответы").click()
        await page.get_by_role("alert").filter(has_text="Код не подходит").wait_for()
        assert "solution21" not in await page.content()
        await field.fill(code.lower().replace(" ", "-").replace("0", "о").replace("1", "l"))
        await page.get_by_role("button", name="Открыть ответы").click()
        await page.locator(".key-list").filter(has_text="solution21").wait_for()
        await desk.write("101 ?10 000")
        await desk.to(1, 0)
        await page.keyboard.press("1")
        await desk.unsent(12)  # with that the sheets are collected
        assert await page.locator("td.is-here").count() == 9

        await page.reload()  # the power was gone, and the server still is
        await page.locator(".key-list").filter(has_text="solution23").wait_for()
        await desk.unsent(12)  # with that the sheets are collected
        assert await desk.table() == ["101", "110", "000"]
        await page.emulate_media(media="print")
        assert await page.locator(".grid").is_visible() and not await page.locator(".desk-side").is_visible()
        await page.emulate_media(media="screen")
        typed = await desk.entered()

        with running(tmp_path / "var", port=port) as again:
            host = evening.host = await Device(again.socket, again.host_key).come(battle=evening.battle)
            await desk.unsent(0)
            await page.locator(".desk-offline").wait_for(state="detached")
            assert await page.locator("td.is-here, td.is-sent").count() == 0
            await host.until(lambda: host.view.get("phase") == "collected")
            told = await evening.cells()
            ours = {cell: [row["name"] for row in rows] for cell, rows in told.items()}
            names = [f"{each['device']}:{each['counter']}" for each in typed]
            assert sorted(name for cell in ours.values() for name in cell) == sorted(names) and len(set(names)) == len(names) == 20
            arrived = sorted((row["at"], row["name"]) for rows in told.values() for row in rows)
            counters = {at: [int(name.rpartition(":")[2]) for when, name in arrived if when == at] for at, _ in arrived}
            assert all(max(counters[a]) < min(counters[b]) for a, b in zip(list(counters), list(counters)[1:], strict=False))
            standing = {cell: rows[-1]["value"] for cell, rows in told.items()}
            expected = {1: ["111", "0-1", "111"], 2: ["101", "110", "000"]}
            assert standing == {
                (team, number, at): marks[row][at - 1]
                for number, marks in expected.items()
                for row, team in enumerate(TEAMS)
                for at in range(1, QUESTIONS + 1)
            }
            assert [each["is_done"] for each in await desk.entered()] == [True] * 20
            await host.go()
        assert desk.errors == []


async def test_two_desks_that_went_on_alone_end_in_the_same_standing_and_dispute_whoever_is_back_first(
    tmp_path: Path, browser: Browser
) -> None:
    ends = []
    async with begun(tmp_path, browser, free_port()) as evening:
        for first in (0, 1):
            if first:
                evening = await Evening.begin(evening.server, browser, tmp_path / "short")
            ends.append(await went_on_alone(evening, first))
    assert ends[0] == ends[1]
    disputed = {cell for cell, (state, _) in ends[0][0].items() if state == "disputed"}
    assert disputed == {("Альфа", 2), ("Бета", 1)}
    assert dict(ends[0][1])["Гамма"] == 100, "both desks typed what the host then accepted"


async def test_marks_that_were_carried_to_the_host_are_entered_once_however_often_they_come(
    tmp_path: Path, browser: Browser
) -> None:
    async with begun(tmp_path, browser, free_port()) as evening:
        await evening.play_round()
        desk = await evening.desk("Анна")
        await desk.page.get_by_role("button", name="Все листы собраны").wait_for()
        await holds(desk.page, f"{IN_MEMORY}.then((rounds) => rounds === {ROUNDS})")
        await desk.cut()
        await desk.collect()
        [code] = [each["code"] for each in (await evening.host.do("ShowPhoneCodes", venue=evening.venue))["codes"]]
        await desk.page.get_by_label("Код ведущего").fill(code)
        await desk.page.keyboard.press("Enter")
        await desk.sit()
        await desk.write("110 0-1")
        file = await desk.carried(tmp_path)
        assert len(read_carried(file.read_bytes()).operations) == 6
        console = await evening.venues_card()
        await console.drop(file)
        await console.sees("6 отметок", "из них новых 6", "Анна", "Round 1")
        await console.page.get_by_role("button", name="Внести", exact=True).click()
        await console.sees("Внесено 6 отметок")
        told = await evening.cells()
        await console.drop(file)
        await console.sees("Здесь нет ничего нового")
        desk.away = False
        await desk.unsent(0)
        await console.drop(file)
        await console.sees("Здесь нет ничего нового")
        assert await evening.cells() == told and sum(map(len, told.values())) == 6
        file.write_bytes(file.read_bytes().replace(b'"value": "0"', b'"value": "1"'))
        await console.drop(file)
        await console.sees("Файл повреждён")
        assert desk.errors == console.errors == []


async def went_on_alone(
    evening: Evening, first: int
) -> tuple[dict[tuple[str, int], tuple[str, list[tuple[str, str]]]], list[tuple[str, int]]]:
    """Each cell's state and who said what in it, and the standing, after both desks are back."""
    await evening.play_round()
    desks = [await evening.desk("Анна"), await evening.desk("Борис")]
    await desks[0].collect()
    for desk in desks:
        await desk.page.locator(".key-list").wait_for()
        await desk.sit()
        await desk.unsent(0)
    for desk in desks:
        await desk.cut()
    await desks[0].write("110 01 =Propeller")
    await desks[1].write("100 1 =«PROPELLER»")
    await desks[0].unsent(6)
    await desks[1].unsent(5)
    for desk in (desks[first], desks[1 - first]):
        desk.away = False
        await desk.unsent(0)
    scope = next(iter(evening.host.view["run_sheet"]))["id"]
    rows = (await evening.host.ask("page", of="sheet", scope=scope, venue=evening.venue))["page"]["rows"]
    people = {id: who for desk in desks for id, who in (await desk.page.evaluate(PEOPLE)).items()}
    order = [each["id"] for each in evening.host.view["run_sheet"][0]["questions"]]
    cells = {
        (row["name"], order.index(question) + 1): (
            cell["state"],
            sorted((people[each["who"]], each["value"]) for each in cell["present"]),
        )
        for row in rows
        for question, cell in row["cells"].items()
    }
    [waits] = evening.host.view["attention"]["judge"]["rows"]
    assert (waits["count"], waits["paper"]) == (1, 1)
    await evening.host.do("RuleAnswer", question=waits["question"], said=waits["said"], accepted=True)
    for desk in desks:
        assert desk.errors == []
        await desk.page.locator("td.vt.v1").first.wait_for()
        await desk.page.locator("td.is-disputed").nth(1).wait_for()
        await desk.page.context.close()
    await evening.end_round()
    return cells, await evening.standing()


PEOPLE = """import('/staff/desk/room.js').then(({view}) =>
  Object.fromEntries(Object.entries(view.value.scorekeepers).map(([id, {called}]) => [id, called])))"""
