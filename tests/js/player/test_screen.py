"""The screen: what it shows by itself, with nobody at its keyboard."""

import re

import pytest
from playwright.async_api import Page, expect

from quizserver.battle import commands as ask
from quizserver.battle.phases import Phase
from tests.js.player.conftest import Open, reel, scene_named
from tests.support.page_evenings import NAMES, ON_PAPER
from tests.support.page_measures import small_letters, weak_texts, what_sticks_out
from tests.support.page_moments import at, long_question, unsaid, voided
from tests.support.page_scenes import speaking
from tests.support.page_server import PAIRING_CODE
from tests.support.page_standings import podium_of, possible, standing, tied
from tests.support.page_states import SCREEN, on_screen

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONGEST = ("long", "long-portrait", "long-portrait-text", "long-band", "long-options")
"""400 letters with options and a picture beside them cannot stand at 1/14 of the height."""


ACTED = (
    *("pairing", "lobby-stale", "stale", "standing-stale", "standing-silent", "break-stale", "podium-stale", "replaced"),
    *("podium", "podium-few", "podium-open", "podium-clear", "podium-113", "podium-122", "podium-1222", "podium-111111"),
)
"""Scenes that need a page of their own."""


async def faults(page: Page, name: str) -> list[str]:
    """What the back row cannot read."""
    found = await what_sticks_out(page) + await small_letters(page, 720 / 24) + await weak_texts(page)
    too_small = name not in LONGEST and await page.locator(".ask h1").count() and await ask_px(page) < 720 / 14 - 0.5
    return found + ["the question is under 1/14"] * bool(too_small)


async def ask_px(page: Page) -> float:
    size: float = await page.evaluate("parseFloat(getComputedStyle(document.querySelector('.ask h1')).fontSize)")
    return size


async def test_every_state_is_read_from_the_back_row(opened: Open) -> None:
    scenes = [scene for scene in SCREEN if scene.name not in ACTED]
    found = {name: await faults(page, name.split()[0]) async for name, page in reel(opened, scenes)}
    assert len(found) > 60 and {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize("name", ACTED)
async def test_what_happens_to_a_screen_is_read_from_the_back_row(opened: Open, name: str) -> None:
    page, _ = await opened(f"screen {name}")
    assert await faults(page, name) == []
    assert await page.evaluate("getComputedStyle(document.documentElement).cursor") == "none"


async def test_the_longest_question_shrinks_no_further_than_it_must(opened: Open) -> None:
    """400 letters at 1/14 of the height are ten lines over the whole width: more than there is room for, even with nothing beside."""
    page, hub = await opened(on_screen("alone", lambda: long_question(options=False)))
    assert await ask_px(page) >= 720 / 16.5
    asked = hub.evening.state.current_question
    assert asked is not None and len(asked.text["ru"]) > 390
    assert (
        await page.evaluate(
            "(({clientHeight, lastElementChild: h}) => h.clientHeight / clientHeight)(document.querySelector('.ask'))"
        )
        > 0.8
    )


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1024, 768), (1366, 768)])
async def test_every_size_shows_the_whole_picture(opened: Open, size: tuple[int, int]) -> None:
    page, _ = await opened("screen lobby", width=size[0], height=size[1])
    assert await what_sticks_out(page) == []


async def test_a_new_screen_shows_its_code_until_it_is_confirmed(opened: Open) -> None:
    page, hub = await opened("screen pairing")
    assert hub.hellos == [{"t": "hello", "v": 1, "pair": True}]
    await expect(page.locator(".pin")).to_have_text(f"{PAIRING_CODE[:3]}\u00a0{PAIRING_CODE[3:]}")
    hub.role = "screen"
    hub.say({"t": "paired", "battle": "b1", "token": "z" * 24})
    hub._on_hello({})
    await expect(page.locator(".lobby .pin")).to_have_text("123\u00a0456")
    await page.reload()
    await expect(page.locator(".lobby .pin")).to_be_visible()
    assert hub.hellos[-1] == {"t": "hello", "v": 1, "token": "z" * 24}


