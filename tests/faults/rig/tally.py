"""What a game comes to in numbers: the plainest reckoning there is, beside the checker's."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from quizserver.battle import events as did
from quizserver.battle.evolve import evolve
from quizserver.battle.standings import standing
from quizserver.battle.state import BattleState
from quizserver.services.entries import decode
from quizserver.services.ports import Entry
from tests.faults.rig.evidence import Breach
from tests.faults.rig.game import Played

SERVER_KILLS, REDIS_KILLS, POWER_LOSSES = ("kill server",), ("kill redis", "power loss"), ("power loss",)


@dataclass(frozen=True, slots=True)
class Tally:
    """Of one game or of many: they add up."""

    games: int = 0
    server_kills: int = 0
    redis_kills: int = 0
    power_losses: int = 0
    acked: int = 0
    lost: int = 0
    duplicated: int = 0
    late: int = 0
    phantom: int = 0
    leaks: int = 0
    standing_differs: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def is_clean(self) -> bool:
        return not any((self.lost, self.duplicated, self.late, self.phantom, self.leaks, self.standing_differs))


def tally(played: Played, breaches: Sequence[Breach]) -> Tally:
    """`breaches`: all that were found in this game."""
    history, done = played.evidence.history, played.done
    said = {line.about["id"]: line.about["message"] for line in history if line.did == "said" and "id" in line.about}
    acked = {line.about["id"] for line in history if line.did == "ack" and line.about["verdict"] == "recorded"}
    rows, cut_offs, state = _read(played.evidence.ledger)
    counted = Counter(row.id for _, _, row in rows)
    return Tally(
        games=1,
        server_kills=_sum(done, SERVER_KILLS),
        redis_kills=_sum(done, REDIS_KILLS),
        power_losses=_sum(done, POWER_LOSSES),
        acked=len(acked),
        lost=sum(not counted[id] for id in acked),
        duplicated=sum(times > 1 for times in counted.values()),
        late=sum(row.stamp_ms > cut_offs[question, opening] for question, opening, row in rows),
        phantom=sum(not _was_said(said.get(row.id), question, row.value) for question, _, row in rows),
        leaks=sum(line.did == "leak" for line in history),
        standing_differs=sum(rows != _places(state) for rows in played.served) + sum(each.invariant == "I5" for each in breaches),
    )


def _read(ledger: Sequence[Entry]) -> tuple[list[tuple[str, int, did.AnswerRow]], dict[tuple[str, int], int], BattleState | None]:
    """Answers with their question and opening, when each box was cut off, and what all entries come to."""
    rows: list[tuple[str, int, did.AnswerRow]] = []
    cut_offs: dict[tuple[str, int], int] = {}
    state: BattleState | None = None
    for event, at_ms in map(decode, ledger):
        match event:
            case did.AnswersRecorded():
                rows += [(event.question, event.opening, row) for row in event.rows]
            case did.QuestionClosed():
                cut_offs[event.question, event.opening] = event.cut_off_ms
            case did.RoundClosed() if state:
                cut_offs |= dict.fromkeys(_openings(state, event.round), event.cut_off_ms)
        state = evolve(state, event, at_ms)
    return rows, cut_offs, state


def _openings(state: BattleState, round: str) -> Iterator[tuple[str, int]]:
    questions = {question.id for playing in state.pack.rounds if playing.id == round for question in playing.questions}
    return ((question, opening) for question, opening in state.openings.items() if question in questions)


def _was_said(message: dict[str, Any] | None, question: str, value: Any) -> bool:
    return message is not None and (message["question"], message["value"]) == (question, value)


def _places(state: BattleState | None) -> list[list[Any]]:
    return [[row.team, row.place, row.points] for row in standing(state)] if state else []


def _sum(done: dict[str, int], kinds: Sequence[str]) -> int:
    return sum(done.get(kind, 0) for kind in kinds)
