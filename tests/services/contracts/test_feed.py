"""The rules of the port `Feed`, on every store."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from quizserver.battle.ids import BattleId
from quizserver.services.ports import Appended, Entry, Feed, Head, Moved, Recorded
from tests.services.contracts.conftest import Stores
from tests.support.chains import chain, is_whole
from tests.support.offers import OPEN, OPENING, QUESTION, answer, tell

SOON_S = 3.0
OTHER = BattleId("other")


@dataclass
class Heard:
    """What a follower was told so far."""

    moves: list[Moved] = field(default_factory=list)

    def entries(self, battle: BattleId) -> list[Entry]:
        return [entry for moved in self.moves if moved.battle == battle for entry in moved.entries]

    def answers(self, battle: BattleId) -> list[Recorded]:
        return [each for moved in self.moves if moved.battle == battle for each in moved.answers]

    async def until(self, count: int, **wanted: object) -> None:
        """Waits for so many moves with these fields."""
        await self._until(
            lambda: sum(all(getattr(moved, name) == value for name, value in wanted.items()) for moved in self.moves) >= count
        )

    async def until_entries(self, battle: BattleId, count: int) -> None:
        await self._until(lambda: len(self.entries(battle)) >= count)

    async def until_body(self, battle: BattleId, body: bytes) -> None:
        await self._until(lambda: any(entry.body == body for entry in self.entries(battle)))

    async def until_answers(self, battle: BattleId, count: int) -> None:
        await self._until(lambda: len(self.answers(battle)) >= count)

    async def _until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(SOON_S):
            while not is_so():
                await asyncio.sleep(0.005)


@asynccontextmanager
async def following(feed: Feed, positions: Mapping[BattleId, Head]) -> AsyncIterator[Heard]:
    heard = Heard()

    async def listen() -> None:
        async for moved in feed.follow(positions):
            heard.moves.append(moved)

    task = asyncio.create_task(listen())
    try:
        yield heard
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def append(stores: Stores, battle: BattleId, *bodies: str) -> Head:
    head = await stores.ledger.head(battle)
    outcome = await stores.ledger.append(battle, head, chain(head, *bodies), [])
    assert isinstance(outcome, Appended)
    return outcome.head


async def test_a_follower_hears_what_was_and_what_will_be_appended_once_and_in_order(stores: Stores, battle: BattleId) -> None:
    head = await append(stores, battle, "a")
    await append(stores, battle, "b", "c")
    async with following(stores.feed(), {battle: head}) as heard:
        await heard.until_entries(battle, 2)
        await append(stores, battle, "d")
        await append(stores, battle, "e")
        await heard.until_entries(battle, 4)
    assert heard.entries(battle) == list(await stores.ledger.read(battle, after=1))


async def test_entries_of_hundreds_of_appends_come_without_a_hole(stores: Stores, battle: BattleId) -> None:
    async with following(stores.feed(), {battle: Head()}) as heard:
        for number in range(15):
            await append(stores, battle, *(f"{number} {part}" for part in range(30)))
        await heard.until_entries(battle, 450)
    assert is_whole(heard.entries(battle))


async def test_following_begins_with_a_gap_because_answers_came_before(stores: Stores, battle: BattleId) -> None:
    async with following(stores.feed(), {battle: Head()}) as heard:
        await heard.until(1, gap=True)
    assert [moved.gap for moved in heard.moves] == [True]


async def test_a_follower_hears_each_recorded_answer_as_it_was_told(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, OPEN)
    head = await stores.ledger.head(battle)
    async with following(stores.feed(), {battle: head}) as heard:
        await heard.until(1, gap=True)
        first = await stores.boxes.offer(battle, [answer(1, value=("ж", None)), answer(2, team="terns"), answer(3)])
        again = await stores.boxes.offer(battle, [answer(1, value=("ж", None)), answer(1), answer(4, stamp_ms=1)])
        last = await stores.boxes.offer(battle, [answer(5, stamp_ms=1_200)])
        await heard.until_answers(battle, 4)
    assert heard.answers(battle) == [*first, *last]
    assert len(again) == 3
    assert not any(moved.gap for moved in heard.moves[1:])


async def test_a_battle_that_is_watched_later_is_heard_within_a_second(stores: Stores, battle: BattleId) -> None:
    feed = stores.feed()
    await append(stores, OTHER, "a", "b")
    async with following(feed, {battle: Head()}) as heard:
        await heard.until(1, battle=battle)
        feed.watch(OTHER, Head())
        await heard.until_entries(OTHER, 2)


async def test_a_registered_battle_that_nobody_follows_is_named_once(stores: Stores, battle: BattleId) -> None:
    async with following(stores.feed(), {}) as heard:
        await stores.ledger.register(battle, "123456")
        await heard.until(1, battle=battle)
        await asyncio.sleep(1.2)
    assert heard.moves == [Moved(battle)]


async def test_another_epoch_is_reported_and_then_silence_until_it_is_watched(stores: Stores, battle: BattleId) -> None:
    feed = stores.feed()
    head = await append(stores, battle, "a")
    async with following(feed, {battle: head}) as heard:
        await heard.until(1, gap=True)
        await stores.ledger.append(battle, head, chain(head, "restored"), [], epoch=1)
        await heard.until(1, reset=True)
        after = await append(stores, battle, "b")
        known = len(heard.moves)
        await asyncio.sleep(0.1)
        assert len(heard.moves) == known
        feed.watch(battle, after)
        await heard.until(2, gap=True)
        await append(stores, battle, "c")
        await heard.until_body(battle, b"c")
    assert [entry.body for move in heard.moves[known:] for entry in move.entries] == [b"c"]


async def test_a_position_the_ledger_never_had_is_reported(stores: Stores, battle: BattleId) -> None:
    head = await append(stores, battle, "a")
    for position in (Head(0, 1, "another past"), Head(0, 5, "ahead"), Head(1, head.version, head.hash)):
        async with following(stores.feed(), {battle: position}) as heard:
            await heard.until(1, reset=True)
        assert heard.moves == [Moved(battle, reset=True)]


async def test_entries_that_continue_another_past_are_reported_not_passed_on(stores: Stores, battle: BattleId) -> None:
    await append(stores, battle, "a", "b", "c")
    async with following(stores.feed(), {battle: Head(0, 1, "another")}) as heard:
        await heard.until(1, reset=True)
    assert not heard.entries(battle)


async def test_a_feed_is_stopped_by_cancelling_it(stores: Stores, battle: BattleId) -> None:
    async with following(stores.feed(), {battle: Head()}) as heard:
        await heard.until(1)
    assert (QUESTION, OPENING) in await stores.boxes.count(battle, [(QUESTION, OPENING)])


async def test_abreast_is_who_has_taken_in_all_that_there_was_at_the_call(stores: Stores, battle: BattleId) -> None:
    await tell(stores.ledger, battle, OPEN)
    feed, head = stores.feed(), await stores.ledger.head(battle)
    async with following(feed, {battle: head}) as heard:
        await feed.abreast(battle)
        for number in range(1, 6):
            last = await append(stores, battle, f"entry {number}")
            await stores.boxes.offer(battle, [answer(number)])
            async with asyncio.timeout(SOON_S):
                await feed.abreast(battle)
            assert [each.version for each in heard.entries(battle)][-1:] == [last.version]
            assert len(heard.answers(battle)) == number


async def test_nobody_is_abreast_before_what_was_passed_on_is_taken_in(stores: Stores, battle: BattleId) -> None:
    feed, may_go_on, taken = stores.feed(), asyncio.Event(), list[Moved]()
    head = await append(stores, battle, "a")

    async def listen() -> None:
        async for moved in feed.follow({battle: Head()}):
            await may_go_on.wait()
            taken.append(moved)

    listening = asyncio.create_task(listen())
    waiting = asyncio.create_task(feed.abreast(battle))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    may_go_on.set()
    async with asyncio.timeout(SOON_S):
        await waiting
    assert [entry.version for moved in taken for entry in moved.entries] == [head.version]
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


async def test_nobody_is_abreast_of_another_ledger_before_it_is_watched_anew(stores: Stores, battle: BattleId) -> None:
    feed, head = stores.feed(), await append(stores, battle, "a")
    async with following(feed, {battle: head}) as heard:
        await feed.abreast(battle)
        outcome = await stores.ledger.append(battle, head, chain(head, "restored"), [], epoch=1)
        assert isinstance(outcome, Appended)
        waiting = asyncio.create_task(feed.abreast(battle))
        await heard.until(1, reset=True)
        await asyncio.sleep(0.1)
        assert not waiting.done()
        feed.watch(battle, outcome.head)
        async with asyncio.timeout(SOON_S):
            await waiting
