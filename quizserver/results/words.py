"""The words of these files, in the language of the battle. texts/ has the same keys in every language."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from quizserver.battle.questions import LocalText
from quizserver.battle.state import BattleState

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("ru", "en")


@cache
def words(language: str) -> Mapping[str, str]:
    """All of them; Russian for a language that we do not speak."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    found: dict[str, str] = json.loads((TEXTS / f"{known}.json").read_text(encoding="utf-8"))
    return found


def local(text: LocalText, language: str) -> str:
    """In this language, or in another one that there is."""
    return text.get(language) or next(iter(text.values()), "")


def title_of(state: BattleState) -> str:
    """What the evening is called."""
    return state.settings.title or local(state.pack.title, state.settings.language)


def decimal_mark(language: str) -> str:
    """What Excel takes for one: under the other it makes 1.5 the first of May."""
    return "," if language == "ru" else "."
