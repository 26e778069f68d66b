"""Boxes and answers for tests of the boxes: one question, opened once, from 1,000 to 2,000 ms."""

from quizserver.battle.ids import AnswerId, BattleId, QuestionId, SeatId, TeamId
from quizserver.battle.questions import Plain
from quizserver.services.ports import AcceptedLater, Appended, BoxChange, Boxes, Ledger, LostRace, Offered, Recorded
from tests.support.chains import chain

QUESTION, OPENING = QuestionId("question"), 1
OPENS_AT_MS, CUT_OFF_MS = 1_000, 2_000
OPEN = BoxChange(QUESTION, OPENING, "last", OPENS_AT_MS, CUT_OFF_MS, paused=False, closed=False)
CLOSED = BoxChange(QUESTION, OPENING, "last", OPENS_AT_MS, CUT_OFF_MS, paused=False, closed=True)


def answer_id(number: int) -> AnswerId:
    """Greater numbers have greater ids."""
    return AnswerId(f"{number:032x}")


def answer(
    number: int,
    *,
    team: str = "gulls",
    device: str = "phone",
    value: Plain = "42",
    stamp_ms: int = 1_500,
    seen: int = 0,
    held: bool = False,
    question: QuestionId = QUESTION,
    opening: int = OPENING,
) -> Offered:
    return Offered(answer_id(number), TeamId(team), SeatId(device), question, opening, value, stamp_ms, seen, held)


async def tell(ledger: Ledger, battle: BattleId, *changes: BoxChange) -> Appended | LostRace | AcceptedLater:
    """Tells boxes their rules, with an entry at the ledger's end."""
    head = await ledger.head(battle)
    return await ledger.append(battle, head, chain(head, "rules"), changes)


async def offer_one(boxes: Boxes, battle: BattleId, offered: Offered) -> Recorded:
    (result,) = await boxes.offer(battle, [offered])
    return result
