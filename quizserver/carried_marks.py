"""A desk's marks, carried to the host in a file, over HTTP: `POST /staff/carried?battle=…&venue=…&act=look` with a host's key in
`Authorization: Bearer KEY` and the file as the body. `act=import` brings it in; `look` changes nothing and tells what is in it.

The venue is that on whose card the file was dropped. The answer is JSON; refused, `{code, detail, fault, temporary}` as everywhere.
"""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from quizserver.asked_over_http import INVALID, answered, body_of, host_of
from quizserver.battle.ids import ScorekeeperId, VenueId
from quizserver.battle.refusals import Refused, wrong
from quizserver.battle.sheets import TOTAL, Operation
from quizserver.battle.state import BattleState
from quizserver.battle.views.evening import evening_name
from quizserver.battle.views.patch import View
from quizserver.hub.replies import UNAVAILABLE
from quizserver.hub.session import Hub
from quizserver.hub.staff import operation
from quizserver.services.battles import LiveBattle
from quizserver.services.carried import BroughtIn, Carried, bring_in
from quizserver.services.ports import BrokenChain, StoreGone
from quizserver.wire.carried import MOST_BYTES, CarriedMarks, read_carried
from quizserver.wire.codec import WireError
from quizserver.wire.to_client import refusal

TOO_BIG = wrong("carried_too_big", str(MOST_BYTES // 1024**2))
MOST_TOLD = 20  # rows of what was refused


class CarriedFiles:
    """Takes them in, for every battle of a server."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def endpoint(self, request: Request) -> Response:
        """What is in the file, or what became of it, or why not."""
        asked = request.query_params
        if not {"battle", "venue", "act"} <= asked.keys():
            return answered(INVALID)
        who = await host_of(self._hub.house, request, asked["battle"])
        if isinstance(who, Refused):
            return answered(who)
        assert who.live
        raw = await body_of(request, MOST_BYTES, TOO_BIG)
        try:
            file = raw if isinstance(raw, Refused) else read_carried(raw)
        except WireError as fault:
            return answered(wrong(fault.code, fault.detail))
        if isinstance(file, Refused):
            return answered(file)
        if (foreign := _foreign(who.live.known, file, asked["venue"])) is not None:
            return answered(foreign)
        return await _done(who.live, file, asked["act"] == "import")


async def _done(live: LiveBattle, file: CarriedMarks, is_import: bool) -> Response:
    carried = carried_of(file)
    contents = _contents(live.known, file, carried)
    if not is_import:
        return answered(contents)
    try:
        brought = await bring_in(live, carried, by="host")
    except (StoreGone, BrokenChain):
        return answered(UNAVAILABLE)
    return answered({**contents, "brought": told_of(live.known, brought)})


def _foreign(state: BattleState, file: CarriedMarks, venue: str) -> Refused | None:
    if file.battle != state.battle:
        return wrong("carried_of_another_battle", file.title)
    if VenueId(file.venue) not in state.venues:
        return wrong("unknown_venue")
    if file.venue != venue:
        return wrong("carried_of_another_venue", state.venues[VenueId(file.venue)].name)
    unknown = next((scope for scope in file.collected if scope not in state.plan.scopes), None)
    return None if unknown is None else wrong("carried_damaged", "collected")


def _contents(state: BattleState, file: CarriedMarks, carried: Carried) -> View:
    """Of the file as it meets the battle: `new` is what the battle does not have yet."""
    return {
        "venue": file.venue,
        "saved": file.saved,
        "people": [name for _, name in carried.people],
        "operations": len(carried.operations),
        "new": len({each.name for each in carried.new_operations(state)}),
        "collected": [evening_name(state, scope) for scope in carried.new_collected(state)],
    }


def carried_of(file: CarriedMarks) -> Carried:
    """The file in the battle's own words."""
    return Carried(
        venue=VenueId(file.venue),
        people=tuple((ScorekeeperId(person.scorekeeper), person.name) for person in file.people),
        collected=tuple(dict.fromkeys(file.collected)),
        operations=tuple(map(operation, file.operations)),
    )


def told_of(state: BattleState, brought: BroughtIn) -> View:
    """What became of it, for whoever brought it."""
    return {
        "entered": brought.entered,
        "collected": [evening_name(state, scope) for scope in brought.collected],
        "not_collected": [{**evening_name(state, scope), **refusal(why)} for scope, why in brought.not_collected],
        "late": len(brought.late),
        "refused": len(brought.refused),
        "rows": [{**_where(state, mark), **refusal(why)} for mark, why in brought.refused[:MOST_TOLD]],
    }


def _where(state: BattleState, mark: Operation) -> dict[str, Any]:
    """Which cell, as people call it; what the battle does not know is left out. A sheet's own total has no `question`."""
    where: dict[str, Any] = {"value": mark.value}
    if mark.team in state.teams:
        where["team"] = state.teams[mark.team].name.text
    for number, playing in enumerate(state.pack.rounds, 1):
        if playing.id == mark.round:
            where["round"] = number
            asked = [each.id for each in playing.questions]
            if mark.question != TOTAL and mark.question in asked:
                where["question"] = asked.index(mark.question) + 1
    return where
