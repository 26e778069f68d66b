"""Marks from a spreadsheet's clipboard: each line to its team, nothing written over unseen, one undo for all."""

import json
from typing import Any

import pytest

from tests.js.staff.conftest import Bench, Open
from tests.js.staff.test_desk import FIRST, at, marks, row
from tests.support.staff_states import SCENES

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROWS = [
    {"team": "t1", "name": "Бригада № 8", "sheets": ["1-001-2"], "online": []},
    {"team": "t2", "name": "Хо-хо", "sheets": ["1-002-4"], "online": ["q2"]},
]
COLUMNS = [
    {"id": "q1", "takes_number": False, "voided": False},
    {"id": "q2", "takes_number": False, "voided": True},
    {"id": "q3", "takes_number": True, "voided": False},
    {"id": "total", "takes_number": True, "voided": False},
]
READ: list[tuple[str, int, str]] = [
    ("1\t0\t10 150,5\t2", 0, "t1 q1 1, t1 q2 0, t1 q3 10150.5, t1 total 2"),
    ("\t1\n0", 0, "t1 q2 1, t2 q1 0"),
    ("бригада №  8\t1", 1, "t1 q1 1"),
    ("1‑002‑4\t0\nБРИГАДА № 8\t1", 0, "t2 q1 0, t1 q1 1"),
    ("1X?", 0, "t1 q1 1, t1 q3 ?"),
    ("½Х-\t1,5", 0, "t1 q1 0.5, t1 q3 -, t1 total 1.5"),
    ("Бригада № 8\t1Х–", 1, "t1 q1 1, t1 q3 -"),
    ("О\n0,5\n", 0, "t1 q1 0, t2 q1 0.5"),
    ("Хо-хо\t1", 0, "t2 q1 1"),
    ("101", 0, "1: no_mark 1"),
    ("1\n1\n1", 0, "t1 q1 1, t2 q1 1, 3: no_row "),
    ("Никто\t1\n1", 0, "t2 q1 1, 1: no_team Никто"),
    ("1\t1\t1\t1\t1", 0, "1: too_wide Бригада № 8"),
    ("1\t1", 1, "1: on_phones Хо-хо"),
    ("1\tда", 0, "1: no_mark да"),
    ("1\t2", 0, "1: no_mark 2"),
]

WORDS = [
    {"id": "q1", "takes_number": False, "takes_text": True, "voided": False},
    {"id": "q2", "takes_number": False, "takes_text": True, "voided": True},
    {"id": "q3", "takes_number": False, "voided": False},
]
READ_WORDS: list[tuple[str, int, str]] = [
    ("Ту-104\tИл-18\t1", 0, "t1 q1 =Ту-104, t1 q2 =Ил-18, t1 q3 1"),
    ("=1\t=\t1", 0, "1: no_mark ="),
    ("101", 0, "t1 q1 1, t1 q2 0, t1 q3 1"),
    ("=101\t0", 0, "t1 q1 =101, t1 q2 0"),
    ("Хо-хо\tТу-104\nЛонжерон\t1", 0, "t2 q1 =Ту-104, 2: no_team Лонжерон"),
    ("Бригада № 8\tТу-104", 1, "t1 q1 =Ту-104"),
    ("Бригада № 8\nАнт", 0, "t1 q1 =Бригада № 8, t2 q1 =Ант"),
    ("ы", 0, "1: no_team ы"),
    ("…?", 0, "1: no_team …?"),
    ("1\tЫ", 0, "1: no_mark Ы"),
    ("1\t1\tТу-104", 0, "1: no_mark Ту-104"),
]


async def test_a_clipboard_is_read_as_rows_or_masks_and_each_line_that_does_not_fit_is_named(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    found = await bench.page.evaluate(
        """async ([texts, rows, columns]) => {
          const { read } = await import("/staff/desk/pasted.js");
          return columns.map((them, at) => texts[at].map(([text, row]) => read(text, rows, them, { row, column: 0 })));
        }""",
        [[[[text, below] for text, below, _ in table] for table in (READ, READ_WORDS)], ROWS, [COLUMNS, WORDS]],
    )
    for table, read in zip((READ, READ_WORDS), found, strict=True):
        assert [said(each) for each in read] == [expected for _, _, expected in table]


def said(found: dict[str, Any]) -> str:
    entries = [f"{each['team']} {each['question']} {each['value']}" for each in found["entries"]]
    return ", ".join([*entries, *(f"{each['line']}: {each['code']} {each['detail']}" for each in found["unfit"])])


async def paste(bench: Bench, text: str) -> None:
    await bench.page.evaluate(
        f"""() => {{
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", {json.dumps(text)});
          document.body.dispatchEvent(new ClipboardEvent("paste", {{ clipboardData, bubbles: true, cancelable: true }}));
        }}"""
    )


async def test_what_is_pasted_into_empty_cells_is_written_at_once_and_one_undo_takes_it_back(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees(FIRST)
    await paste(bench, "1101?0\nЛонжерон\t01-½")
    await bench.sees(at(bench, 5), "0")
    await bench.sees(".unsent", "0")
    assert (await row(bench))[:6] == ["1", "1", "0", "1", "?", "0"]
    assert (await row(bench, 1))[:4] == ["0", "1", "–", "½"]
    await bench.press("Control+z")
    await bench.sees(".unsent", "0")
    assert (await row(bench))[:6] == [""] * 6 and (await row(bench, 1))[:4] == [""] * 4
    assert len(marks(bench)) == 20


async def test_what_would_be_written_over_is_shown_and_written_when_it_is_wanted(desk: Open) -> None:
    bench = await desk(SCENES["collected"]())
    await bench.sees(FIRST)
    await bench.press("1", "Home")
    await paste(bench, "00\nНикто\t1")
    await bench.sees("[role=dialog]", "Строка 2: нет команды или листа «Никто»")
    await bench.sees("[role=dialog]", "1 отметка будет заменена")
    assert len(marks(bench)) == 1
    await bench.press("Escape")
    await paste(bench, "Никто\t1")
    await bench.sees("[role=dialog]", "Строка 1")
    await bench.press("1", "Escape")
    assert await bench.page.locator("[role=dialog]").count() == 0 and len(marks(bench)) == 1
    await paste(bench, "00")
    await bench.page.get_by_role("button", name="Внести 2 отметки").click()
    await bench.sees(at(bench, 1), "0")
    await bench.sees(".unsent", "0")
    assert (await row(bench))[:2] == ["0", "0"]
    first, *rest = marks(bench)
    assert [f"{first['device']}:{first['counter']}"] == rest[0]["over"]
