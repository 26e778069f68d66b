"""A copy of a battle that goes on meanwhile: what was acknowledged before the copy began is in it, once."""

from collections.abc import Sequence

from quizserver.battle import commands as ask
from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import AnswerId, BattleId, QuestionId, SeatId, TeamId
from quizserver.services.battles import LiveBattle
from quizserver.services.copying import Copying
from quizserver.services.ports import Offered
from tests.services.evening import BATTLE, CHOICE, NUMBER, RIGHT, join
from tests.services.processes import Store, done
from tests.support.fakes.boxes import FakeBoxes


class MeanwhileBoxes(FakeBoxes):
    """While answers are read for the first time, the battle goes on by one press."""

    def __init__(self, store: Store, live: LiveBattle, press: ask.Command) -> None:
        super().__init__(store.memory)
        self._live, self._presses = live, [press]

    async def rows(self, battle: BattleId, question: QuestionId, opening: int) -> Sequence[AnswerRow]:
        if self._presses:
            await done(self._live, self._presses.pop())
        return await super().rows(battle, question, opening)


async def begun(store: Store) -> LiveBattle:
    """The first question of a round is open, and team 1 has said two things."""
    live = await store.begun(join(1), ask.StartRound(), ask.ShowQuestion())
    opens_ms = live.known.boxes[CHOICE, 1].opens_at_ms
    said = [(1, "wrong"), (2, str(RIGHT))]
    offers = [Offered(AnswerId(f"{n:032x}"), TeamId("t1"), SeatId("s"), CHOICE, 1, value, opens_ms + n) for n, value in said]
    await store.boxes.offer(BATTLE, offers)
    return live


async def copied(store: Store, boxes: FakeBoxes) -> tuple[Copying, int]:
    copying = Copying(BATTLE, store.ledger(), boxes)
    return copying, len([entry async for entry in copying.entries()])


async def test_all_revisions_of_open_boxes_are_in_the_copy() -> None:
    store = Store()
    live = await begun(store)
    copying, entries = await copied(store, store.boxes)
    assert copying.head == live.head and entries == live.head.version
    assert [row.value for row in copying.answers[CHOICE, 1]] == ["wrong", RIGHT]


async def test_a_question_that_opens_meanwhile_is_in_the_copy_with_its_box() -> None:
    store = Store()
    live = await begun(store)
    copying, entries = await copied(store, MeanwhileBoxes(store, live, ask.ShowQuestion()))
    assert entries == live.head.version
    assert copying.answers.keys() == {(CHOICE, 1), (NUMBER, 1)}


async def test_a_box_that_is_sealed_meanwhile_is_in_the_copy_as_entries_only() -> None:
    store = Store()
    live = await begun(store)
    await done(live, ask.ShowQuestion())
    await done(live, ask.CallLast())
    await done(live, ask.CloseAnswers())
    rows = tuple(await store.boxes.seal(BATTLE, CHOICE, 1))
    press = ask.SealBox(question=CHOICE, opening=1, rows=rows)
    copying, entries = await copied(store, MeanwhileBoxes(store, live, press))
    assert entries == live.head.version
    assert copying.answers.keys() == {(NUMBER, 1)}
