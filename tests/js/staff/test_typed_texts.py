"""Typing what a team wrote into a cell of the desk, instead of judging it there."""

import random

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.ids import QuestionId
from quizserver.battle.kinds.number import canonical
from quizserver.battle.kinds.text import fold
from tests.js.staff.conftest import Bench, Open
from tests.js.staff.test_desk import FIRST, at, marks, row
from tests.support.staff_states import SCENES, WRONG_TEXTS

pytestmark = pytest.mark.asyncio(loop_scope="session")

TEXT = 5  # the column of the first text question, which asks for the Tu-104
LETTERS = "тТёЁйЙu ­U-–—−‑_ .,«»\"'’ʼ№+1²ⅣßΣςéÅ"


async def at_text(desk: Open) -> Bench:
    bench = await desk(SCENES["collected"]())
    await bench.sees(FIRST)
    await bench.press(*["ArrowRight"] * TEXT)
    return bench


def asked(bench: Bench) -> QuestionId:
    return bench.hub.evening.state.pack.rounds[0].questions[TEXT].id


async def test_a_letter_begins_what_the_team_wrote_enter_writes_it_and_marks_are_single_keys_beside_it(desk: Open) -> None:
    bench = await at_text(desk)
    await bench.press("ArrowLeft", "1", "=")
    await bench.page.keyboard.type("Ту 104")
    assert marks(bench)[1:] == []
    await bench.press("Enter", "0")
    await bench.sees(f"{at(bench, TEXT)}.vt.v1", "Ту 104")
    await bench.press("ArrowDown", "ArrowLeft", "ArrowLeft", "Shift+N")
    await bench.page.keyboard.type("o, 1.50")
    await bench.press("ArrowDown", "m")
    await bench.page.keyboard.type("i")
    await bench.press("Escape", "5", "ArrowLeft")
    await bench.sees(f"{at(bench, TEXT, 2)}.vh")
    await bench.sees(".unsent", "0")
    assert [each["value"] for each in marks(bench)] == ["1", "=Ту 104", "0", "=No, 1.50", "0.5"]
    await bench.sees(f"{at(bench, TEXT, 1)}.vt.vq", "No, 1.50")
    assert (await row(bench))[4:7] == ["1", "Ту 104", "0"]


async def test_whoever_types_words_has_commands_with_alt_until_the_next_mark(desk: Open) -> None:
    bench = await at_text(desk)
    await bench.press("=", "Escape", "n")
    await bench.sees(".cell-text")
    assert await bench.page.locator(".cell-text").input_value() == "n"
    await bench.press("Escape", "Alt+n")
    assert await bench.page.evaluate("document.activeElement.id") == "find-sheet"
    await bench.page.locator("body").click(position={"x": 4, "y": 400})
    await bench.press("1", "ArrowLeft", "n")
    assert await bench.page.evaluate("document.activeElement.id") == "find-sheet"
    assert [each["value"] for each in marks(bench)] == ["1"]


async def test_a_text_is_opened_again_where_it_stands_and_pressing_elsewhere_writes_it(desk: Open) -> None:
    bench = await at_text(desk)
    await bench.page.keyboard.type("=Ту-14")
    await bench.press("Tab", "ArrowLeft", "F2", "ArrowLeft", "Backspace")
    await bench.page.keyboard.type("0")
    await bench.page.locator(at(bench, 0, 2)).click()
    await bench.sees(at(bench, TEXT), "Ту-04")
    assert [each["value"] for each in marks(bench)] == ["=Ту-14", "=Ту-04"]
    assert marks(bench)[1]["over"] == [f"{marks(bench)[0]['device']}:{marks(bench)[0]['counter']}"]
    await bench.press("=", "Enter")
    assert len(marks(bench)) == 2, "choices take no text, and nothing is no text"


async def test_a_ruling_is_seen_in_the_cell_the_sum_and_below_the_column(desk: Open) -> None:
    bench = await at_text(desk)
    await bench.page.keyboard.type("=Свой ответ")
    await bench.press("Enter", "ArrowLeft")
    await bench.sees(f"{at(bench, TEXT)}.vq")
    await bench.sees(f"{FIRST} .sum", "0–1")
    await bench.sees(".written.is-waits", "Свой ответ")
    bench.hub.evening.do(ask.RuleAnswer(question=asked(bench), said="свой ответ", accepted=True))
    bench.hub.tell_cells(set(bench.hub.evening.state.teams))
    await bench.sees(".written.is-right")
    assert await bench.page.locator(f"{FIRST} .sum").inner_text() == "1"
    assert (await bench.page.locator("tfoot tr").first.locator("td").nth(TEXT).inner_text()) == "1"


async def test_spellings_of_one_answer_agree_on_the_page_as_on_the_server(desk: Open) -> None:
    bench = await at_text(desk)
    lots = random.Random(5)
    texts = [*WRONG_TEXTS, *("".join(lots.choices(LETTERS, k=8)) for _ in range(300))]
    numbers = ["1 961", "−1,50", "+007", "0.10", "-0", "1961"]
    told = await bench.page.evaluate(
        "async (texts) => { const { said } = await import('/staff/desk/said.js'); return texts.map((each) => said(`=${each}`)); }",
        [*texts, *numbers],
    )
    here = [f"={fold(each)}" for each in texts]
    assert [each for each in zip(texts, told, here, strict=False) if each[1] != each[2]] == []
    assert told[len(texts) :] == [f"={canonical(each)}" for each in numbers]


async def test_two_scorekeepers_who_spell_it_differently_see_no_dispute(desk: Open) -> None:
    bench = await at_text(desk)
    await bench.hub.cut()
    await bench.page.keyboard.type("=ил 18")
    await bench.press("Enter")
    name = await bench.page.locator(f"{FIRST} th span").inner_text()
    paper = [each for each in bench.hub.evening.state.teams.values() if each.plays.value == "paper"]
    bench.hub.evening.mark(next(n for n, team in enumerate(paper) if team.name.text == name), TEXT, "=Ил-18", "Борис", "desk-b")
    bench.hub.gone = False
    await bench.sees(".unsent", "0")
    await bench.sees(f"{at(bench, TEXT)}.vq", "Ил-18")
    assert await bench.page.locator(".is-disputed").count() == 0