async def test_a_screen_of_a_battle_that_is_gone_asks_for_a_new_code(opened: Open) -> None:
    page, hub = await opened("screen lobby")
    hub.role = "guest"
    await hub.end(4500, "unknown_token")
    await expect(page.locator(".pairing .pin")).to_have_text("M4X\u00a0Q7K")
    assert hub.hellos[-1] == {"t": "hello", "v": 1, "pair": True}


async def test_the_screen_speaks_the_battles_language(opened: Open) -> None:
    page, _ = await opened(speaking(scene_named("screen closed"), "en"), language="ru")
    await expect(page.locator(".ask h1")).to_have_text("Answers closed")
    assert await page.evaluate("localStorage.getItem('quiz.language')") is None


async def test_answers_are_counted_as_they_come(opened: Open) -> None:
    page, hub = await opened("screen question")
    before = hub.evening.counts()
    await expect(page.locator(".counter")).to_contain_text(f"Ответили {before['answered']} из {before['of']}")
    hub.say({**before, "answered": 12})
    hub.say({**before, "question": "another", "answered": 1})
    await expect(page.locator(".counter b")).to_have_text("12")


async def test_a_screen_that_is_cut_off_keeps_its_picture_and_says_since_when(opened: Open) -> None:
    page, hub = await opened("screen stale")
    await expect(page.locator(".stale")).to_contain_text("Нет сервера с")
    await expect(page.locator(".plate")).to_have_count(4)
    await expect(page.locator(".dial b")).to_have_text("?")
    hub.is_up = True
    await expect(page.locator(".stale")).to_have_count(0, timeout=12_000)


async def test_no_hint_of_the_answer_before_the_reveal(opened: Open) -> None:
    page, hub = await opened("screen closed")
    looks = await page.evaluate("""[...document.querySelectorAll(".plate")].map((e) => {
        const s = getComputedStyle(e); return [s.backgroundColor, s.color, e.className.replace(/opt-./, "")].join(); })""")
    assert len(set(looks)) == 1
    hub.evening.to(Phase.REVEALED, 8)
    hub.tell()
    await expect(page.locator(".bar.is-right")).to_have_count(1)


async def test_wrong_texts_are_shown_only_after_the_tick(opened: Open) -> None:
    page, hub = await opened(on_screen("untold", at(Phase.REVEALED, 6)))
    await expect(page.locator(".said .no.is-quiet")).to_contain_text("остальные")
    await expect(page.locator(".said")).not_to_contain_text("Ту-134")
    hub.evening.do(ask.TickAnswer(question=hub.evening.shown, said="ту 134", shown=True))
    hub.tell()
    await expect(page.locator(".said")).to_contain_text("Ту-134")


async def test_the_standing_turns_its_pages_and_asks_for_a_hundred_rows_at_most(opened: Open) -> None:
    page, hub = await opened(on_screen("turning", standing()))
    await expect(page.locator(".strip")).to_contain_text("1–12")
    await expect(page.locator(".strip")).to_contain_text("13–24", timeout=5_000)
    pages = [said for said in hub.heard if said["t"] == "page" and said["of"] == "standing"]
    assert {said["count"] for said in pages} == {96}
    assert len(pages) == 1


async def test_places_move_to_where_they_are_now(opened: Open) -> None:
    """A correction after the round: the row that gains starts from where it was and slides up."""
    page, hub = await opened(on_screen("moving", standing(many=0, sheets=4)))
    await page.wait_for_timeout(1_200)
    loser = (await page.locator(".standing .team").all_inner_texts())[-1]
    await page.evaluate("""window.moves = 0; window.animate = Element.prototype.animate;
        Element.prototype.animate = function (frames, how) { window.moves += "translate" in frames[0]; return animate.call(this, frames, how); }; 0""")
    hub.evening.do(ask.AdjustPoints(team=next(t for t in hub.evening.state.teams if t == loser), points=9900, reason="Проверка"))
    hub.tell()
    await expect(page.locator(".standing tr").nth(1).locator(".team")).to_have_text(loser, timeout=3_000)
    assert await page.evaluate("moves") >= 2


