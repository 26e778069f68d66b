"""What a console is told beside its view: how answers fall, what came too late, how the archive and the screens are."""

from typing import Any

import pytest

from quizserver.battle.ids import QuestionId
from quizserver.battle.state import BattleState
from quizserver.battle.views.attention import missing_sheets
from tests.js.staff.conftest import Bench, Open
from tests.support.staff_states import SCENES

pytestmark = pytest.mark.asyncio(loop_scope="session")


def counts(question: Any, *chosen: int, opening: int = 1) -> dict[str, Any]:
    fell = {option.id: count for option, count in zip(question.options, chosen, strict=False) if count}
    told = {"t": "counts", "question": question.id, "opening": opening, "answered": sum(chosen), "of": 12}
    return {**told, "fell": fell}


def finds(host: Bench, of: str, *rows: dict[str, Any]) -> None:
    """What the console finds when it asks how the machine is, which it does every few seconds, and now."""
    host.hub.rows[of] = list(rows)
    state = host.hub.evening.state
    host.hub.tell({"t": "welcome", "role": "host", "now": host.hub.evening.now_ms, "battle": state.battle, "epoch": 1})


async def bars(host: Bench) -> list[str]:
    return await host.page.locator(".private .mini-bar b").all_inner_texts()


async def test_what_is_chosen_now_stands_in_the_private_frame_and_nowhere_else(console: Open) -> None:
    host = await console(SCENES["question"]())
    question = host.hub.evening.question
    assert await host.page.locator(".mini-bar").count() == 0
    host.hub.tell(counts(question, 5, 0, 2, 0))
    await host.sees(".private", "Выбрали сейчас")
    assert await bars(host) == ["5", "0", "2", "0"]
    assert await host.page.locator(".audience .mini-bar, .private .is-right").count() == 0
    host.hub.tell(counts(question, 4, 1, 2, 1))
    await host.sees(".counter", "8")
    assert await bars(host) == ["4", "1", "2", "1"]


async def test_counts_of_another_question_or_opening_are_not_those_of_the_stage(console: Open) -> None:
    host = await console(SCENES["question"]())
    evening = host.hub.evening
    other = evening.state.pack.rounds[0].questions[1]
    host.hub.tell(counts(evening.question, 3, 4))
    host.hub.tell(counts(other, 1, 1, 1, 1))
    await host.sees(".counter", "7")
    assert await bars(host) == ["3", "4", "0", "0"]
    host.hub.tell(counts(evening.question, 9, opening=2))
    await host.page.wait_for_timeout(150)
    assert await bars(host) == []


async def test_sealed_answers_take_the_place_of_those_that_were_counted(console: Open) -> None:
    host = await console(SCENES["each_open"]())
    host.hub.tell(counts(host.hub.evening.question, 5, 2))
    await host.sees(".private", "Выбрали сейчас")
    host.hub.play(SCENES["each_sealed"]())
    await host.sees(".private", "Ответили")
    assert await host.page.locator(".private dt", has_text="Выбрали").count() == 0


async def test_the_archive_s_lag_is_small_print_and_a_calm_line_only_when_it_is_behind(console: Open) -> None:
    host = await console(SCENES["question"]())
    await host.sees(".all-well", "архив: 0,4")
    assert await host.page.locator(".attention .item").count() == 0
    finds(host, "health", {"part": "redis"}, {"part": "archive", "trouble": "The disk is full.", "lag_ms": 12_400})
    await host.sees(".item-warn", "Архив отстаёт")
    await host.sees(".item-warn", "12")
    await host.sees(".item-warn", "The disk is full.")
    assert await host.page.locator(".item-wrong, .all-well").count() == 0
    finds(host, "health", {"part": "redis"}, {"part": "archive", "lag_ms": 900})
    await host.sees(".all-well", "архив: 0,9")


