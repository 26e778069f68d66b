"""An exported evening as the rehearsal reads it: the recorded answers in its own words, the standing by the server's own fold."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from quizserver.battle.settings import Source
from quizserver.battle.state import BattleState, Mark, Place
from quizserver.rehearsal.evening import Address
from quizserver.rehearsal.expected import Row
from quizserver.rehearsal.tally import Pair
from quizserver.services.verifying import verify


class Recorded(NamedTuple):
    """One revision of an answer as it stands in the ledger."""

    team: str
    question: str
    opening: int
    id: str
    revision: int
    stamp_ms: int
    value: Any


@dataclass(frozen=True, slots=True)
class Folded:
    """What the ledger adds up to. `marks` of online teams by team and question: right or wrong, and points."""

    rows: list[Row]
    marks: Mapping[Pair, tuple[str, int]]


def recorded(lines: Iterable[bytes]) -> list[Recorded]:
    """All answers of the file, superseded ones included; nothing but the JSON is trusted."""
    entries = (json.loads(json.loads(line).get("body", "{}")) for line in lines)
    return [
        Recorded(row["team"], body["question"], body["opening"], row["id"], row["revision"], row["stamp_ms"], row["value"])
        for body in entries
        if body.get("type") == "AnswersRecorded"
        for row in body["rows"]
    ]


def folded(lines: Iterable[bytes]) -> Folded:
    """The whole file checked and folded. Raises verifying.Differs."""
    verified = verify(lines)
    return Folded(sorted(_row(verified.state, row) for row in verified.places), _marks(verified.state))


def _row(state: BattleState, row: Place) -> Row:
    team = state.teams[row.team]
    venue = state.venues[team.venue].name if team.venue else ""
    return Row(row.place, team.name.text, venue, row.points, row.rounds)


def _marks(state: BattleState) -> dict[Pair, tuple[str, int]]:
    marks: dict[Pair, tuple[str, int]] = {}
    for at_round, playing in enumerate(state.pack.rounds):
        for at, question in enumerate(playing.questions):
            where: Address = (at_round, at)
            for team, marked in state.marks.get(question.id, {}).items():
                if state.teams[team].plays is Source.ONLINE and marked.mark in (Mark.RIGHT, Mark.WRONG):
                    marks[Pair(state.teams[team].name.text, where)] = (marked.mark.value, marked.points)
    return marks
