"""Follows one battle and says what changed to whom: one view a room, one difference, one encoding, many writes.

Phones hear at once, and only of what they can see. Screens, desks and consoles hear at once of a step of the evening, and of all
else at most four times a second, whatever the number of teams.
"""

from collections.abc import Callable, Iterable
from functools import partial

from quizserver.battle import events as did
from quizserver.battle.ids import QuestionId, VenueId
from quizserver.battle.state import BattleState
from quizserver.battle.views import desk_view, host_view, screen_view, team_view
from quizserver.battle.views.cells import Reader
from quizserver.battle.views.patch import View
from quizserver.hub.cells import Changed, Sheet, changed_sheets, told
from quizserver.hub.connection import Connection, Identity
from quizserver.hub.counting import Counting
from quizserver.hub.desks import Desks
from quizserver.hub.devices import Devices
from quizserver.hub.frames import Frame
from quizserver.hub.outbox import KEEP
from quizserver.hub.pulse import Pulse
from quizserver.hub.rooms import Room
from quizserver.hub.stream import Link, Stream
from quizserver.hub.touched import brings_results, changes_the_evening, is_urgent, teams_may_see, teams_touched
from quizserver.services.battles import LiveBattle, News
from quizserver.services.open_answers import OpenAnswers
from quizserver.services.ports import Recorded
from quizserver.wire import closing
from quizserver.wire.allowed import Role
from quizserver.wire.closing import Closing
from quizserver.wire.from_client import Resume
from quizserver.wire.to_client import Evening, Missed

RoomKey = tuple[Role, VenueId | None]
TEAMS: RoomKey = (Role.TEAM, None)
HOSTS: RoomKey = (Role.HOST, None)
SCREENS: RoomKey = (Role.SCREEN, None)


