"""The port `Boxes` in memory."""

from collections.abc import Mapping, Sequence

from quizserver.battle.answers import canonical, plain_text, with_rows
from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import BattleId, QuestionId, SeatId
from quizserver.services.ports import Offered, Recorded, StoreGone, TeamAnswer, Verdict
from tests.support.fakes.memory import FakeBox, Memory

MOST_REVISIONS, MOST_MISSED = 64, 500

Box = tuple[QuestionId, int]


class FakeBoxes:
    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def offer(self, battle: BattleId, answers: Sequence[Offered]) -> Sequence[Recorded]:
        self._memory.check()
        boxes = [self._memory.boxes[battle, answer.question, answer.opening] for answer in answers]
        taken = [take(box, answer) for box, answer in zip(boxes, answers, strict=True)]
        results = [_said(box, answer, verdict) for box, answer, (verdict, _) in zip(boxes, answers, taken, strict=True)]
        recorded = [result for result, (_, is_new) in zip(results, taken, strict=True) if is_new]
        if recorded:
            self._memory.logs[battle].answers += recorded
            await self._memory.tell()
        return results

    async def standing(self, battle: BattleId, question: QuestionId, opening: int) -> Sequence[TeamAnswer]:
        self._memory.check()
        box = self._memory.boxes[battle, question, opening]
        standing = {} if box.dropped else with_rows({}, box.rows.values())
        return [TeamAnswer(row.team, row.id, row.value, len(box.devices[row.team]), row.stamp_ms) for row in standing.values()]

    async def count(self, battle: BattleId, boxes: Sequence[Box]) -> Mapping[Box, int]:
        self._memory.check()
        return {box: len(self._memory.boxes[battle, *box].devices) for box in boxes}

    async def greatest_stamp(self, battle: BattleId, boxes: Sequence[Box]) -> int:
        self._memory.check()
        return max((row.stamp_ms for box in boxes for row in self._memory.boxes[battle, *box].rows.values()), default=0)

    async def seal(self, battle: BattleId, question: QuestionId, opening: int) -> Sequence[AnswerRow]:
        self._memory.check()
        box = self._memory.boxes[battle, question, opening]
        if box.rules is None or not box.rules.closed:
            raise StoreGone("The fake store has no such closed box.")
        box.sealed = True
        return () if box.dropped else canonical(box.rows.values())

    async def rows(self, battle: BattleId, question: QuestionId, opening: int) -> Sequence[AnswerRow]:
        self._memory.check()
        box = self._memory.boxes[battle, question, opening]
        return () if box.dropped else canonical(box.rows.values())

    async def missed(self, battle: BattleId, question: QuestionId, opening: int) -> Sequence[AnswerRow]:
        self._memory.check()
        return canonical(self._memory.boxes[battle, question, opening].missed.values())

    async def put_back(self, battle: BattleId, question: QuestionId, opening: int, rows: Sequence[AnswerRow]) -> None:
        self._memory.check()
        box = self._memory.boxes[battle, question, opening]
        for row in () if box.sealed else rows:
            if row.id not in box.rows:
                box.rows[row.id] = row
                devices = box.devices.setdefault(row.team, [])
                devices += [SeatId("")] * (row.revision - len(devices))

    async def drop(self, battle: BattleId, question: QuestionId, opening: int) -> None:
        self._memory.check()
        box = self._memory.boxes[battle, question, opening]
        box.dropped = box.sealed


def take(box: FakeBox, answer: Offered) -> tuple[Verdict, bool]:
    """The verdict, and whether the answer was recorded now."""
    verdict = examine(box, answer)
    is_new = verdict is Verdict.RECORDED and answer.id not in box.rows
    if is_new:
        box.devices.setdefault(answer.team, []).append(answer.device)
        box.rows[answer.id] = _row(answer, len(box.devices[answer.team]))
    if verdict is Verdict.MISSED and len(box.missed) < MOST_MISSED:
        box.missed.setdefault(answer.id, _row(answer, 0))
    if verdict is Verdict.LATE and not box.sealed:
        box.late.add(answer.id)
    return verdict, is_new


def examine(box: FakeBox, answer: Offered) -> Verdict:
    """The order in which an answer is examined, as the port has it."""
    if known := box.rows.get(answer.id):
        return Verdict.RECORDED if _same(known, answer) else Verdict.CONFLICT
    if known := box.missed.get(answer.id):
        return Verdict.MISSED if _same(known, answer) else Verdict.CONFLICT
    rules = box.rules
    if rules is None or answer.stamp_ms < rules.opens_at_ms:
        return Verdict.NOT_OPEN
    if rules.cut_off_ms is not None and answer.stamp_ms > rules.cut_off_ms:
        return Verdict.LATE
    if box.sealed:
        return Verdict.MISSED
    if answer.id in box.late:
        return Verdict.LATE
    if rules.paused:
        return Verdict.PAUSED
    devices = box.devices.get(answer.team, [])
    if rules.counts == "first" and devices:
        return Verdict.LOCKED
    others = [revision for revision, device in enumerate(devices, 1) if device != answer.device]
    if answer.held and others and others[-1] > answer.seen:
        return Verdict.SUPERSEDED
    return Verdict.LIMIT if len(devices) >= MOST_REVISIONS else Verdict.RECORDED


def _row(answer: Offered, revision: int) -> AnswerRow:
    return AnswerRow(answer.team, answer.id, revision, answer.stamp_ms, answer.value)


def _same(known: AnswerRow, answer: Offered) -> bool:
    return known.team == answer.team and plain_text(known.value) == plain_text(answer.value)


def _said(box: FakeBox, answer: Offered, verdict: Verdict) -> Recorded:
    """After the whole call."""
    revision = 0 if box.dropped else len(box.devices.get(answer.team, ()))
    stamp_ms, stands = answer.stamp_ms, False
    if verdict is Verdict.RECORDED:
        revision, stamp_ms = box.rows[answer.id].revision, box.rows[answer.id].stamp_ms
        stands = with_rows({}, box.rows.values())[answer.team].id == answer.id
    elif verdict is Verdict.MISSED and answer.id in box.missed:
        stamp_ms = box.missed[answer.id].stamp_ms
    return Recorded(verdict, answer.id, answer.team, answer.question, answer.opening, revision, stamp_ms, answer.value, stands)
