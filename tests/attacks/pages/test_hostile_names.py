"""Hostile names on a real server and its pages in Chromium: each is shown as it was written, and nothing runs."""

import re
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Browser, BrowserContext, Page

from quizserver.battle.names import clean_name
from tests.attacks.hostile_names import names
from tests.support.browsers import launched
from tests.support.server import Server, running
from tests.support.sockets import Device

AT_ONCE = 4
LOOKS = 40
SHAPES = [clean_name(name) for name in names()[:54]]  # one of each
THREES = [SHAPES[at : at + 3] for at in range(0, len(SHAPES), 3)]
WATCH = """window.broken = [];
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  window.broken.push(violatedDirective + " " + blockedURI));
localStorage.setItem("quiz.who", "Анна");"""
SHOWS = r"""([wanted, within]) => {
  const all = document.querySelector(within).textContent.replace(/\u2060/g, "").replace(/\s+/g, " ");
  return wanted.every((each) => all.includes(each));
}"""


class Consoles:
    """Several of them, that take turns: one may press only so fast."""

    def __init__(self, server: Server) -> None:
        self._devices = [Device(server.socket, server.host_key) for _ in range(6)]
        self._turns = cycle(self._devices)

    async def come(self) -> None:
        for device in self._devices:
            await device.come()

    async def do(self, command: str, **args: Any) -> dict[str, Any]:
        return await next(self._turns).do(command, **args)

    async def collect(self, venue: str) -> None:
        """A desk is given its sheets once its venue has collected."""
        first = self._devices[0]
        await first.until(lambda: first.view["phase"] == "round_closed")
        done = await first.ask("collected", venue=venue, scope=first.view["venues"][venue]["scope"])
        assert done["ok"], done

    async def go(self) -> None:
        for device in self._devices:
            await device.go()

    @property
    def view(self) -> dict[str, Any]:
        return self._devices[0].view


