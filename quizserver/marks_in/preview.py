"""A plan for the eyes of whoever decides on it: what changes by team and round, and every line that is not taken."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from quizserver.battle.ids import VenueId
from quizserver.battle.sheets import TOTAL
from quizserver.battle.state import BattleState
from quizserver.marks_in.plan import Plan, Planned

MOST_ROWS = 300  # of each list: more is counted, and not read by anybody
View = Mapping[str, object]


def preview(state: BattleState, plan: Plan) -> View:
    """`preview` is its name, to be said when it is applied. `uncollected`: venues whose marks wait until they confirm."""
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
        "uncollected": sorted({state.venues[each].name for each in _uncollected(state, plan)}),
        "changing": [_changing(line) for line in changing[:MOST_ROWS]],
        "failed": [_failed(line) for line in plan.failed[:MOST_ROWS]],
        "failures": len(plan.failed),
    }


def _uncollected(state: BattleState, plan: Plan) -> Iterable[VenueId]:
    scopes = {playing.id: {state.scope(playing, each.id) for each in playing.questions} for playing in state.pack.rounds}
    for each in plan.operations:
        if not all(state.marks_count(each.venue, scope) for scope in scopes[each.round]):
            yield each.venue


def _changing(line: Planned) -> View:
    disputes, changes = (list(map(asdict, some)) for some in (line.found.disputes, line.found.changes))
    return {**_where(line), "new": len(line.found.news), "late": line.found.late, "disputes": disputes, "changes": changes}


def _failed(line: Planned) -> View:
    assert line.failed is not None
    return {**_where(line), "code": line.failed.code, "detail": line.failed.detail, "proposal": line.failed.proposal}


def _where(line: Planned) -> View:
    return {"table": line.table, "line": line.line, "team": line.team[:60], "round": line.round}
