"""A page as a person meets it: an evening at a state, the device in the hand, and what happens on the page then."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from playwright.async_api import Browser, BrowserContext, Page

from quizserver.battle.ids import TeamId
from tests.support.page_evenings import US, PageEvening
from tests.support.page_server import CODE, PIN, PlayedHub

SETTLE_MS = 120
KEPT = {"quiz.screen": "x" * 24, f"quiz.team.{PIN}": "x" * 24, f"quiz.team.{PIN}.code": CODE, "quiz.pin": PIN}
"""What a device of an earlier visit has in its storage."""


@dataclass(frozen=True)
class Scene:
    """`make`: an evening at the state; `act`: what happens on the page then; `link`: the address's end."""

    name: str
    make: Callable[[], PageEvening]
    act: Callable[[Page, PlayedHub], Awaitable[None]] | None = None
    role: str = "team"
    team: TeamId = US
    link: str = "/"
    acks: bool = True

    @property
    def is_screen(self) -> bool:
        return self.link.startswith("/screen")


async def show(scene: Scene, context: BrowserContext, url: str, language: str = "ru") -> tuple[Page, PlayedHub]:
    """A page of its own that stands in this state."""
    page = await context.new_page()
    hub = hub_of(scene)
    await page.route_web_socket("**/ws", hub.connected)
    await page.add_init_script(f"for (const [name, value] of Object.entries({kept_for(scene)})) localStorage.setItem(name, value)")
    await stand(page, hub, scene, url, language)
    return page, hub


def hub_of(scene: Scene) -> PlayedHub:
    hub = PlayedHub(scene.make(), scene.role, scene.team)
    hub.acks = scene.acks
    return hub


def kept_for(scene: Scene) -> dict[str, str]:
    """What the device has in its storage."""
    return {} if scene.role == "guest" else KEPT


async def stand(page: Page, hub: PlayedHub, scene: Scene, url: str, language: str) -> None:
    """Goes to the page, waits until it is drawn, and does there what the scene does."""
    await page.goto(f"{url}{scene.link}?lang={language}")
    await page.locator("#page > :not(.is-connecting)").first.wait_for(state="attached")
    await page.evaluate("document.fonts.ready.then(() => 0)")
    await page.wait_for_timeout(SETTLE_MS)
    if scene.act:
        await page.wait_for_timeout(500)  # taps on what has only just come are not taken
        await scene.act(page, hub)
        await page.wait_for_timeout(SETTLE_MS)


def speaking(scene: Scene, language: str) -> Scene:
    """The same on a battle whose screens speak this language."""

    def make() -> PageEvening:
        evening = scene.make()
        evening.speak(language)
        return evening

    return replace(scene, make=make)


async def phone_context(browser: Browser, width: int = 390, height: int = 844, scale: int = 1) -> BrowserContext:
    """A phone that speaks Russian."""
    return await browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        locale="ru-RU",
        has_touch=True,
        timezone_id="Europe/Moscow",
    )


async def screen_context(browser: Browser, width: int = 1920, height: int = 1080) -> BrowserContext:
    """A projector."""
    return await browser.new_context(viewport={"width": width, "height": height}, locale="ru-RU", timezone_id="Europe/Moscow")
