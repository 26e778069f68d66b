"""The public pages as the server serves them, with their policy, on a free port; and a hub that is played by the test."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import socket
from typing import Any

import msgpack  # type: ignore[import-untyped]
import uvicorn
from playwright.async_api import Page, WebSocketRoute
from starlette.applications import Starlette

from player_web.pages import PlayerPages
from quizserver.battle.ids import AnswerId, QuestionId, TeamId
from quizserver.battle.views import merge_patch
from quizserver.battle.views.patch import View
from tests.support.page_evenings import US, PageEvening, media

PIN = "123456"
CODE = "K7QM2X"
PAIRING_CODE = "M4XQ7K"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serves the pages until the block ends; their address. `folder` is filled with the packs' pictures."""
    for name, path in media().items():
        (folder / name).write_bytes(path.read_bytes())
    with socket() as sock:
        sock.bind(("127.0.0.1", 0))
        pages = PlayerPages(folder, lambda pin: f"http://192.168.1.20:8000/j/{pin}")
        config = uvicorn.Config(Starlette(routes=pages.routes()), log_level="warning", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
        server.should_exit = True
        thread.join(5)


class PlayedHub:
    """One page's server. It knows the evening, answers as the real hub does, and fails when it is told to.

    `role`: guest, team or screen. `acks`: answers are acknowledged at once; else they wait in `heard`.
    """

    def __init__(self, evening: PageEvening, role: str = "team", team: TeamId = US) -> None:
        self.evening, self.role, self.team = evening, role, team
        self.acks = True
        self.is_up = True
        self.heard: list[dict[str, Any]] = []
        self.hellos: list[dict[str, Any]] = []
        self.refusals: dict[str, str] = {}
        self.refused_to = "join"  # "": what came was no message at all
        self.loses: set[str] = set()  # kinds of messages that it never gets
        self._ws: WebSocketRoute | None = None
        self._seen: View = {}
        self._version = 1

    async def connected(self, ws: WebSocketRoute) -> None:
        """A page has opened its socket."""
        if not self.is_up:
            await ws.close(code=4000, reason="restarting")
            return
        self._ws = ws
        ws.on_message(self._heard)

    def say(self, message: View) -> None:
        """Sends a message to the page."""
        if self._ws is not None:
            self._ws.send(msgpack.packb(message))

    async def end(self, code: int, reason: str) -> None:
        """Cuts the connection off."""
        ws, self._ws = self._ws, None
        if ws is not None:
            await ws.close(code=code, reason=reason)

    async def go_down(self) -> None:
        """No server any more, until `is_up` is set again."""
        self.is_up = False
        await self.end(4000, "restarting")

    def _heard(self, frame: str | bytes) -> None:
        said = msgpack.unpackb(frame) if isinstance(frame, bytes) else {}
        self.heard.append(said)
        if said.get("t") in self.loses:
            return
        with suppress(AttributeError):
            getattr(self, f"_on_{said['t']}")(said)

    async def play(self, evening: PageEvening, team: TeamId, page: Page, is_screen: bool) -> None:
        """Goes on with another evening on the same page, which comes back and asks for all of it."""
        self.evening, self.team = evening, team
        session = "screen/hall" if is_screen else "phone/team"
        said = len(self.hellos)
        await page.evaluate(f"import('/player/{session}.js').then((m) => m.session.start_over())")
        while len(self.hellos) == said:
            await page.wait_for_timeout(10)
        await page.evaluate("new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 60)))")

    # --- what the page says ---

    def _on_hello(self, said: dict[str, Any]) -> None:
        self.hellos.append(said)
        if self.role == "guest":
            self.say({"t": "welcome", "role": "guest", "now": self.evening.now_ms})
            if said.get("pair"):
                self.say({"t": "pairing", "code": PAIRING_CODE, "lasts_s": 600})
            return
        self._seen = self.evening.view(self.role)
        ours = {"team": self.team, "seat": "s1"} if self.role == "team" else {}
        self.say({"t": "welcome", "role": self.role, "now": self.evening.now_ms, "battle": "b1", "epoch": 1, **ours})
        self.say({"t": "snapshot", "epoch": 1, "to": self._version, "view": self._seen})
        if self.role == "team":
            self.say({"t": "mine", **self._own()})
        elif self.evening.state.current_question is not None:
            self.say(self.evening.counts())

    def _on_clock(self, said: dict[str, Any]) -> None:
        self.say({"t": "clock", "sent": said["sent"], "now": self.evening.now_ms})

    def _on_look(self, said: dict[str, Any]) -> None:
        if said["pin"] == PIN:
            self.say(self.evening.lobby())
        else:
            self.refuse("look", "unknown_pin")

    def _on_join(self, said: dict[str, Any]) -> None:
        if code := self.refusals.get("join"):
            self.refuse(self.refused_to, code)
            return
        self.role = "team"
        self.say({"t": "joined", "battle": "b1", "token": "x" * 24, "team": self.team, "seat": "s1", "code": CODE})
        self._on_hello({})

    def _on_answer(self, said: dict[str, Any]) -> None:
        if self.acks:
            self.ack(said)

    def _on_page(self, said: dict[str, Any]) -> None:
        if said["of"] == "desks":
            rows = self.evening.desks()
            self.say({"t": "page", "n": said["n"], "page": {"start": 0, "of": len(rows), "rows": rows}})
        else:
            self.say({"t": "page", "n": said["n"], "page": self.evening.page(said["which"], said["start"], said["count"])})

    # --- what it is told ---

    def ack(self, said: dict[str, Any], verdict: str = "recorded", **more: Any) -> None:
        """What became of an answer; a recorded one is in its box then."""
        revision = 0
        if verdict == "recorded":
            row = self.evening.answer(self.team, said["value"], QuestionId(said["question"]))
            revision = row.revision
        self.say({"t": "ack", "id": AnswerId(said["id"]), "verdict": verdict, "revision": revision, **more})

    def refuse(self, to: str, code: str) -> None:
        self.say({"t": "refused", "to": to, "code": code, "detail": "", "fault": "sender", "temporary": False})

    def tell(self) -> None:
        """What has changed since it was told last: a patch of the room, and the team's own document."""
        before, self._seen = self._seen, self.evening.view(self.role)
        patch, told = merge_patch(before, self._seen), self._version
        self._version += 1
        self.say({"t": "room", "epoch": 1, "from": told, "to": self._version, "patch": patch})
        if self.role == "team":
            self.say({"t": "mine", **self._own()})

    def _own(self) -> View:
        return {"revision": f"r{len(self.heard)}{self.evening.now_ms}", "mine": self.evening.mine(self.team)}

    @property
    def answers(self) -> list[dict[str, Any]]:
        """The answers that the page has sent, repeats and all."""
        return [said for said in self.heard if said["t"] == "answer"]
