"""What a person reads when something is refused: the sentence that a page makes of a code, told from the catalogues themselves."""

import json
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
BROWSER = ROOT / "quizserver" / "browser"
SHARED, PLAYER, STAFF = BROWSER / "texts", ROOT / "player_web" / "static" / "texts", ROOT / "host_console" / "static" / "texts"
LANGUAGES = ("ru", "en")


@cache
def catalogue(folder: Path, language: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))
    return found


@cache
def misunderstood() -> frozenset[str]:
    """Codes that `because` in words.js tells in one sentence: page and server are of two versions."""
    listed = re.search(r"MISUNDERSTOOD = new Set\(\s*\[(.*?)\]", (BROWSER / "words.js").read_text(encoding="utf-8"), re.DOTALL)
    assert listed
    return frozenset(re.findall(r'"([a-z_]+)"', listed[1]))


def sentence(code: str, language: str, *, staff: bool = False) -> str | None:
    """None where the page has no words for it."""
    key = f"refused.{'malformed' if code in misunderstood() else code}"
    words = {**catalogue(SHARED, language), **catalogue(STAFF if staff else PLAYER, language)}
    return words.get(key)


def verdict_sentence(verdict: str, language: str) -> str | None:
    """What a phone says of an answer that was not recorded."""
    return catalogue(PLAYER, language).get(f"status.{verdict}")
