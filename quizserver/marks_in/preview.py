"""A plan for the eyes of whoever decides on it: what changes by team and round, and every line that is not taken."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from quizserver.battle.ids import RoundId, TeamId, VenueId
from quizserver.battle.sheets import TOTAL, Operation
from quizserver.battle.state import BattleState
from quizserver.marks_in.plan import Plan, Planned

MOST_ROWS = 300  # of each list: more is counted, and not read by anybody
View = Mapping[str, object]


def preview(state: BattleState, plan: Plan) -> View:
    """`preview` is its name, to be said when it is applied. `rounds`: how many teams and marks of each. `uncollected`: venues whose
    marks wait until they confirm."""
    found = [line.found for line in plan.lines]
    operations = plan.operations
    totals = sum(operation.question == TOTAL for operation in operations)
    changing = [line for line in plan.lines if line.found.news]
    return {
        "preview": plan.token,
        "lines": len(plan.lines),
        "teams": len({operation.team for operation in operations}),
        "marks": len(operations) - totals,
        "totals": totals,
        "same": sum(each.same for each in found),
        "heard": sum(each.heard for each in found),
        "late": sum(each.late for each in found),
        "disputes": sum(len(each.disputes) for each in found),
        "changes": sum(len(each.changes) for each in found),
        "rounds": _rounds(state, operations),
        "uncollected": sorted({state.venues[each].name for each in _uncollected(state, plan)}),
        "changing": [_changing(state, line) for line in changing[:MOST_ROWS]],
        "failed": [_failed(line) for line in plan.failed[:MOST_ROWS]],
        "failures": len(plan.failed),
    }


def _rounds(state: BattleState, operations: Sequence[Operation]) -> list[View]:
    teams: dict[RoundId, set[TeamId]] = defaultdict(set)
    for each in operations:
        teams[each.round].add(each.team)
    marks = Counter(each.round for each in operations)
    played = [(number, playing.id) for number, playing in enumerate(state.pack.rounds, 1) if playing.id in teams]
    return [{"round": number, "teams": len(teams[id]), "marks": marks[id]} for number, id in played]


def _uncollected(state: BattleState, plan: Plan) -> Iterable[VenueId]:
    scopes = {playing.id: {state.scope(playing, each.id) for each in playing.questions} for playing in state.pack.rounds}
    for each in plan.operations:
        if not all(state.marks_count(each.venue, scope) for scope in scopes[each.round]):
            yield each.venue


def _changing(state: BattleState, line: Planned) -> View:
    """`rounds`: the numbers of those that it says something new of."""
    found, numbers = line.found, {playing.id: number for number, playing in enumerate(state.pack.rounds, 1)}
    disputes, changes = (list(map(asdict, some)) for some in (found.disputes, found.changes))
    rounds = sorted({numbers[operation.round] for operation in found.news})
    about = {"rounds": rounds, "new": len(found.news), "late": found.late}
    return {**_where(line), **about, "disputes": disputes, "changes": changes}


def _failed(line: Planned) -> View:
    assert line.failed is not None
    return {**_where(line), "code": line.failed.code, "detail": line.failed.detail, "proposal": line.failed.proposal}


def _where(line: Planned) -> View:
    return {"table": line.table, "line": line.line, "team": line.team[:60], "round": line.round}
