"""The desk under a scorekeeper's hands: as fast as one types, nothing lost, nothing overwritten unseen."""

import asyncio
import statistics
from typing import Any

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.ids import VenueId
from quizserver.battle.settings import Source
from quizserver.battle.sheets import CellState, cell
from tests.js.staff.conftest import Bench, Open
from tests.support.staff_hub import KEY, Hub
from tests.support.staff_states import SCENES, Evening, pack_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

FIRST = "tr[data-row='0']"
MS_A_KEY = 40  # a fast typist's keys are 60 ms apart


def marks(desk: Bench) -> list[dict[str, Any]]:
    """Every operation that the page sent, in order."""
    return [operation for message in desk.hub.of("marks") for operation in message["operations"]]


async def row(desk: Bench, at: int = 0) -> list[str]:
    return await desk.page.locator(f"tr[data-row='{at}'] td[data-column]").all_inner_texts()


def at(desk: Bench, column: int, row: int = 0) -> str:
    return f"tr[data-row='{row}'] td[data-column='{column}']"


async def test_marks_are_single_keys_and_the_row_ends_with_enter(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees(FIRST)
    await bench.page.keyboard.type("10-?1")
    await bench.press("Enter")
    await bench.page.wait_for_timeout(150)
    assert (await row(bench))[:5] == ["1", "0", "–", "?", "1"]
    assert [each["value"] for each in marks(bench)] == ["1", "0", "-", "?", "1"]
    assert await bench.page.locator("tr[data-row='1'] .is-cursor").count() == 1


async def test_sixty_teams_of_twelve_questions_are_typed_without_lag(desk: Open) -> None:
    evening = Evening(pack_of("tupolev")).people(paper=60, online=3, venues=1).start_round().play_round().close_round().seal()
    bench = await desk(evening.collect_all())
    await bench.sees("tr[data-row='59']")
    took = await bench.page.evaluate(
        """async () => {
          const took = [];
          const strike = (key, code) =>
            document.body.dispatchEvent(new KeyboardEvent("keydown", {key, code, bubbles: true, cancelable: true}));
          for (let row = 0; row < 20; row++) {
            for (const key of [..."11011101011"]) {
              const began = performance.now();
              strike(key, "Digit" + key);
              await Promise.resolve();
              document.body.offsetHeight;
              took.push(performance.now() - began);
              await new Promise(requestAnimationFrame);
            }
            strike("Enter", "Enter");
            await new Promise(requestAnimationFrame);
          }
          return took;
        }"""
    )
    assert len(took) == 220
    assert statistics.median(took) < MS_A_KEY  # one that waits for another process is no fault of the page
    await bench.sees(".unsent", "0")
    assert len(marks(bench)) == 220


async def test_each_mark_shows_and_says_where_it_is(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees(FIRST)
    bench.hub.deaf.add("marks")
    await bench.press("1")
    await bench.sees(f"{at(bench, 0)}.is-sent[aria-label='вопрос 1, верно, отправлена']")
    await bench.press("0")
    await bench.sees(f"{at(bench, 1)}.is-here[aria-label='вопрос 2, неверно, только здесь']")
    await bench.sees(".unsent", "2")
    await bench.hub.cut()
    await bench.sees(f"{at(bench, 0)}.is-here")
    await bench.sees(".desk-offline")
    await bench.sees("[role=status].visually-hidden", "2 клетки не отправлены")
    bench.hub.deaf.clear()
    bench.hub.gone = False
    await bench.sees(".unsent", "0")
    assert await bench.page.locator("td.is-here, td.is-sent").count() == 0
    await bench.sees(f"{at(bench, 0)}[aria-label='вопрос 1, верно, подтверждена сервером']")
    assert (await row(bench))[:2] == ["1", "0"]


async def test_a_reload_keeps_what_was_not_sent_and_repeats_no_name(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees(FIRST)
    await bench.press("1")
    await bench.sees(".unsent", "0")
    await bench.hub.cut()
    await bench.page.keyboard.type("011")
    await bench.sees(".unsent", "3")
    await bench.page.wait_for_timeout(100)
    bench.hub.gone = False
    await bench.page.reload()
    await bench.sees(".unsent", "0")
    await bench.sees(at(bench, 3), "1")
    assert (await row(bench))[:4] == ["1", "0", "1", "1"]
    await bench.press("ArrowDown", "1")
    await bench.sees(at(bench, 0, 1), "1")
    await bench.page.wait_for_timeout(100)
    names = [(each["device"], each["counter"]) for each in marks(bench)]
    assert len(set(names)) == 5
    assert len({device for device, _ in names}) == 1


async def test_undo_writes_one_more_operation_over_the_last(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees(FIRST)
    await bench.press("1", "ArrowLeft", "0", "Control+z")
    await bench.page.wait_for_timeout(150)
    first, second, third = marks(bench)
    assert (await row(bench))[0] == "1"
    assert [first["value"], second["value"], third["value"]] == ["1", "0", "1"]
    assert second["over"] == [f"{first['device']}:{first['counter']}"]
    assert third["over"] == [f"{second['device']}:{second['counter']}"]


async def test_two_peoples_marks_are_a_dispute_that_a_settlement_ends_over_exactly_what_was_seen(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees(FIRST)
    team = await _paper_index(bench)
    await bench.hub.cut()
    await bench.press("1", "ArrowLeft")
    theirs = bench.hub.evening.mark(team, 0, "0", "Борис", "desk-b")
    bench.hub.gone = False
    await bench.sees(f"{at(bench, 0)}.is-disputed[aria-label^='вопрос 1, спор, ']", "0")
    await bench.sees("[role=status].visually-hidden", "вопрос 1")
    await bench.sees(".box.is-wrong", "Борис")
    ours = f"{marks(bench)[0]['device']}:{marks(bench)[0]['counter']}"
    await bench.page.get_by_role("button", name="Верно", exact=False).first.click()
    await bench.page.wait_for_timeout(150)
    assert set(marks(bench)[-1]["over"]) == {ours, theirs}
    assert (await row(bench))[0] == "1"
    late = bench.hub.evening.mark(team, 0, "0", "Вера", "desk-c")  # she had not seen any of it
    bench.hub.tell_cells(set(bench.hub.evening.state.teams))
    await bench.sees(f"{at(bench, 0)}.is-disputed")
    assert late not in marks(bench)[-1]["over"]


async def _paper_index(bench: Bench) -> int:
    name = await bench.page.locator(f"{FIRST} th span").inner_text()
    paper = [each for each in bench.hub.evening.state.teams.values() if each.plays.value == "paper"]
    return next(index for index, team in enumerate(paper) if team.name.text == name)


async def test_what_is_typed_over_a_seen_mark_replaces_it(desk: Open) -> None:
    bench = await desk(SCENES["disputed"]())
    await bench.sees("tr[data-row='1']")
    seen = bench.hub.evening.state.cells
    await bench.press("ArrowDown", "0")
    await bench.page.wait_for_timeout(150)
    operation = marks(bench)[0]
    known = seen[operation["team"], operation["round"], operation["question"]]
    assert operation["over"] == [each.name for each in cell(known).present]
    now = bench.hub.evening.state.cells[operation["team"], operation["round"], operation["question"]]
    assert cell(now).state is CellState.MARKED


async def test_sums_are_held_against_the_sheet_at_once(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees(FIRST)
    await bench.page.keyboard.type("11111000000")
    await bench.page.keyboard.type("10150")
    await bench.press("ArrowRight")
    assert await bench.page.locator(f"{FIRST} .sum").inner_text() == "5–6"
    await bench.page.keyboard.type("7")
    await bench.press("ArrowLeft")
    await bench.sees(f"{FIRST} .sum.bad")
    await bench.page.get_by_role("button", name="Оставить сумму 5").click()
    await bench.page.wait_for_timeout(100)
    assert await bench.page.locator(f"{FIRST} .bad").count() == 0
    assert [each["value"] for each in marks(bench)][-3:] == ["10150", "7", "5"]


async def test_a_total_alone_is_a_sheet_too(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees(FIRST)
    await bench.press("End")
    await bench.page.keyboard.type("7,0")
    await bench.press("Enter")
    await bench.sees(f"{FIRST} .todo", "итог")
    await bench.sees(".desk-bar", "Внесено 1 из 10")
    assert marks(bench)[0]["question"] == "total" and marks(bench)[0]["value"] == "7.0"


async def test_collected_is_asked_twice_and_brings_the_key(desk: Open) -> None:
    bench = await desk(SCENES["collecting"]())
    await bench.page.get_by_role("button", name="Все листы собраны").click()
    assert bench.hub.of("collected") == []
    await bench.page.get_by_role("button", name="листов у меня").click()
    await bench.sees(".key-list", "Внуково")


async def test_before_collecting_the_page_holds_no_answer(desk: Open) -> None:
    for scene in ("lobby", "question", "collecting"):
        bench = await desk(SCENES[scene]())
        assert "Внуково" not in await bench.page.content()


async def test_a_host_sits_down_at_any_desk(opened: Open) -> None:
    bench = await opened(f"/desk?lang=ru&battle=battle1&venue=v1#{KEY}", SCENES["collected"]())
    await bench.sees(".desk-bar", "Прожектор")
    assert {key: bench.hub.of("hello")[0][key] for key in ("battle", "desk")} == {"battle": "battle1", "desk": "v1"}


async def test_a_mark_that_can_never_be_taken_is_named_and_holds_nothing_up(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees(FIRST)
    bench.hub.keys.clear()
    refuse_first(bench.hub)
    await bench.page.keyboard.type("101")
    await bench.sees(".box.is-wrong", "вопрос 1")
    await bench.sees(".unsent", "0")
    assert (await row(bench))[:3] == ["", "0", "1"]


def refuse_first(hub: Hub) -> None:
    """The first question's marks are refused, and with them every message they are in."""
    first = hub.evening.state.pack.rounds[0].questions[0].id
    take = hub._marks

    def marks_of(who: Any, message: dict[str, Any]) -> dict[str, Any]:
        if any(each["question"] == first for each in message["operations"]):
            refused = {"code": "not_your_venue", "detail": "", "fault": "sender", "temporary": False}
            return {"t": "done", "n": message["n"], "ok": False, "refused": refused}
        return take(who, message)

    hub._marks = marks_of  # type: ignore[method-assign]


async def focused(bench: Bench) -> str:
    said: str = await bench.page.evaluate("document.activeElement.id || document.activeElement.className")
    return said


async def test_marks_go_to_the_grid_whoever_has_the_focus_and_escape_leaves_it_for_the_controls(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees(FIRST)
    assert await focused(bench) == "desk-grid"
    await bench.press("1", "Tab", "0", "Shift+Tab", "Shift+Tab", "5", "Escape")
    assert await focused(bench) == "find-sheet"
    await bench.press("Escape", "-")
    assert (await row(bench))[:4] == ["1", "½", "–", ""]
    await bench.page.locator(".grid-order").focus()
    await bench.press("1", "Enter")  # the button was left with the mark, and is not pressed
    assert (await row(bench))[3] == "1"
    assert await bench.page.locator("tr[data-row='1'] .is-cursor").count() == 1
    await bench.press("n")
    await bench.page.locator(at(bench, 5)).click()
    await bench.press("1")
    assert (await row(bench))[5] == "1"
    named = "document.querySelector('.is-cursor').id === document.querySelector('.grid').getAttribute('aria-activedescendant')"
    assert await bench.page.evaluate(named)


async def test_two_windows_of_one_device_never_use_one_name(desk: Open, opened: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees(FIRST)
    other = await opened("/desk?lang=ru", bench.hub, beside=bench)
    await other.sees(FIRST)
    await bench.press("1", "1")
    await other.press("ArrowDown", "0", "0")
    async with asyncio.timeout(4):
        while len(marks(bench)) < 4:
            await other.page.wait_for_timeout(20)
    names = {(each["device"], each["counter"]) for each in marks(bench)}
    assert len(names) == 4


async def test_cells_of_questions_that_a_team_plays_on_its_phones_are_closed_and_passed_over(desk: Open) -> None:
    bench = await desk(SCENES["mixed"]())
    await bench.sees(".grid td.is-closed")
    row = bench.page.locator(".grid tbody tr", has_text="Сборная третьего цеха")
    assert await row.locator("td.is-closed").count() == 3
    await row.locator("td[data-column]").first.click()
    await bench.press(*"111111111")
    await row.locator("td.ok").wait_for(timeout=4000)
    assert await row.locator("td.own").get_attribute("aria-selected") == "true"
    await row.locator("td.is-closed").first.click(force=True)
    written = len(bench.hub.of("marks"))
    await bench.press("1")
    await bench.page.wait_for_timeout(200)
    assert len(bench.hub.of("marks")) == written


async def test_a_team_that_turns_to_its_phones_closes_its_cells_while_the_sheet_is_on_the_table(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees(".grid tbody tr", "Лонжерон")
    assert await bench.page.locator("td.is-closed").count() == 0
    state = bench.hub.evening.state
    team = next(each for each in state.teams.values() if each.name.text == "Лонжерон")
    playing = state.pack.rounds[0]
    change = ask.ChangeSource(
        team=team.id,
        round=playing.id,
        question=playing.questions[10].id,
        source=Source.ONLINE,
        only_this_round=True,
        reason="Сеть вернулась",
    )
    bench.hub.evening.do(change)
    bench.hub.tell_cells({team.id})
    await bench.sees("td.is-closed")
    assert await bench.page.locator("td.is-closed").count() == 2


async def test_a_mark_says_who_entered_it_and_when(desk: Open) -> None:
    bench = await desk(SCENES["disputed"]())
    row = bench.page.locator(".grid tbody tr", has_text="Лонжерон")
    await row.locator("td[data-column]").first.click()
    await bench.sees(".entered", "Анна, внесено в ")
    disputed = bench.page.locator("td.is-disputed")
    await disputed.click()
    await bench.sees(".versions li", "внесено в ")
    assert await bench.page.locator(".versions li", has_text="устройство").count() == 0


async def heads(bench: Bench) -> list[str]:
    return await bench.page.locator("tbody th span").all_inner_texts()


async def test_rows_lie_as_the_printed_sheets_do_or_by_name_and_the_device_remembers(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees(FIRST)
    by_number = [team.name.text for team in bench.hub.evening.state.teams.values() if team.venue == "v0"]
    assert await heads(bench) == by_number
    await bench.press("ArrowDown", "1", "o")
    await bench.sees("thead", "По названию")
    assert await heads(bench) == sorted(by_number, key=str.casefold) != by_number
    assert await bench.page.locator("tr.is-row th span").inner_text() == by_number[1]
    await bench.page.reload()
    await bench.sees("thead", "По названию")


async def test_a_team_that_comes_meanwhile_moves_no_key_to_another_sheet(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees(FIRST)
    await bench.press("o", "ArrowDown")
    name = await bench.page.locator("tr.is-row th span").inner_text()
    bench.hub.evening.join("0 и первый в списке", Source.PAPER, VenueId("v0"))
    await bench.sees(FIRST, "0 и первый")
    await bench.press("1")
    await bench.sees(".unsent", "0")
    [operation] = marks(bench)
    assert bench.hub.evening.state.teams[operation["team"]].name.text == name


async def test_a_total_that_no_mark_to_come_can_give_is_marked_at_once(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees(FIRST)
    await bench.page.keyboard.type("1111")
    await bench.press("End")
    await bench.page.keyboard.type("3")
    await bench.press("ArrowLeft")
    await bench.sees(f"{FIRST} .sum.bad")
    await bench.press("End")
    await bench.page.keyboard.type("5")
    await bench.press("ArrowLeft")
    await bench.page.locator(f"{FIRST} .sum:not(.bad)").wait_for()


async def test_columns_are_held_against_the_venue_s_list_which_stays_on_the_device(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees("tr[data-row='8']")
    listed = ".on-list td[data-column='0']"
    for value in "110151":  # ½ is the fourth
        await bench.press(value, "Home", "ArrowDown")
    await bench.page.locator(listed).click()
    for said, bad in (("4", 1), ("9", 1), ("8,5", 0), ("4,5", 0)):  # 4½ right, four to come
        await bench.page.keyboard.type(said)
        await bench.press("Tab")
        await bench.sees(f"{listed}:not(.is-cursor){'.bad' if bad else ':not(.bad)'}", said)
        await bench.press("ArrowLeft")
    assert await bench.page.locator("tfoot td").first.inner_text() == "4,5"
    await bench.press("ArrowUp", "1")
    await bench.sees(f"{listed}.bad")
    await bench.page.locator(listed).click()
    await bench.sees(".box.is-wrong", "Вопрос 1: верных 5,5, в списке зала 4,5")
    await bench.page.reload()
    await bench.sees(f"{listed}.bad", "4,5")
    await bench.page.locator(listed).click()
    await bench.press("Backspace")
    await bench.page.locator(f"{listed}:not(.bad)").wait_for()
    assert {each["value"] for each in marks(bench)} == {"1", "0", "0.5"}


async def test_on_a_phone_a_sheet_is_found_by_its_number_and_no_digit_of_it_is_a_mark(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.page.set_viewport_size({"width": 390, "height": 844})
    await bench.sees(FIRST)
    number = str(await bench.page.locator("tr[data-row='2'] th small").inner_text()).removeprefix("лист ")
    await bench.press("n")
    await bench.page.keyboard.type(number[:-1] + ("0" if number[-1] != "0" else "1"))
    await bench.press("Enter")
    await bench.sees(".find-sheet [role=alert]")
    await bench.press("Escape")
    await bench.page.locator(".find-sheet").wait_for(state="hidden")
    await bench.page.get_by_role("button", name="Номер листа").click()
    await bench.page.keyboard.type(number)
    await bench.press("Enter")
    await bench.sees("tr[data-row='2'] .is-cursor")
    await bench.page.locator(".find-sheet").wait_for(state="hidden")
    assert marks(bench) == []


async def cursor(bench: Bench) -> str:
    return await bench.page.locator(".is-cursor").get_attribute("id") or ""


async def types_sheet(bench: Bench, marks: str, total: str) -> None:
    """The twelfth question asks for a number, which Tab ends."""
    await bench.page.keyboard.type(marks)
    await bench.press("Tab")
    await bench.page.keyboard.type(total)


async def test_a_total_that_fits_ends_its_row_and_one_that_does_not_stays(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees("tr[data-row='3']")
    first = [str(await bench.page.locator(at(bench, 0, each)).get_attribute("id")) for each in range(4)]
    total = [str(await bench.page.locator(at(bench, 12, each)).get_attribute("id")) for each in range(4)]
    await types_sheet(bench, "11111000000-", "5")
    assert await cursor(bench) == first[1]
    await bench.press("Enter")  # out of habit
    await types_sheet(bench, "1111151111--", "8")
    assert await cursor(bench) == total[1]
    await bench.sees("tr[data-row='1'] .sum.bad")
    await bench.page.keyboard.type("9")
    assert await cursor(bench) == total[1]
    await bench.page.keyboard.type(",5")
    assert await cursor(bench) == first[2]
    await types_sheet(bench, "10000000000-", "1")
    assert await cursor(bench) == total[2]  # ten and more begin with 1
    await bench.press("Enter")
    await types_sheet(bench, "00000000000-", "0")
    await bench.press("Backspace")  # it was mistyped
    assert await cursor(bench) == total[3]
    await bench.sees(".unsent", "0")
    totals = [each["value"] for each in marks(bench) if each["question"] == "total"]
    assert totals == ["5", "8", "9", "9.5", "1", "0", ""]


async def test_a_total_waits_for_enter_while_marks_are_missing_or_where_it_does_not_fit(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees(FIRST)
    await bench.page.keyboard.type("11")
    await bench.press("End")
    await bench.page.keyboard.type("7")
    assert (await cursor(bench)).endswith(".total")
    await bench.press("Enter")
    await types_sheet(bench, "11111111111-", "9")
    await bench.sees("tr[data-row='1'] .sum.bad")
    await bench.press("Enter")  # it stands so on the sheet
    await bench.sees("tr[data-row='2'] .is-cursor")
