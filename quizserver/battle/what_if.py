"""What a press would change, before it is pressed: the same core on a copy of the state, and the two standings side by side."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from quizserver.battle import commands as ask
from quizserver.battle.decide import decide
from quizserver.battle.evolve import evolve
from quizserver.battle.ids import BattleId, TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.refusals import Refused
from quizserver.battle.standings import standing
from quizserver.battle.state import BattleState, Place
from quizserver.battle.verdicts import standing_on


@dataclass(frozen=True, slots=True)
class Change:
    """A team's row now and after it, and how many other teams would stand at another place."""

    before: Place
    after: Place
    others: int


def if_accepted(state: BattleState, operations: Iterable[str], team: TeamId) -> Change:
    """What letting these late operations of a team in would change."""
    names = tuple(operations)
    over = {verdict.name for name in names for verdict in standing_on(state.verdicts, name)}
    after = _after(state, ask.JudgeLate(verdict="what if", operations=names, accepted=True, reason="?", over=tuple(over)))
    rows = {row.team: row for row in standing(after)}
    now = {row.team: row for row in standing(state)}
    others = sum(1 for each, row in now.items() if each != team and rows[each].place != row.place)
    return Change(now[team], rows[team], others)


def _after(state: BattleState, command: ask.Command) -> BattleState:
    """A copy in which it has happened. It goes by a name of its own: what is remembered of the battle stays remembered. And it is
    not over, for then each change would be held against the standing before it, which takes as long again."""
    happened = decide(state, command, state.at_ms)
    copy = replace(state, battle=BattleId(f"{state.battle} what if"), phase=Phase.FINAL)
    for event in () if isinstance(happened, Refused) else happened:
        copy = evolve(copy, event, state.at_ms)
    return copy
