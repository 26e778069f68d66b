"""What a box says to an answer, on every store: the order of examination of the port `Boxes`."""

from dataclasses import replace

import pytest

from quizserver.battle.ids import BattleId, QuestionId
from quizserver.battle.questions import Plain
from quizserver.services.ports import Recorded, Verdict
from tests.services.contracts.conftest import Stores
from tests.support.offers import CLOSED, CUT_OFF_MS, OPEN, OPENING, OPENS_AT_MS, QUESTION, answer, offer_one, tell

FIRST = replace(OPEN, counts="first")
OTHER_QUESTION = QuestionId("other:question")


async def test_an_answer_in_time_is_recorded_and_stands(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, OPEN)
    offered = answer(1)
    assert await offer_one(stores.boxes, battle, offered) == Recorded(
        Verdict.RECORDED, offered.id, offered.team, QUESTION, OPENING, 1, 1_500, "42", stands=True
    )


@pytest.mark.parametrize(
    "value", [None, True, 1, "1", "", 2**60, 'Ту-144 "\\\n\0', "\ud800", ("a", ("b", 1)), {"b": ("x",), "a": None}]
)
async def test_any_plain_value_comes_back_as_it_was(stores: Stores, battle: BattleId, value: Plain) -> None:
    await tell(stores.ledger, battle, OPEN)
    await offer_one(stores.boxes, battle, answer(1, value=value))
    (standing,) = await stores.boxes.standing(battle, QUESTION, OPENING)
    assert standing.value == value
    assert type(standing.value) is type(value)


@pytest.mark.parametrize(
    ("stamp_ms", "verdict"),
    [
        (OPENS_AT_MS - 1, Verdict.NOT_OPEN),
        (OPENS_AT_MS, Verdict.RECORDED),
        (CUT_OFF_MS, Verdict.RECORDED),
        (CUT_OFF_MS + 1, Verdict.LATE),
    ],
)
async def test_in_time_is_from_the_opening_to_the_cut_off_both_included(
    stores: Stores, battle: BattleId, stamp_ms: int, verdict: Verdict
) -> None:
    await tell(stores.ledger, battle, OPEN)
    result = await offer_one(stores.boxes, battle, answer(1, stamp_ms=stamp_ms))
    assert (result.verdict, result.stamp_ms) == (verdict, stamp_ms)


async def test_without_a_cut_off_nothing_is_late(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, replace(OPEN, cut_off_ms=None))
    assert (await offer_one(stores.boxes, battle, answer(1, stamp_ms=2**53 - 1))).stamp_ms == 2**53 - 1
    assert await stores.boxes.greatest_stamp(battle, [(QUESTION, OPENING)]) == 2**53 - 1


async def test_a_box_that_does_not_exist_is_not_open_and_is_not_made(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, OPEN)
    for each in (answer(1, question=OTHER_QUESTION), answer(1, opening=2)):
        result = await offer_one(stores.boxes, battle, each)
        assert (result.verdict, result.revision, result.stands) == (Verdict.NOT_OPEN, 0, False)
        assert await stores.boxes.count(battle, [(each.question, each.opening)]) == {(each.question, each.opening): 0}


async def test_a_repeat_gets_the_first_result_whatever_its_stamp(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, OPEN)
    first = await offer_one(stores.boxes, battle, answer(1))
    assert await offer_one(stores.boxes, battle, answer(1, stamp_ms=CUT_OFF_MS + 5_000)) == first
    await tell(stores.ledger, battle, CLOSED)
    rows = await stores.boxes.seal(battle, QUESTION, OPENING)
    assert await offer_one(stores.boxes, battle, answer(1, device="tablet", held=True)) == first
    assert await stores.boxes.seal(battle, QUESTION, OPENING) == rows


async def test_a_known_id_with_another_value_or_team_is_a_conflict_and_the_first_stands(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, OPEN)
    await offer_one(stores.boxes, battle, answer(1))
    for each in (answer(1, value="43"), answer(1, value=42), answer(1, team="terns")):
        result = await offer_one(stores.boxes, battle, each)
        assert (result.verdict, result.value, result.stands) == (Verdict.CONFLICT, each.value, False)
    (standing,) = await stores.boxes.standing(battle, QUESTION, OPENING)
    assert (standing.team, standing.value, standing.revision) == ("gulls", "42", 1)


async def test_equal_objects_are_the_same_value_in_any_order(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, OPEN)
    first = await offer_one(stores.boxes, battle, answer(1, value={"a": 1, "b": 2}))
    assert await offer_one(stores.boxes, battle, answer(1, value={"b": 2, "a": 1})) == first


async def test_the_same_answer_twice_in_one_batch_is_one_revision(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, OPEN)
    results = await stores.boxes.offer(battle, [answer(1), answer(1), answer(1, value="43")])
    assert [result.verdict for result in results] == [Verdict.RECORDED, Verdict.RECORDED, Verdict.CONFLICT]
    assert [result.revision for result in results] == [1, 1, 1]


