"""Results from the console: saved in every form, and printed as what they are."""

import json
from typing import Any

import pytest

from quizserver.spreadsheets.opened import opened as rows_of
from tests.js.staff.conftest import Open
from tests.support.staff_hub import KEY
from tests.support.staff_states import SCENES
from tests.support.table_rooms import TableRooms

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_results_are_saved_in_every_form_and_printed_as_what_they_are(console: Open, opened: Open) -> None:
    host = await console(SCENES["amended"]())
    rooms = await TableRooms(host.hub).route(host.page)
    await host.press("1")
    await host.sees(".results-state.is-open", "Предварительно. Не хватает")
    saved: dict[str, Any] = {}
    for row in await host.page.locator(".results-files li").all():
        async with host.page.expect_download() as download:
            await row.get_by_role("button").click()
        saved[(await download.value).suggested_filename] = await (await download.value).path()
    assert [each["form"] for each in rooms.asked] == ["xlsx", "csv", "masks", "json"]
    assert [name.rpartition(", ")[2] for name in saved] == ["результаты.xlsx", "таблица.csv", "маски.csv", "результаты.json"]
    told = json.loads(saved["Битва технологий, результаты.json"].read_bytes())["teams"]
    assert rows_of(saved["Битва технологий, результаты.xlsx"].read_bytes())[0].rows[3].cells[1] == told[0]["name"]
    address = await host.page.locator(".results-wall").get_attribute("href")
    wall = await opened(f"{address}#{KEY}", host.hub, beside=host)
    await wall.sees(".results-is", "Предварительно")
    rows = await wall.page.locator(".results tbody tr").all_inner_texts()
    assert len(rows) == len(told) and told[0]["name"] in rows[0]
    assert f"{told[4]['best']}–{told[4]['worst']}" in rows[4]
