"""The way in: a host has a password or a key; what is wrong is said, and only the password has to be typed again."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.js.staff.conftest import Bench, Open
from tests.support.staff_hub import KEY, SESSION, Hub
from tests.support.staff_pages import served
from tests.support.staff_states import SCENES

pytestmark = pytest.mark.asyncio(loop_scope="session")

PASSWORD = " три слова и самолёт"
NAME, SECRET = "input[autocomplete=username]", "input[autocomplete=current-password]"
INSECURE = "Object.defineProperty(window, 'isSecureContext', { value: false })"  # as on http://192.168.1.20
WAYS: list[str] = []


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    media: Path = tmp_path_factory.mktemp("media")
    with served(media, WAYS) as address:
        yield address


@pytest.fixture(params=["name", "no name"])
def host(request: pytest.FixtureRequest) -> str:
    """What the host is called; the pages ask for no more than they need."""
    named = request.param == "name"
    WAYS[:] = ["password", "name"] if named else ["password"]
    return "Анна" if named else ""


@pytest.fixture
def named() -> None:
    WAYS[:] = ["password", "name"]


def an_evening(*hosts: str, refuses: str = "") -> Hub:
    return Hub(SCENES["lobby"](), passwords=dict.fromkeys(hosts, PASSWORD), refuses=refuses)


async def typed(bench: Bench, password: str, name: str = "") -> None:
    if name:
        await bench.page.fill(NAME, name)
    await bench.page.fill(SECRET, password)
    await bench.press("Enter")


async def kept(page: Page) -> list[str]:
    values: list[str] = await page.evaluate("Object.values({ ...localStorage, ...sessionStorage })")
    return values


async def test_a_host_signs_in_by_a_password_and_is_known_after_a_reload(opened: Open, host: str) -> None:
    bench = await opened("/console?lang=ru", an_evening(host))
    await bench.sees("h1", "Пульт ведущего")
    assert await bench.page.locator(NAME).count() == bool(host)
    await typed(bench, PASSWORD, host)
    await bench.sees(".action-main")
    said = bench.hub.of("sign_in")[0]
    assert (said["name"], said["password"]) == (host, PASSWORD) and said["browser"].startswith("Chrome, ")
    assert SESSION in await kept(bench.page) and PASSWORD not in str(await kept(bench.page)) + bench.page.url
    await bench.page.reload()
    await bench.sees(".action-main")
    assert len(bench.hub.of("sign_in")) == 1


@pytest.mark.parametrize(
    ("language", "says"),
    [("ru", "Имя и пароль не подходят друг к другу"), ("en", "Name and password do not go together")],
)
async def test_a_wrong_password_says_so_and_keeps_the_name(opened: Open, named: None, language: str, says: str) -> None:
    bench = await opened(f"/console?lang={language}", an_evening("Анна"))
    await typed(bench, "wrong " * 3, "Анна")
    await bench.sees(".password-lines .error", says)
    await expect(bench.page.locator(NAME)).to_have_value("Анна")
    await expect(bench.page.locator(SECRET)).to_have_value("")
    await expect(bench.page.locator(SECRET)).to_be_focused()
    await bench.page.keyboard.type(PASSWORD)
    await bench.press("Enter")
    await bench.sees(".action-main")


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("too_many_guesses", "Слишком много попыток. Подождите минуту"),
        ("too_busy", "Сейчас входят слишком многие"),
        ("no_password", "Пароля на этом сервере больше нет"),
    ],
)
async def test_why_a_password_was_not_looked_at_is_said(opened: Open, named: None, code: str, says: str) -> None:
    bench = await opened("/console?lang=ru", an_evening("Анна", refuses=code))
    await typed(bench, PASSWORD, "Анна")
    await bench.sees(".password-lines .error", says)


async def test_while_it_is_looked_at_it_is_not_asked_twice(opened: Open, named: None) -> None:
    hub = an_evening("Анна")
    hub.deaf.add("sign_in")
    bench = await opened("/console?lang=ru", hub)
    await typed(bench, PASSWORD, "Анна")
    button = bench.page.locator(".password-lines button")
    await expect(button).to_have_text("Проверяем")
    await expect(button).to_be_disabled()
    await typed(bench, PASSWORD)
    assert len(bench.hub.of("sign_in")) == 1


async def test_what_a_lost_connection_took_along_is_said_again(opened: Open, named: None) -> None:
    hub = an_evening("Анна")
    hub.deaf.add("sign_in")
    bench = await opened("/console?lang=ru", hub)
    await typed(bench, PASSWORD, "Анна")
    await expect(bench.page.locator(".password-lines button")).to_have_text("Проверяем")
    hub.deaf.clear()
    await hub.cut(gone=False)
    await bench.sees(".action-main")


async def test_a_server_that_is_away_is_told_of_and_asked_when_it_is_back(opened: Open, named: None) -> None:
    hub = an_evening("Анна")
    hub.gone = True
    bench = await opened("/console?lang=ru", hub)
    await typed(bench, PASSWORD, "Анна")
    await expect(bench.page.locator(".password-lines button")).to_have_text("Нет связи")
    hub.gone = False
    await bench.page.locator(".action-main").wait_for(timeout=12_000)  # the pauses between tries grow


async def test_where_nobody_will_answer_any_more_it_may_be_asked_again(opened: Open, named: None) -> None:
    hub = an_evening("Анна")
    hub.deaf.add("sign_in")
    bench = await opened("/console?lang=ru", hub)
    await typed(bench, PASSWORD, "Анна")
    await expect(bench.page.locator(".password-lines button")).to_have_text("Проверяем")
    await hub.end(1008, "forbidden")
    hub.deaf.clear()
    await expect(bench.page.locator(".password-lines button")).to_have_text("Войти")
    await typed(bench, PASSWORD)
    await bench.sees(".action-main")


async def test_a_guest_asks_for_nothing_but_to_come_in(opened: Open, named: None) -> None:
    bench = await opened("/console?lang=ru", an_evening("Анна"))
    await typed(bench, "wrong " * 3, "Анна")
    await bench.sees(".password-lines .error")
    assert {message["t"] for message in bench.hub.said} == {"hello", "sign_in"}


async def test_the_key_opens_the_console_as_before_by_its_address_or_typed(opened: Open, named: None) -> None:
    by_address = await opened(f"/console?lang=ru#{KEY}", an_evening("Анна"))
    await by_address.sees(".action-main")
    bench = await opened("/console?lang=ru", an_evening("Анна"))
    await bench.page.fill(".sign-in-key input", f"http://192.168.1.20:8000/console#{KEY}")
    await bench.press("Enter")
    await bench.sees(".action-main")
    assert bench.hub.of("sign_in") == []


async def test_a_console_that_was_signed_out_comes_back_by_its_password(opened: Open, named: None) -> None:
    bench = await opened(f"/console?lang=ru#{KEY}", an_evening("Анна"))
    await bench.sees(".action-main")
    await bench.hub.end(4504, "signed_out")
    await bench.sees(".sign-in .error", "Этот пульт отключён")
    await typed(bench, PASSWORD, "Анна")
    await bench.sees(".action-main")


async def test_without_any_password_only_the_key_is_asked_for(opened: Open) -> None:
    WAYS.clear()
    bench = await opened("/console?lang=ru", an_evening())
    await bench.sees(".sign-in-key")
    assert await bench.page.locator(SECRET).count() == 0


async def test_a_host_sits_down_at_a_desk_by_the_password_and_a_scorekeeper_is_not_asked_for_one(opened: Open, named: None) -> None:
    bench = await opened("/desk?lang=ru&venue=v0", an_evening("Анна"))
    await typed(bench, PASSWORD, "Анна")
    await bench.sees(".desk-bar", "Калибр")
    desk = await opened("/desk?lang=ru", an_evening("Анна"))
    await desk.sees("h1", "Стол зала")
    assert await desk.page.locator(SECRET).count() == 0


async def test_a_paper_is_printed_by_the_password_too(opened: Open, named: None) -> None:
    bench = await opened("/staff/print?lang=ru&what=poster", an_evening("Анна"))
    await typed(bench, PASSWORD, "Анна")
    await bench.sees(".print-bar h1")


# --- the line ---


@pytest.mark.parametrize(("ways", "asks", "says"), [
    (["password"], True, "кто слушает эту же сеть, может прочитать пароль"),
    (["password", "open"], False, "Пароль здесь не принимаем"),
])  # fmt: skip
async def test_on_plain_http_that_is_said_and_beyond_private_addresses_no_password_is_asked_for(
    insecure: Page, origin: str, ways: list[str], asks: bool, says: str
) -> None:
    WAYS[:] = ways
    await insecure.goto(f"{origin}/console?lang=ru")
    await expect(insecure.locator(".sign-in-ways")).to_contain_text(says)
    assert await insecure.locator(SECRET).count() == asks
    assert await insecure.locator(".sign-in-key input").count() == 1


async def test_over_https_a_proxy_that_does_not_say_so_keeps_nobody_out(opened: Open) -> None:
    WAYS[:] = ["password", "open"]
    bench = await opened("/console?lang=ru", an_evening(""))
    await typed(bench, PASSWORD)
    await bench.sees(".action-main")


@pytest_asyncio.fixture(loop_scope="session")
async def insecure(browser: Browser) -> AsyncIterator[Page]:
    page = await browser.new_page()
    await page.add_init_script(INSECURE)
    yield page
    await page.close()