async def test_which_revision_stands_is_the_order_of_stamp_and_id_never_of_arrival(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, OPEN)
    arrivals = [answer(2, stamp_ms=1_500, value="b"), answer(9, stamp_ms=1_499, value="z"), answer(1, stamp_ms=1_500, value="a")]
    results = [await offer_one(stores.boxes, battle, each) for each in arrivals]
    assert [(result.revision, result.stands) for result in results] == [(1, True), (2, False), (3, False)]
    (standing,) = await stores.boxes.standing(battle, QUESTION, OPENING)
    assert (standing.value, standing.stamp_ms, standing.revision) == ("b", 1_500, 3)
    await offer_one(stores.boxes, battle, answer(3, stamp_ms=1_500, value="c"))
    (standing,) = await stores.boxes.standing(battle, QUESTION, OPENING)
    assert (standing.value, standing.revision) == ("c", 4)


async def test_within_a_batch_only_the_revision_that_stands_after_it_is_said_to_stand(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, OPEN)
    results = await stores.boxes.offer(battle, [answer(1), answer(2), answer(3, team="terns")])
    assert [result.stands for result in results] == [False, True, True]


async def test_a_paused_box_takes_nothing_and_loses_nothing(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, OPEN)
    await offer_one(stores.boxes, battle, answer(1))
    await tell(stores.ledger, battle, replace(OPEN, paused=True))
    paused = await offer_one(stores.boxes, battle, answer(2))
    assert (paused.verdict, paused.revision) == (Verdict.PAUSED, 1)
    assert (await offer_one(stores.boxes, battle, answer(1))).verdict is Verdict.RECORDED
    await tell(stores.ledger, battle, replace(OPEN, cut_off_ms=CUT_OFF_MS + 100))
    assert (await offer_one(stores.boxes, battle, answer(2, stamp_ms=CUT_OFF_MS + 100))).verdict is Verdict.RECORDED


async def test_where_the_first_counts_a_tap_locks(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, FIRST)
    results = await stores.boxes.offer(battle, [answer(1), answer(2, stamp_ms=1_400), answer(3, team="terns")])
    assert [result.verdict for result in results] == [Verdict.RECORDED, Verdict.LOCKED, Verdict.RECORDED]
    assert (await offer_one(stores.boxes, battle, answer(1))).verdict is Verdict.RECORDED


async def test_a_held_answer_is_superseded_by_what_another_device_wrote_unseen(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, OPEN)
    await stores.boxes.offer(battle, [answer(1, device="phone"), answer(2, device="tablet"), answer(3, device="phone")])
    offers = [
        answer(4, device="phone", seen=1, held=True),  # revision 2 is the tablet's
        answer(5, device="phone", seen=1, held=False),
        answer(6, device="phone", seen=2, held=True),
        answer(7, device="tablet", seen=4, held=True),  # revision 5 is the phone's
        answer(8, device="tablet", seen=5, held=True),
        answer(9, device="laptop", seen=5, held=True),  # revision 6 is the tablet's
        answer(10, device="phone", team="terns", held=True),
    ]
    verdicts = [(await offer_one(stores.boxes, battle, each)).verdict for each in offers]
    superseded, recorded = Verdict.SUPERSEDED, Verdict.RECORDED
    assert verdicts == [superseded, recorded, recorded, superseded, recorded, superseded, recorded]


async def test_a_team_has_64_revisions(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, OPEN)
    results = await stores.boxes.offer(battle, [answer(number) for number in range(1, 66)])
    assert [result.revision for result in results] == [*range(1, 65), 64]
    assert [result.verdict for result in results] == [Verdict.RECORDED] * 64 + [Verdict.LIMIT]
    assert (await offer_one(stores.boxes, battle, answer(1))).revision == 1


async def test_a_batch_may_hold_answers_to_several_boxes(stores: Stores, battle: BattleId) -> None:
    again = replace(OPEN, opening=2, cut_off_ms=3_000)
    await tell(stores.ledger, battle, OPEN, again, replace(OPEN, question=OTHER_QUESTION))
    results = await stores.boxes.offer(
        battle,
        [answer(1, stamp_ms=2_500), answer(1, stamp_ms=2_500, opening=2), answer(2, question=OTHER_QUESTION)],
    )
    assert [result.verdict for result in results] == [Verdict.LATE, Verdict.RECORDED, Verdict.RECORDED]
    boxes = [(QUESTION, 1), (QUESTION, 2), (OTHER_QUESTION, 1)]
    assert await stores.boxes.count(battle, boxes) == dict(zip(boxes, (0, 1, 1), strict=True))
    assert await stores.boxes.greatest_stamp(battle, boxes) == 2_500
    assert await stores.boxes.greatest_stamp(battle, boxes[:1]) == 0
    assert await stores.boxes.greatest_stamp(battle, []) == 0


async def test_more_than_a_call_takes_is_offered_in_several(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, OPEN)
    many = [answer(number, team=f"team-{number}", value="x" * 1_000) for number in range(1_234)]
    results = await stores.boxes.offer(battle, many)
    assert [result.id for result in results] == [each.id for each in many]
    assert {result.verdict for result in results} == {Verdict.RECORDED}
    assert await stores.boxes.count(battle, [(QUESTION, OPENING)]) == {(QUESTION, OPENING): 1_234}
    assert await stores.boxes.offer(battle, []) == []
