"""Answers in: group commit, one reply each, and a store that goes away in the middle."""

import asyncio
import logging
from collections.abc import Sequence

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.ids import AnswerId, BattleId, QuestionId, SeatId, TeamId
from quizserver.battle.refusals import Fault, Refused
from quizserver.battle.state import BattleState
from quizserver.services import answering
from quizserver.services.answering import Answering, Said, offer_of
from quizserver.services.ports import Offered, Recorded, StoreGone, Verdict
from tests.services.evening import BATTLE, CHOICE, NUMBER, RIGHT, WRONG, join
from tests.services.processes import Store, done
from tests.support.fakes.boxes import FakeBoxes
from tests.support.fakes.memory import Memory

TEAMS = 200


class Boxes(FakeBoxes):
    """Counts the calls; others have their turn while one is on its way."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory)
        self.calls: list[Sequence[Offered]] = []
        self.bug = ""

    async def offer(self, battle: BattleId, answers: Sequence[Offered]) -> Sequence[Recorded]:
        self.calls.append(answers)
        await asyncio.sleep(0)
        if self.bug:
            raise ValueError(self.bug)
        return await super().offer(battle, answers)


class Intake:
    """An open question of a battle with many teams, one process's intake, and what was replied."""

    def __init__(self, store: Store, state: BattleState) -> None:
        self.store, self.state = store, state
        self.boxes = Boxes(store.memory)
        self.readied = 0
        self.answering = Answering(self.boxes, self._ready)
        self.replies: list[Recorded | Refused] = []

    @classmethod
    async def begin(cls) -> "Intake":
        store = Store()
        live = await store.begun()
        await asyncio.gather(*(live.ask(join(team)) for team in range(TEAMS)))
        await done(live, ask.StartRound(), ask.ShowQuestion())
        return cls(store, live.known)

    async def _ready(self, battle: BattleId) -> None:
        self.readied += 1

    def receive(self, *said: Said) -> None:
        for each in said:
            self.answering.receive(self.state, each, self.replies.append)

    async def drained(self) -> list[Verdict]:
        await self.answering.drained(BATTLE)
        return [reply.verdict for reply in self.replies if isinstance(reply, Recorded)]

    def said(self, team: int, value: object = RIGHT, number: int = 0) -> Said:
        at_ms = self.state.at_ms + 1_000
        return Said(AnswerId(f"{team:016x}{number:016x}"), TeamId(f"t{team}"), SeatId(f"s{team}"), CHOICE, 1, value, at_ms)


@pytest.fixture
async def intake() -> Intake:
    return await Intake.begin()


# --- batches -------------------------------------------------------------------------------------------------------------


async def test_what_arrives_while_a_batch_is_on_its_way_goes_together_in_the_next(intake: Intake) -> None:
    intake.receive(intake.said(0))
    await asyncio.sleep(0)
    intake.receive(*(intake.said(team) for team in range(1, 100)))
    assert await intake.drained() == [Verdict.RECORDED] * 100
    assert [len(call) for call in intake.boxes.calls] == [1, 99]


async def test_a_call_takes_no_more_than_five_hundred_answers(intake: Intake) -> None:
    intake.receive(*(intake.said(team, number=number) for number in range(3) for team in range(TEAMS)))
    assert await intake.drained() == [Verdict.RECORDED] * 600
    assert [len(call) for call in intake.boxes.calls] == [500, 100]


async def test_every_answer_is_replied_to_exactly_once(intake: Intake) -> None:
    intake.receive(*(intake.said(team, number=number) for number in range(3) for team in range(TEAMS)))
    await intake.drained()
    ids = [reply.id for reply in intake.replies if isinstance(reply, Recorded)]
    assert len(ids) == len(set(ids)) == 600


async def test_an_answer_that_comes_again_is_told_the_same_again(intake: Intake) -> None:
    intake.receive(intake.said(1), intake.said(1, number=1), intake.said(1)._replace(stamp_ms=intake.state.at_ms + 2_000))
    await intake.drained()
    first, _, again = intake.replies
    assert isinstance(first, Recorded) and isinstance(again, Recorded)
    assert (again.verdict, again.revision, again.stamp_ms) == (Verdict.RECORDED, 1, first.stamp_ms)


async def test_those_who_listen_hear_of_each_batch_and_of_no_refusal(intake: Intake) -> None:
    heard: list[tuple[BattleId, int]] = []
    intake.answering.on_recorded.append(lambda battle, results: heard.append((battle, len(results))))
    intake.receive(*map(intake.said, range(3)), intake.said(4, "no such option"))
    await intake.drained()
    assert heard == [(BATTLE, 3)]


