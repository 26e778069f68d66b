"""The life of a box on every store: its rules, its closing, its seal, what was missed, what stays when it is dropped."""

import asyncio
from dataclasses import replace

import pytest

from quizserver.battle.answers import canonical
from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import BattleId, QuestionId
from quizserver.services.ports import AcceptedLater, Appended, Offered, StoreGone, Verdict
from tests.services.contracts.conftest import Stores
from tests.support.offers import CLOSED, CUT_OFF_MS, OPEN, OPENING, QUESTION, answer, offer_one, tell

BOX = QUESTION, OPENING
RECORDED, MISSED, LATE, CONFLICT = Verdict.RECORDED, Verdict.MISSED, Verdict.LATE, Verdict.CONFLICT


def row(offered: Offered, revision: int) -> AnswerRow:
    return AnswerRow(offered.team, offered.id, revision, offered.stamp_ms, offered.value)


async def sealed(stores: Stores, battle: BattleId, *answers: Offered) -> None:
    """A sealed box that recorded these."""
    await tell(stores.ledger, battle, OPEN)
    await stores.boxes.offer(battle, answers)
    await tell(stores.ledger, battle, CLOSED)
    await stores.boxes.seal(battle, *BOX)


async def test_a_cut_off_before_an_accepted_answer_is_refused_and_nothing_is_written(stores: Stores, battle: BattleId) -> None:
    other = replace(OPEN, question=QuestionId("other"))
    await tell(stores.ledger, battle, OPEN, other)
    await stores.boxes.offer(battle, [answer(1, stamp_ms=1_600), answer(2, stamp_ms=1_700, question=other.question)])
    head = await stores.ledger.head(battle)
    closing = [replace(CLOSED, cut_off_ms=1_500), replace(other, cut_off_ms=1_699, closed=True)]
    assert await tell(stores.ledger, battle, *closing) == AcceptedLater(1_700)
    assert await tell(stores.ledger, battle, closing[0]) == AcceptedLater(1_600)
    assert await stores.ledger.head(battle) == head
    assert (await offer_one(stores.boxes, battle, answer(3, stamp_ms=1_650))).verdict is RECORDED
    closing = [replace(change, cut_off_ms=1_700) for change in closing]
    assert isinstance(await tell(stores.ledger, battle, *closing), Appended)


async def test_of_closing_and_answering_at_once_the_answer_counts_or_the_closing_moves(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, replace(OPEN, cut_off_ms=None))

    async def close() -> int:
        cut_off_ms = 1_500
        while isinstance(outcome := await tell(stores.ledger, battle, replace(CLOSED, cut_off_ms=cut_off_ms)), AcceptedLater):
            cut_off_ms = outcome.greatest_stamp_ms
        return cut_off_ms

    closing = asyncio.create_task(close())
    offers = (offer_one(stores.boxes, battle, answer(number, stamp_ms=1_500 + number)) for number in range(1, 60))
    results = await asyncio.gather(*offers)
    cut_off_ms = await closing
    rows = await stores.boxes.seal(battle, *BOX)
    assert {each.id for each in rows} == {result.id for result in results if result.verdict is RECORDED}
    assert {result.verdict for result in results} <= {RECORDED, LATE}
    assert all(each.stamp_ms <= cut_off_ms for each in rows)


async def test_a_closed_box_takes_what_is_stamped_in_time_until_it_is_sealed(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, OPEN)
    await tell(stores.ledger, battle, CLOSED)
    results = await stores.boxes.offer(battle, [answer(1, stamp_ms=CUT_OFF_MS), answer(2, stamp_ms=CUT_OFF_MS + 1)])
    assert [result.verdict for result in results] == [RECORDED, LATE]
    await stores.boxes.seal(battle, *BOX)
    assert (await offer_one(stores.boxes, battle, answer(3, stamp_ms=CUT_OFF_MS))).verdict is MISSED


async def test_a_closed_box_never_reopens_and_keeps_its_cut_off(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, CLOSED)
    await offer_one(stores.boxes, battle, answer(9, stamp_ms=CUT_OFF_MS))
    shorter, longer = replace(CLOSED, cut_off_ms=CUT_OFF_MS - 1_000), replace(OPEN, cut_off_ms=CUT_OFF_MS + 1_000)
    assert isinstance(await tell(stores.ledger, battle, shorter), Appended)
    assert isinstance(await tell(stores.ledger, battle, longer), Appended)
    assert (await offer_one(stores.boxes, battle, answer(1, stamp_ms=CUT_OFF_MS + 1))).verdict is LATE
    await stores.boxes.seal(battle, *BOX)
    assert isinstance(await tell(stores.ledger, battle, longer), Appended)
    assert (await offer_one(stores.boxes, battle, answer(2))).verdict is MISSED


async def test_a_repeated_append_does_not_bring_old_rules_back(stores: Stores, battle: BattleId) -> None:
    head = await stores.ledger.head(battle)
    await tell(stores.ledger, battle, replace(OPEN, paused=True))
    entries = await stores.ledger.read(battle)
    await tell(stores.ledger, battle, OPEN)
    assert isinstance(await stores.ledger.append(battle, head, entries, [replace(OPEN, paused=True)]), Appended)
    assert (await offer_one(stores.boxes, battle, answer(1))).verdict is RECORDED


