"""Staff pages in a real Chromium, over a hub that is played by the pure core."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, CDPSession, Page

from quizserver.battle.ids import VenueId
from tests.support.browsers import launched
from tests.support.staff_hub import KEY, Hub
from tests.support.staff_pages import served, sitting
from tests.support.staff_states import Evening

DESK_KEY = "desk-key-of-the-first-venue"


@dataclass
class Bench:
    """A page and the hub it talks to."""

    page: Page
    hub: Hub

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)

    async def sees(self, selector: str, text: str = "") -> None:
        """Waits until it is there, with this text in it."""
        await self.page.locator(selector).filter(has_text=text).first.wait_for(timeout=4000)

    def presses(self) -> list[str]:
        """What the host asked for, in order."""
        return [message["command"] for message in self.hub.of("do")]

    async def settle(self) -> None:
        """Long enough, by the page's own clock, for the primary button to mean what it says."""
        await self.page.evaluate("new Promise((settled) => setTimeout(settled, 560))")

    async def asks(self, count: int) -> list[str]:
        """What the host asked for, as soon as it is so much; what there is if it stays less."""
        for _ in range(40):
            if len(self.presses()) >= count:
                break
            await self.page.wait_for_timeout(25)
        return self.presses()


Open = Callable[..., Awaitable[Bench]]


@pytest.fixture(scope="session")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    media: Path = tmp_path_factory.mktemp("media")
    with served(media) as address:
        yield address


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with launched() as browser:
        yield browser


@dataclass
class Computer:
    """A browser with a memory of its own. Its programs stay in its cache from test to test, for each page has a hundred of them; all
    else is forgotten."""

    context: BrowserContext
    devtools: CDPSession

    async def forget(self, origin: str) -> None:
        for page in self.context.pages[1:]:  # the first holds the developer tools
            await page.close()
        await self.devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})


class Computers:
    """As many as the test with the most of them needs."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._all: list[Computer] = []

    async def get(self, number: int) -> Computer:
        while len(self._all) <= number:
            context = await self._browser.new_context(viewport={"width": 1280, "height": 800})
            self._all.append(Computer(context, await context.new_cdp_session(await context.new_page())))
        return self._all[number]


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def computers(browser: Browser) -> Computers:
    return Computers(browser)


@pytest_asyncio.fixture(loop_scope="session")
async def opened(computers: Computers, origin: str) -> AsyncIterator[Open]:
    """Opens a staff page on an evening; no error on it goes unnoticed, and none that the content policy finds. Each is on a computer
    of its own, but for one that stands `beside` another."""
    errors: list[str] = []
    used: list[Computer] = []

    async def _open(address: str, evening: Evening | Hub, *, who: str = "Анна", beside: Bench | None = None) -> Bench:
        hub = evening if isinstance(evening, Hub) else Hub(evening)
        hub.keys[DESK_KEY] = ("desk", VenueId("v0"))
        if beside is None:
            used.append(await computers.get(len(used)))
        page = await (beside.page if beside else used[-1]).context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
        if who:
            await page.add_init_script(sitting(who))
        await hub.route(page)
        await page.goto(origin + address)
        return Bench(page, hub)

    yield _open
    for computer in used:
        await computer.forget(origin)
    assert errors == []


@pytest_asyncio.fixture(loop_scope="session")
async def console(opened: Open) -> Open:
    async def _console(evening: Evening | Hub, **options: object) -> Bench:
        bench = await opened(f"/console?lang=ru#{KEY}", evening, **options)
        await bench.sees(".action-main")
        await bench.settle()
        return bench

    return _console


@pytest_asyncio.fixture(loop_scope="session")
async def desk(opened: Open) -> Open:
    async def _desk(evening: Evening | Hub, **options: object) -> Bench:
        bench = await opened(f"/desk?lang=ru#{DESK_KEY}", evening, **options)
        await bench.sees(".desk-bar", "Калибр")
        return bench

    return _desk