async def test_it_is_known_what_a_process_still_holds(intake: Intake) -> None:
    assert intake.answering.holds(BATTLE) == 0
    await intake.answering.drained(BATTLE)
    intake.receive(*map(intake.said, range(7)))
    assert intake.answering.holds(BATTLE) == 7
    await asyncio.sleep(0)
    assert intake.answering.holds(BATTLE) == 7
    await intake.drained()
    assert intake.answering.holds(BATTLE) == 0


async def test_before_each_batch_lost_time_is_looked_for(intake: Intake) -> None:
    intake.receive(*(intake.said(team, number=number) for number in range(3) for team in range(TEAMS)))
    await intake.drained()
    assert intake.readied == 2


# --- trouble -------------------------------------------------------------------------------------------------------------


async def test_while_the_store_is_gone_answers_keep_the_stamp_they_were_received_at(intake: Intake) -> None:
    intake.store.memory.gone = True
    intake.receive(intake.said(1))
    await asyncio.sleep(0.12)
    assert intake.replies == []
    intake.store.memory.gone = False
    assert await intake.drained() == [Verdict.RECORDED]
    assert len(intake.boxes.calls) > 1
    assert {call[0].stamp_ms for call in intake.boxes.calls} == {intake.state.at_ms + 1_000}


async def test_trying_ends_with_a_refusal_for_the_time_being(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "KEEP_TRYING_S", 0.02)
    intake.store.memory.gone = True
    intake.receive(intake.said(1), intake.said(2))
    await intake.drained()
    assert intake.replies == [Refused("store_gone", Fault.SERVER, temporary=True)] * 2


async def test_a_bug_is_a_refusal_for_the_time_being_and_the_next_batch_is_offered(
    intake: Intake, caplog: pytest.LogCaptureFixture
) -> None:
    intake.boxes.bug = "no such thing"
    intake.receive(intake.said(1))
    await intake.drained()
    assert intake.replies == [Refused("store_gone", Fault.SERVER, temporary=True)]
    assert "1 answers could not be offered" in caplog.text
    intake.boxes.bug = ""
    intake.receive(intake.said(1))
    assert await intake.drained() == [Verdict.RECORDED]


async def test_a_reply_that_fails_keeps_nobody_else_from_theirs(intake: Intake, caplog: pytest.LogCaptureFixture) -> None:
    def torn(result: Recorded | Refused) -> None:
        raise ConnectionResetError

    caplog.set_level(logging.ERROR)
    intake.answering.receive(intake.state, intake.said(0), torn)
    intake.receive(intake.said(1))
    assert await intake.drained() == [Verdict.RECORDED]
    assert "an answer's reply failed" in caplog.text


async def test_lost_time_that_cannot_be_looked_for_yet_holds_answers_back(intake: Intake) -> None:
    tries = 0

    async def gone_once(battle: BattleId) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise StoreGone("gone")

    intake.answering = Answering(intake.boxes, gone_once)
    intake.receive(intake.said(1))
    assert await intake.drained() == [Verdict.RECORDED]
    assert tries == 2


# --- what can never count ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code", "temporary"),
    [
        ({"team": TeamId("nobody")}, "unknown_team", False),
        ({"question": QuestionId("none")}, "not_this_question", False),
        ({"opening": 0}, "not_this_question", False),
        ({"opening": 2}, "not_open", True),
        ({"question": NUMBER}, "not_open", True),
        ({"value": "elsewhere"}, "no_such_option", False),
        ({"value": 7}, "wrong_type", False),
    ],
)
async def test_what_can_never_count_is_refused_at_once(
    intake: Intake, changes: dict[str, object], code: str, temporary: bool
) -> None:
    intake.receive(intake.said(1)._replace(**changes))  # type: ignore[arg-type]
    [refused] = intake.replies
    assert isinstance(refused, Refused)
    assert (refused.code, refused.temporary) == (code, temporary)
    assert intake.boxes.calls == []


async def test_an_answer_is_offered_in_its_kinds_own_form(intake: Intake) -> None:
    store = intake.store
    live = await store.live()
    assert not isinstance(await live.ask(ask.ShowQuestion()), Refused)
    said = intake.said(1, " 1 000,50 ")._replace(question=NUMBER, seen=3, held=True)
    offered = offer_of(live.known, said)
    assert offered == Offered(said.id, said.team, said.device, NUMBER, 1, "1000.5", said.stamp_ms, 3, True)


async def test_the_box_says_what_is_late(intake: Intake) -> None:
    late = intake.said(1)._replace(stamp_ms=intake.state.at_ms + 3_600_000)
    early = intake.said(2, WRONG)._replace(stamp_ms=0)
    intake.receive(late, early)
    assert await intake.drained() == [Verdict.RECORDED, Verdict.NOT_OPEN]  # a round's box has no cut-off before its last call
