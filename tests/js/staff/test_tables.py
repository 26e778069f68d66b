"""Tables on the pages of staff: what one would enter is seen before it is entered, and a desk brings in its own."""

import pytest
from playwright.async_api import FilePayload

from quizserver.battle.ids import TeamId
from quizserver.battle.marking import paper_cell
from quizserver.battle.state import BattleState
from quizserver.spreadsheets.csv_out import written_csv
from tests.js.staff.conftest import Bench, Open
from tests.support.staff_hub import SESSION
from tests.support.staff_states import PAPER, SCENES
from tests.support.table_rooms import TableRooms

pytestmark = pytest.mark.asyncio(loop_scope="session")

HEAD = ["Команда", "Раунд", "1", "2"]
GOOD = ["Нержавейка", "1", "1", "0"]


def table(*rows: list[str]) -> FilePayload:
    return FilePayload(name="Калибр.csv", mimeType="text/csv", buffer=written_csv([HEAD, *rows]))


async def chosen(bench: Bench, *rows: list[str]) -> None:
    await bench.page.locator(".sheet .upload input").set_input_files(table(*rows))


def marks(state: BattleState, name: str) -> list[str]:
    """What stands in the first two cells of a team's sheet."""
    team = next(team.id for team in state.teams.values() if team.name.text == name)
    return [paper_cell(state, TeamId(team), question.id).value for question in state.pack.rounds[0].questions[:2]]


async def importing(console: Open) -> tuple[Bench, TableRooms]:
    host = await console(SCENES["collected"]())
    rooms = await TableRooms(host.hub).route(host.page)
    await host.press("2")
    await host.sees(".sheet", "Перетащите сюда таблицу")
    return host, rooms


async def test_a_table_is_entered_after_a_look_that_names_each_line_which_fails_and_again_it_changes_nothing(console: Open) -> None:
    host, rooms = await importing(console)
    before = host.hub.evening.state
    await chosen(host, GOOD, ["Лонжирон", "1", "1", "1"])
    await host.sees(".failed-lines", "строка 3")
    await host.sees(".failed-lines", "Команды «Лонжирон» нет в битве")
    await host.sees(".failed-lines", "Может быть, это «Лонжерон»?")
    await host.sees(".table-teams", "Нержавейка")
    assert host.hub.evening.state is before
    await host.page.get_by_role("button", name="Внести остальное: 2 отметки").click()
    await host.sees(".table-done", "Внесены 2 отметки")
    await host.sees(".failed-lines", "Лонжирон")
    assert marks(host.hub.evening.state, "Нержавейка") == ["1", "0"]
    assert [each["who"] for each in rooms.asked] == [f"Bearer {SESSION}"] * 2
    await chosen(host, GOOD)
    await host.sees(".table-done", "всё из этого файла уже внесено")
    assert await host.page.locator(".table-enter").count() == 0


async def test_a_look_that_is_old_is_taken_anew_and_says_so(console: Open) -> None:
    host, _ = await importing(console)
    await chosen(host, GOOD)
    await host.sees(".table-teams", "Нержавейка")
    host.hub.evening.mark(PAPER.index("Нержавейка"), 0, "0")
    await host.page.get_by_role("button", name="Внести 2 отметки").click()
    await host.sees(".table-note", "Пока вы смотрели, битва изменилась")
    await host.sees(".table-note", "внесено 0, в файле 1")
    assert marks(host.hub.evening.state, "Нержавейка") == ["0", ""]


async def test_a_desk_s_table_is_signed_by_who_sits_there_and_no_key_reaches_the_grid_below(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    rooms = await TableRooms(bench.hub).route(bench.page)
    async with bench.page.expect_download() as download:
        await bench.page.get_by_role("button", name="Бланк зала").click()
    assert (await download.value).suggested_filename.startswith("Бланк зала, Технопарк")
    await bench.page.get_by_role("button", name="Внести из таблицы").click()
    await chosen(bench, GOOD, ["Цех 10", "1", "1", "1"])
    await bench.sees(".failed-lines", "Эта команда играет в другом зале")
    await bench.page.get_by_role("button", name="Внести остальное: 2 отметки").click()
    await bench.sees(".table-done", "Внесены 2 отметки")
    await bench.press("1", "0", "Escape")
    await bench.page.locator("[role=dialog]").wait_for(state="detached")
    assert bench.hub.of("marks") == []
    (sits,) = {person.id for person in bench.hub.evening.state.scorekeepers.values() if person.name.text == "Анна"}
    assert [each["scorekeeper"] for each in rooms.asked if "scorekeeper" in each] == [sits] * 2
    assert marks(bench.hub.evening.state, "Нержавейка") == ["1", "0"]
