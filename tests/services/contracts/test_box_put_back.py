"""Rows that come back from the archive, on every store: as if they had been offered here, whenever that is asked, and once."""

import pytest

from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import BattleId, TeamId
from quizserver.services.ports import Verdict
from tests.services.contracts.conftest import Stores
from tests.support.offers import CLOSED, OPEN, OPENING, QUESTION, answer, answer_id, offer_one, tell

BOX = QUESTION, OPENING


def row(number: int, revision: int = 1, stamp_ms: int = 1_500, value: str = "42", team: str = "gulls") -> AnswerRow:
    return AnswerRow(TeamId(team), answer_id(number), revision, stamp_ms, value)


ROWS = (row(1), row(2, 2, 1_400, "43"), row(3, 3, 1_600, "44"), row(4, team="terns"))


@pytest.fixture
async def restored(stores: Stores, battle: BattleId) -> Stores:
    """An open box with rows of two teams from the archive."""
    await stores.boxes.put_back(battle, *BOX, ROWS)
    await tell(stores.ledger, battle, OPEN)
    return stores


async def test_what_was_put_back_stands_by_stamp_and_is_counted(restored: Stores, battle: BattleId) -> None:
    standing = {answer.team: answer for answer in await restored.boxes.standing(battle, *BOX)}
    gulls = standing[TeamId("gulls")]
    assert (gulls.id, gulls.value, gulls.revision, gulls.stamp_ms) == (answer_id(3), "44", 3, 1_600)
    assert await restored.boxes.count(battle, [BOX]) == {BOX: 2}
    assert await restored.boxes.greatest_stamp(battle, [BOX]) == 1_600


async def test_the_order_in_which_rows_come_back_changes_nothing(stores: Stores, battle: BattleId) -> None:
    for each in reversed(ROWS):
        await stores.boxes.put_back(battle, *BOX, [each])
    await tell(stores.ledger, battle, OPEN)
    standing = {answer.team: answer for answer in await stores.boxes.standing(battle, *BOX)}
    assert standing[TeamId("gulls")].id == answer_id(3) and standing[TeamId("gulls")].revision == 3
    assert await stores.boxes.count(battle, [BOX]) == {BOX: 2}


async def test_putting_back_twice_changes_nothing_and_a_known_id_stays(restored: Stores, battle: BattleId) -> None:
    newest = await offer_one(restored.boxes, battle, answer(5, stamp_ms=1_700, value="45"))
    assert newest.revision == 4
    await restored.boxes.put_back(battle, *BOX, [*ROWS, row(5, 9, 1_900, "99")])
    standing = {answer.team: answer.value for answer in await restored.boxes.standing(battle, *BOX)}
    assert standing == {"gulls": "45", "terns": "42"}
    assert await restored.boxes.count(battle, [BOX]) == {BOX: 2}
    assert await restored.boxes.greatest_stamp(battle, [BOX]) == 1_700


async def test_a_device_that_sends_its_answer_again_is_told_what_became_of_it(restored: Stores, battle: BattleId) -> None:
    again = await offer_one(restored.boxes, battle, answer(3, value="44", stamp_ms=1_800))
    assert (again.verdict, again.revision, again.stamp_ms, again.stands) == (Verdict.RECORDED, 3, 1_600, True)
    other = await offer_one(restored.boxes, battle, answer(3, value="45", stamp_ms=1_800))
    assert other.verdict is Verdict.CONFLICT


async def test_revisions_go_on_after_those_that_came_back(restored: Stores, battle: BattleId) -> None:
    assert (await offer_one(restored.boxes, battle, answer(9, stamp_ms=1_650))).revision == 4


async def test_whose_device_wrote_is_not_known_any_more_so_a_held_answer_asks(restored: Stores, battle: BattleId) -> None:
    held = answer(9, stamp_ms=1_650, seen=2, held=True)
    assert (await offer_one(restored.boxes, battle, held)).verdict is Verdict.SUPERSEDED
    assert (await offer_one(restored.boxes, battle, held._replace(seen=3))).verdict is Verdict.RECORDED


async def test_all_rows_that_came_back_are_sealed(restored: Stores, battle: BattleId) -> None:
    await tell(restored.ledger, battle, CLOSED)
    assert sorted(await restored.boxes.seal(battle, *BOX), key=lambda row: row.id) == list(ROWS)


async def test_a_box_that_is_not_told_its_rules_takes_no_answer(stores: Stores, battle: BattleId) -> None:
    await stores.boxes.put_back(battle, *BOX, ROWS)
    assert (await offer_one(stores.boxes, battle, answer(9))).verdict is Verdict.NOT_OPEN


async def test_a_sealed_box_takes_nothing_back(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, CLOSED)
    await stores.boxes.seal(battle, *BOX)
    await stores.boxes.put_back(battle, *BOX, ROWS)
    assert await stores.boxes.seal(battle, *BOX) == ()
    await stores.boxes.drop(battle, *BOX)
    await stores.boxes.put_back(battle, *BOX, ROWS)
    assert await stores.boxes.count(battle, [BOX]) == {BOX: 0}


async def test_many_rows_come_back_in_parts(stores: Stores, battle: BattleId) -> None:
    rows = [row(number, team=f"team{number}") for number in range(1_200)]
    await stores.boxes.put_back(battle, *BOX, rows)
    await tell(stores.ledger, battle, OPEN)
    assert await stores.boxes.count(battle, [BOX]) == {BOX: 1_200}


async def test_all_rows_can_be_read_while_answers_still_come_and_none_once_they_are_dropped(
    restored: Stores, battle: BattleId
) -> None:
    assert sorted(await restored.boxes.rows(battle, *BOX), key=lambda row: row.id) == list(ROWS)
    assert (await offer_one(restored.boxes, battle, answer(9, stamp_ms=1_650))).verdict is Verdict.RECORDED
    assert len(await restored.boxes.rows(battle, *BOX)) == len(ROWS) + 1
    await tell(restored.ledger, battle, CLOSED)
    assert await restored.boxes.seal(battle, *BOX) == await restored.boxes.rows(battle, *BOX)
    await restored.boxes.drop(battle, *BOX)
    assert await restored.boxes.rows(battle, *BOX) == ()
