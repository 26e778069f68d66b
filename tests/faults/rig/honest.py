"""A small honest game with all that everybody would have written down, and ways to spoil one thing in it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.ids import TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.standings import shown_standing
from quizserver.battle.views import desk_view, host_view, screen_view, team_view
from quizserver.battle.views.patch import View
from quizserver.services.entries import chained, decode
from quizserver.services.ports import Head
from tests.faults.rig.checker import check
from tests.faults.rig.evidence import Evidence
from tests.faults.rig.history import Line, digest
from tests.support.battles import HALL, Evening, a_round, right_answer, wrong_answer

SECOND = 1_000_000_000


@dataclass
class Played:
    """An evening with what everybody would have written down."""

    evening: Evening = field(default_factory=lambda: Evening(a_round("r1", "text", "one", grace_ms=0)))
    lines: list[Line] = field(default_factory=list)
    _at: Iterator[int] = field(default_factory=lambda: count(SECOND, 1_000_000))
    _n: Iterator[int] = field(default_factory=lambda: count(1))

    def write(self, who: str, role: str, did: str, **about: Any) -> None:
        self.lines.append(Line(next(self._at), who, role, did, about))

    def opens(self, who: str, role: str, **about: Any) -> None:
        """A socket, and the snapshot that comes first."""
        self.write(who, role, "opened", server="s1", epoch=0, **{"team": None, "seat": None, "venue": None, **about})
        self.shows(who, role, None)

    def shows(self, who: str, role: str, start: int | None) -> None:
        """The room as it is now."""
        state = self.evening.state
        head = chained(Head(), self.evening.history)[-1].hash
        views: Mapping[str, View] = {
            "team": team_view(state),
            "host": host_view(state, head),
            "screen": screen_view(state, head),
            "desk": desk_view(state, HALL),
        }
        self.write(who, role, "room", **{"epoch": 0, "from": start, "to": state.version, "view": digest(views[role])})

    def asks(self, who: str, role: str, t: str, **message: Any) -> None:
        """Something with a number, and its answer."""
        n = next(self._n)
        self.write(who, role, "said", message={"t": t, "n": n, **message})
        self.write(who, role, "done", n=n, ok=True)

    def answers(self, team: str, value: Any) -> None:
        """To the question on the stage, between two looks at the server's clock."""
        evening = self.evening
        self._looks_at_the_clock(team)
        row = evening.answer(TeamId(team), value)
        about = {"id": row.id, "question": evening.shown, "opening": 1, "value": value}
        self.write(team, "team", "said", message={"t": "answer", **about})
        self._looks_at_the_clock(team)
        self.write(team, "team", "ack", id=row.id, verdict="recorded", revision=row.revision)
        self.write(team, "team", "mine", revision="1", view="", answers={str(evening.shown): row.revision})

    def _looks_at_the_clock(self, who: str) -> None:
        sent = next(self._n)
        self.write(who, "team", "said", message={"t": "clock", "sent": sent})
        self.write(who, "team", "clock", sent=sent, now=self.evening.now_ms)

    def sees_the_standing(self, who: str, role: str) -> None:
        table = shown_standing(self.evening.state)
        at = {"epoch": 0, "to": self.evening.state.version, "which": "total", "start": 0, "of": len(table)}
        self.write(who, role, "standing", rows=[[row.team, row.place, row.points] for row in table], **at)

    @property
    def evidence(self) -> Evidence:
        ledger = chained(Head(), self.evening.history)
        return Evidence(list(self.lines), ledger, ledger, 0)


def played() -> Played:
    """Two teams, a paper team, a desk, a screen, a host: a whole round, and a correction after it."""
    game = Played()
    evening = game.evening
    for team in ("ant", "bee"):
        evening.join(team)
    paper = evening.join_paper("paper")
    game.opens("host", "host")
    game.opens("screen", "screen")
    game.opens("desk", "desk", venue=HALL)
    for team in ("ant", "bee"):
        game.opens(team, "team", team=team, seat=f"seat of {team}")
    for command in ("StartRound", "ShowQuestion"):
        game.asks("host", "host", "do", command=command, step=evening.state.step)
        evening.do(replace(getattr(ask, command)(), by="host"))
    evening.wait(10_000)
    game.answers("ant", right_answer("r1-text"))
    game.answers("bee", wrong_answer("r1-text"))
    game.asks("host", "host", "do", command="ShowQuestion", step=evening.state.step)
    evening.do(ask.ShowQuestion(by="host"))
    evening.wait(10_000)
    game.answers("ant", right_answer("r1-one"))
    game.asks("host", "host", "do", command="CallLast", step=evening.state.step)
    evening.do(ask.CallLast(by="host"))
    evening.until(Phase.COLLECTED)
    mark = evening.operation(paper, "r1-text", "1")
    sent = {key: getattr(mark, key) for key in ("device", "counter", "venue", "team", "round", "question", "who", "value")}
    game.asks("desk", "desk", "marks", operations=[sent])
    evening.do(ask.EnterMarks(by="desk", operations=(mark,)))
    evening.until(Phase.ROUND_END)
    evening.do(ask.AdjustPoints(by="host", team=paper, points=-100, reason="A telephone"))
    for who, role in (("host", "host"), ("screen", "screen"), ("desk", "desk"), ("ant", "team"), ("bee", "team")):
        game.shows(who, role, _last_room(game, who))
    game.sees_the_standing("host", "host")
    game.sees_the_standing("screen", "screen")
    row = evening.place(TeamId("ant"))
    game.write("ant", "team", "mine", revision="9", view="", answers={}, place=row.place, points=row.points)
    return game


def _last_room(game: Played, who: str) -> int:
    last: int = next(line.about["to"] for line in reversed(game.lines) if line.who == who and line.did == "room")
    return last


def says(evidence: Evidence, invariant: str, words: str) -> None:
    """The checker says this, perhaps with what follows from it."""
    found = check(evidence)
    assert any(each.invariant == invariant and words in each.sentence for each in found), found


def only(evidence: Evidence, invariant: str, words: str) -> None:
    """The checker says this, and nothing of any other invariant."""
    says(evidence, invariant, words)
    assert {each.invariant for each in check(evidence)} == {invariant}, check(evidence)


def rechained(ledger: Evidence, change: Callable[[did.Event], did.Event | None]) -> Evidence:
    """The same with other events, which none of the clients knows of: None leaves an entry out."""
    history = [(changed, at) for event, at in history_of(ledger) if (changed := change(event)) is not None]
    entries = chained(Head(), history)
    return replace(ledger, ledger=entries, archive=entries)


def history_of(evidence: Evidence) -> list[tuple[did.Event, int]]:
    """What its ledger says."""
    return [decode(entry) for entry in evidence.ledger]


def without(evidence: Evidence, *kinds: str) -> Evidence:
    """Only histories without lines of these kinds: what a changed ledger would make wrong anyway."""
    return replace(evidence, history=[line for line in evidence.history if line.did not in kinds])


def with_line(evidence: Evidence, who: str, role: str, did: str, **about: Any) -> Evidence:
    """One more line at the end."""
    return replace(evidence, history=[*evidence.history, Line(evidence.history[-1].at + 1, who, role, did, about)])


def changed(evidence: Evidence, did: str, **about: Any) -> Evidence:
    """The first line of a kind says something else."""
    at = next(at for at, line in enumerate(evidence.history) if line.did == did)
    line = evidence.history[at]
    history = [*evidence.history]
    history[at] = replace(line, about={**line.about, **about})
    return replace(evidence, history=history)
