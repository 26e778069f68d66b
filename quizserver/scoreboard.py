"""The live leaderboard over HTTP, for a stream's overlay or an organiser's own page: read from Redis, a page at a time."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from quizserver.battle.ids import TeamId
from quizserver.battle.standings import STANDINGS
from quizserver.battle.state import BattleState
from quizserver.battle.views.pages import shown_name
from quizserver.battle.views.parts import battle_part
from quizserver.battle.views.screen import counts_part
from quizserver.services.ports import Placed, StandingCache, StoreGone
from quizserver.services.running import Running

MOST_ROWS = 100
FIGURES = ("teams", "paper", "online", "people")
"""As the event's news states them: teams in all, in venues, online; people, as far as teams have said."""
FRESH = {"Cache-Control": "no-store"}
NO_BATTLE = PlainTextResponse("There is no battle with this PIN.\n", 404)
NO_SUCH = PlainTextResponse(f"Ask for which={' or '.join(STANDINGS)}, start from 0 and count up to {MOST_ROWS}.\n", 400)
NOT_NOW = PlainTextResponse("The standing cannot be read now. Ask again in a moment.\n", 503)


class Scoreboard:
    """`endpoint` answers {"pin", "title", "which", "start", "of", "figures", "teams": [{"place", "best", "worst", "name",
    "points"}]}; from `best` to `worst` it may still come to stand, and both are its place where that is certain."""

    def __init__(self, running: Running, cache: StandingCache) -> None:
        self._running, self._cache = running, cache

    async def endpoint(self, request: Request) -> Response:
        """Of the battle with this PIN; teams appear with the first solution that is revealed."""
        live, asked = self._running.by_pin(request.path_params["pin"]), _asked(request.query_params)
        if asked is None:
            return NO_SUCH
        if live is None:
            return NO_BATTLE
        which, start, count = asked
        try:
            teams = await self._cache.top(live.id, which, start, count)
            places = await self._cache.places(live.id, which, teams)
        except StoreGone:
            return NOT_NOW
        state = live.known
        rows = [_row(state, team, places[team]) for team in teams if team in places and team in state.teams]
        about = {"pin": state.pin, "title": battle_part(state)["title"], "which": which, "start": start, "of": len(state.teams)}
        counts = counts_part(state)
        figures = {key: counts[key] for key in FIGURES}
        return JSONResponse(about | {"figures": figures, "teams": rows}, headers=FRESH)


def _asked(query: Mapping[str, str]) -> tuple[str, int, int] | None:
    which, numbers = query.get("which", STANDINGS[0]), [query.get("start", "0"), query.get("count", str(MOST_ROWS))]
    if which not in STANDINGS or not all(each.isascii() and each.isdecimal() and len(each) < 9 for each in numbers):
        return None
    start, count = map(int, numbers)
    return (which, start, count) if count <= MOST_ROWS else None


def _row(state: BattleState, team: TeamId, placed: Placed) -> dict[str, object]:
    best, worst = placed.possible or (placed.place, placed.place)
    name, points = shown_name(state.teams[team]), placed.points / 100
    return {"place": placed.place, "best": best, "worst": worst, "name": name, "points": points}
