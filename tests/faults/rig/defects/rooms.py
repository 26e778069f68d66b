"""What can be wrong between a view and those who should see it."""

from itertools import count

from quizserver.battle.ids import VenueId
from quizserver.battle.state import BattleState
from quizserver.battle.views import desk_view, host_view
from quizserver.battle.views.desk import key_part
from quizserver.battle.views.patch import View
from quizserver.hub import follower
from quizserver.hub.frames import Frame
from quizserver.hub.rooms import Room
from quizserver.hub.stream import Link, Stream
from quizserver.wire.allowed import Role
from quizserver.wire.to_client import Snapshot


def shows_the_host_view_on_screens() -> None:
    """A screen is sent what the console is."""
    follower.screen_view = host_view  # type: ignore[attr-defined]


def leaves_out_the_version_of_snapshots() -> None:
    """Nobody can say which range comes next."""

    def snapshot(self: Stream) -> Frame:
        return Frame(Snapshot(epoch=self.epoch, to=None, view=self.view))  # type: ignore[arg-type]

    Stream.snapshot = snapshot  # type: ignore[method-assign]


def skips_patches() -> None:
    """Every second range for screens is sent to none of them."""
    numbers, follow = count(1), Room.follow

    def forgetful(self: Room, link: Link, *rest: object) -> None:
        if not any(who.role is Role.SCREEN for who in self.members) or next(numbers) % 2:
            follow(self, link, *rest)  # type: ignore[arg-type]
        else:
            self.say(lambda who: setattr(who, "at", link.message.to))

    Room.follow = forgetful  # type: ignore[assignment,method-assign]


def gives_desks_the_key_at_once() -> None:
    """A round's solutions are on the desk while its teams still write."""

    def view(state: BattleState, venue: VenueId) -> View:
        shown = desk_view(state, venue)
        rows = state.plan.questions
        for scope, part in shown["scopes"].items():
            part["key"] = [key_part(state, rows[position][1]) for position in state.plan.scopes[scope]]
        return shown

    follower.desk_view = view  # type: ignore[attr-defined]