async def test_names_are_text_and_muted_names_are_not_shown(opened: Open) -> None:
    page, hub = await opened(on_screen("names", standing(many=0)))
    await expect(page.locator(".standing")).to_contain_text(NAMES[8])
    assert await page.locator(".standing b, .standing script").count() == 0
    hub.evening.do(ask.MuteTeam(team=hub.evening.online[0], muted=True))
    hub.tell()
    await expect(page.locator(".standing")).not_to_contain_text(NAMES[0], timeout=3_000)


async def test_a_standing_says_what_is_certain_and_what_is_possible(opened: Open) -> None:
    page, hub = await opened(on_screen("possible", possible(many=0)))
    await expect(page.locator(".sheets-in")).to_have_text("2 из 4 листов внесено, места 1–3 уже точные")
    rows = {row["name"]: row for row in hub.evening.page("total", 0, 12)["rows"]}
    for name in (NAMES[0], ON_PAPER[3]):
        shown, row = page.locator(".standing tr", has_text=name), rows[name]
        is_open = name == ON_PAPER[3]
        await expect(shown).to_have_class(re.compile("^is-pending$" if is_open else "^$"))
        await expect(shown.locator(".place")).to_have_text(f"{row['best']}–{row['worst']}" if is_open else str(row["place"]))
        await expect(shown.locator(".sum")).to_have_text("10–22" if is_open else str(row["points"] // 100))
    await expect(page.locator(".may-move")).not_to_have_count(0)


async def test_a_venue_that_owes_sheets_and_is_silent_is_named(opened: Open) -> None:
    page, _ = await opened("screen standing-silent")
    await expect(page.locator(".owes")).to_have_text(re.compile(r"Зал: ждём ещё 2\sлиста, нет связи с\s\d\d:\d\d"))
    await expect(page.locator(".owes")).to_have_count(0, timeout=10_000)


async def test_a_podium_calls_nobody_a_winner_who_may_still_be_passed(opened: Open) -> None:
    page, hub = await opened("screen podium-open")
    await expect(page.locator(".podium h1")).to_have_text("Пока впереди")
    await expect(page.locator(".step-1")).to_have_class(re.compile("is-open"))
    hub.evening.enter_sheets(4)
    hub.evening.let_late_in()
    hub.tell()
    await expect(page.locator(".podium h1")).to_have_text("Победители")
    await expect(page.locator(".is-open")).to_have_count(0, timeout=3_000)


async def test_the_podium_is_told_from_three_to_one(opened: Open) -> None:
    page, hub = await opened(on_screen("podium", standing(many=30, sheets=4)))
    hub.evening.do(ask.ShowPodium())
    hub.tell()
    await expect(page.locator(".podium")).to_be_visible()
    await expect(page.locator(".step:not(.is-coming) .step-block")).to_have_count(0)
    await expect(page.locator(".step-1:not(.is-coming)")).to_have_count(1)
    await page.reload()
    await expect(page.locator(".step.is-coming")).to_have_count(0)
    await expect(page.locator(".podium-rest li").first).to_be_visible()


async def test_a_standing_that_was_amended_after_the_end_says_so_on_every_screen(opened: Open) -> None:
    page, hub = await opened(on_screen("amended", at(Phase.FINISHED, 12)))
    await expect(page.locator(".podium h1")).to_be_visible()
    assert await page.locator(".amended").count() == 0
    hub.evening.do(ask.AdjustPoints(team=hub.evening.online[0], points=5_000, reason="the courier"))
    hub.tell()
    await expect(page.locator(".corner-note .amended")).to_contain_text("исправлено в")
    hub.evening.do(ask.ShowStanding())
    hub.tell()
    await expect(page.locator(".strip .amended")).to_contain_text("исправлено в")


@pytest.mark.parametrize(
    ("name", "steps"),
    [("clear", [2, 1, 3]), ("113", [1, 1, 3]), ("122", [2, 1, 2]), ("1222", [2, 1]), ("111111", [1])],
)
async def test_who_shares_a_place_shares_the_podium(opened: Open, name: str, steps: list[int]) -> None:
    page, hub = await opened(f"screen podium-{name}")
    await page.locator(".podium-rest li").first.wait_for()
    assert [int(place) for place in await page.locator(".step-block strong").all_inner_texts()] == steps
    best = [row["name"] for row in hub.evening.page("total", 0, 20)["rows"] if row["place"] <= 3]
    named = {" ".join(each.split()) for each in await page.locator(".step-name p").all_inner_texts()}
    assert named == set(best)


async def test_a_team_without_room_on_its_step_is_named_in_the_list(opened: Open) -> None:
    page, _ = await opened(on_screen("crowd", tied(9, 5, 3, 3, 3)))
    await expect(page.locator(".step-3 small")).to_have_text("и ещё 1")
    assert await page.locator(".podium-rest li i").first.inner_text() == "1"


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.CLOSED, Phase.REVEALED])
@pytest.mark.parametrize("number", [4, 6, 8])
async def test_a_question_that_is_taken_out_says_so_in_every_phase(opened: Open, number: int, phase: Phase) -> None:
    page, _ = await opened(on_screen("voided", voided(at(phase, number, paper=False))))
    await expect(page.locator(".is-voided")).to_have_text("Вопрос снят для всех")


