"""The public pages: joining and playing on a phone, the screen of a venue. They know no battle; their sockets tell them."""

import io
from collections.abc import Callable
from pathlib import Path

import segno
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from quizserver.page import BROWSER, Pages

HERE = Path(__file__).parent
PIN_LETTERS, CODE_LETTERS = 12, 12
FRESH = {"Cache-Control": "no-store"}


class PlayerPages:
    """Routes of the public pages.

    `media`: the folder in which battles keep their pictures under random names. `join_url`: the address under which people reach
    a PIN, asked for at each request, since a host may change it.
    """

    def __init__(self, media: Path, join_url: Callable[[str], str]) -> None:
        self._pages, self._media, self._join_url = Pages(HERE / "templates"), media, join_url

    def routes(self) -> list[BaseRoute]:
        """What to serve, and where."""
        return [
            Route("/", self.play),
            Route("/j/{pin}", self.play),
            Route("/announce", self.announce),
            Route("/announce/{pin}", self.announce),
            Route("/announced", self.announce),
            Route("/screen", self.screen),
            Route("/qr/{pin}.svg", self.qr),
            Route("/join/{pin}", self.join_address),
            Route("/media/{name}", self.picture),
            Mount("/browser", StaticFiles(directory=BROWSER)),
            Mount("/player", StaticFiles(directory=HERE / "static")),
        ]

    async def play(self, request: Request) -> Response:
        """A team's page."""
        return self._pages.page(request, "play.html", {"title": "Quiz", "script": "/player/play.js", "styles": "/player/phone.css"})

    async def announce(self, request: Request) -> Response:
        """The form by which a team announces itself, and what is behind a team's private link, whose token stands behind the #."""
        values = {"title": "Quiz", "script": "/player/announce.js", "styles": "/player/announce.css"}
        return self._pages.page(request, "play.html", values)

    async def screen(self, request: Request) -> Response:
        """A projector's page."""
        values = {"title": "Screen", "script": "/player/screen.js", "styles": "/player/screen.css"}
        return self._pages.page(request, "screen.html", values)

    async def join_address(self, request: Request) -> Response:
        """The join address with this PIN, for people who type it."""
        pin = request.path_params["pin"]
        return PlainTextResponse(self._join_url(pin), headers=FRESH) if is_pin(pin) else no_pin()

    async def qr(self, request: Request) -> Response:
        """The same as a picture, dark on light, with its quiet zone; with a team's `code` it seats a further device of it."""
        pin, code = request.path_params["pin"], request.query_params.get("code", "")
        if not is_pin(pin) or not is_code(code):
            return no_pin()
        # the code stands behind the #, which no server is told
        drawn, picture = segno.make(self._join_url(pin) + (f"#{code}" if code else ""), error="m"), io.BytesIO()
        drawn.save(picture, kind="svg", border=2, dark="#0b1722", light="#f6f1e7", omitsize=True, xmldecl=False)
        return Response(picture.getvalue(), media_type="image/svg+xml", headers=FRESH)

    async def picture(self, request: Request) -> Response:
        """A pack's picture under its random name; drawn, never run."""
        return picture_response(self._media, request.path_params["name"])


def is_pin(text: str) -> bool:
    """Digits only, and not many."""
    return text.isdecimal() and text.isascii() and len(text) <= PIN_LETTERS


def is_code(text: str) -> bool:
    """A team's code, or none."""
    return len(text) <= CODE_LETTERS and text.isascii() and (text.isalnum() or not text)


def no_pin() -> Response:
    """What was asked for can belong to no battle."""
    return PlainTextResponse("A PIN is digits only.\n", 404)


TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}


def picture_response(folder: Path, name: str) -> Response:
    """A file of the folder by its plain name; anything else does not exist, nor does what cannot be read."""
    file = folder / Path(name).name
    kind = TYPES.get(file.suffix)
    drawn = read_picture(file) if kind is not None and file.name == name else None
    if drawn is None:
        return PlainTextResponse("There is no such picture.\n", 404)
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "public, max-age=31536000, immutable",
    }
    return Response(drawn, media_type=kind, headers=headers)


def read_picture(file: Path) -> bytes | None:
    """None for a file that is missing, out of reach, or has a name that no disk takes."""
    try:
        return file.read_bytes()
    except (OSError, ValueError):
        return None
