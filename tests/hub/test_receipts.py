"""A device shows the receipts of what was recorded to a server that has lost it."""

import pytest

from quizserver.battle.ids import QuestionId
from tests.hub.stage import Device, Message, Stage, staged
from tests.hub.test_answers import opened, verdict
from tests.hub.test_evening import ANSWER, answer
from tests.support.battles import right_answer, wrong_answer


async def recorded(team: Device, number: int = 1, right: bool = True) -> Message:
    """The ack of an answer."""
    since = len(team.said)
    answer(team, right_answer("r1-one") if right else wrong_answer("r1-one"), number)
    return await team.hears("ack", since=since)


def show(team: Device, receipt: str, number: int = 1, **other: object) -> int:
    """Where to look for what becomes of it."""
    since = len(team.said)
    shown = {"question": "r1-one", "opening": 1, "value": right_answer("r1-one"), "receipt": receipt, **other}
    team.say("answer", id=ANSWER.format(number), **shown)
    return since


def lose_answers(stage: Stage) -> None:
    for box in stage.memory.boxes.values():
        box.rows.clear()
        box.devices.clear()


async def test_an_answer_that_was_lost_is_taken_with_the_stamp_it_had() -> None:
    async with staged() as stage:
        _, team, _ = await opened(stage)
        ack = await recorded(team)
        lose_answers(stage)
        again = await team.hears("ack", since=show(team, ack["receipt"]))
        assert again == ack
        [row] = stage.memory.boxes[stage.live.id, QuestionId("r1-one"), 1].rows.values()
        assert str(row.stamp_ms) == ack["receipt"].split(".")[0]


async def test_a_receipt_that_comes_after_the_seal_is_for_the_host_to_admit_and_after_the_reveal_for_nobody() -> None:
    async with staged() as stage:
        host, team, _ = await opened(stage)
        ack = await recorded(team)
        lose_answers(stage)
        await host.sees("sealed")
        assert await verdict(team, show(team, ack["receipt"])) == ("missed", None)
        await host.do("Reveal")
        await team.sees("revealed")
        assert await verdict(team, show(team, ack["receipt"])) == ("refused", "already_revealed")


async def test_a_receipt_of_what_is_not_lost_changes_nothing() -> None:
    async with staged() as stage:
        _, team, _ = await opened(stage)
        first = await recorded(team)
        second = await recorded(team, 2, right=False)
        assert await team.hears("ack", since=show(team, first["receipt"])) == first
        assert second["revision"] == 2 and second["receipt"] != first["receipt"]


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"number": 2}, "bad_receipt"),
        ({"value": wrong_answer("r1-one")}, "bad_receipt"),
        ({"receipt": "1700000000000.1." + "0" * 32}, "bad_receipt"),
        ({"value": "nothing"}, "no_such_option"),
    ],
    ids=str,
)
async def test_a_receipt_of_something_else_is_refused(other: dict[str, object], code: str) -> None:
    async with staged() as stage:
        _, team, _ = await opened(stage)
        ack = await recorded(team)
        assert await verdict(team, show(team, **{"receipt": ack["receipt"], **other})) == ("refused", code)


async def test_a_receipt_of_another_team_is_refused() -> None:
    async with staged() as stage:
        _, team, _ = await opened(stage)
        other, _ = await stage.team("Ан-2")
        ack = await recorded(team)
        assert await verdict(other, show(other, ack["receipt"])) == ("refused", "bad_receipt")
