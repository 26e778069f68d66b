"""Who sits at a desk, what two people see of each other's marks, and what came too late, in a real Chromium."""

from dataclasses import replace
from typing import Any

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.events import Name
from quizserver.battle.ids import ScorekeeperId, VenueId
from tests.js.staff.conftest import DESK_KEY, Bench, Open
from tests.js.staff.test_desk import FIRST, at, marks, row
from tests.support.staff_hub import KEY
from tests.support.staff_states import SCENES, Evening

pytestmark = pytest.mark.asyncio(loop_scope="session")


def named(evening: Evening, *names: str) -> Evening:
    for number, name in enumerate(names):
        sits = ScorekeeperId("bcdefg"[number] * 16)
        evening.do(ask.NameScorekeeper(scorekeeper=sits, venue=VenueId("v0"), name=Name(name, "0" * 32)))
    return evening


async def unknown_desk(opened: Open, evening: Evening) -> Bench:
    bench = await opened(f"/desk?lang=ru#{DESK_KEY}", evening, who="")
    await bench.sees("[role=dialog]", "Кто вносит листы?")
    return bench


# --- who sits here ---


async def test_whoever_is_known_at_the_venue_sits_down_with_one_press_and_signs_what_is_typed(opened: Open) -> None:
    bench = await unknown_desk(opened, named(SCENES["collected"](), "Анна", "Борис"))
    await bench.page.get_by_role("button", name="Борис").click()
    await bench.sees(".sitting", "Борис")
    await bench.press("1")
    await bench.sees(".unsent", "0")
    assert marks(bench)[0]["who"] == "c" * 16
    assert [message["scorekeeper"] for message in bench.hub.of("sit")] == ["c" * 16]


async def test_somebody_else_gives_a_name_and_is_offered_at_the_next_desk(opened: Open) -> None:
    bench = await unknown_desk(opened, SCENES["collected"]())
    await bench.page.get_by_label("Ваше имя").fill("Вера")
    await bench.press("Enter")
    await bench.sees(".sitting", "Вера")
    [said] = bench.hub.of("sit")
    assert len(said["scorekeeper"]) == 16 and said["name"] == "Вера"
    other = await opened(f"/desk?lang=ru#{DESK_KEY}", bench.hub, who="")
    await other.page.get_by_role("button", name="Вера").click()
    await other.press("1")
    await other.sees(".unsent", "0")
    assert marks(other)[-1]["who"] == said["scorekeeper"]


async def test_two_devices_on_which_one_name_was_typed_are_one_person(desk: Open) -> None:
    bench = await desk(named(SCENES["collected"](), "анна"))
    await bench.sees(".sitting", "анна")
    await bench.press("1")
    await bench.sees(".unsent", "0")
    assert marks(bench)[0]["who"] == "b" * 16


