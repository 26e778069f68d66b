"""What a team does on its phone, and what it is told."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from quizserver.battle import commands as ask
from quizserver.battle.phases import Phase
from tests.js.player.conftest import Open
from tests.support.page_evenings import US
from tests.support.page_hands import taken_name
from tests.support.page_moments import at, unsaid, with_first_question, with_round
from tests.support.page_scenes import Scene
from tests.support.page_server import CODE, PIN, PlayedHub

pytestmark = pytest.mark.asyncio(loop_scope="session")

SESSION = "import('/player/phone/team.js').then((module) => module.session)"
FRESH_MS = 550  # a tap on what has only just come is not taken
OPEN = unsaid(Phase.OPEN, 1, paper=False)


async def tap(page: Page, at: int) -> None:
    await page.locator(".choice").nth(at).click()


async def status(page: Page, words: str) -> None:
    await expect(page.locator(".phone-status")).to_contain_text(words)


async def sent(hub: PlayedHub, page: Page, count: int) -> None:
    """Waits until the page has sent so many answers."""
    for _ in range(500):  # ten seconds: a busy machine is no fault of the page
        if len(hub.answers) >= count:
            return
        await page.wait_for_timeout(20)
    raise AssertionError(f"only {len(hub.answers)} answers came")


def joins(hub: PlayedHub) -> list[dict[str, Any]]:
    """What was asked, but for the number that a phone gives its wish."""
    return [{key: said[key] for key in said if key not in ("t", "id")} for said in hub.heard if said["t"] == "join"]


async def play(opened: Open, scene: Scene | str) -> tuple[Page, PlayedHub]:
    page, hub = await opened(scene)
    await page.wait_for_timeout(FRESH_MS)
    return page, hub


# --- joining -------------------------------------------------------------------------------------------------------------


async def test_three_taps_from_the_code_to_the_lobby(opened: Open) -> None:
    page, hub = await opened("phone join-qr")
    assert await page.locator("#pin").input_value() == f"{PIN[:3]} {PIN[3:]}"
    await expect(page.locator("h1")).to_have_text("Туполев. Сто лет")
    await page.locator("#name").fill("Допуск и посадка")
    await page.locator("button[type=submit]").click()
    await expect(page.locator(".badge")).to_have_text("Вы в игре")
    await expect(page.locator(".mate b")).to_have_text(CODE)
    assert joins(hub) == [{"pin": PIN, "name": "Допуск и посадка"}]


async def test_a_typed_pin_is_looked_for_as_soon_as_it_is_whole(opened: Open) -> None:
    page, hub = await opened("phone join")
    await page.locator("#pin").press_sequentially("123x456")
    await expect(page.locator("h1")).to_have_text("Туполев. Сто лет")
    assert await page.locator("#pin").input_value() == "123 456"
    assert [said["pin"] for said in hub.heard if said["t"] == "look"] == ["123456"]


async def test_a_team_mates_code_comes_with_the_qr_and_leaves_the_address(opened: Open) -> None:
    page, hub = await opened(Scene("mate", at(Phase.LOBBY), role="guest", link=f"/j/{PIN}"))
    await page.goto(f"{page.url.split('?')[0]}?lang=ru#{CODE}")
    await page.reload()
    await page.locator("button[type=submit]").click()
    await expect(page.locator(".badge")).to_be_visible()
    assert joins(hub) == [{"pin": PIN, "code": CODE}]
    assert CODE not in page.url


async def test_what_is_wrong_stands_at_its_field(opened: Open) -> None:
    page, _ = await opened(Scene("taken", at(Phase.LOBBY), taken_name, role="guest", link=f"/j/{PIN}"))
    name = page.locator("#name")
    await expect(name).to_have_attribute("aria-invalid", "true")
    await expect(page.locator(f"#{await name.get_attribute('aria-describedby')}")).to_contain_text("уже есть")
    await page.locator("#pin").fill("41")
    await page.locator("button[type=submit]").click()
    await expect(page.locator("#pin-wrong")).to_contain_text("шесть цифр")
    await expect(page.locator("#pin")).to_be_focused()


async def test_a_phone_nobody_knows_joins_anew(opened: Open) -> None:
    page, hub = await opened("phone choice")
    hub.role = "guest"
    await hub.end(4500, "unknown_token")
    await page.get_by_role("button", name="Войти заново").click()
    await expect(page.locator("#name")).to_be_visible()
    assert "token" not in hub.hellos[-1]


@pytest.mark.parametrize(
    ("language", "says", "button"),
    [("ru", "Битва открыта в другом окне", "Продолжить здесь"), ("en", "The battle is open in another window", "Go on here")],
)
async def test_a_phone_opened_elsewhere_waits_for_a_tap(opened: Open, language: str, says: str, button: str) -> None:
    page, hub = await opened("phone replaced", language=language)
    await expect(page.locator("h1")).to_have_text(says)
    await page.evaluate("dispatchEvent(new Event('online')), document.dispatchEvent(new Event('visibilitychange'))")
    await page.wait_for_timeout(1500)  # every pause of a page that comes back by itself is over by then
    assert len(hub.hellos) == 1
    await page.get_by_role("button", name=button).click()
    await expect(page.locator(".choice").first).to_be_visible()
    assert len(hub.hellos) == 2


KEPT = f"localStorage.getItem('quiz.team.{PIN}.before')"


async def test_a_new_token_is_said_at_the_next_hello_and_the_old_one_is_kept_until_then(opened: Open) -> None:
    page, hub = await opened("phone choice")
    old, new = hub.hellos[-1]["token"], "n" * 32
    hub.say({"t": "welcome", "role": "team", "now": hub.evening.now_ms, "battle": "b1", "epoch": 1, "team": hub.team, "token": new})
    await page.wait_for_function("(new_one) => Object.values(localStorage).includes(new_one)", arg=new)
    assert await page.evaluate(KEPT) == old
    await hub.end(4000, "restarting 1")
    await page.wait_for_function(f"() => {KEPT} === null")
    assert hub.hellos[-1]["token"] == new


async def test_a_new_token_that_the_server_has_lost_gives_way_to_the_old_one(opened: Open) -> None:
    page, hub = await opened("phone choice")
    old, new = hub.hellos[-1]["token"], "n" * 32
    hub.say({"t": "welcome", "role": "team", "now": hub.evening.now_ms, "battle": "b1", "epoch": 1, "team": hub.team, "token": new})
    await page.wait_for_function("(new_one) => Object.values(localStorage).includes(new_one)", arg=new)
    await hub.end(4500, "unknown_token")
    await page.wait_for_function("(new_one) => !Object.values(localStorage).includes(new_one)", arg=new)
    await expect(page.locator(".choice").first).to_be_visible()
    assert [hello["token"] for hello in hub.hellos] == [old, old]


async def test_the_language_changes_at_once_and_stays(opened: Open) -> None:
    page, _ = await opened("phone lobby")
    await page.get_by_role("button", name="English").click()
    await expect(page.locator(".badge")).to_have_text("You are in")
    assert await page.evaluate("[document.documentElement.lang, localStorage.getItem('quiz.language')]") == ["en", "en"]


# --- answering -----------------------------------------------------------------------------------------------------------


async def test_saved_is_said_only_after_the_ack(opened: Open) -> None:
    page, hub = await play(opened, Scene("slow", OPEN, acks=False))
    await tap(page, 1)
    await status(page, "Отправляем ответ B")
    await expect(page.locator(".choice.is-chosen.is-sending")).to_have_count(1)
    hub.ack(hub.answers[0])
    await status(page, "Ответ B сохранён")
    await expect(page.locator(".choice.is-chosen:not(.is-sending)")).to_have_count(1)


async def test_another_tap_changes_and_the_same_one_does_not(opened: Open) -> None:
    page, hub = await play(opened, Scene("changing", OPEN))
    for option in (1, 1, 3):
        await tap(page, option)
        await status(page, f"Ответ {'ABCD'[option]} сохранён")
    assert [said["seen"] for said in hub.answers] == [0, 1]


async def test_where_the_first_answer_counts_a_tap_locks(opened: Open) -> None:
    page, hub = await play(opened, "phone first")
    await expect(page.locator(".choice[aria-disabled=true]")).to_have_count(4)
    await page.locator(".choice").nth(2).click(force=True)
    assert len(hub.answers) == 1


async def test_a_tap_on_what_has_only_just_come_is_not_taken(opened: Open) -> None:
    page, hub = await opened(Scene("coming", at(Phase.ROUND_INTRO, paper=False)))
    hub.evening.do(ask.ShowQuestion())
    hub.evening.wait(3_100)
    hub.tell()
    hub._on_clock({"sent": await page.evaluate("performance.now()")})
    await page.locator(".choice").nth(0).dispatch_event("click")
    assert hub.answers == []


async def test_an_answer_survives_a_lost_connection_and_a_reload(opened: Open) -> None:
    page, hub = await play(opened, Scene("dropping", OPEN, acks=False))
    await tap(page, 2)
    await sent(hub, page, 1)
    await hub.go_down()
    await status(page, "ждёт отправки")
    hub.is_up = True
    await page.reload()
    await sent(hub, page, 2)
    first, again = hub.answers
    assert (again["id"], again["value"], again["held"]) == (first["id"], first["value"], True)
    hub.ack(again)
    await status(page, "Ответ C сохранён")
    await page.reload()
    await status(page, "Ответ C сохранён")
    assert len(hub.answers) == 2


@pytest.mark.parametrize(
    ("verdict", "more", "words"),
    [
        ("late", {"late_ms": 412}, "опоздал на 0,4\u00a0с"),
        ("missed", {}, "после подсчёта"),
        ("limit", {}, "Больше менять нельзя"),
        ("refused", {"code": "no_such_option"}, "Такого варианта больше нет"),
    ],
)
async def test_a_verdict_is_told_in_words(opened: Open, verdict: str, more: dict[str, object], words: str) -> None:
    page, hub = await play(opened, Scene("told", OPEN, acks=False))
    await tap(page, 1)
    await sent(hub, page, 1)
    hub.ack(hub.answers[0], verdict, **more)
    await status(page, words)
    await expect(page.locator(".choice.is-chosen")).to_have_count(0)


async def test_a_newer_answer_of_another_phone_is_shown_and_the_person_asked(opened: Open) -> None:
    page, hub = await play(opened, Scene("superseded", OPEN, acks=False))
    await tap(page, 1)
    await sent(hub, page, 1)
    asked = hub.evening.state.current_question
    assert asked is not None
    hub.evening.answer(US, asked.options[2].id)
    hub.tell()
    hub.ack(hub.answers[0], "superseded")
    await status(page, "Другой телефон ответил позже: C")
    await expect(page.locator(".choice.is-chosen")).to_contain_text("Жуковский")
    await tap(page, 1)
    await sent(hub, page, 2)
    assert hub.answers[1]["seen"] == 1


@pytest.mark.parametrize("verdict", ["paused", "not_open"])
async def test_what_is_refused_for_now_is_sent_again(opened: Open, verdict: str) -> None:
    page, hub = await play(opened, Scene("again", OPEN, acks=False))
    await tap(page, 0)
    await sent(hub, page, 1)
    hub.ack(hub.answers[0], verdict)
    await sent(hub, page, 2)
    assert hub.answers[0]["id"] == hub.answers[1]["id"]


async def test_several_are_private_until_they_are_sent(opened: Open) -> None:
    page, hub = await play(opened, "phone several")
    assert hub.answers == []
    await page.get_by_role("button", name="Отправить A, C").click()
    await status(page, "Ответ A, C сохранён")
    assert len(hub.answers[0]["value"]) == 2
    await tap(page, 0)
    await status(page, "Ещё не отправлено")


async def test_a_line_is_sent_by_enter_and_kept_over_a_reload(opened: Open) -> None:
    page, hub = await opened(Scene("line", unsaid(Phase.OPEN, 6)))
    line = page.locator("#answer")
    attributes = {name: await line.get_attribute(name) for name in ("inputmode", "autocomplete", "spellcheck", "autocorrect")}
    assert attributes == {"inputmode": "text", "autocomplete": "off", "spellcheck": "false", "autocorrect": "off"}
    await line.fill(" Ту-1")
    await page.reload()
    await expect(line).to_have_value(" Ту-1")
    await line.fill("Ту-104 ")
    await line.press("Enter")
    await status(page, "Ответ «Ту-104» сохранён")
    assert [said["value"] for said in hub.answers] == ["Ту-104"]


async def test_a_number_brings_its_keys_and_its_unit(opened: Open) -> None:
    page, _ = await opened("phone number")
    assert await page.locator("#answer").get_attribute("inputmode") == "decimal"
    await status(page, "Ответ 10 000 км сохранён")


async def test_whoever_still_writes_when_the_time_ends_has_answered(opened: Open) -> None:
    pack = with_first_question(kind="text", options=())
    page, hub = await opened(Scene("writing", at(Phase.OPEN, wait_ms=18_000, paper=False, pack=pack)))
    await page.locator("#answer").fill("АНТ-25")
    await sent(hub, page, 1)
    assert hub.answers[0]["value"] == "АНТ-25"


async def test_no_draft_is_sent_where_a_wrong_answer_costs_points(opened: Open) -> None:
    pack = with_first_question(kind="text", options=(), penalty=50)
    page, hub = await opened(Scene("costly", at(Phase.OPEN, wait_ms=21_500, paper=False, pack=pack)))
    await page.locator("#answer").fill("АНТ-25")
    await expect(page.locator(".phone.is-over")).to_be_visible()
    assert hub.answers == []


# --- a round that is revealed at its end ---------------------------------------------------------------------------------


async def test_earlier_questions_of_the_round_can_be_changed(opened: Open) -> None:
    page, hub = await play(opened, Scene("back", at(Phase.OPEN, 5, wait_ms=8_000)))
    await page.get_by_role("button", name="Вопрос 1, сохранён").click()
    await expect(page.locator(".phone-ask p")).to_have_text("Раунд 1. Вопрос 1 из 12")
    was = await page.locator(".choice[aria-pressed=true] .choice-text").inner_text()
    await page.locator(".choice[aria-pressed=false]").first.click()
    await status(page, "сохранён")
    assert await page.locator(".choice[aria-pressed=true] .choice-text").inner_text() != was
    assert hub.answers[0]["question"] == hub.evening.state.pack.rounds[0].questions[0].id


async def test_what_is_being_written_stays_when_the_stage_moves_on(opened: Open) -> None:
    page, hub = await opened(Scene("writing", unsaid(Phase.OPEN, 6)))
    await page.locator("#answer").fill("Ту-1")
    hub.evening.do(ask.ShowQuestion())
    hub.tell()
    await expect(page.locator(".cell.is-on-stage")).to_have_text("7")
    await expect(page.locator("#answer")).to_have_value("Ту-1")
    await page.locator("#answer").press("Enter")
    await page.locator(".cell.is-on-stage").click()
    await expect(page.locator(".phone-ask p")).to_contain_text("Вопрос 7")


async def test_the_last_call_shows_the_whole_round(opened: Open) -> None:
    page, _ = await opened("phone sheet")
    await expect(page.locator("h1")).to_have_text("Проверьте ответы")
    await expect(page.locator(".sheet-row")).to_have_count(12)
    await page.locator(".sheet-row").nth(2).click()
    await expect(page.locator(".phone-ask p")).to_contain_text("Вопрос 3")


async def test_a_pause_hides_the_question_and_brings_it_back(opened: Open) -> None:
    page, hub = await opened("phone paused")
    await expect(page.locator("h1")).to_have_text("Пауза")
    hub.evening.do(ask.Resume())
    hub.tell()
    await expect(page.locator(".choice").first).to_be_visible()


async def test_a_question_that_comes_early_is_not_seen_before_its_moment(opened: Open) -> None:
    page, hub = await opened(Scene("early", at(Phase.ROUND_INTRO, paper=False, lead_ms=400)))
    await expect(page.locator("h1")).to_be_visible()
    await page.evaluate(
        f"""{SESSION}.then((session) => {{
          session.clock.heard = () => {{}};  // this server's clock stands still, and would turn the page's back
          window.seen_after = new Promise((done) => {{
            const look = () => document.querySelector(".phone-ask h1")
              ? done(session.clock.now() - session.view.value.shows_at) : requestAnimationFrame(look);
            look();
          }});
        }})"""
    )
    hub.evening.now_ms = await page.evaluate(f"{SESSION}.then((session) => Math.ceil(session.clock.now()))")
    hub.evening.press()
    hub.tell()
    assert await page.evaluate("window.seen_after") >= 0


async def test_by_hand_nothing_can_be_answered_before_the_host_opens(opened: Open) -> None:
    page, hub = await opened(Scene("hand", at(Phase.SHOWN, pack=with_round(reading_ms=None), paper=False)))
    await expect(page.locator(".choice[aria-disabled=true]")).to_have_count(4)
    hub.evening.do(ask.OpenAnswers())
    hub.tell()
    await expect(page.locator(".choice[aria-disabled=false]")).to_have_count(4)


async def test_a_whole_round_goes_over_one_page(opened: Open) -> None:
    """From the lobby to the end by patches alone; the page is reloaded in the middle and comes back in place."""
    page, hub = await opened(Scene("evening", at(Phase.LOBBY)))
    for phase in (
        Phase.ROUND_INTRO,
        Phase.OPEN,
        Phase.LAST_CALL,
        Phase.ROUND_CLOSED,
        Phase.REVEALED,
        Phase.ROUND_END,
        Phase.FINISHED,
    ):
        hub.evening.to(phase, {Phase.LAST_CALL: 12, Phase.ROUND_CLOSED: 12, Phase.REVEALED: 3}.get(phase, 1))
        hub.tell()
        if phase in (Phase.OPEN, Phase.REVEALED):
            await page.reload()
        await expect(page.locator(".phone")).to_have_class(PAGES[phase])
    assert len(hub.hellos) == 3


PAGES = {
    Phase.ROUND_INTRO: "phone is-intro",
    Phase.OPEN: "phone is-question  ",
    Phase.LAST_CALL: "phone is-question  ",
    Phase.ROUND_CLOSED: "phone is-question is-over ",
    Phase.REVEALED: "phone is-result",
    Phase.ROUND_END: "phone is-place",
    Phase.FINISHED: "phone is-place",
}


async def test_who_wrote_the_solution_itself_sees_it_once(opened: Open) -> None:
    evening = at(Phase.OPEN, 6, paper=False)()
    evening.answer(US, "ту-104")
    evening.to(Phase.REVEALED, 6)
    page, _ = await opened(Scene("the same", lambda: evening))
    await expect(page.locator(".verdict-right")).to_be_visible()
    assert await page.locator(".answers-pair dt").count() == 1


async def test_what_comes_new_is_read_from_its_top(opened: Open) -> None:
    page, hub = await opened(Scene("scrolled", unsaid(Phase.OPEN, 1, paper=False)), width=320, height=568)
    for phase, seen in ((Phase.REVEALED, ".verdict"), (Phase.OPEN, ".phone-ask h1")):
        await page.evaluate("scrollTo(0, 9999)")
        assert await page.evaluate("scrollY") > 50
        hub.evening.to(phase, 1 if phase is Phase.REVEALED else 2)
        hub.tell()
        await expect(page.locator(seen)).to_be_in_viewport(ratio=1)
        assert await page.evaluate("scrollY") == 0


async def test_a_screen_reader_is_told_open_ten_five_and_closed(opened: Open) -> None:
    page, _ = await opened("phone lobby")
    said = await page.evaluate("""async () => {
      const {news_of} = await import("/player/phone/announcer.js");
      const m = (is, left, closes = true) => ({is, left, of: 30, closes});
      const steps = [m("reading", 1), m("open", 30), m("open", 29), m("open", 10), m("open", 9), m("open", 5), m("open", 4), m("over", 0)];
      return steps.slice(1).map((now, at) => news_of(steps[at], now));
    }""")
    assert said == ["Ответы открыты. 30 секунд", "", "Осталось 10 секунд", "", "Осталось 5 секунд", "", "Время вышло"]