async def test_four_cues_and_no_other(opened: Open) -> None:
    page, _ = await opened("screen lobby")
    cues = await page.evaluate("""async () => {
      const {cue_of, has_sound} = await import("/player/screen/sounds.js");
      const m = (is, left, phase = "open", question = "q1") => ({is, left, closes: true, phase, question});
      const steps = [m("reading", 1), m("open", 20), m("open", 6), m("open", 5), m("open", 4), m("over", 0), m("over", 0, "closed"),
                     m("over", 0, "revealed"), m("over", 0, "revealed"), m("over", 0, "revealed", "q2")];
      return [has_sound.value, ...steps.slice(1).map((now, at) => cue_of(steps[at], now) ?? "")];
    }""")
    assert cues == [False, "open", "", "last", "last", "closed", "", "reveal", "", "reveal"]
    await page.mouse.click(100, 100)
    assert await page.evaluate("import('/player/screen/sounds.js').then((m) => m.has_sound.value)") is True


async def test_a_screen_that_is_patched_is_a_screen_that_is_new(opened: Open) -> None:
    """From the lobby to the podium by patches; then the same page fresh: both show the same."""
    page, hub = await opened(on_screen("evening", at(Phase.LOBBY)))
    for phase, number in ((Phase.OPEN, 1), (Phase.LAST_CALL, 12), (Phase.REVEALED, 2), (Phase.FINISHED, 12)):
        hub.evening.to(phase, number)
        hub.tell()
    await expect(page.locator(".podium h1")).to_be_visible()
    assert len(hub.hellos) == 1
    patched = await page.evaluate("import('/player/screen/hall.js').then((m) => m.view.value)")
    assert patched == hub.evening.view("screen")


async def test_a_gap_in_the_patches_brings_a_snapshot_and_no_blank_page(opened: Open) -> None:
    page, hub = await opened(on_screen("gap", unsaid(Phase.OPEN, 8)))
    hub.say({"t": "room", "epoch": 1, "from": 77, "to": 78, "patch": {"phase": "closed"}})
    await page.wait_for_timeout(300)
    await expect(page.locator(".plate").first).to_be_visible()
    assert "resume" not in hub.hellos[-1] and len(hub.hellos) == 2


async def test_the_final_after_a_reload_tells_all_at_once(opened: Open) -> None:
    page, _ = await opened(on_screen("late", podium_of(standing(many=5, sheets=4))))
    await expect(page.locator(".step.is-coming")).to_have_count(0)
