"""A team's answer: handed on as it was read, acknowledged when its box has spoken."""

from functools import partial

from quizserver.battle.ids import AnswerId, QuestionId
from quizserver.battle.refusals import Refused
from quizserver.hub.connection import Connection
from quizserver.hub.house import House
from quizserver.hub.missed import tell_missed
from quizserver.hub.replies import UNAVAILABLE, refuse
from quizserver.services.answering import Said
from quizserver.services.battles import LiveBattle
from quizserver.services.ports import Recorded, Verdict
from quizserver.wire.from_client import Answer
from quizserver.wire.to_client import Ack

MOST_OWN = 3  # latest answers of a device that its acks will tell it of


def answer(house: House, who: Connection, said: Answer, stamp_ms: int) -> None:
    """`stamp_ms`: battle time at which the message was read; the only time that counts."""
    identity = who.identity
    live, team, seat = identity.live, identity.team, identity.seat
    if live is None or live.state is None or team is None or seat is None:
        refuse(who, said, UNAVAILABLE)
        return
    id, question = AnswerId(said.id), QuestionId(said.question)
    who.own = (hash(id), *who.own[: MOST_OWN - 1])
    heard = Said(id, team, seat, question, said.opening, said.value, stamp_ms, said.seen, said.held)
    house.running.answering.receive(live.state, heard, partial(_told, house, who, live, said))


def _told(house: House, who: Connection, live: LiveBattle, said: Answer, result: Recorded | Refused) -> None:
    if isinstance(result, Refused):
        refuse(who, said, result)
        return
    late_ms = _late_ms(live, result) if result.verdict is Verdict.LATE else None
    who.say(Ack(id=said.id, verdict=result.verdict.value, revision=result.revision, late_ms=late_ms))
    if result.verdict is Verdict.MISSED:
        house.start(tell_missed(house, live, result.question, result.opening), who, said)


def _late_ms(live: LiveBattle, result: Recorded) -> int | None:
    box = live.state.boxes.get((result.question, result.opening)) if live.state else None
    return result.stamp_ms - box.cut_off_ms if box and box.cut_off_ms is not None else None
