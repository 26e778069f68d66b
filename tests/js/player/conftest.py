"""The public pages in a real Chromium, over a hub that is played by the pure core."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, WebSocketRoute

from tests.support.browsers import launched
from tests.support.page_hands import answered, wait_long
from tests.support.page_scenes import Scene, hub_of, kept_for, stand
from tests.support.page_server import PlayedHub, served
from tests.support.page_states import PHONE, SCREEN

HURRY = """for (const name of ["setTimeout", "setInterval"]) {
  const real = window[name]; window[name] = (run, ms = 0) => real(run, ms >= 2000 ? ms / 10 : ms); }"""
"""What a page does every few seconds it does ten times as often, so that no test waits for it."""

SPEAK = """(language) => import("/browser/words.js").then(({say_in}) => say_in(language))
  .then(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 20))))
  .then(() => document.getAnimations().forEach((each) => each.finish()))"""
EMPTY = """(kept) => { localStorage.clear(); sessionStorage.clear();
  for (const [name, value] of Object.entries(kept)) localStorage.setItem(name, value); }"""

Open = Callable[..., Awaitable[tuple[Page, PlayedHub]]]


@pytest.fixture(scope="session")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("media")) as address:
        yield address


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with launched() as browser:
        yield browser


@dataclass
class Device:
    """One page for all tests, since a new one costs a second: it is emptied and goes somewhere else."""

    page: Page
    hub: PlayedHub | None = None
    errors: list[str] = field(default_factory=list)

    async def connected(self, ws: WebSocketRoute) -> None:
        if self.hub is not None:
            await self.hub.connected(ws)

    async def become(self, scene: Scene, origin: str, language: str, width: int, height: int) -> PlayedHub:
        if not self.page.url.startswith(origin):
            await self.page.goto(f"{origin}/healthz")  # an address of ours with no page behind it
        await self.page.evaluate(EMPTY, kept_for(scene))
        await self.page.set_viewport_size({"width": width, "height": height})
        await self.page.emulate_media(reduced_motion="no-preference")
        self.hub = hub_of(scene)
        await stand(self.page, self.hub, scene, origin, language)
        return self.hub


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def device(browser: Browser, origin: str) -> AsyncIterator[Device]:
    context = await browser.new_context(locale="ru-RU", timezone_id="Europe/Moscow", has_touch=True)
    await context.add_init_script(HURRY)
    device = Device(await context.new_page())
    device.page.on("pageerror", lambda error: device.errors.append(str(error)))
    device.page.on("console", lambda said: device.errors.append(said.text) if "Content Security Policy" in said.text else None)
    await device.page.route_web_socket("**/ws", device.connected)
    yield device
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def opened(device: Device, origin: str) -> AsyncIterator[Open]:
    """Opens a scene, by its name or as it is. No error on the page goes unnoticed, and none that its policy finds."""
    device.errors.clear()

    async def _open(scene: str | Scene, *, language: str = "ru", width: int = 0, height: int = 0) -> tuple[Page, PlayedHub]:
        known = scene_named(scene) if isinstance(scene, str) else scene
        usual = (1280, 720) if known.is_screen else (390, 844)
        hub = await device.become(known, origin, language, width or usual[0], height or usual[1])
        return device.page, hub

    yield _open
    assert device.errors == []


@pytest_asyncio.fixture(loop_scope="session")
async def module(browser: Browser, origin: str) -> AsyncIterator[Page]:
    """A page of ours whose server says nothing, to try single modules on."""
    context = await browser.new_context(locale="ru-RU")
    page = await context.new_page()
    await page.route_web_socket("**/ws", lambda ws: None)
    await page.goto(origin)
    yield page
    await context.close()


async def reel(opened: Open, scenes: Iterable[Scene], **size: int) -> AsyncIterator[tuple[str, Page]]:
    """One page that is shown one scene after another in both languages, as if its server had come back with another evening."""
    page: Page | None = None
    for scene in scenes:
        if page is None:
            page, hub = await opened(scene, **size)
        else:
            await hub.play(scene.make(), scene.team, page, scene.is_screen)
        for language in ("ru", "en"):
            hub.evening.speak(language)
            hub.tell()
            await page.evaluate(SPEAK, language)
            yield f"{scene.name} {language}", page


def is_still(scene: Scene) -> bool:
    """True for a scene in which nobody does anything on the page, so that it needs no page of its own."""
    return scene.act in (None, answered, wait_long) and scene.role != "guest"


def scene_named(name: str) -> Scene:
    """`phone choice` or `screen lobby`."""
    kind, _, state = name.partition(" ")
    return next(scene for scene in (SCREEN if kind == "screen" else PHONE) if scene.name == state)
