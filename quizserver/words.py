"""What is written in the language of a battle, and not of a device: on paper, in files, in the name of whoever imports them."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from quizserver.battle.state import BattleState

LANGUAGES = ("ru", "en")


@cache
def catalogue(folder: Path, language: str) -> Mapping[str, str]:
    """The words of `<language>.json` in a folder that has the same keys in every language; Russian for one that we do not speak."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    found: dict[str, str] = json.loads((folder / f"{known}.json").read_text(encoding="utf-8"))
    return found


def local(text: Mapping[str, object], language: str) -> str:
    """In this language, or in another one that there is; "" if there is none."""
    return str(text.get(language) or next(iter(text.values()), ""))


def title_of(state: BattleState) -> str:
    """What the evening is called."""
    return state.settings.title or local(state.pack.title, state.settings.language)
