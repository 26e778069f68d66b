"""The staff pages: the host's console, the desk, and what they print. Empty shells: what they show comes over a socket that knows
who asks."""

from collections.abc import Awaitable, Callable, Sequence
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
    """Routes of the staff pages. `ways_in`: what a page under this origin may ask a host for instead of the key."""

    def __init__(self, ways_in: Callable[[str], Awaitable[Sequence[str]]]) -> None:
        self._pages = Pages(HERE / "templates")
        self._ways_in = ways_in

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
        return await self._page(request, "console", "Console")

    async def desk(self, request: Request) -> Response:
        """The scorekeeper's page; its key likewise."""
        return await self._page(request, "desk", "Desk")

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
