"""A real Chromium to drive. Apart from `chromium`, which the test command asks before Playwright is needed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright

from tests.support import chromium

NO_GPU = ("--disable-gpu", "--disable-software-rasterizer")  # to imitate one costs more than to draw without


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """Fails with the sentence that says how to get one."""
    path = chromium.executable()
    assert path, chromium.MISSING
    async with async_playwright() as playwright:
        # The sandbox refuses to run as root, as in a container.
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox", *NO_GPU])
        yield browser
        await browser.close()
