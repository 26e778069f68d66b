"""What desks and hosts ask: marks, collected, presses. Each is told what became of it."""

from collections.abc import Awaitable, Callable

from quizserver.battle.ids import QuestionId, RoundId, ScorekeeperId, TeamId, VenueId
from quizserver.battle.refusals import Refused, wrong
from quizserver.battle.sheets import Operation
from quizserver.hub.connection import Connection
from quizserver.hub.house import House
from quizserver.hub.pressing import NO_BATTLE, Outcome, pressed
from quizserver.hub.replies import refuse
from quizserver.services.battles import Done as Became
from quizserver.services.battles import LiveBattle
from quizserver.services.desk import confirm_collected, enter_marks, late_among, sit_down
from quizserver.wire import from_client
from quizserver.wire.allowed import Role
from quizserver.wire.codec import WireError
from quizserver.wire.from_client import Collected, Do, Marks, Sit
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
    house.start(_tell(who, said, _enter(live, operations, only, by=_by(who))), who, said)


def sit(house: House, who: Connection, said: Sit, stamp_ms: int) -> None:
    """Who sits at a desk of this venue from now on, on this connection."""
    _for_venue(house, who, said, lambda live, venue: _sit(live, venue, said, who))


async def _enter(live: LiveBattle, operations: list[Operation], only: VenueId | None, by: str) -> Outcome:
    became = await enter_marks(live, operations, only, by)
    if isinstance(became, Refused):
        return became
    late = late_among(live, operations)
    return {"late": late} if late else None


async def _sit(live: LiveBattle, venue: VenueId, said: Sit, who: Connection) -> Outcome:
    person = await sit_down(live, venue, ScorekeeperId(said.scorekeeper), said.name, by=_by(who))
    if isinstance(person, Refused):
        return person
    who.sits = person
    return {"scorekeeper": person}


def collected(house: House, who: Connection, said: Collected, stamp_ms: int) -> None:
    """No team of a venue can write any more."""
    _for_venue(house, who, said, lambda live, venue: _collect(live, venue, said.scope, who))


def _for_venue(
    house: House, who: Connection, said: Collected | Sit, doing: Callable[[LiveBattle, VenueId], Awaitable[Outcome]]
) -> None:
    """A desk speaks for its own venue, whatever it says; a host names one."""
    live = who.identity.live
    venue = who.identity.venue if who.role is Role.DESK else VenueId(said.venue or "")
    if live is None:
        refuse(who, said, NO_BATTLE)
    elif venue is None or venue not in live.known.venues:
        refuse(who, said, wrong("unknown_venue"))
    else:
        house.start(_tell(who, said, doing(live, venue)), who, said)


def operation(said: from_client.Operation) -> Operation:
    """A mark in the battle's own words."""
    return Operation(
        device=said.device,
        counter=said.counter,
        venue=VenueId(said.venue),
        team=TeamId(said.team),
        round=RoundId(said.round),
        question=QuestionId(said.question),
        who=ScorekeeperId(said.who),
        value=said.value,
        over=tuple(said.over),
        why=said.why,
    )


async def _collect(live: LiveBattle, venue: VenueId, scope: str, who: Connection) -> Outcome:
    if scope not in live.known.plan.scopes:
        return wrong("unknown_scope")
    return await _became(confirm_collected(live, venue, scope, by=_by(who)))


async def _became(asking: Awaitable[Became]) -> Outcome:
    became = await asking
    return became if isinstance(became, Refused) else None


async def _tell(who: Connection, said: Do | Marks | Collected | Sit, doing: Awaitable[Outcome]) -> None:
    outcome = await doing
    if isinstance(outcome, Refused):
        refuse(who, said, outcome)
    else:
        who.say(Done(n=said.n, ok=True, result=outcome))


def _by(who: Connection) -> str:
    return f"{who.role.value} {who.identity.venue}" if who.identity.venue else who.role.value
