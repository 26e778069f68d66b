"""A page as it leaves the server: one base template, the import map, and a content policy that allows nothing else inline."""

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from quizserver.words import LANGUAGES

BROWSER = Path(__file__).with_name("browser")


class Pages:
    """Renders the templates of one package over the shared base."""

    def __init__(self, templates: Path) -> None:
        loader = FileSystemLoader([templates, BROWSER])
        self._jinja = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
        self._import_map = (BROWSER / "importmap.json").read_text(encoding="utf-8").strip()
        digest = hashlib.sha256(self._import_map.encode()).digest()
        self._map_source = f"'sha256-{base64.b64encode(digest).decode()}'"

    def page(self, request: Request, template: str, values: Mapping[str, object]) -> HTMLResponse:
        """The template with `values`; `language` is what the browser prefers, until the page itself knows better."""
        body = self._jinja.get_template(template).render(
            language=preferred_language(request), import_map=self._import_map, **values
        )
        return HTMLResponse(body, headers=self._headers(request))

    def _headers(self, request: Request) -> Mapping[str, str]:
        host = request.headers.get("host", "")
        policy = (
            "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; "
            f"script-src 'self' {self._map_source}; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; "
            "manifest-src 'self'; "
            f"connect-src 'self' ws://{host} wss://{host}; require-trusted-types-for 'script'"
        )
        return {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-cache",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        }


def preferred_language(request: Request) -> str:
    """The first of our languages that the browser names; Russian if it names none."""
    wanted = request.query_params.get("lang", "")
    if wanted in LANGUAGES:
        return wanted
    named = (part.split(";")[0].strip()[:2].lower() for part in request.headers.get("accept-language", "").split(","))
    return next((language for language in named if language in LANGUAGES), LANGUAGES[0])
