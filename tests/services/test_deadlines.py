"""The clock as somebody who asks: time is called out once, and what is closed is sealed, whoever of the processes is alive."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager

import pytest

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import AnswerId, BattleId, QuestionId, SeatId, TeamId
from quizserver.battle.phases import Phase
from quizserver.services import write_pace
from quizserver.services.answering import Answering, Said
from quizserver.services.battles import LiveBattle
from quizserver.services.clock import BattleClock
from quizserver.services.deadlines import Deadlines
from quizserver.services.entries import decode
from quizserver.services.ports import Offered, Recorded, StoreGone, Verdict
from quizserver.services.write_pace import WritePace
from tests.services.evening import BATTLE, CHOICE, NUMBER, RIGHT, TEXT, join
from tests.services.processes import Store, done
from tests.support.fakes.boxes import FakeBoxes
from tests.support.meanwhile import meanwhile

FIRST_ROUND_OPEN = (join(1), join(2), ask.StartRound(), ask.ShowQuestion(), ask.ShowQuestion())


class Process:
    """One process that keeps the time of the battle."""

    def __init__(self, name: str, store: Store, live: LiveBattle, clock: BattleClock, boxes: FakeBoxes) -> None:
        self.name, self.store, self.live, self.boxes, self.clock = name, store, live, boxes, clock
        self.readied = 0
        self.answering, self.pace = Answering(boxes, self._ready), WritePace()
        self.keeper = Deadlines(name, live, clock, boxes, store.presence, self.answering, self._ready, self.pace)

    async def _ready(self, battle: BattleId) -> None:
        self.readied += 1

    async def follow(self) -> None:
        """What a feed does."""
        while True:
            await self.live.catch_up()
            await asyncio.sleep(0.005)

    def say(self, team: int, value: object, question: QuestionId = CHOICE, stamp_ms: int | None = None) -> "list[object]":
        """A device of a team answers here; what it is told."""
        told: list[object] = []
        at_ms = self.clock.now_ms() if stamp_ms is None else stamp_ms
        said = Said(AnswerId(f"{team:032x}"), TeamId(f"t{team}"), SeatId("s"), question, 1, value, at_ms)
        self.answering.receive(self.live.known, said, told.append)
        return told


async def process(store: Store, name: str, boxes: FakeBoxes | None = None) -> Process:
    await store.presence.renew(name, [BATTLE])
    return Process(name, store, await store.live(), await store.clock(), boxes or store.boxes)


def running(*processes: Process) -> AbstractAsyncContextManager[None]:
    """These keep the time."""
    return meanwhile(*(run() for each in processes for run in (each.keeper.run, each.follow)))


async def until(is_so: Callable[[], bool], within_s: float = 5.0) -> None:
    async with asyncio.timeout(within_s):
        while not is_so():
            await asyncio.sleep(0.005)


def sealed(live: LiveBattle) -> bool:
    return all(box.sealed for box in live.known.boxes.values())


async def history(store: Store, *kinds: type[did.Event]) -> list[did.Event]:
    """The events of these kinds in the ledger."""
    events = [decode(entry)[0] for entry in await store.ledger().read(BATTLE)]
    return [event for event in events if isinstance(event, kinds)]


async def last_call(store: Store) -> LiveBattle:
    """The last call of the first round runs; its clock is nearly out."""
    live = await store.begun(*FIRST_ROUND_OPEN)
    await done(live, ask.CallLast())
    assert live.known.clock
    store.hands.forward(seconds_left(live, await store.clock()) - 0.05)
    return live


def seconds_left(live: LiveBattle, clock: BattleClock) -> float:
    assert live.known.clock
    return (live.known.clock.cut_off_ms - clock.now_ms()) / 1000


# --- time is up ----------------------------------------------------------------------------------------------------------


async def test_when_time_is_up_two_processes_close_once_and_seal_once() -> None:
    store = Store()
    await last_call(store)
    left, right = await process(store, "left"), await process(store, "right")
    told = left.say(1, RIGHT), right.say(2, "105", NUMBER)
    async with running(left, right):
        await until(lambda: sealed(left.live) and sealed(right.live))
    assert [len(each) for each in told] == [1, 1]
    closed = await history(store, did.RoundClosed)
    assert len(closed) == 1
    seals = await history(store, did.BoxSealed)
    assert sorted((seal.question, seal.count) for seal in seals if isinstance(seal, did.BoxSealed)) == [(CHOICE, 1), (NUMBER, 1)]
    assert left.live.known.phase is right.live.known.phase is Phase.COLLECTED
    assert left.readied and right.readied


async def test_time_is_not_called_out_before_the_cut_off_has_passed() -> None:
    store = Store()
    live = await last_call(store)
    assert live.known.clock
    cut_off_ms = live.known.clock.cut_off_ms
    async with running(one := await process(store, "one")):
        await until(lambda: one.live.known.phase is not Phase.LAST_CALL)
    [closing] = [entry for entry in await store.ledger().read(BATTLE) if b'"RoundClosed"' in entry.body]
    event, at_ms = decode(closing)
    assert isinstance(event, did.RoundClosed) and event.cut_off_ms == cut_off_ms < at_ms


async def test_a_clock_that_is_extended_is_waited_for_anew() -> None:
    store = Store()
    live = await last_call(store)
    async with running(one := await process(store, "one")):
        await done(live, ask.Extend(by_ms=400))
        await asyncio.sleep(0.15)
        assert one.live.known.phase is Phase.LAST_CALL
        await until(lambda: one.live.known.phase is not Phase.LAST_CALL, 1.0)


async def test_a_paused_clock_runs_out_for_nobody() -> None:
    store = Store()
    live = await last_call(store)
    await done(live, ask.Pause())
    async with running(one := await process(store, "one")):
        await asyncio.sleep(0.1)
        assert one.live.known.phase is Phase.LAST_CALL
        await done(live, ask.Resume())
        await until(lambda: one.live.known.phase is not Phase.LAST_CALL)


async def test_a_clock_that_only_paces_a_round_closes_nothing() -> None:
    store = Store()
    await store.begun(*FIRST_ROUND_OPEN)
    store.hands.forward(3_600)
    async with running(one := await process(store, "one")):
        await asyncio.sleep(0.05)
        assert one.live.known.phase is Phase.OPEN


async def test_while_the_store_is_gone_time_waits_and_is_called_out_afterwards() -> None:
    store = Store()
    await last_call(store)
    one = await process(store, "one")
    store.memory.gone = True
    async with running(one):
        await asyncio.sleep(0.15)
        store.memory.gone = False
        await done(await store.live(), ask.LockLobby(locked=True))
        await until(lambda: sealed(one.live))


# --- sealing -------------------------------------------------------------------------------------------------------------


class HangingBoxes(FakeBoxes):
    """Takes no answer before it is let."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.memory)
        self.let = asyncio.Event()

    async def offer(self, battle: BattleId, answers: Sequence[Offered]) -> Sequence[Recorded]:
        await self.let.wait()
        return await super().offer(battle, answers)