async def test_a_slow_disk_is_a_calm_line_that_says_how_slow(console: Open) -> None:
    host = await console(SCENES["question"]())
    finds(host, "health", {"part": "redis"}, {"part": "archive", "lag_ms": 100}, {"part": "disk", "slow_ms": 140})
    await host.sees(".item-warn", "Диск пишет медленно")
    await host.sees(".item-warn", "Запись занимает 140 мс")
    assert await host.page.locator(".item-wrong, .all-well").count() == 0
    finds(host, "health", {"part": "redis"}, {"part": "archive", "lag_ms": 100}, {"part": "disk"})
    await host.sees(".all-well", "архив: 0,1")


async def test_a_store_that_is_gone_is_said_loudly_and_what_becomes_of_the_answers(console: Open) -> None:
    host = await console(SCENES["question"]())
    finds(host, "health", {"part": "redis", "trouble": "Connection refused"}, {"part": "archive", "lag_ms": 100})
    await host.sees(".item-wrong", "Сервер не может записывать")
    await host.sees(".item-wrong", "ответы ждут на телефонах")


async def test_a_venue_s_desk_that_is_silent_is_said_beside_the_sheets_that_it_owes(console: Open) -> None:
    host = await console(SCENES["round_end"]())
    now_ms = host.hub.evening.now_ms
    (owing, *_) = missing_sheets(host.hub.evening.state)
    row = {"venue": owing["venue"], "name": "", "missing": 1, "connected": False}
    finds(host, "desks", {**row, "silent": now_ms - 75_000})
    await host.sees(".queue .link-lost", "молчит с")
    finds(host, "desks", {**row, "silent": now_ms})
    await host.page.locator(".queue .link-lost").wait_for(state="detached", timeout=4_000)


async def test_the_host_is_warned_that_a_winner_is_not_certain_and_may_go_on(console: Open) -> None:
    host = await console(SCENES["open_winner"]())
    await host.sees(".item-warn", "Победитель ещё не ясен")
    await host.sees(".action-main", "Показать, кто впереди")
    await host.settle()
    await host.press("Space")
    assert await host.asks(1) == ["ShowPodium"]


async def test_a_screen_that_is_silent_needs_attention_and_one_that_reloads_does_not(console: Open) -> None:
    host = await console(SCENES["question"]())
    now_ms = host.hub.evening.now_ms
    finds(
        host,
        "screens",
        {"number": 1, "connected": False, "since": now_ms - 75_000, "venue": "v0"},
        {"number": 2, "connected": False, "since": now_ms},
        {"number": 3, "connected": True, "since": now_ms - 900_000},
    )
    await host.sees(".item-warn", "Экран молчит")
    item = host.page.locator(".item-warn")
    assert (await item.count(), "Калибр», экран 1" in (await item.inner_text()).replace("\u00a0", " ")) == (1, True)
    await host.press("v")
    await host.sees(".screens li", "молчит с")
    assert await host.page.locator(".screens .link-ok").count() == 1


async def test_missed_answers_of_another_battle_are_forgotten(console: Open) -> None:
    host = await console(SCENES["question"]())
    told = {"t": "missed", "question": host.hub.evening.question.id, "opening": 1, "count": 2}
    host.hub.tell(told)
    await host.sees(".item-warn", "2 ответа пришли после закрытия")
    host.hub.tell({**told, "count": 1})
    await host.sees(".item-warn", "1 ответ пришёл после закрытия")
    host.hub.tell({"t": "welcome", "role": "host", "now": host.hub.evening.now_ms, "battle": "another", "epoch": 1})
    await host.page.wait_for_timeout(150)
    assert await host.page.locator(".attention .item-warn", has_text="после закрытия").count() == 0


