"""What every state of the phone keeps: contrast, room for a thumb, nothing that moves, focus to be seen, names as text."""

import pytest
from playwright.async_api import Page, expect

from quizserver.battle.ids import TeamId
from quizserver.battle.phases import Phase
from tests.js.player.conftest import Open, is_still, reel
from tests.support.page_evenings import NAMES
from tests.support.page_measures import places, small_letters, small_targets, weak_texts
from tests.support.page_moments import at, unsaid
from tests.support.page_scenes import Scene
from tests.support.page_states import PHONE

pytestmark = pytest.mark.asyncio(loop_scope="session")

SIZES = {"phone": (390, 844), "small": (320, 568), "landscape": (844, 390)}
LARGE, USUAL = "document.documentElement.style.fontSize = '200%'", "document.documentElement.style.fontSize = ''"
SMALLEST_PX = 14.4
"""Letters of the smallest text on a phone, .9rem."""
THUMB_PX = 40
HOSTILE = TeamId(NAMES[8])


async def faults(page: Page) -> list[str]:
    """What keeps a state from being read and hit, with letters of the usual size and of twice that."""
    found = await weak_texts(page) + await small_letters(page, SMALLEST_PX) + await misfits(page)
    await page.evaluate(LARGE)
    found += await misfits(page)
    await page.evaluate(USUAL)
    return found


async def misfits(page: Page) -> list[str]:
    """Targets too small for a thumb, and what is wider than the phone."""
    is_wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return await small_targets(page, THUMB_PX) + ["wider than the phone"] * is_wide


