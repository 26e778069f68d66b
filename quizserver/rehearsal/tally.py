"""What the rehearsal's own clients saw, and nothing else: no look into the server, no word of the script."""

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from quizserver.rehearsal.evening import Address
from quizserver.rehearsal.line import Ack, Said


class Pair(NamedTuple):
    """One team (by name) and one question: at most one answer counts."""

    team: str
    question: Address


@dataclass(slots=True)
class SentAnswer:
    """One answer through all its repeats. Times are battle time as the device knew it. `revisions`: what its acks said."""

    said: Said
    pair: Pair
    first_sent_ms: int
    verdicts: list[str] = field(default_factory=list)
    revisions: set[int] = field(default_factory=set)

    @property
    def saved(self) -> bool:
        return "recorded" in self.verdicts


@dataclass(slots=True)
class SeenQuestion:
    """A question as phones saw it. `deadline_ms`: the greatest of a clock that closes it; 0 before there was one."""

    id: str
    options: Mapping[str, str]
    opening: int
    deadline_ms: int = 0


@dataclass(frozen=True, slots=True)
class OwnMark:
    """A team's own result of a question as its phone showed it."""

    mark: str
    points: int
    said: Any


class Tally:
    """Filled in by bots, scorekeepers and host while they play; read by `counting`."""

    def __init__(self) -> None:
        self.answers: dict[str, SentAnswer] = {}
        self.questions: dict[Address, SeenQuestion] = {}
        self.teams: dict[str, str] = {}
        self.results: dict[Pair, OwnMark] = {}
        self.solved: set[Pair] = set()
        self.places: dict[str, tuple[int, int]] = {}
        self.uncertain: set[str] = set()
        self.sheets_sent: set[tuple[str, int]] = set()
        self.sheets_disputed: set[tuple[str, int]] = set()
        self.collected: set[tuple[str, str]] = set()
        self.behind: list[str] = []
        self.latencies: dict[str, list[float]] = defaultdict(list)
        self._pressed: dict[tuple[str, object], float] = {}

    def seated(self, name: str, team: str, took_s: float) -> None:
        self.teams[team] = name
        self.latencies["join"].append(took_s * 1000)

    def shown(self, question: Address, seen: SeenQuestion) -> None:
        """A phone shows this question; the latest opening and the latest deadline are kept."""
        known = self.questions.get(question)
        latest = max(seen.deadline_ms, known.deadline_ms if known else 0)
        self.questions[question] = SeenQuestion(seen.id, seen.options, seen.opening, latest)

    def sent(self, pair: Pair, said: Said, now_ms: int) -> None:
        """Called before each sending; a repeat changes nothing."""
        self.answers.setdefault(said.id, SentAnswer(said, pair, now_ms))

    def acked(self, ack: Ack, took_s: float) -> None:
        answer = self.answers[ack.id]
        answer.verdicts.append(ack.verdict)
        if ack.saved:
            answer.revisions.add(ack.revision)
        self.latencies["ack"].append(took_s * 1000)

    def result(self, team: str, question: Address, mark: Mapping[str, Any]) -> None:
        """The latest is what counts: a sheet that came late may have brought a nearer number."""
        self.results[Pair(team, question)] = OwnMark(mark["mark"], mark["points"], mark.get("said"))

    def solution(self, team: str, question: Address) -> None:
        """A phone shows what was right, and with it the team's own result."""
        self.solved.add(Pair(team, question))

    def told_place(self, team: str, place: Mapping[str, Any]) -> None:
        """The latest is what the team goes home with."""
        self.places[team] = (place["place"], place["points"])
        (self.uncertain.add if place["pending"] or "worst" in place else self.uncertain.discard)(team)

    def pressed(self, what: str, which: object) -> None:
        """The host's key goes down: `what` is a name of latency_ms."""
        self._pressed.setdefault((what, which), time.perf_counter())

    def seen(self, what: str, which: object) -> None:
        """A phone shows it now."""
        if (at := self._pressed.get((what, which))) is not None:
            self.latencies[what].append((time.perf_counter() - at) * 1000)
