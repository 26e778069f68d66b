"""Pictures of the staff pages in every state and both languages, into build/staff/, to be looked at beside the drawn ones.

python -m tests.support.staff_shots
"""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Browser, ViewportSize

from quizserver.battle.ids import VenueId
from tests.support.browsers import launched
from tests.support.staff_hub import KEY, Hub
from tests.support.staff_pages import served, sitting
from tests.support.staff_states import SCENES, Evening, media_into

FOLDER = Path("build/staff")
DESK_KEY = "desk-key-of-the-first-venue"
LANGUAGES = ("ru", "en")
CONSOLE = ((1440, 900), (1280, 720))
DESK = ((1366, 768), (1280, 800), (820, 1180), (390, 844))
OVERLAYS = {"keys": "?", "teams": "h", "venues": "v", "invitation": "i", "new_team": "c", "questions": "q"}
DESK_SCENES = ("lobby", "question", "collecting", "collected", "disputed", "mixed", "late_sheets", "blind", "late", "amended")
DRAWN_MS = 900  # fonts, pictures and the first page of rows


class Shots:
    """One picture a call; a page of its own each, so that none remembers the one before."""

    def __init__(self, browser: Browser, origin: str, media: Path, folder: Path) -> None:
        self.browser, self.origin, self.media, self.folder = browser, origin, media, folder

    async def shot(self, name: str, address: str, evening: Evening, size: tuple[int, int], *keys: str) -> None:
        media_into(evening, self.media)
        hub = Hub(evening)
        hub.keys[DESK_KEY] = ("desk", VenueId("v0"))
        page = await self.browser.new_page(viewport=ViewportSize(width=size[0], height=size[1]))
        await page.add_init_script(sitting("Анна"))
        await hub.route(page)
        await page.goto(self.origin + address)
        await page.wait_for_timeout(DRAWN_MS)
        for key in keys:
            await page.keyboard.press(key)
            await page.wait_for_timeout(DRAWN_MS / 3)
        await page.screenshot(path=self.folder / f"{name}-{size[0]}x{size[1]}.png")
        await page.close()

    async def language(self, language: str) -> None:
        console, desk = f"/console?lang={language}#{KEY}", f"/desk?lang={language}#{DESK_KEY}"
        for size in CONSOLE:
            for name, make in SCENES.items():
                await self.shot(f"console-{name}-{language}", console, make(), size)
            for name, key in OVERLAYS.items():
                await self.shot(f"console-{name}-{language}", console, SCENES["lobby"](), size, key)
        for size in DESK:
            for name in DESK_SCENES:
                await self.shot(f"desk-{name}-{language}", desk, SCENES[name](), size)
        address = f"/staff/print?lang={language}&battle=battle1#{KEY}"
        await self.shot(f"print-poster-{language}", address, SCENES["lobby"](), (1000, 1300))


async def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as media, served(Path(media)) as origin:
        async with launched() as browser:
            for language in LANGUAGES:
                await Shots(browser, origin, Path(media), folder).language(language)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(FOLDER))
