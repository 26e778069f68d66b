"""The staff pages: the host's console, the desk, and what they print. Empty shells: what they show comes over a socket that knows
who asks."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

import segno
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from host_console import kept_files
from quizserver.page import Pages, preferred_language

HERE = Path(__file__).parent
LONGEST_CODE = 300  # bytes: an address with a key in it; a longer text is a mistake, and a dense code nobody's phone can read

WORKER = {"Content-Security-Policy": "default-src 'none'; connect-src 'self'", "Cache-Control": "no-cache"}
MANIFEST: Mapping[str, object] = {
    "id": "/desk",
    "start_url": "/desk",
    "scope": "/desk",
    "display": "standalone",
    "background_color": "#f7f3ea",
    "theme_color": "#0b1620",
    "icons": [{"src": "/browser/favicon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
}


class StaffPages:
    """Routes of the staff pages. `ways_in`: what a page under this origin may ask a host for instead of the key."""

    def __init__(self, ways_in: Callable[[str], Awaitable[Sequence[str]]]) -> None:
        self._pages = Pages(HERE / "templates")
        self._ways_in = ways_in

    def routes(self) -> list[BaseRoute]:
        """What to serve, and where."""
        return [
            Route("/console", self.console),
            Route("/desk", self.desk),
            Route("/desk-worker.js", self.desk_worker),
            Route("/desk.webmanifest", self.desk_manifest),
            Route("/staff/print", self.paper),
            Route("/staff/qr", self.qr, methods=["POST"]),
            Mount("/staff", StaticFiles(directory=HERE / "static")),
        ]

    async def console(self, request: Request) -> Response:
        """The host's page; the key stands behind the # and never reaches the server in an address."""
        return await self._page(request, "console", "Console")

    async def desk(self, request: Request) -> Response:
        """The scorekeeper's page; its key likewise."""
        return await self._page(request, "desk", "Desk")

    async def desk_worker(self, request: Request) -> Response:
        """What keeps the desk's page on its device. It has a policy of its own, since it fetches."""
        kept = json.dumps({"version": kept_files.version(), "files": kept_files.kept_files()})
        script = (HERE / "templates/desk_worker.js").read_text(encoding="utf-8")
        return Response(f"const KEPT = {kept};\n{script}", media_type="text/javascript", headers=WORKER)

    async def desk_manifest(self, request: Request) -> Response:
        """The desk as something to install."""
        name = {"ru": "Стол счётчика", "en": "Scorekeeper’s desk"}[preferred_language(request)]
        return JSONResponse({**MANIFEST, "name": name, "short_name": name}, media_type="application/manifest+json")

    async def paper(self, request: Request) -> Response:
        """A poster or empty sheets, for the browser to print."""
        return await self._page(request, "print", "Print")

    async def qr(self, request: Request) -> Response:
        """The text of the body as a code: its side in modules, a space, and the path of an SVG. Posted, since it may hold a key."""
        text = await request.body()
        if not 0 < len(text) <= LONGEST_CODE:
            return PlainTextResponse(f"A code holds 1 to {LONGEST_CODE} bytes.\n", 400)
        modules = [list(row) for row in segno.make(text.decode("utf-8", "replace"), error="m", micro=False).matrix]
        path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(modules) for x, dark in enumerate(row) if dark)
        return PlainTextResponse(f"{len(modules)} {path}", headers={"Cache-Control": "no-store"})

    async def _page(self, request: Request, name: str, title: str) -> Response:
        ways_in = await self._ways_in(f"{request.url.scheme}://{request.url.netloc}")
        values = {"title": title, "script": f"/staff/{name}.js", "styles": f"/staff/{name}.css", "sign_in": " ".join(ways_in)}
        return self._pages.page(request, f"{name}.html", values)
