"""A game as the checks read it: the ledger folded entry by entry, and what clients wrote, found by what it is about."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from quizserver.battle import events as did
from quizserver.battle.events import AnswerRow, Event
from quizserver.battle.ids import QuestionId
from quizserver.battle.state import BattleState
from tests.faults.rig.evidence import Evidence
from tests.faults.rig.history import Line

BoxKey = tuple[QuestionId, int]


@dataclass(frozen=True, slots=True)
class Invocation:
    """An answer as it went out, once for each time that it did. `team`: the client's by then."""

    line: Line
    team: str
    message: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """An ack. `epoch`: the latest that its client had heard of."""

    line: Line
    id: str
    verdict: str
    revision: int
    epoch: int


@dataclass(frozen=True, slots=True)
class Logged:
    """An answer in the ledger."""

    version: int
    box: BoxKey
    row: AnswerRow


@dataclass
class Game:
    """`story`: (event, battle time) by entry; `states`: after each of them. Both end where the ledger cannot be read on."""

    evidence: Evidence
    story: Sequence[tuple[Event, int]]
    states: Sequence[BattleState]
    said: dict[str, list[Invocation]] = field(default_factory=lambda: defaultdict(list))
    told: dict[str, list[Told]] = field(default_factory=lambda: defaultdict(list))
    clients: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    done: list[tuple[Line, Line | None]] = field(default_factory=list)
    """What was asked with a number, and its answer, None where none came."""

    def __post_init__(self) -> None:
        team, epoch = dict[str, str](), dict[str, int]()
        asked: dict[tuple[str, int], Line] = {}
        for line in self.evidence.history:
            who, about = line.who, line.about
            self.clients[who].append(line)
            match line.did:
                case "opened" | "room":
                    epoch[who] = about.get("epoch") or 0
                    team[who] = about.get("team") or team.get(who, "")
                case "said" if about["message"]["t"] == "answer":
                    self.said[about["message"]["id"]].append(Invocation(line, team.get(who, ""), about["message"]))
                case "said" if "n" in about["message"]:
                    asked[who, about["message"]["n"]] = line
                case "ack":
                    told = Told(line, about["id"], about["verdict"], about.get("revision") or 0, epoch.get(who, 0))
                    self.told[told.id].append(told)
                case "done" if (who, about["n"]) in asked:
                    self.done.append((asked.pop((who, about["n"])), line))
        self.done += [(line, None) for line in asked.values()]

    @property
    def end(self) -> BattleState:
        """The state after the last entry."""
        return self.states[-1]

    @cached_property
    def logged(self) -> Mapping[str, Sequence[Logged]]:
        """Every answer in the ledger by its id, admitted ones included."""
        found: dict[str, list[Logged]] = defaultdict(list)
        for version, (event, _) in enumerate(self.story, 1):
            match event:
                case did.AnswersRecorded():
                    for row in event.rows:
                        found[row.id].append(Logged(version, (event.question, event.opening), row))
                case did.MissedAdmitted():
                    found[event.row.id].append(Logged(version, (event.question, event.opening), event.row))
        return found

    @cached_property
    def _raised(self) -> Sequence[tuple[int, int]]:
        """(version, epoch) of each restore."""
        return [(at, event.epoch) for at, (event, _) in enumerate(self.story, 1) if isinstance(event, did.Restored)]

    def is_known(self, epoch: int, version: int) -> bool:
        """True if what stood at this version in this epoch stands in the ledger as it is now: not all of a past outlives a loss."""
        if not 0 < version <= len(self.states):
            return False
        raised_after = next((at for at, raised in self._raised if raised > epoch), None)
        return raised_after is None or version < raised_after

    def lost_since(self, epoch: int) -> bool:
        """True if the ledger owns up to a loss after this epoch."""
        return any(raised > epoch for _, raised in self._raised)

    def lines(self, *did: str) -> Iterator[Line]:
        """All lines of these kinds, in the order of time."""
        return (line for line in self.evidence.history if line.did in did)
