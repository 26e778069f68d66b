"""What a desk keeps to open without a server: its page, and every file that the page asks for. Found by reading the files, so that
none is forgotten; nothing else is ever kept, least of all what the server says to somebody."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

from quizserver.page import BROWSER
from quizserver.words import LANGUAGES

STATIC = Path(__file__).with_name("static")
PAGE = "/desk"
BEGINNINGS = (
    "/staff/desk.js", "/staff/desk.css", "/browser/theme.css", "/browser/vendor/golos-text/wght.css", "/browser/favicon.svg",
    "/desk.webmanifest",
    *(f"{folder}/texts/{language}.json" for folder in ("/browser", "/staff") for language in LANGUAGES),
)  # fmt: skip
"""What the page itself names (base.html), and the words that it loads."""

_IMPORT = re.compile(r"""(?<![\w.$])(?:import\s*\(?\s*|(?:import|export)\b[^;"'`()=]*?\bfrom\s*)["']([^"']+)["']""")
_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
_NAMES: Mapping[str, re.Pattern[str]] = {".js": _IMPORT, ".mjs": _IMPORT, ".css": _URL}


@cache
def kept_files() -> tuple[str, ...]:
    """Paths under which the page's files are served, the page first."""
    found = dict.fromkeys([PAGE])
    left = list(BEGINNINGS)
    while left:
        path = left.pop()
        if path not in found:
            found[path] = None
            left.extend(_named_in(path))
    return tuple(found)


@cache
def version() -> str:
    """Another one when any of the files is."""
    digest = hashlib.sha256()
    for path in kept_files():
        digest.update(path.encode() + b"\0" + (file.read_bytes() if (file := _file(path)) else b""))
    for template in ("base.html", "importmap.json"):
        digest.update((BROWSER / template).read_bytes())
    return digest.hexdigest()[:16]


def _named_in(path: str) -> Iterator[str]:
    file = _file(path)
    pattern = _NAMES.get(Path(path).suffix)
    if file is None or pattern is None:
        return
    imports: Mapping[str, str] = json.loads((BROWSER / "importmap.json").read_text(encoding="utf-8"))["imports"]
    for named in pattern.findall(file.read_text(encoding="utf-8")):
        if named in imports:
            yield imports[named]
        elif named.startswith(("/", ".")) or (path.endswith(".css") and not named.startswith("data:")):
            yield normpath(join(dirname(path), named))


def _file(path: str) -> Path | None:
    """None for what is made and not stored."""
    for prefix, folder in (("/staff/", STATIC), ("/browser/", BROWSER)):
        if path.startswith(prefix):
            return folder / path.removeprefix(prefix)
    return None
