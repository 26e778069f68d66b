"""The staff pages: the host's console, the desk, and what they print. Empty shells: what they show comes over a socket that knows
who asks."""

from pathlib import Path

import segno
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from quizserver.page import Pages

HERE = Path(__file__).parent
LONGEST_CODE = 300  # bytes: an address with a key in it; a longer text is a mistake, and a dense code nobody's phone can read


class StaffPages:
    """Routes of the staff pages."""

    def __init__(self) -> None:
        self._pages = Pages(HERE / "templates")

    def routes(self) -> list[BaseRoute]:
        """What to serve, and where."""
        return [
            Route("/console", self.console),
            Route("/desk", self.desk),
            Route("/staff/print", self.paper),
            Route("/staff/qr", self.qr, methods=["POST"]),
            Mount("/staff", StaticFiles(directory=HERE / "static")),
        ]

    async def console(self, request: Request) -> Response:
        """The host's page; the key stands behind the # and never reaches the server in an address."""
        return self._page(request, "console", "Console")

    async def desk(self, request: Request) -> Response:
        """The scorekeeper's page; its key likewise."""
        return self._page(request, "desk", "Desk")

    async def paper(self, request: Request) -> Response:
        """A poster or empty sheets, for the browser to print."""
        return self._page(request, "print", "Print")

    async def qr(self, request: Request) -> Response:
        """The text of the body as a code: its side in modules, a space, and the path of an SVG. Posted, since it may hold a key."""
        text = await request.body()
        if not 0 < len(text) <= LONGEST_CODE:
            return PlainTextResponse(f"A code holds 1 to {LONGEST_CODE} bytes.\n", 400)
        modules = [list(row) for row in segno.make(text.decode("utf-8", "replace"), error="m", micro=False).matrix]
        path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(modules) for x, dark in enumerate(row) if dark)
        return PlainTextResponse(f"{len(modules)} {path}", headers={"Cache-Control": "no-store"})

    def _page(self, request: Request, name: str, title: str) -> Response:
        return self._pages.page(
            request, f"{name}.html", {"title": title, "script": f"/staff/{name}.js", "styles": f"/staff/{name}.css"}
        )