async def test_only_a_closed_box_is_sealed(stores: Stores, battle: BattleId) -> None:
    with pytest.raises(StoreGone, match="closed box"):
        await stores.boxes.seal(battle, *BOX)
    await tell(stores.ledger, battle, OPEN)
    with pytest.raises(StoreGone):
        await stores.boxes.seal(battle, *BOX)
    assert (await offer_one(stores.boxes, battle, answer(1))).verdict is RECORDED


async def test_a_seal_gives_every_revision_in_canonical_order_and_gives_it_again(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, OPEN)
    offers = [answer(3), answer(1), answer(2, stamp_ms=1_400), answer(4, team="terns", value=("б", 1))]
    await stores.boxes.offer(battle, offers)
    await tell(stores.ledger, battle, CLOSED)
    rows = await stores.boxes.seal(battle, *BOX)
    assert tuple(rows) == canonical(row(each, revision) for each, revision in zip(offers, (1, 2, 3, 1), strict=True))
    assert await stores.boxes.seal(battle, *BOX) == rows


async def test_an_empty_box_is_sealed_too(stores: Stores, battle: BattleId) -> None:
    await sealed(stores, battle)
    assert not await stores.boxes.seal(battle, *BOX)
    assert not await stores.boxes.missed(battle, *BOX)


async def test_what_comes_in_time_after_the_seal_is_listed_as_missed_once(stores: Stores, battle: BattleId) -> None:
    await sealed(stores, battle, answer(1))
    offers = [answer(3, stamp_ms=1_900), answer(2, stamp_ms=1_800, team="terns"), answer(3, stamp_ms=1_900)]
    results = await stores.boxes.offer(battle, offers)
    assert [(each.verdict, each.revision, each.stands) for each in results] == [
        (MISSED, 1, False),
        (MISSED, 0, False),
        (MISSED, 1, False),
    ]
    assert tuple(await stores.boxes.missed(battle, *BOX)) == (row(offers[1], 0), row(offers[0], 0))
    assert len(await stores.boxes.seal(battle, *BOX)) == 1


async def test_what_is_known_as_missed_stays_missed_when_it_is_repeated_late(stores: Stores, battle: BattleId) -> None:
    await sealed(stores, battle)
    await offer_one(stores.boxes, battle, answer(1))
    again = await offer_one(stores.boxes, battle, answer(1, stamp_ms=CUT_OFF_MS + 9_000))
    assert (again.verdict, again.stamp_ms) == (MISSED, 1_500)
    assert (await offer_one(stores.boxes, battle, answer(1, value="43"))).verdict is CONFLICT
    assert (await offer_one(stores.boxes, battle, answer(2, stamp_ms=CUT_OFF_MS + 1))).verdict is LATE
    assert len(await stores.boxes.missed(battle, *BOX)) == 1


async def test_what_one_process_was_told_is_late_stays_late_when_another_one_has_read_it_in_time(
    stores: Stores, battle: BattleId
) -> None:
    await tell(stores.ledger, battle, OPEN)
    assert (await offer_one(stores.boxes, battle, answer(1, stamp_ms=CUT_OFF_MS + 9))).verdict is Verdict.LATE
    read_earlier, other = await stores.boxes.offer(battle, [answer(1, stamp_ms=CUT_OFF_MS - 9), answer(2)])
    assert (read_earlier.verdict, other.verdict) == (Verdict.LATE, Verdict.RECORDED)
    await tell(stores.ledger, battle, CLOSED)
    assert [row.id for row in await stores.boxes.seal(battle, QUESTION, OPENING)] == [other.id]


async def test_at_most_500_missed_answers_are_listed_and_the_others_are_told_all_the_same(stores: Stores, battle: BattleId) -> None:
    await sealed(stores, battle)
    results = await stores.boxes.offer(battle, [answer(number, team=f"team-{number}") for number in range(1, 521)])
    assert {result.verdict for result in results} == {MISSED}
    assert [each.id for each in await stores.boxes.missed(battle, *BOX)] == [result.id for result in results[:500]]


async def test_a_dropped_box_still_gives_every_verdict(stores: Stores, battle: BattleId) -> None:
    told = [answer(1, value="a"), answer(2, value={"б": True}), answer(3, team="terns")]
    await sealed(stores, battle, *told)
    before = await stores.boxes.offer(battle, [each._replace(stamp_ms=CUT_OFF_MS + 9_000) for each in told])
    for _ in range(2):
        await stores.boxes.drop(battle, *BOX)
        assert await stores.boxes.offer(battle, [each._replace(stamp_ms=CUT_OFF_MS + 9_000) for each in told]) == before
        others = [answer(1, value="b"), answer(3), answer(4), answer(5, stamp_ms=CUT_OFF_MS + 1)]
        verdicts = [result.verdict for result in await stores.boxes.offer(battle, others)]
        assert verdicts == [CONFLICT, CONFLICT, MISSED, LATE]
        assert tuple(await stores.boxes.missed(battle, *BOX)) == (row(answer(4), 0),)
        assert await stores.boxes.count(battle, [BOX]) == {BOX: 2}
        assert await stores.boxes.greatest_stamp(battle, [BOX]) == 1_500
        assert not await stores.boxes.standing(battle, *BOX)
        assert not await stores.boxes.seal(battle, *BOX)


async def test_a_box_that_is_not_sealed_is_not_dropped(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, OPEN)
    await offer_one(stores.boxes, battle, answer(1))
    await tell(stores.ledger, battle, CLOSED)
    await stores.boxes.drop(battle, *BOX)
    assert tuple(await stores.boxes.seal(battle, *BOX)) == (row(answer(1), 1),)
