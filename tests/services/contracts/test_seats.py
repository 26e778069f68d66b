"""The rules of the port `SeatNews`, on every store."""

from quizserver.battle.ids import BattleId, SeatId
from quizserver.services.ports import SeatTaken
from tests.services.contracts.conftest import Stores

KEPT = 100


def taken(number: int, by: str = "left") -> SeatTaken:
    return SeatTaken(BattleId("battle"), SeatId(f"seat{number}"), 1_763_842_800_000 + number, by)


async def test_what_is_told_is_heard_in_order_by_whoever_listens(stores: Stores) -> None:
    heard, place = await stores.seats.since("")
    assert list(heard) == []
    await stores.seats.tell([taken(1), taken(2)])
    await stores.seats.tell([taken(3, "right")])
    heard, after = await stores.seats.since(place)
    assert list(heard) == [taken(1), taken(2), taken(3, "right")]
    assert list((await stores.seats.since(place))[0]) == list(heard)
    assert list((await stores.seats.since(after))[0]) == []
    await stores.seats.tell([taken(4)])
    assert list((await stores.seats.since(after))[0]) == [taken(4)]


async def test_who_begins_to_listen_hears_nothing_of_the_past(stores: Stores) -> None:
    await stores.seats.tell([taken(1)])
    heard, place = await stores.seats.since("")
    assert list(heard) == []
    await stores.seats.tell([taken(2)])
    assert list((await stores.seats.since(place))[0]) == [taken(2)]


async def test_of_a_hall_that_comes_back_all_are_heard_in_one_call(stores: Stores) -> None:
    _, place = await stores.seats.since("")
    hall = [taken(number) for number in range(2_000)]
    await stores.seats.tell(hall)
    assert list((await stores.seats.since(place))[0]) == hall


async def test_who_listens_too_late_hears_the_last_hundred(stores: Stores) -> None:
    _, place = await stores.seats.since("")
    for number in range(KEPT + 5):
        await stores.seats.tell([taken(number)])
    heard, after = await stores.seats.since(place)
    assert list(heard) == [taken(number) for number in range(5, KEPT + 5)]
    assert list((await stores.seats.since(after))[0]) == []


async def test_a_place_is_good_for_what_is_told_after_the_store_was_emptied(stores: Stores) -> None:
    await stores.seats.tell([taken(1)])
    _, place = await stores.seats.since("")
    future = f"{10 * int(place.partition('-')[0])}-0" if "-" in place else "7"
    heard, place = await stores.seats.since(future)
    assert list(heard) == []
    await stores.seats.tell([taken(2)])
    assert list((await stores.seats.since(place))[0]) == [taken(2)]
