"""The words on paper, in the language of the battle. texts/ has the same keys in every language."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("ru", "en")


@cache
def words(language: str) -> Mapping[str, str]:
    """All of them; Russian for a language that we do not speak."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    found: dict[str, str] = json.loads((TEXTS / f"{known}.json").read_text(encoding="utf-8"))
    return found


def spaced(pin: str) -> str:
    """`418 027`, as it is read aloud."""
    return f"{pin[:3]} {pin[3:]}".strip()
