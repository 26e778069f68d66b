"""PROTOCOL.md names every field of every view, and none that does not exist."""

import re

from quizserver.battle import commands as ask
from quizserver.battle.phases import Phase
from quizserver.battle.state import BattleState
from quizserver.battle.views import desk_view, host_view, mine_view, screen_view, team_view
from quizserver.battle.views.patch import View
from tests.support.battles import HALL, Evening, a_round, right_answer, slips_round
from tests.wire.test_protocol import VIEWS


def views(state: BattleState) -> dict[str, View]:
    head = "0123456789"
    return {
        "team": team_view(state),
        "screen": screen_view(state, head),
        "desk": desk_view(state, HALL),
        "host": host_view(state, head),
    }


def seen() -> dict[str, set[str]]:
    """The fields of an evening on paper and online, with a pause, a break and a freeze, in which questions are sent ahead."""
    evening = Evening(a_round("r1"), slips_round("r2", "one", "text"), lead_ms=400)
    team = evening.join("Ту-144")
    evening.join_paper("Бумага")
    fields: dict[str, set[str]] = {room: set() for room in (*views(evening.state), "mine")}
    while evening.state.phase is not Phase.FINISHED:
        for command in (ask.Pause(), ask.Resume(), ask.FreezeStanding(frozen=True), ask.FreezeStanding(frozen=False)):
            evening.attempt(command)
            for room, view in views(evening.state).items():
                fields[room] |= view.keys()
        fields["mine"] |= mine_view(evening.state, team, {}, evening.place(team), 100).keys()
        if evening.state.phase is Phase.OPEN:
            evening.answer(team, right_answer(evening.shown))
        evening.press()
    evening.do(ask.AdjustPoints(team=team, points=100, reason="a song"))
    for room, view in views(evening.state).items():
        fields[room] |= view.keys()
    return fields


def told() -> dict[str, set[str]]:
    rows = re.findall(r"^\| `(\w+)` \| ([a-z ]+) \|", VIEWS, flags=re.MULTILINE)
    rooms = ("team", "screen", "desk", "host")
    return {room: {field for field, where in rows if where == "all" or room in where.split()} for room in rooms}


def test_every_field_of_a_view_is_told_and_none_that_there_is_not() -> None:
    fields, table = seen(), told()
    assert fields.pop("mine") <= set(re.findall(r"`(\w+)`", VIEWS.split("`mine` of a team holds")[1]))
    assert fields == table
