"""A team's answer: handed on as it was read, acknowledged when its box has spoken."""

from functools import cache, partial

from quizserver.battle.ids import AnswerId, QuestionId
from quizserver.battle.refusals import Refused, wrong
from quizserver.hub.connection import Connection
from quizserver.hub.frames import OpenFrame
from quizserver.hub.house import House
from quizserver.hub.missed import tell_missed
from quizserver.hub.outbox import KEEP
from quizserver.hub.replies import UNAVAILABLE, refuse_answer
from quizserver.services.answering import Said, offer_of
from quizserver.services.battles import LiveBattle
from quizserver.services.ports import Recorded, Verdict
from quizserver.wire.from_client import Answer
from quizserver.wire.to_client import Ack

ALREADY_REVEALED, BAD_RECEIPT = wrong("already_revealed"), wrong("bad_receipt")
MOST_OWN = 3  # latest answers of a device that its acks will tell it of


def answer(house: House, who: Connection, said: Answer, stamp_ms: int) -> None:
    """`stamp_ms`: battle time at which the message was read; the only time that counts."""
    identity = who.identity
    live, team, seat = identity.live, identity.team, identity.seat
    if live is None or live.state is None or team is None or seat is None:
        refuse_answer(who, said.id, UNAVAILABLE)
        return
    id, question = AnswerId(said.id), QuestionId(said.question)
    who.own = (hash(id), *who.own[: MOST_OWN - 1])
    heard = Said(id, team, seat, question, said.opening, said.value, stamp_ms, said.seen, said.held)
    if said.receipt is not None:
        shown = _received_before(house, live, heard, said.receipt)
        if isinstance(shown, Refused):
            refuse_answer(who, said.id, shown)
            return
        heard = shown
    house.running.answering.receive(live.state, heard, partial(_told, house, who, live, id))


def _received_before(house: House, live: LiveBattle, said: Said, receipt: str) -> Said | Refused:
    """An answer that was acknowledged once, with the stamp it had then: whoever took it may have lost it since."""
    if said.question in live.known.revealed:
        return ALREADY_REVEALED
    offered = offer_of(live.known, said)
    if isinstance(offered, Refused):
        return offered
    stamp_ms = house.running.receipts.stamp_ms(live.id, offered, receipt)
    return BAD_RECEIPT if stamp_ms is None else said._replace(stamp_ms=stamp_ms, held=False)


def _told(house: House, who: Connection, live: LiveBattle, id: AnswerId, result: Recorded | Refused) -> None:
    if isinstance(result, Refused):
        refuse_answer(who, id, result)
    elif result.verdict is Verdict.RECORDED:
        who.write(_recorded(result.revision).in_(who.encoding, id, house.running.receipts.of(live.id, result)), KEEP)
    else:
        _not_recorded(house, who, live, result)


@cache
def _recorded(revision: int) -> OpenFrame:
    """The ack of a revision (1..64), but for the answer's id and its receipt."""
    plain = Ack(id="", verdict=Verdict.RECORDED.value, revision=revision).plain()
    del plain["id"]
    return OpenFrame(plain, "id", "receipt")


def _not_recorded(house: House, who: Connection, live: LiveBattle, result: Recorded) -> None:
    late_ms = _late_ms(live, result) if result.verdict is Verdict.LATE else None
    who.say(Ack(id=result.id, verdict=result.verdict.value, revision=result.revision, late_ms=late_ms))
    if result.verdict is Verdict.MISSED:
        house.start(tell_missed(house, live, result.question, result.opening), who, None)


def _late_ms(live: LiveBattle, result: Recorded) -> int | None:
    box = live.state.boxes.get((result.question, result.opening)) if live.state else None
    return result.stamp_ms - box.cut_off_ms if box and box.cut_off_ms is not None else None
