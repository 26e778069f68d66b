"""What teams have said in open boxes, as every process knows it."""

from quizserver.battle import commands as ask
from quizserver.battle.ids import AnswerId, SeatId, TeamId
from quizserver.services.open_answers import OpenAnswers
from quizserver.services.ports import Offered, Recorded, TeamAnswer, Verdict
from tests.services.evening import BATTLE, CHOICE, NUMBER, RIGHT, WRONG, join
from tests.services.processes import Store, done

BOX, T1 = (CHOICE, 1), TeamId("t1")


def recorded(team: str, revision: int, stamp_ms: int, value: str = RIGHT, verdict: Verdict = Verdict.RECORDED) -> Recorded:
    return Recorded(verdict, AnswerId(f"{stamp_ms:032x}"), TeamId(team), CHOICE, 1, revision, stamp_ms, value)


def knowing(*results: Recorded) -> OpenAnswers:
    answers = OpenAnswers(BATTLE, Store().boxes)
    answers.hear(results)
    return answers


def of(answers: OpenAnswers, team: TeamId = T1) -> TeamAnswer | None:
    return answers.of_team(team, {CHOICE: 1, NUMBER: 1}).get(CHOICE)


def test_the_greatest_stamp_stands_in_whatever_order_answers_are_heard() -> None:
    first, second = recorded("t1", 1, 10, WRONG), recorded("t1", 2, 20)
    for order in ([first, second], [second, first]):
        answer = of(knowing(*order))
        assert answer and (answer.value, answer.revision, answer.stamp_ms) == (RIGHT, 2, 20)


def test_an_older_stamp_that_came_later_raises_the_revision_and_not_the_answer() -> None:
    answers = knowing(recorded("t1", 1, 20))
    assert answers.hear([recorded("t1", 2, 10, WRONG)]) != []
    answer = of(answers)
    assert answer and (answer.value, answer.revision) == (RIGHT, 2)


def test_hearing_of_an_answer_twice_is_no_news() -> None:
    answers = knowing()
    assert answers.hear([recorded("t1", 1, 10)]) == [recorded("t1", 1, 10)]
    assert answers.hear([recorded("t1", 1, 10)]) == []


def test_what_was_not_recorded_is_no_answer() -> None:
    answers = knowing(*(recorded("t1", 0, 10, verdict=verdict) for verdict in Verdict if verdict is not Verdict.RECORDED))
    assert answers.count(BOX) == 0 and of(answers) is None


def test_teams_are_counted_and_not_their_revisions() -> None:
    answers = knowing(recorded("t1", 1, 10), recorded("t1", 2, 20), recorded("t2", 1, 10))
    assert answers.count(BOX) == 2
    assert answers.count((NUMBER, 1)) == 0


def test_a_team_is_told_its_own_answers_of_the_present_openings() -> None:
    answers = knowing(recorded("t1", 1, 10), recorded("t2", 1, 10))
    assert set(answers.of_team(T1, {CHOICE: 1})) == {CHOICE}
    assert answers.of_team(T1, {CHOICE: 2}) == {}


def test_what_options_are_chosen_right_now_is_counted_by_what_stands() -> None:
    answers = knowing(recorded("t1", 1, 10, WRONG), recorded("t1", 2, 20), recorded("t2", 1, 10))
    assert answers.fell(BOX) == {RIGHT: 2}
    both = recorded("t3", 1, 10)._replace(value=(RIGHT, WRONG))
    answers.hear([both])
    assert answers.fell(BOX) == {RIGHT: 3, WRONG: 1}
    assert answers.fell((NUMBER, 1)) == {}


async def open_box() -> tuple[Store, OpenAnswers]:
    store = Store()
    live = await store.begun(join(1), ask.StartRound(), ask.ShowQuestion())
    offered = Offered(AnswerId("a"), T1, SeatId("s1"), CHOICE, 1, RIGHT, live.known.at_ms + 1)
    await store.boxes.offer(BATTLE, [offered])
    return store, OpenAnswers(BATTLE, store.boxes)


async def test_after_a_gap_the_open_boxes_are_read_and_what_is_news_is_named() -> None:
    store, answers = await open_box()
    state = (await store.live()).known
    assert [result.team for result in await answers.load(state)] == [T1]
    assert await answers.load(state) == []
    assert answers.count(BOX) == 1
    answers.forget()
    assert answers.count(BOX) == 0


async def test_what_is_sealed_is_known_from_the_ledger_and_forgotten_here() -> None:
    store, answers = await open_box()
    live = await store.live()
    await answers.load(live.known)
    await done(live, ask.ShowQuestion(), ask.CallLast(), ask.CloseAnswers())
    answers.forget_sealed(live.known)
    assert answers.count(BOX) == 1
    await done(live, ask.SealBox(question=CHOICE, opening=1, rows=()))
    answers.forget_sealed(live.known)
    assert answers.count(BOX) == 0
    assert await answers.load(live.known) == []