class Follower:
    """One a battle. Nothing in it waits."""

    def __init__(self, live: LiveBattle, answers: OpenAnswers, pulse_s: float, now_ms: Callable[[], int]) -> None:
        self.live, self._pulse_s = live, pulse_s
        self.devices, self.desks = Devices(live, answers), Desks(now_ms)
        self._counting = Counting(live, answers, pulse_s, partial(self._tell, (SCREENS,)), partial(self._tell, (HOSTS,)))
        self._rooms: dict[RoomKey, Room] = {}
        self._pulses: dict[RoomKey, Pulse] = {}
        self._unwatched: set[RoomKey] = set()
        live.listeners.append(self.heard)

    def close(self) -> None:
        """Hears and says nothing more."""
        self.live.listeners.remove(self.heard)
        self._counting.close()
        for pulse in self._pulses.values():
            pulse.stop()

    def enter(self, who: Connection, resume: Resume | None) -> None:
        """A connection whose identity belongs to this battle: the room, and what is its own."""
        role, venue = who.identity.role, who.identity.venue
        has = resume if resume and resume.battle == self.live.id else None
        self._room((role, venue if role is Role.DESK else None)).enter(who, has)
        self.devices.add(who, has.mine if has else "")
        self.desks.arrive(who)
        if role in (Role.HOST, Role.SCREEN) and self.live.state:
            self._counting.on_stage(self.live.state)

    def leave(self, who: Connection) -> None:
        """The other end of `enter`."""
        if who.room is not None:
            who.room.leave(who)
        self.devices.remove(who)
        self.desks.leave(who)

    def refill(self, who: Connection) -> None:
        """The latest of everything, for a connection that lost patches because it was slow."""
        if who.room is not None:
            who.room.show(who)
            self.devices.tell(who)

    # --- what happened ---

    def heard(self, news: News) -> None:
        """A step of the ledger, in this process or another."""
        urgent = is_urgent(news)
        if merged := {event.team for event in news.events if isinstance(event, did.TeamsMerged)}:
            self._end(lambda who: who.team in merged, closing.MERGED)  # they come back by their tokens, as the other team's
        self.desks.heard(news)
        for key, room in self._rooms.items():
            if not room.members:
                self._unwatched.add(key)
            elif key == TEAMS:
                self._tell_teams(room, news, urgent)
            elif urgent:
                self._pulses[key].now()
            else:
                self._pulses[key].touch()
        for sheet, changed in changed_sheets(news).items():
            self._tell_lookers(news.after, sheet, changed)
        if changes_the_evening(news):
            self._tell([key for key in self._rooms if key[0] is Role.DESK], Frame(Evening()), "evening")
        if revoked := {event.token_hash for event in news.events if isinstance(event, did.StaffRevoked)}:
            self._end(lambda who: who.key in revoked, closing.SIGNED_OUT)
        if urgent:
            self._counting.on_stage(news.after)

    def keys(self) -> set[str]:
        """Of the desks and screens that are connected here."""
        return {who.identity.key for room in self._rooms.values() for who in room.members}

    def _end(self, is_over: Callable[[Identity], bool], why: Closing) -> None:
        ended = [who for room in self._rooms.values() for who in room.members if is_over(who.identity)]
        for who in ended:
            who.close(why)

    def answered(self, changed: list[Recorded]) -> None:
        """Answers were recorded, in this process or another."""
        for result in changed:
            self.devices.answered(result)
        self._counting.changed((result.question, result.opening) for result in changed)

    def missed(self, question: QuestionId, opening: int, count: int) -> None:
        """In-time answers arrived after the seal."""
        self._tell((HOSTS,), Frame(Missed(question=question, opening=opening, count=count)), f"missed {question} {opening}")

    # --- rooms ---

    def _room(self, key: RoomKey) -> Room:
        """The room as it is now: what nobody looked at, or what waits for its pulse, is looked at first."""
        if key not in self._rooms:
            state = self.live.known
            self._rooms[key] = Room(Stream(self.live.head.epoch, state.version, self._view(key, state)))
            self._pulses[key] = Pulse(partial(self._look, key), self._pulse_s)
        elif key in self._unwatched or self._pulses[key].is_due:
            self._unwatched.discard(key)
            self._pulses[key].now()
        return self._rooms[key]

    def _view(self, key: RoomKey, state: BattleState) -> View:
        match key:
            case (Role.TEAM, _):
                return team_view(state)
            case (Role.HOST, _):
                return host_view(state, self.live.head.hash)
            case (Role.DESK, str(venue)):
                return desk_view(state, VenueId(venue))
        return screen_view(state, self.live.head.hash)

    def _look(self, key: RoomKey) -> None:
        """Looks again and says what is different."""
        link = self._difference(key)
        if link is not None:
            self._rooms[key].follow(link)

    def _difference(self, key: RoomKey) -> Link | None:
        """The room's next range; None if there is none, or if all were given the whole view of another epoch instead."""
        room, state, epoch = self._rooms[key], self.live.state, self.live.head.epoch
        if state is None:
            return None  # its ledger is being read again, and we hear when that is done
        view = self._view(key, state)
        if epoch != room.stream.epoch or state.version < room.stream.version:
            room.begin_anew(Stream(epoch, state.version, view))
            return None
        return room.stream.advance(state.version, view)

    # --- saying it ---

    def _tell_teams(self, room: Room, news: News, urgent: bool) -> None:
        pulse, with_results = self._pulses[TEAMS], brings_results(news)
        if with_results:
            pulse.stop()
            self.devices.tell_results(room, news.after, self._difference(TEAMS))
        elif urgent:
            pulse.now()
        elif teams_may_see(news):
            pulse.touch()
        if news.before is None or news.before.epoch != news.after.epoch:
            self.devices.tell_everybody()
        elif not with_results:
            self.devices.tell_teams(teams_touched(news))

    def _tell(self, keys: Iterable[RoomKey], frame: Frame, slot: str) -> None:
        for key in keys:
            if room := self._rooms.get(key):
                room.tell(frame, slot)

    def _tell_lookers(self, state: BattleState, sheet: Sheet, changed: Changed) -> None:
        """Each of those who look at this sheet, as it may see it; who may see the same is written the same frame."""
        frames: dict[Reader, Frame] = {}

        def write(who: Connection) -> None:
            if who.sheet == sheet:
                reader = who.reader if state.settings.double_entry else None
                if reader not in frames:
                    frames[reader] = Frame(told(state, sheet, changed, reader))
                who.write(frames[reader].in_(who.encoding), KEEP)

        for key, room in self._rooms.items():
            if key[0] in (Role.HOST, Role.DESK):
                room.say(write)
