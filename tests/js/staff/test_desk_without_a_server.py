"""A desk whose server is away: what it keeps, what it opens by a code, and what it says where the browser keeps no page for it."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

from host_console import kept_files
from quizserver.battle import commands as ask
from quizserver.services.phone_codes import phone_code
from tests.js.staff.conftest import DESK_KEY, Bench, Open
from tests.support.browsers import holds
from tests.support.staff_hub import SECRET, Hub
from tests.support.staff_pages import sitting
from tests.support.staff_states import SCENES

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROOT = Path(kept_files.__file__).parents[1]
KEPT = "caches.keys().then(async (names) => (await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({url}) => new URL(url).pathname + new URL(url).search)))).flat())"
CODES = "(typed) => import('/staff/desk/phone_code.js').then(({letters_of}) => typed.map(letters_of))"
FIRST = "tr[data-row='0']"


async def collected_alone(bench: Bench) -> str:
    """The network is lost while teams write, and the scorekeeper collects; the code that the host would read."""
    await holds(bench.page, "import('/staff/desk/memory.js').then(({known}) => known.value.evening.length)")
    await bench.hub.cut()
    await bench.page.get_by_role("button", name="Все листы собраны").click()
    await bench.page.get_by_role("button", name="у меня").click()
    await bench.sees("h2", "Листы собраны")
    state = bench.hub.evening.state
    return phone_code(SECRET, next(iter(state.venues)), next(iter(state.plan.scopes)))


async def open_by(bench: Bench, code: str) -> None:
    await bench.page.get_by_label("Код ведущего").fill(code)
    await bench.page.keyboard.press("Enter")


async def test_a_code_opens_the_key_that_was_sealed_and_a_wrong_one_says_so(desk: Open) -> None:
    bench = await desk(SCENES["collecting"]())
    code = await collected_alone(bench)
    await open_by(bench, code[:-1])
    assert await bench.page.get_by_role("button", name="Открыть ответы").is_disabled()
    await open_by(bench, code[:-1] + ("0" if code[-1] != "0" else "1"))
    await bench.sees("[role=alert]", "Код не подходит")
    assert "Внуково" not in await bench.page.content()
    await open_by(bench, code)
    await bench.sees(".key-list", "Внуково")
    await bench.page.keyboard.type("101")
    await bench.sees(".unsent", "4")
    bench.hub.gone = False
    await bench.sees(".unsent", "0")
    assert len(bench.hub.of("collected")) == 1
    await holds(bench.page, "import('/staff/desk/memory.js').then(({known}) => !known.value.collected.length)")


async def test_collected_waits_unsent_until_the_host_has_closed_the_round(desk: Open) -> None:
    bench = await desk(SCENES["question"]())
    await collected_alone(bench)
    await bench.sees(".unsent", "1не отправлено: «листы собраны»")
    bench.hub.gone = False
    await bench.sees(".desk-note", "сервер ещё не знает")
    await bench.sees(".unsent", "1не отправлено: «листы собраны»")
    assert bench.hub.of("collected") == []
    assert "Внуково" not in await bench.page.content()


async def test_what_changes_in_a_key_while_the_desk_is_away_is_there_when_it_is_back(desk: Open) -> None:
    bench = await desk(SCENES["collecting"]())
    await open_by(bench, await collected_alone(bench))
    await bench.sees(".key-list", "Внуково")
    question = next(each for each in bench.hub.evening.state.pack.rounds[0].questions if each.kind == "text")
    bench.hub.evening.do(ask.VoidQuestion(question=question.id, voided=True, reason="Опечатка"))
    assert await bench.page.locator(".key-list .gone").count() == 0
    bench.hub.gone = False
    await bench.sees(".key-list .gone")


async def test_a_code_is_forgiven_its_case_its_gaps_and_what_looks_or_sounds_alike(desk: Open) -> None:
    bench = await desk(SCENES["collecting"]())
    typed = ["7k3m 0qrt-9xwa.2hde", "o0Оо iIlL1 uv", "АВСЕНКМРТХУ З", "  «7K3M»\n"]
    meant = ["7K3M0QRT9XWA2HDE", "0000" + "11111" + "VV", "ABCEHKMPTXY3", "7K3M"]
    assert await bench.page.evaluate(CODES, typed) == meant


async def test_the_device_keeps_the_page_with_its_files_and_nothing_else(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await holds(bench.page, "Boolean(navigator.serviceWorker.controller)")
    await bench.page.reload()
    await bench.sees(".desk-bar", "Калибр")
    await bench.page.evaluate("fetch('/console').then((page) => page.text())")
    kept = await bench.page.evaluate(KEPT)
    assert set(kept) == set(kept_files.kept_files()) and len(kept) == len(set(kept))
    asked: list[str] = await bench.page.evaluate("performance.getEntriesByType('resource').map(({name}) => new URL(name).pathname)")
    assert {each for each in asked if each not in ("/console", "/ws")} <= set(kept)
    assert not any(
        path.startswith(("/console", "/staff/console", "/staff/print", "/staff/pdf", "/media", "/player")) for path in kept
    )


async def test_it_can_be_installed(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await holds(bench.page, "Boolean(navigator.serviceWorker.controller)")
    devtools = await bench.page.context.new_cdp_session(bench.page)
    manifest = await devtools.send("Page.getAppManifest")
    assert manifest["url"].endswith("/desk.webmanifest") and manifest["errors"] == []
    problems = (await devtools.send("Page.getInstallabilityErrors"))["installabilityErrors"]
    assert [each["errorId"] for each in problems if each["errorId"] != "in-incognito"] == []


async def test_over_plain_http_a_desk_keeps_what_is_entered_and_says_what_it_cannot_do(browser: Browser, origin: str) -> None:
    hub = Hub(SCENES["collected"]())
    hub.keys[DESK_KEY] = ("desk", next(iter(hub.evening.state.venues)))
    page = await (await browser.new_context()).new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.add_init_script(sitting("Анна"))
    await hub.route(page)
    bench = Bench(page, hub)
    await page.goto(f"{origin.replace('127.0.0.1', 'quiz.test')}/desk?lang=ru#{DESK_KEY}")
    await bench.sees(FIRST)
    assert await page.evaluate("[isSecureContext, 'serviceWorker' in navigator, crypto.subtle === undefined]") == [
        False,
        False,
        True,
    ]
    await bench.sees(".desk-plain", "По http страница не откроется, пока сервера нет")
    await hub.cut()
    await page.keyboard.type("101")
    await bench.sees(".unsent", "3")
    await bench.sees(".desk-offline", "Окно не закрывайте")
    await page.wait_for_timeout(100)
    await page.reload()  # the pages are served, the battle is still out of reach
    await bench.sees(".unsent", "3")
    assert (await page.locator(f"{FIRST} td[data-column]").all_inner_texts())[:3] == ["1", "0", "1"]
    hub.gone = False
    await bench.sees(".unsent", "0")
    names: list[Any] = [(each["device"], each["counter"]) for message in hub.of("marks") for each in message["operations"]]
    assert len(names) == len(set(names)) == 3
    await page.context.close()
    assert errors == []


async def test_every_file_of_the_page_is_among_the_kept_ones() -> None:
    kept = kept_files.kept_files()
    assert kept[0] == "/desk" and {"/staff/desk.js", "/browser/link.js", "/browser/vendor/idb.mjs", "/staff/texts/ru.json"} <= set(
        kept
    )
    assert all(
        (ROOT / "host_console/static" / each.removeprefix("/staff/")).is_file() for each in kept if each.startswith("/staff/")
    )
    assert any(each.endswith(".woff2") for each in kept)
