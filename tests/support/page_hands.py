"""What the person at the page does there, and what happens to the line meanwhile."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Page

from tests.support.page_evenings import US
from tests.support.page_server import PlayedHub


async def tap_second(page: Page, hub: PlayedHub) -> None:
    await page.locator(".choice").nth(1).click()


async def drop(page: Page, hub: PlayedHub) -> None:
    await tap_second(page, hub)
    await hub.go_down()


async def mark_two(page: Page, hub: PlayedHub) -> None:
    await page.locator(".choice").nth(0).click()
    await page.locator(".choice").nth(2).click()


async def send_two(page: Page, hub: PlayedHub) -> None:
    await mark_two(page, hub)
    await page.locator(".send-row button").click()


def writes(words: str, saves: bool = True) -> Callable[[Page, PlayedHub], Awaitable[None]]:
    async def act(page: Page, hub: PlayedHub) -> None:
        await page.locator("#answer").fill(words)
        if saves:
            await page.locator("button[type=submit]").click()

    return act


def told(verdict: str, **more: object) -> Callable[[Page, PlayedHub], Awaitable[None]]:
    """A tap, and what the server makes of it."""

    async def act(page: Page, hub: PlayedHub) -> None:
        await tap_second(page, hub)
        while not hub.answers:
            await page.wait_for_timeout(20)
        hub.ack(hub.answers[-1], verdict, **more)

    return act


async def another_phone(page: Page, hub: PlayedHub) -> None:
    asked = hub.evening.state.current_question
    assert asked is not None
    hub.evening.answer(US, asked.options[2].id)
    hub.tell()


async def overtaken(page: Page, hub: PlayedHub) -> None:
    """Another phone has answered later than this one, whose tap was on its way."""
    await another_phone(page, hub)
    await told("superseded")(page, hub)


async def no_server(page: Page, hub: PlayedHub) -> None:
    await hub.go_down()
    await page.locator(".stale").wait_for()


def cut(code: int, reason: str) -> Callable[[Page, PlayedHub], Awaitable[None]]:
    async def act(page: Page, hub: PlayedHub) -> None:
        await hub.end(code, reason)

    return act


async def wrong_pin(page: Page, hub: PlayedHub) -> None:
    await page.locator("#pin").fill("418072")


async def taken_name(page: Page, hub: PlayedHub) -> None:
    hub.refusals["join"] = "name_taken"
    await page.locator("#name").fill("Допуск и посадка")
    await page.locator("button[type=submit]").click()


async def as_mate(page: Page, hub: PlayedHub) -> None:
    await page.locator(".button-quiet").click()


async def wait_long(page: Page, hub: PlayedHub) -> None:
    await page.wait_for_timeout(1_500)


async def owed(page: Page, hub: PlayedHub) -> None:
    await page.locator(".owes").wait_for(timeout=15_000)


async def answered(page: Page, hub: PlayedHub) -> None:
    hub.say(hub.evening.counts())