async def test_who_sits_down_without_a_network_is_told_to_the_server_before_any_mark(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees(".sitting", "Анна")
    await bench.hub.cut()
    await bench.press("1")
    await bench.page.locator(".sitting").click()
    await bench.page.get_by_label("Кто-то другой").fill("Вера")
    await bench.press("Enter")
    await bench.sees(".sitting", "Вера")
    await bench.press("0")
    await bench.sees(".unsent", "2")
    bench.hub.gone = False
    await bench.sees(".unsent", "0")
    who = [each["who"] for each in marks(bench)]
    assert who[-2] == "a" * 16 and who[-1] not in ("a" * 16, "")
    kinds = [message["t"] for message in bench.hub.said]
    assert kinds.index("marks") > kinds.index("sit")
    assert len(bench.hub.evening.state.scorekeepers) == 2


async def test_a_server_that_lost_who_sits_here_is_told_once_more(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees(".sitting", "Анна")
    await bench.page.wait_for_timeout(200)
    bench.hub.play(SCENES["collected"]())
    await bench.press("1")
    await bench.sees(".unsent", "0")
    assert (await row(bench))[0] == "1"
    assert len(bench.hub.of("sit")) == 2


async def test_a_forgotten_name_is_a_number(opened: Open) -> None:
    evening = named(SCENES["collected"](), "Анна")
    known = evening.state.scorekeepers
    evening._state = replace(evening.state, scorekeepers={key: replace(each, name=Name("", "")) for key, each in known.items()})
    bench = await unknown_desk(opened, evening)
    await bench.page.get_by_role("button", name="Счётчик 1").click()
    await bench.sees(".sitting", "Счётчик 1")


# --- twice, blind ---


async def test_the_second_sees_that_a_cell_was_entered_and_not_what_it_says_until_both_have_written(desk: Open) -> None:
    evening = SCENES["blind"]()
    bench = await desk(evening, who="Вера")
    team = bench.page.locator(".grid tbody tr", has_text="Лонжерон")
    await team.locator("td.is-twice").first.wait_for(timeout=4000)
    assert {text.strip() for text in await team.locator("td[data-column]").all_inner_texts()} == {""}
    assert await bench.page.locator("td.is-disputed").count() == 0
    await team.locator("td[data-column]").nth(4).click()
    await bench.press("1")
    await bench.sees("td.is-disputed")
    anna = await desk(evening)
    await anna.sees("td.is-disputed")
    await anna.sees("td.is-once")
    assert await anna.page.locator("td.is-twice").count() >= 20


async def sits_down(bench: Bench, name: str) -> None:
    await bench.page.locator(".sitting").click()
    await bench.page.get_by_label("Кто-то другой").fill(name)
    await bench.press("Enter")
    await bench.sees(".sitting", name)


async def test_two_who_share_a_browser_without_a_network_see_nothing_of_each_other_and_both_arrive(desk: Open) -> None:
    bench = await desk(SCENES["blind"]())
    await bench.sees(FIRST)
    await bench.sees(at(bench, 1, 3), "1")  # what Anna entered at another device
    await bench.hub.cut()
    await bench.page.locator(at(bench, 0, 5)).click()
    await bench.press("1", "1")
    await sits_down(bench, "Вера")
    assert {*await row(bench, 3), *await row(bench, 5)} == {""}
    await bench.page.locator(at(bench, 0, 5)).click()
    await bench.press("0", "Control+z", "Control+z", "ArrowLeft", "0")  # the second one finds nothing that is hers
    await bench.sees(".unsent", "5")
    await bench.page.reload()
    await bench.sees(at(bench, 0, 5), "0")
    assert (await row(bench, 5))[:2] == ["0", ""] and set(await row(bench, 3)) == {""}
    await sits_down(bench, "анна")
    await bench.sees(at(bench, 0, 5), "1")
    assert (await row(bench, 5))[:3] == ["1", "1", ""] and (await row(bench, 3))[1] == "1"
    await sits_down(bench, "Вера")
    await bench.sees(at(bench, 0, 5), "0")
    bench.hub.gone = False
    await bench.sees(".unsent", "0")
    await bench.sees("td.is-disputed")
    assert (await row(bench, 5))[1] == ""
    people = bench.hub.evening.state.scorekeepers
    said = [(people[people[each["who"]].person].name.text, each["value"]) for each in marks(bench)]
    assert [value for name, value in said if name == "Анна"] == ["1", "1"]
    assert [value for name, value in said if name == "Вера"] == ["0", "", "0"]


# --- too late, and why ---


async def test_what_is_typed_after_the_final_waits_and_the_old_mark_stays(desk: Open) -> None:
    bench = await desk(SCENES["late"]())
    await bench.sees(".desk-note", "ждёт слова ведущего")
    await bench.sees("td.is-late")
    before = (await row(bench, 3))[1]
    await bench.page.locator(at(bench, 1, 3)).click()
    await bench.press("0" if before == "1" else "1")
    await bench.page.get_by_role("button", name="Прочли лист ещё раз").click()
    await bench.sees(f"{at(bench, 1, 3)}.is-late", before)
    await bench.sees(".unsent", "0")
    assert marks(bench)[-1]["why"] == "Прочли лист ещё раз"
    await bench.press("ArrowLeft")
    await bench.sees(".box.is-late", "пока не считается")


async def test_a_reason_may_be_left_out_and_escape_changes_nothing(desk: Open) -> None:
    bench = await desk(SCENES["late"]())
    await bench.sees("td.is-late")
    sent = len(bench.hub.of("marks"))
    await bench.page.locator(at(bench, 1, 3)).click()
    value = "0" if (await row(bench, 3))[1] == "1" else "1"
    await bench.press(value, "Escape")
    await bench.page.wait_for_timeout(150)
    assert len(bench.hub.of("marks")) == sent
    await bench.page.locator(at(bench, 1, 3)).click()
    await bench.press(value)
    await bench.page.get_by_role("button", name="Без причины").click()
    await bench.sees(".unsent", "0")
    assert "why" not in marks(bench)[-1]


async def test_a_slip_that_is_mended_at_once_needs_no_reason(desk: Open) -> None:
    bench = await desk(SCENES["revealed"]())
    await bench.sees(FIRST)
    await bench.page.locator(at(bench, 0, 9)).click()
    await bench.press("1", "ArrowLeft", "0")
    await bench.sees(".unsent", "0")
    assert await bench.page.locator("[role=dialog]").count() == 0
    assert [each["value"] for each in marks(bench)] == ["1", "0"]


async def test_a_cell_tells_its_history(desk: Open) -> None:
    bench = await desk(SCENES["amended"]())
    await bench.sees("td.is-late")
    await bench.page.locator(".grid tbody tr", has_text="Флаттер").locator("td[data-column]").first.click()
    await bench.page.get_by_role("button", name="История").click()
    await bench.sees(".history li", "Борис")
    await bench.sees(".history li", "Засчитано ведущим: «Лист был у курьера»")
    await bench.press("Escape")
    assert await bench.page.locator(".history").count() == 0


# --- the console ---


async def test_a_host_sees_what_a_late_sheet_would_change_and_says_a_word_with_a_reason(console: Open) -> None:
    bench = await console(SCENES["late"]())
    await bench.sees(".item", "Поздний лист")
    item = bench.page.locator(".item", has_text="Флаттер")
    await item.locator(".effect", has_text="место").wait_for(timeout=4000)
    await item.get_by_role("button").click()
    await bench.sees(".before-after")
    accept = bench.page.get_by_role("button", name="Засчитать", exact=True)
    assert await accept.is_disabled()
    await bench.page.get_by_role("button", name="Лист был у курьера").click()
    await accept.click()
    await bench.sees(".toast", "лист засчитан")
    said: dict[str, Any] = bench.hub.of("do")[-1]
    assert (said["command"], said["args"]["accepted"], said["args"]["reason"]) == ("JudgeLate", True, "Лист был у курьера")
    assert len(said["args"]["operations"]) == 11
    await bench.sees(".item", "Таблица исправлена после конца")
    await item.wait_for(state="detached", timeout=4000)


async def test_a_host_reads_the_history_of_a_disputed_cell(console: Open) -> None:
    bench = await console(SCENES["disputed"]())
    await bench.page.get_by_role("button", name="История").first.click()
    await bench.sees(".history li", "Вера")


async def test_a_venue_s_card_says_how_often_two_people_differed(console: Open) -> None:
    bench = await console(SCENES["blind"]())
    await bench.press("v")
    await bench.sees(".card", "Дважды внесены 22 клетки")
    await bench.sees(".card", "разошлась 1 (4,5 %)")


async def test_a_new_battle_is_made_with_the_paper_rules_that_were_chosen(opened: Open) -> None:
    bench = await opened(f"/console?lang=ru#{KEY}", SCENES["lobby"]())
    await bench.sees(".action-main")
    await bench.page.locator(".bar-title").click()
    await bench.page.get_by_text("Как вносят листы").click()
    await bench.page.get_by_role("radio", name="Двое, вслепую").click()
    await bench.page.get_by_role("radiogroup", name="Листы принимаем до").get_by_role("radio", name="финала").click()
    await bench.page.get_by_role("button", name="Собрать битву").click()
    await bench.page.wait_for_timeout(200)
    args = bench.hub.of("do")[-1]["args"]
    assert (args["double_entry"], args["sheets_until"], args["corrections_until"]) == (True, "final", "final")
