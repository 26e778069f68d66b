"""Sheets on the staff pages: their numbers under the teams, a row found by what stands on the paper, and what is printed."""

import random
from typing import Any

import pytest
from playwright.async_api import Route

from quizserver.battle import commands as ask
from quizserver.battle.ids import VenueId
from quizserver.battle.refusals import Refused
from quizserver.battle.sheet_numbers import SheetNumber, check_digit, code_words, read
from tests.js.staff.conftest import Bench, Open
from tests.support.staff_hub import KEY
from tests.support.staff_states import SCENES

pytestmark = pytest.mark.asyncio(loop_scope="session")

PDF = b"%PDF-1.7 so it begins"
WHOLE = b"0 10\n4 10\npdf %d\n" % len(PDF) + PDF


def number_of(bench: Bench, name: str, playing: int = 1) -> str:
    team = next(team for team in bench.hub.evening.state.teams.values() if team.name.text == name)
    return str(SheetNumber(playing, team.sheets[0]))


async def look_for(bench: Bench, text: str) -> None:
    await bench.press("n")
    await bench.page.keyboard.type(text)
    await bench.press("Enter")


async def row_here(bench: Bench) -> str:
    return await bench.page.locator("tr.is-row th span").inner_text()


# --- the desk ---


async def test_a_desk_shows_the_numbers_that_are_printed(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees("tbody th", f"Флаттерлист {number_of(bench, 'Флаттер')}")


async def test_a_row_is_found_by_its_number_or_by_its_code_and_typing_goes_on_there(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees("tr[data-row='0']")
    await look_for(bench, number_of(bench, "Точка росы").replace("-", " "))
    assert await row_here(bench) == "Точка росы"
    await bench.page.keyboard.type("1")
    await look_for(bench, code_words(bench.hub.evening.state.pin, number_of(bench, "Лонжерон")))
    assert await row_here(bench) == "Лонжерон"
    team = bench.hub.of("marks")[0]["operations"][0]["team"]
    assert bench.hub.evening.state.teams[team].name.text == "Точка росы"
    assert await bench.page.locator(".find-sheet .error").count() == 0


async def test_a_number_that_leads_nowhere_is_told_why_and_the_cursor_stays(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees("tr[data-row='0']")
    here, right = await row_here(bench), number_of(bench, "Флаттер")
    wrong = f"{right[:-1]}{(int(right[-1]) + 1) % 10}"
    elsewhere = str(SheetNumber(1, 999))
    for text, said in (
        (wrong, "Проверочная цифра не сходится"),
        (elsewhere, f"Листа {elsewhere} среди команд зала нет".replace("-", "\u2011")),
        (str(SheetNumber(7, 1)), "Раунд 7 здесь ещё не начался"),
        (code_words("999999", right), "от другой битвы"),
        ("лист", "Это не номер листа"),
    ):
        await look_for(bench, text)
        await bench.sees(".find-sheet .error", said)
        await bench.page.locator("body").click(position={"x": 4, "y": 400})
        assert await row_here(bench) == here
    assert bench.hub.of("marks") == []


async def test_spare_sheets_that_a_team_takes_are_told_at_the_desk_and_found_there(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees("tr[data-row='0']")
    state = bench.hub.evening.state
    team = next(team for team in state.teams.values() if team.name.text == "Флаттер")
    bench.hub.evening.do(ask.ReserveSpares(venue=VenueId("v0"), count=1))
    spare = bench.hub.evening.state.last_sheet
    bench.hub.evening.do(ask.AssignSpare(team=team.id, spare=spare))
    bench.hub.tell_cells({team.id})
    await bench.sees("tbody th", f"{number_of(bench, 'Флаттер')}, {SheetNumber(1, spare)}")
    await look_for(bench, str(SheetNumber(1, spare)))
    assert await row_here(bench) == "Флаттер"


async def test_the_page_reads_numbers_as_the_server_does(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    lots = random.Random(7)
    pin = bench.hub.evening.state.pin
    texts = [str(SheetNumber(lots.randint(1, 20), lots.randint(1, 30_000))) for _ in range(200)]
    texts += [
        "".join(lots.choice("0123456789") if each.isdigit() and lots.random() < 0.2 else each for each in text) for text in texts
    ]
    texts += [text.replace("-", lots.choice([" ", "", "–", "‑"])) for text in texts]
    texts += [code_words(pin, texts[0]), code_words("000000", texts[0]), "", "-"]
    texts += [f"0-033-{check_digit('0033')}", f"4-000-{check_digit('4000')}"]
    texts += [f"04-033-{check_digit('04033')}", f"4-0033-{check_digit('40033')}"]
    told: list[dict[str, Any]] = await bench.page.evaluate(
        "async ([texts, pin]) => { const { read } = await import('/staff/desk/sheet_number.js'); return texts.map((each) => read(each, pin)); }",
        [texts, pin],
    )
    here = [read(text, pin) for text in texts]
    assert [each.get("code") or each["number"] for each in told] == [
        each.code if isinstance(each, Refused) else str(each) for each in here
    ]
    assert len({type(each) for each in here}) == 2


# --- printing ---


async def answering(bench: Bench, status: int = 200, body: bytes = WHOLE) -> list[dict[str, Any]]:
    """The press of the tests; what it is asked for, with the header that says who asks."""
    asked: list[dict[str, Any]] = []

    async def answer(route: Route) -> None:
        request = route.request
        asked.append({"address": request.url, "who": request.headers["authorization"], **(request.post_data_json or {})})
        await route.fulfill(status=status, body=body, content_type="application/octet-stream")

    await bench.page.route("**/staff/pdf", answer)
    return asked


async def printing(console: Open) -> Bench:
    """A console with the printing of its first venue open."""
    bench = await console(SCENES["lobby"]())
    await bench.press("v")
    await bench.page.get_by_role("button", name="Печать", exact=True).click()
    return bench


async def test_sheets_are_printed_with_numbers_for_the_spares_and_the_key_is_in_no_address(console: Open) -> None:
    bench = await printing(console)
    asked = await answering(bench)
    await bench.page.get_by_role("radio", name="5", exact=True).click()
    async with bench.page.expect_download() as download:
        await bench.page.get_by_role("button", name="Листы", exact=True).click()
    saved = await (await download.value).path()
    assert saved.read_bytes() == PDF
    assert (await download.value).suggested_filename.endswith(".pdf")
    (reserved,) = [message["args"] for message in bench.hub.of("do") if message["command"] == "ReserveSpares"]
    assert reserved == {"venue": "v0", "count": 5}
    (wish,) = asked
    assert (wish["what"], wish["venue"], wish["round"], wish["spares"]) == ("sheets", "v0", None, 5)
    assert wish["battle"] == bench.hub.evening.state.battle
    assert wish["who"].startswith("Bearer ") and wish["who"].removeprefix("Bearer ") not in wish["address"]


async def test_everything_else_is_printed_at_once_and_of_all_venues_too(console: Open) -> None:
    bench = await printing(console)
    asked = await answering(bench)
    for name in ("Список зала", "Карточки для телефонов"):
        async with bench.page.expect_download():
            await bench.page.get_by_role("button", name=name).click()
    await bench.page.get_by_role("button", name="Все залы").click()
    async with bench.page.expect_download():
        await bench.page.get_by_role("button", name="Список зала").click()
    assert [(wish["what"], wish["venue"]) for wish in asked] == [("list", "v0"), ("cards", "v0"), ("list", None)]
    assert "ReserveSpares" not in bench.presses()


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (400, b'{"code": "nothing_to_print", "detail": "", "fault": "sender", "temporary": false}', "Печатать нечего"),
        (200, WHOLE[:-1], "Сервер ошибся"),
        (200, b"0 10\n", "Сервер ошибся"),
    ],
)
async def test_what_cannot_be_printed_says_why_and_half_a_file_is_none(console: Open, status: int, body: bytes, said: str) -> None:
    bench = await printing(console)
    await answering(bench, status, body)
    await bench.page.get_by_role("button", name="Список зала").click()
    await bench.sees(".print-one .error", said)
    assert await bench.page.locator(".print-one a").count() == 0


async def test_a_desk_prints_its_own_venue_before_the_round(desk: Open) -> None:
    bench = await desk(SCENES["lobby"]())
    asked = await answering(bench)
    async with bench.page.expect_download():
        await bench.page.get_by_role("button", name="Листы", exact=True).click()
    assert (asked[0]["what"], asked[0]["venue"]) == ("sheets", "v0")


# --- spares on the console ---


async def test_a_team_that_came_unannounced_is_added_with_the_number_it_writes_on(console: Open) -> None:
    evening = SCENES["lobby"]()
    evening.do(ask.ReserveSpares(venue=VenueId("v0"), count=1))
    bench = await console(evening)
    number = str(SheetNumber(1, evening.state.last_sheet))
    await bench.press("c")
    await bench.page.get_by_label("Уже пишет на запасных?").fill(number)
    await bench.page.get_by_label("Название").fill("Без записи")
    await bench.press("Enter")
    await bench.asks(1)
    (asked,) = [message["args"] for message in bench.hub.of("do") if message["command"] == "JoinTeam"]
    assert (asked["name"], asked["spare"]) == ("Без записи", number)


async def test_a_team_that_lost_its_sheets_takes_spares_on_its_card(console: Open) -> None:
    evening = SCENES["lobby"]()
    evening.do(ask.ReserveSpares(venue=VenueId("v0"), count=1))
    bench = await console(evening)
    await bench.press("h")
    await bench.page.locator("input[type=search]").fill("Флаттер")
    await bench.sees(".card .quiet", "номер листа 006")
    await bench.page.get_by_role("button", name="Запасные листы").click()
    number = str(SheetNumber(3, evening.state.last_sheet))
    await bench.page.get_by_label("Номер с запасного листа").fill(number)
    await bench.press("Enter")
    await bench.asks(1)
    (asked,) = [message["args"] for message in bench.hub.of("do") if message["command"] == "AssignSpare"]
    assert asked["spare"] == number
    assert KEY not in str(asked)
