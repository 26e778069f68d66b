"""Whatever the server may refuse, a person reads a sentence about it, in both languages."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from quizserver.services.ports import Verdict
from quizserver.wire.closing import CLOSINGS
from tests.support.refusal_words import LANGUAGES, PLAYER, ROOT, catalogue, misunderstood, sentence, verdict_sentence

SOURCE = ROOT / "quizserver"
SAID_BY = {"wrong", "not_now", "Refused", "WireError", "Unreadable", "Failed"}
BY_A_VALUE_ERROR = ("battle/names.py", "battle/kinds", "battle/decide/corrections.py")
"""Here the text of a ValueError is the code."""
REACHES_A_PHONE = (
    *("wire/codec.py", "wire/from_client.py", "hub/session.py", "hub/replies.py", "hub/arriving.py"),
    *("services/seating.py", "services/answering.py", "battle/names.py", "battle/kinds"),
)
OF_A_STAFF_PAGE = {"unknown_venue", "no_battle"}
"""Refused in one of those modules, and to a console alone."""
NEVER_REACHES_A_PAGE = {"battle_exists"}
"""Of the server's own commands, or caught and told as another code."""
SILENT = {"recorded", "conflict", "paused", "not_open", "refused"}
"""Verdicts that are no news: saved, or sent again by the page; a refused answer is told by its code."""


def under(file: Path, places: tuple[str, ...]) -> bool:
    return file.relative_to(SOURCE).as_posix().startswith(places)


def words_in(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and re.fullmatch(r"[a-z]+(_[a-z]+)*", each.value):
            yield each.value


@cache
def codes_of(file: Path) -> frozenset[str]:
    """Every code that is written in a module, however it is chosen."""
    return frozenset(_codes_in(file, ast.parse(file.read_text(encoding="utf-8"))))


def _codes_in(file: Path, tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in SAID_BY or (name == "ValueError" and under(file, BY_A_VALUE_ERROR)):
                yield from words_in(node.args[0])
        elif isinstance(node, ast.FunctionDef) and "decide" in file.parts and "-> str | None:" in ast.unparse(node):
            for line in ast.walk(node):
                if isinstance(line, ast.Return) and line.value:
                    yield from words_in(line.value)


def files() -> Iterator[Path]:
    yield from (file for file in SOURCE.rglob("*.py") if "rehearsal" not in file.parts)


def all_codes(places: tuple[str, ...] = ("",)) -> set[str]:
    return {code for file in files() if under(file, places) for code in codes_of(file)} - NEVER_REACHES_A_PAGE


def test_the_search_finds_codes_however_they_are_written() -> None:
    plain, chosen = {"unknown_pin", "name_taken", "too_deep", "broken_pack"}, {"superseded", "not_collected"}
    assert plain | chosen | {"name_empty", "no_such_option"} <= all_codes()
    assert len(all_codes()) > 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_refused_has_a_sentence_on_the_pages_of_staff(language: str) -> None:
    assert {code for code in all_codes() if not sentence(code, language, staff=True)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_phone_may_be_refused_has_a_sentence_on_it(language: str) -> None:
    told = {"lobby_locked", "battle_is_full", "name_taken", "too_many_devices", *all_codes(REACHES_A_PHONE)} - OF_A_STAFF_PAGE
    assert {code for code in told if not sentence(code, language)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_becomes_of_an_answer_is_told_in_words(language: str) -> None:
    told = {verdict.value for verdict in Verdict} - SILENT
    assert {verdict for verdict in told if not verdict_sentence(verdict, language)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_end_that_is_for_good_says_what_is_true_and_what_to_do(language: str) -> None:
    words = catalogue(PLAYER, language)
    for closing in CLOSINGS:
        known = f"ended.{closing.reason}"
        name = known if known in words else "ended"
        assert closing.comes_back or all(words[key] for key in (name, f"{name}.what", f"{name}.act")), closing.reason


def test_what_stands_for_a_misunderstanding_can_be_said() -> None:
    assert misunderstood() - all_codes() == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("staff", [False, True])
def test_a_sentence_begins_and_ends_like_one(language: str, staff: bool) -> None:
    for code in all_codes():
        words = sentence(code, language, staff=staff)
        if words is not None:
            assert words[0].isupper() or words[0] in "«“", code
            assert not words.endswith((".", "!", " ")) and "!" not in words and "_" not in words, code
