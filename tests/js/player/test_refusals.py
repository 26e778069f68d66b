"""What a team reads on its phone when something is refused or missing, in both languages; nothing that it typed is lost by it."""

import re

import pytest
from playwright.async_api import Page, expect

from quizserver.battle.phases import Phase
from quizserver.wire.closing import CLOSINGS, GOODBYE, Closing
from rounds.contrast import contrast
from tests.js.player.conftest import SPEAK, Open
from tests.js.player.test_playing import play, sent, tap
from tests.support.page_moments import at, unsaid
from tests.support.page_scenes import Scene
from tests.support.page_server import PIN, PlayedHub
from tests.support.refusal_words import LANGUAGES, PLAYER, catalogue, sentence

pytestmark = pytest.mark.asyncio(loop_scope="session")

OPEN = unsaid(Phase.OPEN, 1, paper=False)
TO_A_JOIN = (
    *("unknown_pin", "unknown_code", "name_taken", "name_empty", "name_too_long", "lobby_locked", "battle_is_full"),
    *("too_many_devices", "too_fast", "store_gone", "our_fault", "not_yet"),
)
TO_NO_MESSAGE = ("too_big", "malformed", "too_deep", "bad_value", "invalid", "unknown_message", "not_allowed")
TO_AN_ANSWER = ("no_such_option", "not_this_question", "wrong_type", "empty", "too_long", "unknown_team")
FOR_GOOD = [closing for closing in CLOSINGS if not closing.comes_back and closing is not GOODBYE]


async def reads(page: Page, where: str, words: dict[str, str]) -> None:
    """In each language, changed under the very same refusal."""
    for language in ("en", "ru"):
        await page.evaluate(SPEAK, language)
        await expect(page.locator(where).filter(has_text=words[language])).to_be_visible()


def told(code: str) -> dict[str, str]:
    return {language: sentence(code, language) or "no words" for language in LANGUAGES}


async def test_a_refused_join_is_told_and_may_be_tried_again(opened: Open) -> None:
    page, hub = await opened(Scene("refused", at(Phase.LOBBY), role="guest", link=f"/j/{PIN}"))
    await page.locator("#name").fill("Допуск и посадка")
    for code in (*TO_A_JOIN, *TO_NO_MESSAGE):
        hub.refusals["join"] = code
        hub.refused_to = "" if code in TO_NO_MESSAGE else "join"
        await page.locator("button[type=submit]").click()
        await reads(page, ".error", told(code))
        await expect(page.locator("button[type=submit]")).to_have_attribute("aria-busy", "false")
        assert await page.locator("#name").input_value() == "Допуск и посадка"
    hub.refusals.clear()
    await page.locator("button[type=submit]").click()
    await expect(page.locator(".badge")).to_be_visible()


async def test_a_join_whose_reply_is_lost_is_said_again_as_it_was(opened: Open) -> None:
    page, hub = await opened(Scene("lost", at(Phase.LOBBY), role="guest", link=f"/j/{PIN}"))
    hub.loses.add("join")
    await page.locator("#name").fill("Допуск и посадка")
    await page.locator("button[type=submit]").click()
    await expect(page.locator("button[type=submit]")).to_have_attribute("aria-busy", "true")
    await hub.go_down()
    hub.is_up = True
    hub.loses.clear()
    await expect(page.locator(".badge")).to_be_visible()
    first, again = (said for said in hub.heard if said["t"] == "join")
    assert again == first and len(first["id"]) == 32


async def test_an_answer_that_can_never_count_is_told_and_another_may_be_given(opened: Open) -> None:
    page, hub = await play(opened, Scene("refused answers", OPEN, acks=False))
    for number, code in enumerate(TO_AN_ANSWER):
        await tap(page, number % 2)
        await sent(hub, page, number + 1)
        hub.ack(hub.answers[number], "refused", code=code, temporary=False)
        await reads(page, ".phone-status", told(code))


async def test_while_the_store_is_gone_an_answer_is_on_its_way_and_never_saved(opened: Open) -> None:
    page, hub = await play(opened, Scene("store gone", OPEN, acks=False))
    await tap(page, 1)
    for again in (1, 2):
        await sent(hub, page, again)
        await reads(
            page, ".phone-status", {each: catalogue(PLAYER, each)["status.sending"].partition("{")[0] for each in LANGUAGES}
        )
        hub.ack(hub.answers[-1], "refused", code="store_gone", temporary=True)
    await sent(hub, page, 3)
    assert len({said["id"] for said in hub.answers}) == 1
    hub.ack(hub.answers[-1])
    await expect(page.locator(".phone-status.is-saved")).to_be_visible()


@pytest.mark.parametrize("closing", FOR_GOOD, ids=lambda closing: closing.reason)
async def test_an_end_for_good_says_what_is_true_and_the_one_thing_to_do(opened: Open, closing: Closing) -> None:
    page, hub = await opened("phone choice")
    await hub.end(closing.code, closing.reason)
    await expect(page.locator("h1")).to_be_visible()
    for part, where in (("", "h1"), (".what", "p"), (".act", "button")):
        words = {}
        for language in LANGUAGES:
            known = catalogue(PLAYER, language)
            words[language] = known.get(f"ended.{closing.reason}{part}") or known[f"ended{part}"]
        await reads(page, where, words)


@pytest.mark.parametrize("scene", ["phone picture", "screen picture"])
async def test_a_picture_that_is_missing_is_told_by_its_words(opened: Open, scene: str) -> None:
    page, hub = await opened(scene)
    await page.route("**/media/**", lambda route: route.fulfill(status=404, body="There is no such picture.\n"))
    await page.reload()
    words = page.locator(".picture.is-missing p")
    await expect(words).to_have_text(re.compile(r"^Чертёж .+"))
    assert await page.locator(".picture img").count() == 0
    ink, field = await words.evaluate("(p) => [getComputedStyle(p).color, getComputedStyle(p.parentElement).backgroundImage]")
    assert contrast(hexadecimal(ink), hexadecimal(field)) >= 4.5
    await can_play(page, hub, scene)
    await page.unroute("**/media/**")


def hexadecimal(computed: str) -> str:
    """The first colour that a computed value names."""
    first = re.search(r"rgb\((\d+), (\d+), (\d+)", computed)
    assert first
    return "#" + "".join(f"{int(each):02x}" for each in first.groups())


async def can_play(page: Page, hub: PlayedHub, scene: str) -> None:
    if scene.startswith("phone"):
        await page.wait_for_timeout(550)
        await tap(page, 0)
        await sent(hub, page, 1)
    else:
        await expect(page.locator(".counter").first).to_be_visible()