async def closed_by_hand(store: Store) -> LiveBattle:
    """The second round's question, open; closing it is up to the test."""
    live = await store.begun(*FIRST_ROUND_OPEN)
    await done(live, ask.CallLast(), ask.CloseAnswers())
    for question in (CHOICE, NUMBER):
        await done(live, ask.SealBox(question=question, opening=1, rows=()))
    await done(live, ask.Reveal(), ask.Reveal(), ask.EndRound(), ask.StartRound(), ask.ShowQuestion())
    return live


async def test_a_box_waits_for_what_another_process_still_holds() -> None:
    store = Store()
    live = await closed_by_hand(store)
    slow = await process(store, "slow", boxes := HangingBoxes(store))
    quick = await process(store, "quick")
    told = slow.say(1, "tungsten", TEXT)
    await asyncio.sleep(0.01)  # the clocks of processes may be a millisecond apart
    async with running(slow, quick):
        await done(live, ask.CloseAnswers())
        await asyncio.sleep(0.3)
        assert not sealed(quick.live)
        boxes.let.set()
        await until(lambda: sealed(quick.live), 1.0)
    assert [each.verdict for each in told if isinstance(each, Recorded)] == [Verdict.RECORDED]
    assert quick.live.known.boxes[TEXT, 1].answers[TeamId("t1")].value == "tungsten"


async def test_a_process_that_dies_without_a_word_delays_the_seal_two_seconds_at_most() -> None:
    store = Store()
    live = await closed_by_hand(store)
    await store.presence.renew("dead", [BATTLE])
    async with running(one := await process(store, "one")):
        began = asyncio.get_running_loop().time()
        await done(live, ask.CloseAnswers())
        await until(lambda: sealed(one.live))
        took_s = asyncio.get_running_loop().time() - began
    assert 1.5 < took_s < write_pace.DRAIN_S + 0.5