async def test_a_restored_ledger_says_since_when_something_may_be_missing(console: Open) -> None:
    host = await console(SCENES["question"]())
    missing = {"count": 2, "rows": [{"team": "t1", "name": "Ан-2"}, {"team": "t2", "name": "Бе-200"}]}
    asked = {"question": host.hub.evening.question.id, "number": 1, "answers": 3, "missing": missing}
    lost = {"since": host.hub.evening.now_ms, "open": [asked]}
    patch = {"attention": {"restored": lost}}
    host.hub.tell({"t": "room", "epoch": 1, "from": host.hub.version, "to": host.hub.version + 1, "patch": patch})
    await host.sees(".item-warn", "Журнал вернулся из архива")
    await host.sees(".item-warn", "вопрос 1: вернулись 3 ответа")
    await host.sees(".item-warn", "2 команд: Ан-2, Бе-200")


# --- what is judged and taken out afterwards ---


def place_in_round(state: BattleState, question: QuestionId) -> int:
    return state.plan.positions[question] + 1


async def test_a_text_of_another_question_of_the_round_is_judged_and_ticked_like_one_of_the_present(console: Open) -> None:
    host = await console(SCENES["judging"]())
    state = host.hub.evening.state
    assert state.current_question
    await host.page.locator(".queue-line", has_text="Вопрос 10").first.click()
    await host.sees(".item-judge", "Вопрос 10")
    await host.sees(".item-judge", "Верный ответ: ")
    await host.press("w")
    await host.sees(".item-judge [aria-pressed=true]", "На экране")
    tick = host.hub.of("do")[-1]["args"]
    assert (place_in_round(state, tick["question"]), tick["shown"]) == (10, True)
    await host.press("w")
    await host.sees(".item-judge [aria-pressed=false]", "Показать на экране")


async def test_texts_from_paper_wait_beside_those_from_phones_and_screens_show_none_that_no_phone_said(console: Open) -> None:
    evening = SCENES["collected"]()
    for team, text in enumerate(("ил 62", "Ил—62", "Гидроплан")):
        evening.mark(team, 5, f"={text}")
    host = await console(evening)
    await host.sees(".item-judge", "4 команды, на бумаге 2")
    await host.sees(".item-judge", "Показать на экране")
    await host.page.locator(".queue-line", has_text="Гидроплан").click()
    await host.sees(".item-judge", "1 команда, на бумаге 1")
    assert "Показать" not in await host.page.locator(".item-judge").inner_text()
    await host.press("w", "y")
    assert await host.asks(1) == ["RuleAnswer"]


async def test_an_earlier_question_is_taken_out_with_a_reason_after_two_presses_and_put_back(console: Open) -> None:
    host = await console(SCENES["round_end"]())
    await host.press("q")
    await host.page.locator(".sheet .line").nth(2).click()
    await host.sees(".card", "вопрос 3")
    await host.page.locator(".card input").fill("Опечатка в условии")
    await host.press("Enter")
    await host.sees(".card .is-armed", "Точно")
    assert host.presses() == []
    await host.page.wait_for_timeout(400)
    await host.press("Enter")
    await host.sees(".card", "Снят: Опечатка в условии")
    taken = host.hub.of("do")[-1]["args"]
    assert (place_in_round(host.hub.evening.state, taken["question"]), taken["voided"]) == (3, True)
    assert taken["question"] in host.hub.evening.state.voided
    await host.page.locator(".card .button", has_text="Вернуть вопрос").click()
    await host.sees(".card input")
    assert host.hub.evening.state.voided == {}


async def test_a_question_is_taken_out_by_nothing_less_than_two_presses_and_a_reason(console: Open) -> None:
    host = await console(SCENES["round_end"]())
    await host.page.locator(".run-sheet .to-question").nth(4).click()
    await host.sees(".card", "вопрос 5")
    assert await host.page.locator(".card .one-thing .button").is_disabled()
    await host.page.locator(".card input").fill("Спорный факт")
    await host.press("Enter", "Escape")
    await host.page.wait_for_timeout(400)
    await host.press("q")
    await host.page.locator(".card input").fill("Спорный факт")
    await host.press("Enter")
    assert host.presses() == []
