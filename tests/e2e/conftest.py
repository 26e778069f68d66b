"""One real Chromium for all browser tests."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.support import chromium


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    path = chromium.executable()
    assert path, chromium.MISSING
    async with async_playwright() as playwright:
        # The sandbox refuses to run as root, as in a container.
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A page on which no error goes unnoticed."""
    page = await browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    await page.close()
    assert errors == []
