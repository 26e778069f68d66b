"""What lies over a desk or a console: it has the focus, keeps every key, and gives the focus back."""

import pytest

from tests.js.staff.conftest import Bench, Open
from tests.js.staff.test_desk import FIRST, marks
from tests.support.staff_states import SCENES

pytestmark = pytest.mark.asyncio(loop_scope="session")

WITHIN = "Boolean(document.activeElement.closest('[role=dialog]'))"
HAD = "document.activeElement.textContent"


async def stays_within(bench: Bench) -> bool:
    """Wherever Tab leads, both ways, and a whole round of it."""
    found = []
    for key in ("Tab", "Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"):
        await bench.press(key)
        found.append(await bench.page.evaluate(WITHIN))
    return all(found)


async def test_no_key_reaches_the_grid_under_a_dialog_and_the_focus_comes_back(desk: Open) -> None:
    bench = await desk(SCENES["amended"]())
    await bench.sees(FIRST)
    await bench.page.locator(".grid tbody tr", has_text="Флаттер").locator("td[data-column]").first.click()
    sent = len(marks(bench))
    for ending in ("Escape", "beside"):
        await bench.page.get_by_role("button", name="История").click()
        await bench.sees(".history li")
        assert await stays_within(bench)
        await bench.page.evaluate("document.activeElement.blur()")  # as when what had it is gone
        await bench.press("1", "Enter")
        await (bench.press("Escape") if ending == "Escape" else bench.page.mouse.click(4, 400))
        await bench.page.locator("[role=dialog]").wait_for(state="detached", timeout=4000)
        assert await bench.page.evaluate(HAD) == "История"
    assert len(marks(bench)) == sent


async def test_who_sits_here_is_asked_until_somebody_has_said(opened: Open) -> None:
    bench = await opened("/desk?lang=ru#desk-key-of-the-first-venue", SCENES["collected"](), who="")
    await bench.sees("[role=dialog] input:focus")
    await bench.press("Escape")
    await bench.page.mouse.click(4, 400)
    assert await bench.page.locator("[role=dialog] input:focus").count() == 1
    assert await bench.page.get_by_role("button", name="Закрыть").count() == 0


async def test_a_sheet_over_the_console_keeps_tab_and_gives_the_focus_back(console: Open) -> None:
    host = await console(SCENES["lobby"]())
    await host.page.locator(".bar-title").focus()
    await host.press("h")
    await host.sees(".sheet input:focus")
    assert await stays_within(host)
    await host.press("Escape")
    assert await host.page.evaluate("document.activeElement.className") == "bar-title"


async def test_every_key_that_the_desk_heeds_is_listed_and_no_other_one(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees(FIRST)
    await bench.press("h")
    await bench.sees("[role=dialog] h2", "Клавиши")
    assert await bench.page.locator("[role=dialog] .keys li").count() == await bench.page.evaluate(
        "import('/staff/desk/key_help.js').then(({LISTED}) => LISTED.flatMap(([, lines]) => lines).length)"
    )
    listed, heeded = await bench.page.evaluate(
        """Promise.all([import('/staff/desk/key_help.js'), import('/staff/desk/keyboard.js')]).then(([{LISTED}, {heeded}]) =>
          [LISTED.flatMap(([, lines]) => lines.flatMap(([, , codes]) => codes)), heeded()])"""
    )
    assert set(listed) - {"digits", "paste"} == set(heeded)