async def test_a_process_that_hangs_on_an_answer_delays_the_seal_two_seconds_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_pace, "DRAIN_S", 0.3)
    store = Store()
    live = await closed_by_hand(store)
    hanging = await process(store, "hanging", HangingBoxes(store))
    told = hanging.say(1, "tungsten", TEXT)
    async with running(hanging):
        await done(live, ask.CloseAnswers())
        await until(lambda: sealed(hanging.live), 1.0)
    assert told == []
    assert hanging.live.known.boxes[TEXT, 1].answers == {}


async def test_on_a_slow_disk_a_seal_waits_longer_for_a_process_that_is_still_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_pace, "DRAIN_S", 0.1)
    store = Store()
    live = await closed_by_hand(store)
    slow = await process(store, "slow", boxes := HangingBoxes(store))
    for _ in range(write_pace.FEWEST):
        slow.pace.took(0.1)
    told = slow.say(1, "tungsten", TEXT)
    await asyncio.sleep(0.02)  # the closer's clock may be behind by as much as a busy machine takes to ask for the time
    async with running(slow):
        await done(live, ask.CloseAnswers())
        await asyncio.sleep(0.5)
        assert not sealed(slow.live)
        boxes.let.set()
        await until(lambda: sealed(slow.live), 1.0)
    assert [each.verdict for each in told if isinstance(each, Recorded)] == [Verdict.RECORDED]


async def test_an_answer_in_time_by_our_clock_is_waited_for_where_the_closers_clock_is_ahead() -> None:
    store = Store()
    await closed_by_hand(store)
    one = await process(store, "one")
    ahead = await store.live()
    cut_off_ms = one.clock.now_ms() + 600
    await done(ahead, ask.CloseAnswers(greatest_stamp_ms=cut_off_ms))
    async with running(one):
        await asyncio.sleep(0.1)
        told = one.say(1, "tungsten", TEXT)
        await until(lambda: sealed(one.live), 5.0)
    assert isinstance(told[0], Recorded) and told[0].verdict is Verdict.RECORDED
    assert TeamId("t1") in one.live.known.boxes[TEXT, 1].answers


async def test_all_of_a_round_is_sealed_in_one_go_so_that_everybody_hears_of_it_once() -> None:
    store = Store()
    await last_call(store)
    one = await process(store, "one")
    told: list[list[type[did.Event]]] = []
    one.live.listeners.append(lambda news: told.append([type(event) for event in news.events]))
    async with running(one):
        await until(lambda: sealed(one.live))
    assert [events.count(did.BoxSealed) for events in told if did.BoxSealed in events] == [2]


async def test_a_seal_that_the_ledger_did_not_take_is_tried_again() -> None:
    store = Store()
    live = await closed_by_hand(store)
    one = await process(store, "one", FailingBoxes(store))
    async with running(one):
        await done(live, ask.CloseAnswers())
        await asyncio.sleep(0.3)
        assert not sealed(one.live)
        store.memory.gone = False
        await one.live.catch_up()
        await until(lambda: sealed(one.live), 2.0)


class FailingBoxes(FakeBoxes):
    """The store goes away between the first seal of a box and the ledger's entry of it."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.memory)
        self.memory, self.failed = store.memory, False

    async def seal(self, battle: BattleId, question: QuestionId, opening: int) -> Sequence[AnswerRow]:
        rows = await super().seal(battle, question, opening)
        self.memory.gone, self.failed = not self.failed, True
        return rows


async def test_a_box_that_could_not_be_sealed_is_sealed_later() -> None:
    store = Store()
    live = await closed_by_hand(store)
    async with running(one := await process(store, "one", boxes := GoneOnce(store.memory))):
        await done(live, ask.CloseAnswers())
        await until(lambda: sealed(one.live))
    assert boxes.tries == 2


class GoneOnce(FakeBoxes):
    """The first seal finds no store."""

    tries = 0

    async def seal(self, battle: BattleId, question: QuestionId, opening: int) -> Sequence[AnswerRow]:
        self.tries += 1
        if self.tries == 1:
            raise StoreGone("gone")
        return await super().seal(battle, question, opening)


async def test_what_another_process_sealed_meanwhile_is_left_alone() -> None:
    store = Store()
    live = await closed_by_hand(store)
    await done(live, ask.CloseAnswers())
    one = await process(store, "one")
    await store.presence.renew("slow", [BATTLE])
    async with running(one):
        await asyncio.sleep(0.05)
        await done(live, ask.SealBox(by="slow", question=TEXT, opening=1, rows=()))
        await store.presence.leave("slow", [BATTLE])
        await until(lambda: sealed(one.live))
        await asyncio.sleep(0.1)
    assert [seal.by for seal in await history(store, did.BoxSealed)][-1] == "slow"
