"""Evenings whose sheets are still to come, and what may still become of their teams."""

from collections.abc import Sequence
from typing import Any

from quizserver.battle.ids import TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Round
from quizserver.battle.state import Range
from tests.support.battles import Evening, a_round, right_answer

A, B, P, Q = (TeamId(name) for name in "ABPQ")


def on_paper(*kinds: str, teams: str = "P", until: Phase = Phase.ROUND_END, rounds: Sequence[Round] = (), **more: Any) -> Evening:
    """Online A has all right; paper teams whose sheets are still to come. The round is revealed as far as `until` says."""
    evening = Evening(a_round("r1", *kinds), *rounds, **more)
    evening.join("A")
    for team in teams:
        evening.join_paper(team)
    evening.until(Phase.LAST_CALL)
    for _, asked in evening.state.plan.questions[: len(kinds)]:
        evening.answer(A, right_answer(asked.id), asked.id)
    evening.until(until)
    return evening


def possible(evening: Evening, team: TeamId) -> tuple[int, int, int, int]:
    """(best, worst, least, most) in whole points; of a certain team, its place and points."""
    row = evening.place(team)
    best, worst, least, most = row.possible or Range(row.place, row.place, row.points, row.points)
    return best, worst, least // 100, most // 100


def copied(evening: Evening) -> Evening:
    """The same moment, to go on from in another way."""
    twin = object.__new__(Evening)
    twin.__dict__ |= evening.__dict__ | {"history": list(evening.history), "boxes": dict(evening.boxes)}
    return twin
