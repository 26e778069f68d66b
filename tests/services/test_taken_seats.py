"""What processes tell each other of seats: while there are others, and in its turn or not at all."""

from quizserver.battle.ids import BattleId, SeatId
from quizserver.services.hearing import Hearing
from quizserver.services.ports import SeatTaken
from quizserver.services.taken_seats import TakenSeats
from tests.services.evening import BATTLE
from tests.support.fakes.memory import Memory
from tests.support.fakes.presence import FakePresence
from tests.support.fakes.seats import FakeSeatNews

SEAT, OTHER = SeatId("seat"), SeatId("other")


class Counted(FakeSeatNews):
    """What was asked of it, in order."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory)
        self.calls: list[str] = []

    async def tell(self, taken: object) -> None:
        self.calls.append("tell")
        await super().tell(taken)  # type: ignore[arg-type]

    async def since(self, place: str) -> tuple[list[SeatTaken], str]:
        self.calls.append("since")
        heard, place = await super().since(place)
        return list(heard), place


class Process:
    """One on this memory, which hears of the others as soon as it has looked."""

    def __init__(self, memory: Memory, name: str) -> None:
        self.news, self.now_s = Counted(memory), 0.0
        self.presence = FakePresence(memory)
        self.hearing = Hearing(name, self.presence, {BATTLE: None}, lambda: self.now_s)  # type: ignore[dict-item]
        self.seats = TakenSeats(name, self.news, self.hearing)
        self.heard: list[tuple[BattleId, SeatId, int, str]] = []
        self.seats.on_taken.append(self.heard.append)


async def processes(*names: str) -> tuple[Memory, list[Process]]:
    """Each has seen the others, and has had its first turn."""
    memory = Memory()
    every = [Process(memory, name) for name in names]
    for name, one in zip(names, every, strict=True):
        await one.presence.renew(name, [BATTLE])
    for one in every:
        await one.hearing.look()
        await one.seats.turn()
        one.news.calls.clear()
    return memory, every


async def test_the_others_hear_which_seats_were_taken_and_who_took_them_does_not() -> None:
    _, [here, there, third] = await processes("here", "there", "third")
    here.seats.tell(BATTLE, SEAT, 7)
    here.seats.tell(BATTLE, OTHER, 8)
    for one in (here, there, third):
        await one.seats.turn()
    assert there.heard == third.heard == [(BATTLE, SEAT, 7, "here"), (BATTLE, OTHER, 8, "here")]
    assert here.heard == []


async def test_all_of_a_turn_cost_one_call() -> None:
    _, [here, there] = await processes("here", "there")
    for number in range(10_000):
        here.seats.tell(BATTLE, SeatId(f"seat{number}"), number)
    for one in (here, there):
        await one.seats.turn()
    assert here.news.calls == ["tell", "since"] and there.news.calls == ["since"]
    assert len(there.heard) == 10_000


async def test_who_is_alone_asks_the_store_for_nothing() -> None:
    _, [here] = await processes("here")
    here.seats.tell(BATTLE, SEAT, 7)
    await here.seats.turn()
    assert here.news.calls == []


async def test_what_was_told_to_nobody_is_not_told_to_whoever_comes_later() -> None:
    memory, [here] = await processes("here")
    here.seats.tell(BATTLE, SEAT, 7)
    await here.seats.turn()
    there = Process(memory, "there")
    await there.presence.renew("there", [BATTLE])
    for one in (there, here):
        await one.hearing.look()
        await one.seats.turn()
    await there.seats.turn()
    assert there.heard == []


async def test_what_could_not_be_said_or_heard_in_its_turn_is_not_made_up_for() -> None:
    memory, [here, there] = await processes("here", "there")
    here.seats.tell(BATTLE, SEAT, 7)
    await here.seats.turn()
    memory.gone = True
    there.seats.tell(BATTLE, OTHER, 8)
    await there.seats.turn()
    memory.gone = False
    for one in (there, here, there):
        await one.seats.turn()
    assert (here.heard, there.heard) == ([], [])
    here.seats.tell(BATTLE, SEAT, 9)
    for one in (here, there):
        await one.seats.turn()
    assert there.heard == [(BATTLE, SEAT, 9, "here")]