class Watched:
    """Pages that tell of whatever runs on them or is blocked."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self._browser, self._server = browser, server
        self._pages: list[Page] = []
        self.ran: list[str] = []

    async def open(self, address: str) -> Page:
        context: BrowserContext = await self._browser.new_context(viewport={"width": 1280, "height": 800})
        page = await context.new_page()
        self._pages.append(page)
        page.on("dialog", lambda dialog: self.ran.append(f"dialog {dialog.message}"))
        page.on("pageerror", lambda error: self.ran.append(str(error)))
        page.on("console", lambda said: self.ran.append(said.text) if "Content Security Policy" in said.text else None)
        page.on("request", lambda asked: self.ran.append(asked.url) if "evil" in asked.url else None)
        await page.add_init_script(WATCH)
        await page.goto(self._server.url + address)
        return page

    async def check(self) -> None:
        for page in self._pages:
            self.ran += await page.evaluate("window.broken")
        assert self.ran == []


async def shows(page: Page, wanted: Sequence[str], within: str = "body") -> None:
    """Until the page has these names, letter by letter."""
    await page.wait_for_function(SHOWS, arg=[wanted, within], timeout=10_000)


async def test_two_hundred_hostile_names_on_four_pages_are_text_and_nothing_runs(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        consoles = Consoles(server)
        await consoles.come()
        async with launched() as browser:
            watched = Watched(browser, server)
            await on_phones_screen_and_console(watched, server, consoles)
            await on_a_desk(watched, consoles)
            await watched.check()
        await consoles.go()


async def on_phones_screen_and_console(watched: Watched, server: Server, consoles: Consoles) -> None:
    screen = await watched.open("/screen?lang=ru")
    code = await screen.locator(".pairing .pin").filter(has_text=re.compile(r"\w{3}")).inner_text()
    await consoles.do("PairScreen", code="".join(code.split()))
    console = await watched.open(f"/console?lang=ru#{server.host_key}")
    phones = [await watched.open(f"/j/{server.pin}?lang=ru") for _ in range(AT_ONCE)]
    for number, phone in enumerate(phones):
        await phone.fill("#name", f"Team {number}")
        await phone.click("button[type=submit]")
        await shows(phone, [f"Team {number}"])
        await shows(console, [f"Team {number}"])
    teams = [row["team"] for row in consoles.view["latest"]]
    hostile = [clean_name(name) for name in names()]
    for start in range(0, len(hostile), AT_ONCE):
        some = hostile[start : start + AT_ONCE]
        for team, name in zip(teams, some, strict=True):
            await consoles.do("RenameTeam", team=team, name=name)
        for page in (screen, console):
            await shows(page, some)
        for phone, name in zip(phones, some, strict=True):
            await shows(phone, [name])
    for number, team in enumerate(teams):
        await consoles.do("RenameTeam", team=team, name=f"Team {number}")


async def on_a_desk(watched: Watched, consoles: Consoles) -> None:
    venue = next(iter(consoles.view["venues"]))
    for name in names():
        await consoles.do("JoinTeam", name=name, venue=venue)
    questions = len(consoles.view["run_sheet"][0]["questions"])
    for command in ("StartRound", *["ShowQuestion"] * questions, "CallLast", "CloseAnswers"):
        await consoles.do(command)
    await consoles.collect(venue)
    key = (await consoles.do("AdmitStaff", role="desk", venue=venue))["token"]
    desk = await watched.open(f"/desk?lang=ru#{key}")
    await shows(desk, [clean_name(name) for name in names()])


async def test_hostile_names_of_teams_captains_and_venues_are_text_wherever_teams_announce_themselves(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        host = await Device(server.socket, server.host_key).come()
        await host.do("OpenRegistration", opened=True)
        venues = [(await host.do("AddVenue", name=name))["venue"] for name in SHAPES[::9]]
        async with launched() as browser, httpx.AsyncClient(base_url=server.url) as client:
            watched = Watched(browser, server)
            await shows(await watched.open(f"/announce/{server.pin}?lang=ru"), SHAPES[::9])
            await behind_a_private_link(watched, client, server.pin, venues)
            await announced_to_the_host(watched, client, server, venues[0])
            await on_a_venues_own_screen(watched, host, venues[0])
            await watched.check()
        await host.go()


def said(three: Sequence[str], venue: str) -> dict[str, Any]:
    name, captain, contact = three
    return {"name": name, "captain": captain, "people": 5, "venue": venue, "contact": contact}


async def behind_a_private_link(watched: Watched, client: httpx.AsyncClient, pin: str, venues: Sequence[str]) -> None:
    token = (await client.post(f"/announce/{pin}.json", json=said(("Гуси", "Анна", "7"), venues[0]))).json()["token"]
    page = await watched.open(f"/announced?lang=ru#{token}")
    for three, venue in zip(THREES, cycle(venues), strict=False):
        wish = {"do": "correct", "said": said(three, venue)}
        assert (await client.post("/announced.json", json=wish, headers={"Authorization": f"Bearer {token}"})).status_code == 200
        await page.evaluate("async () => (await import('/player/announce/announcement.js')).look()")
        await shows(page, three)
    await client.post("/announced.json", json={"do": "withdraw"}, headers={"Authorization": f"Bearer {token}"})


async def announced_to_the_host(watched: Watched, client: httpx.AsyncClient, server: Server, venue: str) -> None:
    for first, second, third in THREES:
        for three in ((first, second, third), (second, third, first), (third, first, second)):
            assert "token" in (await client.post(f"/announce/{server.pin}.json", json=said(three, venue))).json()
    console = await watched.open(f"/console?lang=ru#{server.host_key}")
    await console.locator(".action-main").wait_for()
    await console.keyboard.press("r")
    await shows(console, SHAPES)
    for at in range(0, len(SHAPES), 3):
        await console.locator(".is-list .line").nth(at).click()
        await shows(console, THREES[at // 3], ".announced-card")
    await console.get_by_role("button", name="Принять 54 без двойников").click()
    await console.locator(".is-list .line").first.wait_for(state="detached")


async def on_a_venues_own_screen(watched: Watched, host: Device, venue: str) -> None:
    """A page at a time, by a clock that is turned on."""
    screen = await watched.open("/screen?lang=ru")
    code = await screen.locator(".pairing .pin").filter(has_text=re.compile(r"\w{3}")).inner_text()
    await screen.clock.install()
    await host.do("PairScreen", code="".join(code.split()), venue=venue)
    await host.do("ShowStanding", which="total")
    seen = set[str]()
    names = {" ".join(name.split()) for name in SHAPES}
    for _ in range(LOOKS):
        if names <= seen:
            break
        await screen.locator(".is-standing .team").first.wait_for()
        seen |= {" ".join(name.replace("\u2060", "").split()) for name in await screen.locator(".team").all_text_contents()}
        await screen.clock.fast_forward(8_000)
        await screen.wait_for_timeout(100)  # for the server, whose clock goes on as ever
    assert names <= seen
