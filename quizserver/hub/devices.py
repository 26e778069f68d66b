"""The devices of each team, and what only they are told: their team's own document."""

from collections.abc import Iterable, Mapping

from quizserver.battle.ids import TeamId
from quizserver.battle.state import BattleState
from quizserver.battle.views.patch import View
from quizserver.hub.connection import Connection
from quizserver.hub.frames import OpenFrame
from quizserver.hub.mine import Places, own_document, revision_of
from quizserver.hub.outbox import MINE
from quizserver.hub.rooms import Room
from quizserver.hub.stream import Link
from quizserver.services.battles import LiveBattle
from quizserver.services.open_answers import OpenAnswers
from quizserver.services.ports import Recorded
from quizserver.wire.to_client import Mine, Result


class Devices:
    """Of one battle."""

    def __init__(self, live: LiveBattle, answers: OpenAnswers) -> None:
        self._places = Places()
        self._live, self._answers = live, answers
        self._of: dict[TeamId, dict[Connection, None]] = {}

    def add(self, who: Connection, has: str) -> None:
        """One more device; it is told its document unless `has` is its revision."""
        if who.identity.team is not None:
            self._of.setdefault(who.identity.team, {})[who] = None
            self.tell(who, has)

    def remove(self, who: Connection) -> None:
        """The other end of `add`."""
        team = who.identity.team
        if team is not None and (devices := self._of.get(team)):
            devices.pop(who, None)
            if not devices:
                del self._of[team]

    def round_trips(self) -> Mapping[TeamId, int]:
        """The shortest line of each team that has been measured, in milliseconds: whichever device answers, none is given more."""
        known = ((team, [who.trips.shortest_ms for who in devices if who.trips]) for team, devices in self._of.items())
        measured = ((team, [ms for ms in lines if ms is not None]) for team, lines in known)
        return {team: min(lines) for team, lines in measured if lines}

    def tell(self, who: Connection, has: str = "") -> None:
        """The document as it is now, unless `has` is its revision."""
        state = self._live.state
        if state is None or who.identity.team not in state.teams:
            return
        own = self._own(state, who)
        if own["revision"] != has:
            who.say(Mine(**own), MINE)

    def tell_teams(self, teams: Iterable[TeamId]) -> None:
        """All devices of these teams."""
        for team in teams:
            for who in self._of.get(team, ()):
                self.tell(who)

    def tell_everybody(self) -> None:
        """All devices of all teams."""
        self.tell_teams(self._of)

    def answered(self, result: Recorded) -> None:
        """The team's other devices see what one of them said."""
        for who in self._of.get(result.team, ()):
            if hash(result.id) not in who.own:
                self.tell(who)

    def tell_results(self, room: Room, state: BattleState, link: Link | None) -> None:
        """The room's change and each team's own document in one message. `link` None: the room looks as before."""
        if link is None:
            room.say(self.tell)
            return
        shared = link.message.plain()
        del shared["t"]
        frame = OpenFrame({"t": Result.t, "room": shared}, "mine")
        room.follow(link, lambda who: frame.in_(who.encoding, self._own(state, who)))

    def _own(self, state: BattleState, who: Connection) -> View:
        document = own_document(state, TeamId(who.identity.team or ""), self._answers, self._places)
        return {"revision": revision_of(document), "mine": document}
