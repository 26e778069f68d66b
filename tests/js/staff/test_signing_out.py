"""Who is signed in: the host sees them, signs them out, and a console that was signed out says so."""

import pytest
from playwright.async_api import expect

from tests.js.staff.conftest import Open
from tests.support.staff_hub import KEY, SESSION
from tests.support.staff_states import SCENES

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_console_shows_who_is_signed_in_and_signs_out_one_or_all_others(console: Open) -> None:
    bench = await console(SCENES["lobby"]())
    await bench.press("a")
    rows = bench.page.locator(".signed-in")
    await expect(rows).to_have_count(2)
    await expect(rows.nth(0)).to_contain_text("этот пульт")
    await expect(rows.nth(1)).to_contain_text("Safari, iPad")
    for button in (rows.nth(1).get_by_role("button"), bench.page.get_by_role("button", name="Отключить все остальные")):
        await button.click()
        await bench.page.wait_for_timeout(400)  # a second press so soon would be a bouncing finger
        await bench.page.get_by_role("button", name="Точно? Ещё раз").click()
    assert await bench.asks(2) == ["SignOut", "SignOutOthers"]
    assert [message["args"] for message in bench.hub.of("do")] == [{"console": "c2"}, {"console": "c1"}]


async def test_a_console_says_at_sign_in_which_browser_it_is(console: Open) -> None:
    bench = await console(SCENES["lobby"]())
    assert bench.hub.of("hello")[0]["browser"].startswith("Chrome, ")


@pytest.mark.parametrize(("language", "says"), [("ru", "Этот пульт отключён"), ("en", "This console has been signed out")])
async def test_a_console_that_is_signed_out_says_so_and_keeps_no_key(opened: Open, language: str, says: str) -> None:
    bench = await opened(f"/console?lang={language}#{KEY}", SCENES["lobby"]())
    await bench.sees(".action-main")
    await bench.hub.end(4504, "signed_out")
    await bench.sees(".sign-in .error", says)
    assert SESSION not in await bench.page.evaluate("Object.values(localStorage)")
    assert await bench.page.locator(".action-main").count() == 0


async def test_a_key_that_was_given_to_a_desk_is_taken_back(console: Open) -> None:
    bench = await console(SCENES["lobby"]())
    await bench.press("v")
    row = bench.page.locator(".signed-in")
    await expect(row).to_contain_text("Стол: Технопарк «Калибр»")
    await row.get_by_role("button", name="Отозвать").click()
    await bench.page.wait_for_timeout(400)
    await row.get_by_role("button", name="Точно? Ещё раз").click()
    assert await bench.asks(1) == ["RevokeStaff"]
    assert bench.hub.of("do")[0]["args"] == {"key": "k1"}
