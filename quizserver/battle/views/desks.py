"""Where paper comes from, for the host and for everybody who waits for it: how many sheets each venue still owes."""

from collections import Counter

from quizserver.battle.state import BattleState
from quizserver.battle.views.attention import missing_sheets
from quizserver.battle.views.patch import View


def desk_rows(state: BattleState) -> list[View]:
    """A row for each venue with a team on paper; `missing` sheets of rounds that are collected."""
    missing: Counter[str] = Counter()
    for row in missing_sheets(state):
        missing[row["venue"]] += row["count"]
    writing = {team.venue for team in state.paper_teams(*range(len(state.plan.questions)))}
    venues = (each for each in state.venues.values() if each.id in writing)
    return [{"venue": each.id, "name": each.name, "missing": missing[each.id]} for each in venues]
