"""The rooms for spreadsheets, played by the pure core: what a page sends is planned, entered and answered as a server would."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from playwright.async_api import Page, Route

from quizserver.battle import commands as ask
from quizserver.battle.events import Name
from quizserver.battle.ids import ScorekeeperId, VenueId
from quizserver.battle.refusals import Refused
from quizserver.marks_in.plan import Plan, plan
from quizserver.marks_in.preview import preview
from quizserver.marks_in.signer import Signer, at_desk, by_host
from quizserver.results.files import FORMATS
from quizserver.results.outcome import results_of
from quizserver.results.template import template
from quizserver.spreadsheets.opened import opened
from quizserver.wire.to_client import refusal
from tests.support.staff_hub import Hub


class TableRooms:
    """`asked`: what pages wanted, query or wish, with the header that says who."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.asked: list[dict[str, Any]] = []

    async def route(self, page: Page) -> "TableRooms":
        """For this page and all beside it."""
        await page.context.route("**/staff/import?*", self._import)
        await page.context.route("**/staff/files", self._files)
        return self

    async def _import(self, route: Route) -> None:
        asked = dict(parse_qsl(urlsplit(route.request.url).query))
        self._hear(route, asked)
        state = self._hub.evening.state
        who = asked.get("scorekeeper")
        signer = at_desk(state, VenueId("v0"), ScorekeeperId(who), blind=True) if who else by_host(state, "")
        assert isinstance(signer, Signer)
        seen = plan(state, opened(route.request.post_data_buffer or b""), signer)
        if "apply" not in asked:
            await route.fulfill(json=dict(preview(state, seen)))
        elif asked["apply"] != seen.token:
            await route.fulfill(status=409, json=dict(refusal(Refused("preview_is_old"))))
        else:
            await route.fulfill(json=self._entered(seen, signer))

    def _entered(self, seen: Plan, signer: Signer) -> dict[str, int]:
        evening = self._hub.evening
        for venue, who in signer.ids.items() if signer.only is None else ():
            evening.do(ask.NameScorekeeper(scorekeeper=who, venue=venue, name=Name(signer.name, "0" * 32)))
        evening.do(ask.EnterMarks(operations=tuple(seen.operations)))
        self._hub.tell_cells({operation.team for operation in seen.operations})
        return {"entered": len(seen.operations), "left_out": len(seen.failed), "late": 0}

    async def _files(self, route: Route) -> None:
        wish: dict[str, Any] = json.loads(route.request.post_data or "{}")
        self._hear(route, wish)
        state, form = self._hub.evening.state, wish["form"]
        results = wish["what"] == "results"
        body = FORMATS[form][0](results_of(state)) if results else template(state, VenueId(wish["venue"]), form)
        await route.fulfill(body=body, content_type=FORMATS[form][1])

    def _hear(self, route: Route, asked: dict[str, Any]) -> None:
        self.asked.append({**asked, "who": route.request.headers["authorization"]})
