"""What a host does for teams, venues and screens, with few presses."""

import pytest

from quizserver.battle.phases import Phase
from quizserver.battle.settings import Source
from tests.js.staff.conftest import Open
from tests.js.staff.test_console_news import finds
from tests.support.staff_states import SCENES, Evening, pack_of

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_team_is_found_and_renamed(console: Open) -> None:
    host = await console(SCENES["lobby"]())
    await host.press("h")
    await host.sees(".sheet input:focus")
    await host.page.keyboard.type("рейс")
    await host.sees(".card", "Рейсшина")
    await host.page.locator(".card").get_by_role("button", name="Переименовать").click()
    await host.page.fill(".card-job input", "Логарифмическая")
    await host.press("Enter")
    await host.sees(".toast", "Логарифмическая")
    assert "Логарифмическая" in {team.name.text for team in host.hub.evening.state.teams.values()}


async def test_a_team_is_counted_and_one_that_came_twice_is_merged_into_the_one_with_sheets(console: Open) -> None:
    evening = SCENES["lobby"]()
    evening.join("Флаттер с телефона", Source.ONLINE)
    host = await console(evening)
    card = host.page.locator(".card")
    await host.press("h")
    await host.sees(".sheet input:focus")
    await host.page.keyboard.type("флаттер с")
    await card.get_by_role("button", name="Сколько человек").click()
    await host.page.fill(".card-job input", "7")
    await host.press("Enter")
    await host.sees(".card", "онлайн, 7 человек")
    await card.get_by_role("button", name="Объединить", exact=True).click()
    await card.locator("button.line", has_text="Флаттер").click()
    assert await card.get_by_role("radio", name="Флаттер с телефона").is_disabled()
    await card.get_by_role("button", name="Объединить: остаётся «Флаттер»").click()
    await host.sees(".toast", "Осталась «Флаттер»")
    state = evening.state
    (stays,) = (team for team in state.teams.values() if "Флаттер" in team.name.text)
    assert (stays.plays, stays.people, len(state.merged)) == (Source.PAPER, 7, 1)


async def test_points_need_a_reason(console: Open) -> None:
    host = await console(SCENES["revealed"]())
    await host.press("m")
    await host.sees(".sheet input:focus")
    await host.page.keyboard.type("вектор")
    await host.sees(".card", "Вектор тяги")
    await host.page.get_by_role("radio", name="−2").click()
    assert await host.page.get_by_role("button", name="Снять 2").is_disabled()
    await host.page.fill(".card-job input", "Телефон под столом")
    await host.press("Enter")
    await host.sees(".toast", "−2")
    assert host.hub.evening.state.adjustments[-1][1:] == (-200, "Телефон под столом")


async def test_paper_teams_are_added_one_after_the_other(console: Open) -> None:
    host = await console(SCENES["lobby"]())
    before = len(host.hub.evening.state.teams)
    await host.press("c")
    await host.sees(".sheet input:focus")
    for name in ("Первая новая", "Вторая новая"):
        await host.page.keyboard.type(name)
        await host.press("Enter")
        await host.sees(".lines", name)
        await host.sees(".sheet input:focus")
    assert len(host.hub.evening.state.teams) == before + 2


async def test_a_desk_gets_a_link_with_a_code(console: Open) -> None:
    host = await console(SCENES["lobby"]())
    await host.press("v")
    await host.page.get_by_role("button", name="Дать столу ключ").click()
    await host.sees(".address", "/desk#desk-key-")
    await host.page.locator(".card .qr path[d*='h1v1']").wait_for(state="attached", timeout=4000)


async def test_a_host_collects_for_a_venue_and_goes_on_over_the_others(console: Open) -> None:
    host = await console(SCENES["collecting"]())
    await host.page.get_by_role("button", name="Собраны").first.click()
    await host.sees(".toast", "листы собраны")
    await host.press("g")
    await host.page.wait_for_timeout(400)
    await host.press("g")
    await host.sees(".now-head", "Листы собраны")
    assert host.hub.evening.state.phase is Phase.COLLECTED
    assert len(host.hub.evening.state.waiting) == 3


async def test_a_new_battle_is_made_of_a_pack(console: Open) -> None:
    host = await console(SCENES["lobby"]())
    await host.page.click(".bar-title")
    await host.page.get_by_role("radio", name="Сделано в Москве").click()
    await host.page.get_by_role("radio", name="Только онлайн").click()
    await host.page.get_by_role("button", name="Собрать битву").click()
    await host.page.wait_for_timeout(200)
    asked = host.hub.of("do")[-1]
    assert asked["args"] == {
        "pack": "industry",
        "title": "Сделано в Москве",
        "language": "ru",
        "online_only": True,
        "approval": False,
    }


async def test_names_are_shown_after_one_press_and_one_of_them_is_hidden(console: Open) -> None:
    evening = Evening(pack_of("tupolev"), approval=True)
    for name in ("Ту-144", "Грубое слово", "Бе-200"):
        evening.join(name, Source.ONLINE)
    host = await console(evening)
    item = host.page.locator(".item", has_text="3 названия ждут показа")
    await item.locator("li", has_text="Грубое слово").get_by_role("button", name="Скрыть имя").click()
    await host.sees(".item", "2 названия ждут показа")
    await host.page.get_by_role("button", name="Показать эти 2").click()
    await host.page.locator(".item", has_text="ждут показа").wait_for(state="detached")
    assert [team.name.text for team in evening.state.teams.values() if team.name_is_shown] == ["Ту-144", "Бе-200"]


async def test_a_flood_is_one_line_with_the_one_thing_to_do(console: Open) -> None:
    host = await console(SCENES["lobby"]())
    assert await host.page.get_by_text("идут потоком").count() == 0
    finds(host, "arrivals", {"joined": 1050, "refused": 3950})
    await host.sees(".item", "вошло: 1050 команд. Не впущено 3950")
    await host.page.locator(".item", has_text="идут потоком").get_by_role("button", name="Закрыть вход").click()
    await host.page.locator(".item").get_by_role("button", name="Закрыть вход").wait_for(state="detached")
    assert host.hub.evening.state.lobby_locked
    assert await host.page.locator(".item", has_text="идут потоком").count() == 1
