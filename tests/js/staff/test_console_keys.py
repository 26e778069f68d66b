"""The keys of a nervous host: one press is one step, and nothing that a clicker sends does harm."""

import asyncio

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.phases import Phase
from tests.js.staff.conftest import Bench, Open
from tests.support.staff_hub import KEY, Hub
from tests.support.staff_states import SCENES

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_held_space_is_one_press(console: Open) -> None:
    host = await console(SCENES["lobby"]())
    for _ in range(12):
        await host.page.keyboard.down("Space")
    await host.page.keyboard.up("Space")
    assert await host.asks(2) == ["StartRound"]


async def test_two_quick_presses_are_one_and_a_later_one_is_the_next_step(console: Open) -> None:
    host = await console(SCENES["lobby"]())
    await host.press("Space", "Space", "Space")
    await host.sees(".now-head", "Раунд 1")
    await host.settle()
    assert host.presses() == ["StartRound"]
    await host.press("Space")
    await host.sees(".now-head", "Вопрос 1")
    assert host.presses() == ["StartRound", "ShowQuestion"]


async def test_a_press_in_the_moment_in_which_the_words_change_does_nothing(console: Open) -> None:
    host = await console(SCENES["each_open"]())
    host.hub.evening.do(ask.CloseAnswers())  # the clock was quicker than the hand
    host.hub.evening.seal()
    await host.sees(".action-main", "Показать ответ")
    await host.press("Space")
    await host.settle()
    assert host.presses() == []


async def test_space_is_the_primary_wherever_the_focus_is(console: Open) -> None:
    host = await console(SCENES["question"]())
    await host.page.locator(".action-row .button").filter(has_text="Пауза").focus()
    await host.press("Space")
    assert await host.asks(1) == ["ShowQuestion"]


async def test_keys_of_clickers_go_forward_and_back(console: Open) -> None:
    host = await console(SCENES["question"]())
    await host.press("PageDown")
    await host.sees(".now-head", "Вопрос 2")
    await host.settle()
    await host.press("PageUp")
    await host.sees(".now-head", "Вопрос 1")
    await host.settle()
    await host.press("ArrowRight")
    await host.settle()
    await host.press("ArrowLeft")
    await host.sees(".now-head", "Вопрос 1")
    assert host.presses() == ["ShowQuestion", "GoBack", "ShowQuestion", "GoBack"]


@pytest.mark.parametrize("key", ["F5", "Shift+F5", "Escape", ".", "b", "B"])
async def test_what_clickers_send_beside_that_does_nothing(console: Open, key: str) -> None:
    host = await console(SCENES["question"]())
    await host.page.evaluate("globalThis.is_the_same_page = true")
    await host.press(key)
    await host.page.wait_for_timeout(150)
    assert await host.page.evaluate("globalThis.is_the_same_page")
    assert await host.page.locator(".action-main").is_visible()
    assert await host.page.locator(".overlay").count() == 0
    assert host.presses() == []


async def test_a_clicker_closes_what_lies_over_the_console_and_presses_nothing_unseen(console: Open) -> None:
    host = await console(SCENES["question"]())
    await host.press("?")
    await host.sees(".sheet", "Клавиши")
    await host.press("PageDown")
    assert await host.page.locator(".sheet").count() == 0
    assert host.presses() == []


async def test_what_is_dangerous_asks_twice(console: Open) -> None:
    host = await console(SCENES["question"]())
    await host.press("x")
    await host.sees(".is-armed", "Точно")
    assert host.presses() == []
    await host.press("Escape", "x")
    await host.page.wait_for_timeout(400)
    assert host.presses() == []
    await host.press("x")
    await host.sees(".phase", "Вопрос снят")
    assert host.presses() == ["VoidQuestion"]


async def test_a_battle_ends_with_two_presses_that_are_both_meant(console: Open) -> None:
    host = await console(SCENES["final"]())
    await host.press("Space", "Space", "Space")
    await host.sees(".action-main", "Точно закончить")
    assert host.presses() == []
    await host.page.wait_for_timeout(950)
    await host.press("Space")
    await host.sees(".now-head", "Битва окончена")
    assert host.presses() == ["Finish"]


async def test_letters_work_in_a_russian_layout(console: Open) -> None:
    host = await console(SCENES["question"]())
    await host.page.evaluate("dispatchEvent(new KeyboardEvent('keydown', {key: 'з', code: 'KeyP', bubbles: true}))")
    await host.sees(".phase", "Пауза")
    assert host.presses() == ["Pause"]


async def test_of_two_consoles_one_takes_effect_and_the_other_is_told_calmly(console: Open, opened: Open) -> None:
    hub = Hub(SCENES["lobby"]())
    first: Bench = await console(hub)
    second: Bench = await opened(f"/console?lang=ru#{KEY}", hub, beside=first)
    await second.sees(".action-main")
    await second.settle()
    hub.evening.listeners.clear()  # the second press leaves before the news of the first arrives
    await asyncio.gather(first.press("Space"), second.press("Space"))
    await asyncio.sleep(0.3)
    assert hub.evening.state.phase is Phase.ROUND_INTRO
    told = [page for page in (first.page, second.page) if await page.locator(".toast-plain").count()]
    assert len(told) == 1
    assert "консоль" in await told[0].locator(".toast").inner_text()


async def test_undo_takes_a_ruling_back(console: Open) -> None:
    host = await console(SCENES["judging"]())
    await host.press("y")
    await host.sees(".toast", "засчитано")
    await host.press("u")
    await host.sees(".toast", "снова не")
    rulings = [message["args"]["accepted"] for message in host.hub.of("do")]
    assert rulings == [True, None]
