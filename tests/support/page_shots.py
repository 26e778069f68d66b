"""Pictures of every state of the public pages, in both languages and all sizes, into build/pages/.

python -m tests.support.page_shots [part of a picture's name ...]
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterable
from itertools import product
from pathlib import Path

from playwright.async_api import Browser, Page

from tests.support.browsers import launched
from tests.support.page_scenes import Scene, phone_context, screen_context, show, speaking
from tests.support.page_server import served
from tests.support.page_states import PHONE, SCREEN

FOLDER = Path("build/pages")
AT_ONCE = 4
PHONES = {"390": (390, 844), "360": (360, 640), "320": (320, 568), "landscape": (844, 390)}
SCREENS = {"1080": (1920, 1080), "720": (1280, 720)}
LARGE = "document.documentElement.style.fontSize = '200%'"
LARGE_SCENES = ("join-qr", "lobby", "saved", "text-saved", "several", "wrong", "place", "offline", "sheet")


async def phone_shots(browser: Browser, url: str, scenes: Iterable[Scene]) -> None:
    """Every scene at every size and in both languages; with large text the full height of what one could scroll to."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(scene: Scene, language: str, size: str) -> None:
        if not wanted(f"phone-{size}-{language}-{scene.name}"):
            return
        async with gate:
            context = await phone_context(browser, *PHONES[size], 2 if size == "390" else 1)
            page, _ = await show(scene, context, url, language)
            await save(page, f"phone-{size}-{language}-{scene.name}")
            if size in ("390", "320") and scene.name in LARGE_SCENES:
                await page.evaluate(LARGE)
                await page.wait_for_timeout(100)
                await save(page, f"phone-{size}-200-{language}-{scene.name}")
            await context.close()

    await asyncio.gather(*(one(*each) for each in product(scenes, ("ru", "en"), PHONES)))


async def screen_shots(browser: Browser, url: str, scenes: Iterable[Scene]) -> None:
    """The same for screens, which speak the battle's language."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(scene: Scene, language: str, size: str) -> None:
        if not wanted(f"screen-{size}-{language}-{scene.name}"):
            return
        async with gate:
            context = await screen_context(browser, *SCREENS[size])
            page, _ = await show(speaking(scene, language), context, url, language)
            await save(page, f"screen-{size}-{language}-{scene.name}")
            await context.close()

    await asyncio.gather(*(one(*each) for each in product(scenes, ("ru", "en"), SCREENS)))


async def save(page: Page, name: str) -> None:
    await page.screenshot(path=FOLDER / f"{name}.png", full_page="-200-" in name)


def wanted(name: str) -> bool:
    """All words of the command line stand in the name."""
    return all(part in name for part in sys.argv[1:])


async def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as url:
        async with launched() as browser:
            await phone_shots(browser, url, PHONE)
            await screen_shots(browser, url, SCREEN)


if __name__ == "__main__":
    asyncio.run(main())
