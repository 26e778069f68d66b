"""What desks and hosts ask: marks, collected, presses. Each is told what became of it."""

from collections.abc import Awaitable

from quizserver.battle.ids import QuestionId, RoundId, TeamId, VenueId
from quizserver.battle.refusals import Refused, wrong
from quizserver.battle.sheets import Operation
from quizserver.hub.connection import Connection
from quizserver.hub.house import House
from quizserver.hub.pressing import NO_BATTLE, Outcome, pressed
from quizserver.hub.replies import refuse
from quizserver.services.battles import Done as Became
from quizserver.services.battles import LiveBattle
from quizserver.services.desk import confirm_collected, enter_marks
from quizserver.wire import from_client
from quizserver.wire.allowed import Role
from quizserver.wire.codec import WireError
from quizserver.wire.from_client import Collected, Do, Marks
from quizserver.wire.presses import asked
from quizserver.wire.to_client import Done


def do(house: House, who: Connection, said: Do, stamp_ms: int) -> None:
    """A host's press. One that is none of those a host has is refused like any other: consoles of two versions may meet."""
    live = who.identity.live
    try:
        press = asked(said)
    except WireError as error:
        refuse(who, said, wrong(error.code, error.detail))
        return
    house.start(_tell(who, said, pressed(house, live, press, by=who.role.value)), who, said)


def marks(house: House, who: Connection, said: Marks, stamp_ms: int) -> None:
    """A desk writes for its own venue, a host for all."""
    live = who.identity.live
    if live is None:
        refuse(who, said, NO_BATTLE)
        return
    only = who.identity.venue if who.role is Role.DESK else None
    operations = [operation(each) for each in said.operations]
    house.start(_tell(who, said, _became(enter_marks(live, operations, only, by=_by(who)))), who, said)


def collected(house: House, who: Connection, said: Collected, stamp_ms: int) -> None:
    """A desk speaks for its own venue, whatever it says; a host names one."""
    live = who.identity.live
    venue = who.identity.venue if who.role is Role.DESK else said.venue and VenueId(said.venue)
    if live is None:
        refuse(who, said, NO_BATTLE)
    elif not venue or venue not in live.known.venues:
        refuse(who, said, wrong("unknown_venue"))
    else:
        house.start(_tell(who, said, _collect(live, venue, said.scope, who)), who, said)


def operation(said: from_client.Operation) -> Operation:
    """A mark in the battle's own words."""
    return Operation(
        device=said.device,
        counter=said.counter,
        venue=VenueId(said.venue),
        team=TeamId(said.team),
        round=RoundId(said.round),
        question=QuestionId(said.question),
        who=said.who,
        value=said.value,
        over=tuple(said.over),
    )


async def _collect(live: LiveBattle, venue: VenueId, scope: str, who: Connection) -> Outcome:
    if scope not in live.known.plan.scopes:
        return wrong("unknown_scope")
    return await _became(confirm_collected(live, venue, scope, by=_by(who)))


async def _became(asking: Awaitable[Became]) -> Outcome:
    became = await asking
    return became if isinstance(became, Refused) else None


async def _tell(who: Connection, said: Do | Marks | Collected, doing: Awaitable[Outcome]) -> None:
    outcome = await doing
    if isinstance(outcome, Refused):
        refuse(who, said, outcome)
    else:
        who.say(Done(n=said.n, ok=True, result=outcome))


def _by(who: Connection) -> str:
    return f"{who.role.value} {who.identity.venue}" if who.identity.venue else who.role.value
