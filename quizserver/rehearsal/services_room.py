"""One process of a rehearsal without sockets: its services, what its rooms look like, and who stands in them."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from quizserver.battle.ids import BattleId, TeamId
from quizserver.battle.standings import shown_standing
from quizserver.battle.state import BattleState, Place
from quizserver.battle.views import mine_view
from quizserver.hub.touched import brings_results, teams_touched
from quizserver.rehearsal.bell import Bell
from quizserver.rehearsal.line import NoReply, View
from quizserver.services.battles import LiveBattle, News
from quizserver.services.ports import Recorded
from quizserver.services.running import Running

T = TypeVar("T")
NOTHING: View = {}
LOOKS_EVERY_S = 0.01


class InRoom:
    """Somebody who is shown a room of a process: the `Follows` part of a line."""

    def __init__(self, process: "Process", project: Callable[[BattleState], View], team: TeamId | None = None) -> None:
        self.process, self.project, self.team = process, project, team
        self.view: View = NOTHING
        self.mine: View = NOTHING
        self.on_change: Callable[[], None] = lambda: None
        self._bell = Bell()

    def show(self, view: View, mine: View) -> None:
        """Called by the process; what is shown already is no change."""
        if view is self.view and mine is self.mine:
            return
        self.view, self.mine = view, mine
        self.on_change()
        self._bell.ring()

    async def changed(self) -> None:
        await self._bell.rung()

    def now_ms(self) -> int:
        return self.process.running.clock.now_ms()

    async def leave(self) -> None:
        self.process.leave(self)


class Process:
    """One `Running` and the battle that is rehearsed on it. Projects each room once a version, as a server does."""

    def __init__(self, running: Running, live: LiveBattle) -> None:
        self.running, self.live = running, live
        self._people: dict[InRoom, None] = {}
        self._views: dict[Callable[[BattleState], View], tuple[int, View]] = {}
        self._places: tuple[int, Mapping[TeamId, Place]] = (0, {})
        live.listeners.append(self._heard)
        running.on_answers.append(self._answered)

    def close(self) -> None:
        self.live.listeners.remove(self._heard)
        self.running.on_answers.remove(self._answered)

    def enter(self, who: InRoom) -> None:
        """From now on it is shown everything, beginning with how things are."""
        who.process = self
        self._people[who] = None
        who.show(self._view(who.project), self._mine(who.team))

    def leave(self, who: InRoom) -> None:
        self._people.pop(who, None)

    async def finds(self, look: Callable[[BattleState], T | None], seconds: float) -> T:
        """What another process has just written may not be known here yet. Raises NoReply."""
        try:
            async with asyncio.timeout(seconds):
                while (found := look(self.live.known)) is None:  # noqa: ASYNC110 - it comes in five milliseconds
                    await asyncio.sleep(LOOKS_EVERY_S)
        except TimeoutError:
            raise NoReply("A token that was given out opens nothing.") from None
        return found

    def _heard(self, news: News) -> None:
        all_of_them = brings_results(news) or news.before is None
        touched = set() if all_of_them else teams_touched(news)
        for who in list(self._people):
            is_told = all_of_them or who.team in touched
            who.show(self._view(who.project), self._mine(who.team) if is_told else who.mine)

    def _answered(self, battle: BattleId, changed: list[Recorded]) -> None:
        teams = {result.team for result in changed} if battle == self.live.id else set()
        for who in [who for who in self._people if who.team in teams]:
            who.show(who.view, self._mine(who.team))

    def _view(self, project: Callable[[BattleState], View]) -> View:
        """The very same object as long as it looks the same."""
        state = self.live.known
        version, view = self._views.get(project, (-1, NOTHING))
        if version != state.version:
            fresh = project(state)
            view = view if fresh == view else fresh
            self._views[project] = (state.version, view)
        return view

    def _mine(self, team: TeamId | None) -> View:
        if team is None:
            return NOTHING
        state = self.live.known
        said = self.running.open_answers[self.live.id].of_team(team, state.openings)
        answers: Mapping[Any, dict[str, Any]] = {
            question: {"value": answer.value, "revision": answer.revision} for question, answer in said.items()
        }
        return mine_view(state, team, answers, self._place(state, team), None)

    def _place(self, state: BattleState, team: TeamId) -> Place | None:
        if self._places[0] != state.version:
            self._places = state.version, {row.team: row for row in shown_standing(state)} if state.revealed else {}
        return self._places[1].get(team)
