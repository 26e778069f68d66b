"""The public catalogues: one set of keys in both languages, every key that is used exists, and none lies about unused."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC, BROWSER = ROOT / "player_web" / "static", ROOT / "quizserver" / "browser"
PLURALS = {"ru": {"one", "few", "many", "other"}, "en": {"one", "other"}}
CALL = re.compile(r"\b(?:t|words)\(\s*((?:[^`()]|`(?:[^`$]|\$\{[^}]*\})*`|\([^()]*\))*?)(?=,\s*\{|\))")


def catalogue(folder: Path, language: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "texts" / f"{language}.json").read_text(encoding="utf-8"))
    return found


def source() -> str:
    files = [*sorted(STATIC.rglob("*.js")), *sorted((BROWSER / "parts").glob("*.js")), BROWSER / "words.js"]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return re.sub(r"/\*\*.*?\*/", "", text, flags=re.DOTALL)  # comments show how, and use nothing


def used_keys(text: str) -> set[str]:
    """Keys that stand as a whole in the first argument of t(...), whatever chooses among them."""
    first = (re.sub(r'[!=]== "[^"]*"', "", call) for call in CALL.findall(text))
    return {key for call in first for key in re.findall(r'"([a-z_]+(?:\.[a-z_]+)*)"', call)}


def patterns(text: str) -> list[re.Pattern[str]]:
    """Keys that are put together: t(`verdict.${mark}`)."""
    written = (
        re.findall(r"\bt\(`([^`]*)`", text)
        + re.findall(r"const key = `([^`]*)`", text)
        + re.findall(r"t\(known \? `([^`]*)`", text)
    )
    return [re.compile(re.sub(r"\$\{[^}]*\}", "[A-Za-z_.-]+", each.replace(".", r"\."))) for each in written]


@pytest.mark.parametrize("folder", [STATIC, BROWSER])
def test_both_languages_have_the_same_keys_in_the_same_order(folder: Path) -> None:
    assert list(catalogue(folder, "ru")) == list(catalogue(folder, "en"))


@pytest.mark.parametrize("language", PLURALS)
@pytest.mark.parametrize("folder", [STATIC, BROWSER])
def test_every_plural_has_all_the_forms_of_its_language(folder: Path, language: str) -> None:
    plurals = {key: set(entry) for key, entry in catalogue(folder, language).items() if isinstance(entry, dict)}
    assert {key: forms for key, forms in plurals.items() if forms != PLURALS[language]} == {}


@pytest.mark.parametrize("folder", [STATIC, BROWSER])
def test_placeholders_are_the_same_in_both_languages(folder: Path) -> None:
    def names(entry: object) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", json.dumps(entry)))

    ru, en = catalogue(folder, "ru"), catalogue(folder, "en")
    assert {key: (names(ru[key]), names(en[key])) for key in ru if names(ru[key]) != names(en[key])} == {}


def test_every_key_that_is_used_exists() -> None:
    used, known = used_keys(source()), {*catalogue(STATIC, "ru"), *catalogue(BROWSER, "ru")}
    assert used - known == set()
    assert len(used) > 120


def test_every_key_that_is_put_together_can_be_found() -> None:
    known = [*catalogue(STATIC, "ru"), *catalogue(BROWSER, "ru")]
    assert [each.pattern for each in patterns(source()) if not any(map(each.fullmatch, known))] == []


def test_no_key_lies_about_unused() -> None:
    text = source()
    quoted, built = set(re.findall(r'"([a-z_]+(?:\.[a-z_]+)*)"', text)), patterns(text)
    free = {key for key in catalogue(STATIC, "ru") if key not in quoted and not any(each.fullmatch(key) for each in built)}
    assert free == set()


def test_nothing_exclaims_and_no_hyphen_stands_for_a_dash() -> None:
    for folder in (STATIC, BROWSER):
        for language in PLURALS:
            text = json.dumps(catalogue(folder, language), ensure_ascii=False)
            assert "!" not in text and " - " not in text


def test_no_page_makes_html_of_text() -> None:
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySetInnerHTML|\beval\(|style=\"", source()
    )
