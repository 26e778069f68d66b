"""The staff catalogues: one set of keys in both languages, every key that is used exists, and none lies about unused."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "host_console" / "static"
SCRIPTS = sorted(STATIC.rglob("*.js"))
SHARED_SCRIPTS = sorted((ROOT / "quizserver" / "browser" / "parts").glob("*.js"))
PLURALS = {"ru": {"one", "few", "many", "other"}, "en": {"one", "other"}}


def catalogue(folder: Path, language: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))
    return found


def staff(language: str) -> dict[str, object]:
    return catalogue(STATIC / "texts", language)


def known() -> set[str]:
    return {*staff("ru"), *catalogue(ROOT / "quizserver" / "browser" / "texts", "ru")}


def source(files: list[Path]) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def literal_keys(text: str) -> set[str]:
    """Keys that stand as a whole in t("...") or in a choice inside its first argument."""
    calls = re.findall(r"""\b(?:t|say)\(([^`(){}]*?)(?:,\s*\{|\)|,\s*sheets_in)""", text)
    chosen = (re.sub(r'[=!]== "[^"]*"', "", call) for call in calls)  # what a choice depends on is no key
    return {key for call in chosen for key in re.findall(r'"([^"]+)"', call) if re.fullmatch(r"[a-z_]+(\.[A-Za-z_]+)*", key)}


def patterns(text: str) -> list[re.Pattern[str]]:
    """Keys that are put together: t(`phase.${...}`)."""
    written = re.findall(r"\bt\(\s*`((?:[^`$]|\$\{(?:[^{}`]|`[^`]*`)*\})*)`", text)
    return [re.compile(re.sub(r"\\\$\\\{.*?\\\}", "[A-Za-z_.]*", re.escape(each))) for each in written]


def test_both_languages_have_the_same_keys() -> None:
    assert list(staff("ru")) == list(staff("en"))


@pytest.mark.parametrize("language", PLURALS)
def test_every_plural_has_all_the_forms_of_its_language(language: str) -> None:
    plurals = {key: set(entry) for key, entry in staff(language).items() if isinstance(entry, dict)}
    assert {key: forms for key, forms in plurals.items() if forms != PLURALS[language]} == {}


def test_every_key_that_is_used_exists() -> None:
    used = literal_keys(source([*SCRIPTS, *SHARED_SCRIPTS]))
    assert used - known() == set()
    assert len(used) > 200


def test_no_key_lies_about_unused() -> None:
    text = source(SCRIPTS)
    quoted = set(re.findall(r'"([a-z_]+(?:\.[A-Za-z_]+)*)"', text))
    built = patterns(text)
    free = {key for key in staff("ru") if key not in quoted and not any(each.fullmatch(key) for each in built)}
    assert {key for key in free if not key.startswith("refused.")} == set()


def test_placeholders_are_the_same_in_both_languages() -> None:
    def names(entry: object) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", json.dumps(entry)))

    ru, en = staff("ru"), staff("en")
    assert {key: (names(ru[key]), names(en[key])) for key in ru if names(ru[key]) != names(en[key])} == {}


def test_no_staff_page_makes_html_of_text() -> None:
    text = source(SCRIPTS)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySetInnerHTML|\beval\(", text)
