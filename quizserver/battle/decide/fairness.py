"""What a long line takes of a team's time is given back, within bounds: it is not the team that was slow.

A round trip is what a server measured by itself before the question opened, and the smallest of several, so that a device can only
make it look longer by being slow all the time. It may still do so, and therefore nothing is believed beyond `give_ms` an answer and
`give_in_all_ms` a battle. Of the trip the way back counts always, and the way out as far as the opening was not announced ahead:
who knew of it in time lost nothing on the way. Amounts are decided when a question opens, not when it is answered, and stand in
the ledger; so a fold needs no measurement, and a device that falls silent takes nothing with it. Two processes may both know a
team: then the smaller word counts.
"""

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.decide.rule import Outcome, rule
from quizserver.battle.ids import TeamId
from quizserver.battle.refusals import not_now
from quizserver.battle.settings import BattleSettings
from quizserver.battle.state import BattleState, Box


@rule(ask.GiveTime)
def _give_time(state: BattleState, command: ask.GiveTime, now_ms: int) -> Outcome:
    box = state.boxes.get((command.question, command.opening))
    if not state.settings.gives_time or box is None or box.closed:
        return not_now("not_open")
    given = {team: _given_ms(state, box, team, trip_ms) for team, trip_ms in command.trips.items() if team in state.teams}
    news = {team: ms for team, ms in given.items() if ms < box.given.get(team, ms + 1) and (ms or team in box.given)}
    return (did.TimeGiven(by=command.by, question=box.question, opening=box.opening, given=news),) if news else ()


def _given_ms(state: BattleState, box: Box, team: TeamId, trip_ms: int) -> int:
    """Whatever was given for other questions leaves less for this one."""
    spent_ms = sum(each.given.get(team, 0) for each in state.boxes.values() if each is not box)
    return max(0, min(worth_ms(state.settings, trip_ms, box.announced_ms), state.settings.give_in_all_ms - spent_ms))


def worth_ms(settings: BattleSettings, trip_ms: int, announced_ms: int) -> int:
    """What of a round trip a team lost on an answer, >= 0, at most `give_ms`."""
    back_ms = max(0, trip_ms) // 2
    out_ms = max(0, trip_ms) - back_ms
    return min(settings.give_ms, back_ms + max(0, out_ms - announced_ms))
