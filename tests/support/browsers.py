"""A real Chromium to drive. Apart from `chromium`, which the test command asks before Playwright is needed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, async_playwright

from tests.support import chromium

NO_GPU = ("--disable-gpu", "--disable-software-rasterizer")  # to imitate one costs more than to draw without
PLAIN = "--host-resolver-rules=MAP quiz.test 127.0.0.1"
"""This machine under a name of which a browser does not know that it is this machine: plain HTTP as on a venue's Wi-Fi."""


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """Fails with the sentence that says how to get one."""
    path = chromium.executable()
    assert path, chromium.MISSING
    async with async_playwright() as playwright:
        # The sandbox refuses to run as root, as in a container.
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox", *NO_GPU, PLAIN])
        yield browser
        await browser.close()


async def holds(page: Page, expression: str) -> None:
    """Until it is true on this page. Playwright's own waiting evaluates text there, which our content policy forbids."""
    async with asyncio.timeout(15):
        while not await page.evaluate(expression):
            await asyncio.sleep(0.05)