async def test_every_state_can_be_read_and_hit(opened: Open) -> None:
    found = {name: await faults(page) async for name, page in reel(opened, filter(is_still, PHONE), width=320, height=640)}
    assert len(found) > 40 and {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize(
    "name",
    [
        "join-qr",
        "join-error",
        "join-mate",
        "sending",
        "saved",
        "offline",
        "late",
        "several",
        "several-saved",
        "text",
        "text-saved",
        "replaced",
    ],
)
async def test_what_a_person_does_can_be_read_and_hit(opened: Open, name: str) -> None:
    page, _ = await opened(f"phone {name}", width=320, height=640)
    assert await faults(page) == []


@pytest.mark.parametrize("size", [*SIZES, "large"])
async def test_nothing_moves_when_the_connection_goes_and_comes(opened: Open, size: str) -> None:
    width, height = SIZES.get(size, (390, 844))
    page, hub = await opened(Scene("moving", unsaid(Phase.OPEN, 1, paper=False), acks=False), width=width, height=height)
    if size == "large":
        await page.evaluate(LARGE)
    await page.locator(".choice").nth(1).scroll_into_view_if_needed()
    await page.wait_for_timeout(550)
    before = await places(page)
    await page.locator(".choice").nth(1).click()
    await expect(page.locator(".is-sending")).to_have_count(1)
    assert await places(page) == before
    await hub.go_down()
    await expect(page.locator(".offline:not(.is-behind)")).to_be_visible()
    assert await places(page) == before
    hub.is_up = True
    await expect(page.locator(".phone-bar:not(.is-behind)")).to_be_visible(timeout=10_000)
    hub.ack(hub.answers[-1])
    await expect(page.locator(".phone-status.is-saved")).to_be_visible()
    assert await places(page) == before


async def focused(page: Page) -> str:
    """What has the focus, and whether one sees it."""
    said: str = await page.evaluate("""() => { const e = document.activeElement, s = getComputedStyle(e);
        const seen = e.matches(":focus-visible") && s.outlineStyle === "solid" && parseFloat(s.outlineWidth) >= 3;
        return `${e.id || e.textContent.trim().slice(0, 12).trim()}${seen ? "" : " unseen"}`; }""")
    return said


async def tabbed(page: Page, count: int) -> list[str]:
    found = []
    for _ in range(count):
        await page.keyboard.press("Tab")
        found.append(await focused(page))
    return found


@pytest.mark.parametrize("name", ["picture", "six", "true-or-false", "text-saved", "long"])
@pytest.mark.parametrize("size", SIZES)
async def test_what_became_of_the_answer_is_never_below_the_fold(opened: Open, name: str, size: str) -> None:
    page, _ = await opened(f"phone {name}", width=SIZES[size][0], height=SIZES[size][1])
    await page.evaluate("scrollTo(0, 0)")
    await expect(page.locator(".phone-status")).to_be_in_viewport(ratio=0.95)


@pytest.mark.parametrize("size", ["phone", "landscape"])
async def test_a_picture_leaves_room_for_all_options(opened: Open, size: str) -> None:
    page, _ = await opened("phone picture", width=SIZES[size][0], height=SIZES[size][1])
    last = await page.locator(".choice").last.bounding_box()
    status = await page.locator(".phone-status").bounding_box()
    assert last and status and last["y"] + last["height"] <= (status["y"] if size == "phone" else SIZES[size][1])


@pytest.mark.parametrize("name", ["choice", "six", "picture"])
async def test_a_small_phone_says_that_options_go_on_below(opened: Open, name: str) -> None:
    page, _ = await opened(f"phone {name}", width=320, height=520)
    await page.evaluate("scrollTo(0, 0)")
    await expect(page.get_by_text("Ниже есть ещё")).to_be_visible()
    await page.evaluate("scrollTo(0, 9999)")
    await expect(page.get_by_text("Ниже есть ещё")).to_be_hidden()


@pytest.mark.parametrize("name", ["several", "six"])
@pytest.mark.parametrize("size", ["phone", "landscape"])
async def test_no_option_is_hidden_under_the_fold(opened: Open, name: str, size: str) -> None:
    page, _ = await opened(f"phone {name}", width=SIZES[size][0], height=SIZES[size][1])
    await page.evaluate("scrollTo(0, 0)")
    row = await page.locator(".send-row").bounding_box()
    for choice in await page.locator(".choice").all():
        place = await choice.bounding_box()
        assert row and place and place["y"] + place["height"] <= row["y"]


async def test_the_focus_goes_down_the_page_and_is_seen(opened: Open) -> None:
    page, _ = await opened("phone join-qr")
    assert await tabbed(page, 5) == ["EN", "pin", "name", "Войти в\u00a0битв", "Моя команда"]
    page, _ = await opened("phone several")
    await page.locator(".cell").first.focus()
    order = await tabbed(page, 8)
    assert order == ["1", "2", "AМоторные ка", "BПаровозы", "CАэросани", "DПодводные л", "EТрамваи", "Отправить A,"]


async def test_options_are_chosen_by_the_keyboard_too(opened: Open) -> None:
    page, _ = await opened("phone choice")
    await page.wait_for_timeout(550)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await expect(page.locator(".choice").first).to_have_attribute("aria-pressed", "true")


async def test_a_name_is_text_whatever_is_in_it(opened: Open) -> None:
    page, _ = await opened(Scene("hostile", at(Phase.LOBBY), team=HOSTILE))
    await expect(page.locator("h1")).to_have_text(NAMES[8])
    assert await page.locator("#page b b, #page script").count() == 0


async def test_colour_shape_and_letter_come_together(opened: Open) -> None:
    page, _ = await opened("phone six")
    options = await page.evaluate("""[...document.querySelectorAll(".choice")].map((e) => {
        const block = getComputedStyle(e.querySelector(".emblem")).backgroundColor, shape = e.querySelector("path").getAttribute("d");
        return [block, shape, e.querySelector("text").textContent]; })""")
    assert [letter for _, _, letter in options] == list("ABCDEF")
    assert len({block for block, _, _ in options}) == len({shape for _, shape, _ in options}) == 6


async def test_reduced_motion_lets_nothing_slide(opened: Open) -> None:
    page, _ = await opened("phone choice")
    await page.emulate_media(reduced_motion="reduce")
    assert await page.evaluate("document.getAnimations().filter((a) => a.playState === 'running').length") == 0
