"""Files for the server: chosen or dropped, looked at first, sent with the key in a header, and refused in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.async_api import FilePayload, Locator, Route

from tests.js.staff.conftest import Bench, Open
from tests.support.staff_hub import SESSION
from tests.support.staff_states import SCENES

pytestmark = pytest.mark.asyncio(loop_scope="session")

DROP = """(place, {name, text}) => {
    const carried = new DataTransfer();
    carried.items.add(new File([text], name));
    for (const kind of ["dragover", "drop"])
        place.dispatchEvent(new DragEvent(kind, {dataTransfer: carried, bubbles: true, cancelable: true}));
}"""
FILE = FilePayload(name="teams.csv", mimeType="text/csv", buffer=b"team;captain")


@dataclass
class Taken:
    """What a server of the tests was sent, and what it answers: a status and a body, one after another, the last for ever."""

    answers: list[tuple[int, Mapping[str, Any]]]
    asked: list[dict[str, str]] = field(default_factory=list)
    who: list[str] = field(default_factory=list)

    async def on(self, bench: Bench, path: str) -> "Taken":
        await bench.page.route(f"**{path}?*", self._answer)
        return self

    async def _answer(self, route: Route) -> None:
        self.asked.append(dict(parse_qsl(urlsplit(route.request.url).query)))
        self.who.append(route.request.headers["authorization"])
        status, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        await route.fulfill(status=status, json=dict(body))


async def dropped(place: Locator, name: str, text: str = "") -> None:
    await place.evaluate(DROP, {"name": name, "text": text})


async def test_a_dropped_file_is_looked_at_and_one_that_is_refused_says_why_in_words(console: Open) -> None:
    host = await console(SCENES["lobby"]())
    taken = await Taken([(400, {"code": "not_carried", "fault": "sender"})]).on(host, "/staff/carried")
    await host.press("v")
    await dropped(host.page.locator(".carried"), "photo.jpg")
    await host.sees(".carried .error", "Это не файл с отметками стола")
    assert taken.asked == [{"battle": "battle1", "venue": "v0", "act": "look"}] and taken.who == [f"Bearer {SESSION}"]


async def test_a_table_of_teams_names_each_line_that_fails_and_takes_the_others_at_the_second_press(console: Open) -> None:
    host = await console(SCENES["lobby"]())
    found = {"new": 2, "known": 1, "failed": [{"line": 4, "code": "line_is_there_twice", "detail": ""}]}
    taken = await Taken([(200, found)]).on(host, "/staff/announced")
    await host.press("r")
    await host.page.locator(".announced-file input").set_input_files(FILE)
    await host.sees(".announced-file", "Строка 4.")
    await host.page.get_by_role("button", name="Взять 2 заявки").click()
    await host.sees(".announced-file", "Взяты 2, было 1")
    assert [each["take"] for each in taken.asked] == ["no", "yes"]
    assert await host.page.locator(".announced-file .button-primary").count() == 0
