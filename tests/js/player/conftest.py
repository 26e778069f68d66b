"""The public pages in a real Chromium, over a hub that is played by the pure core."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from tests.support import chromium
from tests.support.page_server import PlayedHub, served
from tests.support.page_states import PHONE, SCREEN, Scene, phone_context, screen_context, show

Open = Callable[..., Awaitable[tuple[Page, PlayedHub]]]


@pytest.fixture(scope="session")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("media")) as address:
        yield address


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = chromium.executable()
    assert path, chromium.MISSING
    async with async_playwright() as playwright:
        # The sandbox refuses to run as root, as in a container.
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def opened(browser: Browser, origin: str) -> AsyncIterator[Open]:
    """Opens a page that stands in a scene, by its name or as it is. No error on it goes unnoticed, and none that the policy finds."""
    errors: list[str] = []
    pages: list[Page] = []

    async def _open(scene: str | Scene, *, language: str = "ru", width: int = 0, height: int = 0) -> tuple[Page, PlayedHub]:
        known = scene_named(scene) if isinstance(scene, str) else scene
        if known.is_screen:
            context = await screen_context(browser, width or 1280, height or 720)
        else:
            context = await phone_context(browser, width or 390, height or 844)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        context.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
        page, hub = await show(known, context, origin, language)
        pages.append(page)
        return page, hub

    yield _open
    for page in pages:
        await page.context.close()
    assert errors == []


@pytest_asyncio.fixture(loop_scope="session")
async def module(browser: Browser, origin: str) -> AsyncIterator[Page]:
    """A page of ours whose server says nothing, to try single modules on."""
    context = await browser.new_context(locale="ru-RU")
    page = await context.new_page()
    await page.route_web_socket("**/ws", lambda ws: None)
    await page.goto(origin)
    yield page
    await context.close()


async def reel(opened: Open, scenes: Iterable[Scene], **how: Any) -> AsyncIterator[tuple[str, Page]]:
    """One page that is shown one scene after another, as if its server had come back each time with another evening."""
    page: Page | None = None
    for scene in scenes:
        if page is None:
            page, hub = await opened(scene, **how)
        else:
            await hub.play(scene.make(), scene.team, page, scene.is_screen)
        yield scene.name, page


def is_still(scene: Scene) -> bool:
    """True for a scene in which nobody does anything, so that it needs no page of its own."""
    return scene.act is None and scene.role != "guest"


def scene_named(name: str) -> Scene:
    """`phone choice` or `screen lobby`."""
    kind, _, state = name.partition(" ")
    return next(scene for scene in (SCREEN if kind == "screen" else PHONE) if scene.name == state)
