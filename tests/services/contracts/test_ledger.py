"""The rules of the port `Ledger`, on every store."""

import asyncio
from dataclasses import replace

import pytest

from quizserver.battle.ids import BattleId
from quizserver.services.ports import Appended, Entry, Head, Ledger, LostRace
from tests.services.contracts.conftest import Stores
from tests.support.chains import chain, head_after, is_whole

OTHER = BattleId("other")


async def appended(ledger: Ledger, battle: BattleId, *bodies: str) -> Head:
    """The head after appending these to whatever there is."""
    head = await ledger.head(battle)
    outcome = await ledger.append(battle, head, chain(head, *bodies), [])
    assert isinstance(outcome, Appended)
    return outcome.head


async def test_a_ledger_is_empty_until_something_is_appended(stores: Stores, battle: BattleId) -> None:
    assert await stores.ledger.head(battle) == Head(0, 0, "")
    assert not await stores.ledger.read(battle)


async def test_what_was_appended_is_read_back_byte_for_byte(stores: Stores, battle: BattleId) -> None:
    entries = chain(Head(), '{"team":"Чайки"}', "\r\n\0", "", beside=b"\xff\x00")
    assert await stores.ledger.append(battle, Head(), entries, []) == Appended(head_after(Head(), entries))
    assert list(await stores.ledger.read(battle)) == entries
    assert await stores.ledger.head(battle) == head_after(Head(), entries)


async def test_reading_goes_on_after_a_version_and_stops_at_the_limit(stores: Stores, battle: BattleId) -> None:
    await appended(stores.ledger, battle, *"abcdefghijklm")
    assert [entry.version for entry in await stores.ledger.read(battle, after=8, most=3)] == [9, 10, 11]
    assert not await stores.ledger.read(battle, after=13)


async def test_a_lost_race_shows_the_head_and_what_was_missed(stores: Stores, battle: BattleId) -> None:
    before = await appended(stores.ledger, battle, "a")
    after = await appended(stores.ledger, battle, "b", "c")
    lost = await stores.ledger.append(battle, before, chain(before, "x"), [])
    assert lost == LostRace(after, tuple(await stores.ledger.read(battle, after=1)))
    assert await stores.ledger.head(battle) == after


async def test_somebody_far_behind_is_told_the_first_500(stores: Stores, battle: BattleId) -> None:
    await appended(stores.ledger, battle, *map(str, range(600)))
    lost = await stores.ledger.append(battle, Head(), chain(Head(), "x"), [])
    assert isinstance(lost, LostRace)
    assert [entry.version for entry in lost.missing] == list(range(1, 501))


async def test_the_same_number_on_another_past_is_a_lost_race(stores: Stores, battle: BattleId) -> None:
    head = await appended(stores.ledger, battle, "a", "b")
    imagined = head_after(Head(), chain(Head(), "a", "c"))
    assert await stores.ledger.append(battle, imagined, chain(imagined, "d"), []) == LostRace(head, ())


async def test_a_ledger_that_fell_back_is_a_lost_race(stores: Stores, battle: BattleId) -> None:
    head = await appended(stores.ledger, battle, "a")
    ahead = head_after(head, chain(head, "b", "c"))
    assert await stores.ledger.append(battle, ahead, chain(ahead, "d"), []) == LostRace(head, ())


async def test_another_epoch_is_a_lost_race(stores: Stores, battle: BattleId) -> None:
    head = await appended(stores.ledger, battle, "a")
    older = replace(head, epoch=head.epoch + 1)
    assert await stores.ledger.append(battle, older, chain(head, "b"), []) == LostRace(head, ())


async def test_a_restore_raises_the_epoch_with_its_entry(stores: Stores, battle: BattleId) -> None:
    head = await appended(stores.ledger, battle, "a")
    outcome = await stores.ledger.append(battle, head, chain(head, "restored"), [], epoch=3)
    assert isinstance(outcome, Appended)
    assert outcome.head.epoch == 3
    assert await stores.ledger.head(battle) == outcome.head
    assert (await appended(stores.ledger, battle, "b")).epoch == 3


async def test_a_repeat_of_what_had_arrived_is_no_lost_race_and_writes_nothing(stores: Stores, battle: BattleId) -> None:
    entries = chain(Head(), "a", "b")
    first = await stores.ledger.append(battle, Head(), entries, [])
    assert await stores.ledger.append(battle, Head(), entries, []) == first
    after = await appended(stores.ledger, battle, "c")
    assert await stores.ledger.append(battle, Head(), entries, []) == first
    assert await stores.ledger.head(battle) == after


@pytest.mark.parametrize("versions", [(), (1,), (3,), (2, 4), (2, 2), (2, 1)])
async def test_entries_that_are_not_numbered_on_are_the_callers_bug(
    stores: Stores, battle: BattleId, versions: tuple[int, ...]
) -> None:
    head = await appended(stores.ledger, battle, "a")
    with pytest.raises(ValueError, match="do not continue entry 1"):
        await stores.ledger.append(battle, head, [Entry(version, b"x", "x") for version in versions], [])
    assert await stores.ledger.head(battle) == head


async def test_two_writers_racing_200_appends_each_leave_a_chain_without_a_hole(stores: Stores, battle: BattleId) -> None:
    async def write(name: str) -> int:
        head, races = Head(), 0
        for number in range(200):
            while True:
                entries = chain(head, f"{name} {number}")
                outcome = await stores.ledger.append(battle, head, entries, [])
                if isinstance(outcome, Appended):
                    head = outcome.head
                    break
                assert isinstance(outcome, LostRace)
                assert outcome.missing[-1].version == outcome.head.version
                head, races = outcome.head, races + 1
        return races

    await asyncio.gather(write("left"), write("right"))
    entries = await stores.ledger.read(battle)
    assert is_whole(entries)
    said = [entry.body.decode() for entry in entries]
    for name in ("left", "right"):
        assert [body for body in said if body.startswith(name)] == [f"{name} {number}" for number in range(200)]


async def test_heads_of_several_battles_come_together(stores: Stores, battle: BattleId) -> None:
    head = await appended(stores.ledger, battle, "a")
    assert await stores.ledger.heads([battle, OTHER]) == {battle: head, OTHER: Head()}
    assert await stores.ledger.heads([]) == {}


async def test_a_pin_belongs_to_the_battle_that_claimed_it_first(stores: Stores, battle: BattleId) -> None:
    assert await stores.ledger.register(battle, "123456")
    assert not await stores.ledger.register(OTHER, "123456")
    assert await stores.ledger.register(battle, "123456")
    assert await stores.ledger.battles() == {battle: "123456"}


async def test_battles_are_listed_in_the_order_in_which_they_were_made(stores: Stores) -> None:
    made = [BattleId(f"battle {number * 7 % 12}") for number in range(12)]
    for number, each in enumerate(made):
        assert await stores.ledger.register(each, f"{number}")
    assert await stores.ledger.register(made[0], "0")
    assert list((await stores.ledger.battles()).items()) == [(each, f"{number}") for number, each in enumerate(made)]


async def test_a_battle_that_claims_another_pin_gives_the_first_one_back(stores: Stores, battle: BattleId) -> None:
    assert await stores.ledger.register(battle, "1")
    assert await stores.ledger.register(battle, "2")
    assert await stores.ledger.register(OTHER, "1")
    assert await stores.ledger.battles() == {battle: "2", OTHER: "1"}
