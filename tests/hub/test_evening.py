"""An evening over the hub, as devices see it: who hears what, how often, and what they have in the end."""

from typing import Any

from quizserver.wire.codec import Encoding
from tests.hub.stage import Device, staged
from tests.support.battles import a_round, each_round, right_answer, wrong_answer

ANSWER = "{:032x}"


def answer(device: Device, value: Any, number: int = 1, question: str | None = None, **rest: Any) -> str:
    """Says an answer to the question on its view (or another visible one); its id."""
    shown = question or device.view["question"]
    device.say(
        "answer", id=ANSWER.format(number), question=shown, opening=device.view["questions"][shown]["opening"], value=value, **rest
    )
    return ANSWER.format(number)


async def test_a_team_hears_three_messages_a_question() -> None:
    async with staged() as stage:
        host = stage.host()
        team, _ = await stage.team("Ту-144")
        await host.do("StartRound")
        await team.sees("round_intro")
        since = len(team.said)
        await host.do("ShowQuestion")
        await team.sees("open")
        answer(team, right_answer(team.view["question"]))
        await team.hears("ack", since=since)
        await host.sees("sealed")  # by the clock: nobody closes it
        await host.do("Reveal")
        await team.sees("revealed")
        assert team.kinds(since) == ["room", "ack", "result"]
        assert team.mine["marks"]["r1-one"]["mark"] == "right"
        assert team.mine["place"]["place"] == 1


async def test_a_second_device_sees_what_the_first_one_said() -> None:
    async with staged() as stage:
        host = stage.host()
        first, joined = await stage.team("Ту-144")
        second = stage.device(encoding=Encoding.JSON)
        second.hello()
        second.say("join", pin=stage.pin, code=joined["code"].lower())
        await second.hears("joined")
        await host.do("StartRound")
        await host.do("ShowQuestion")
        await first.sees("open")
        since_first, since_second = len(first.said), len(second.said)
        value = wrong_answer("r1-one")
        answer(first, value)
        await second.hears("mine", since=since_second)
        assert second.mine["answers"]["r1-one"] == {"value": value, "revision": 1, "opening": 1}
        assert first.kinds(since_first) == ["ack"]


async def test_a_reveal_at_the_rounds_end_brings_each_question_in_one_message() -> None:
    async with staged(a_round("r1", "one", "number", reading_ms=0, last_call_seconds=60, grace_ms=0)) as stage:
        host = stage.host()
        team, _ = await stage.team("Ту-144")
        for command in ("StartRound", "ShowQuestion", "ShowQuestion"):
            await host.do(command)
        await team.until(lambda: len(team.view.get("questions", {})) == 2 or None)
        answer(team, right_answer("r1-one"), 1, "r1-one")
        answer(team, wrong_answer("r1-number"), 2, "r1-number")
        await host.do("CallLast")
        await host.until(lambda: host.view["primary"]["command"] == "Reveal" or None)
        since = len(team.said)
        await host.do("Reveal")
        await host.do("Reveal")
        await team.until(lambda: len(team.view.get("solutions", {})) == 2 or None)
        assert team.kinds(since) == ["result", "result"]
        assert {each: mark["mark"] for each, mark in team.mine["marks"].items()} == {"r1-one": "right", "r1-number": "right"}


async def test_a_standing_on_the_stage_brings_everybodys_place() -> None:
    async with staged(each_round("r1", "one", reading_ms=0)) as stage:
        host = stage.host()
        teams = [(await stage.team(name))[0] for name in ("Ан-2", "Бе-200", "Ил-62")]
        await play_a_question(host, teams)
        await host.do("EndRound")
        since = [len(team.said) for team in teams]
        await host.do("ShowStanding")
        for team, start in zip(teams, since, strict=True):
            await team.hears("result", since=start)
            assert team.kinds(start) == ["result"]
        assert [team.mine["place"]["place"] for team in teams] == [1, 2, 2]
        assert [team.mine["place"].get("gap") for team in teams] == [None, 100, 100]
        since = [len(team.said) for team in teams]
        await host.do("ShowStanding")  # once more: the room looks as before
        for team, start in zip(teams, since, strict=True):
            await team.hears("mine", since=start)
            assert team.kinds(start) == ["mine"]


async def play_a_question(host: Device, teams: list[Device]) -> None:
    """The first team is right, all others are wrong."""
    await host.do("StartRound")
    await host.do("ShowQuestion")
    for number, team in enumerate(teams):
        await team.sees("open")
        shown = team.view["question"]
        answer(team, right_answer(shown) if number == 0 else wrong_answer(shown), number)
        await team.hears("ack")
    await host.do("CloseAnswers")
    await host.sees("sealed")
    await host.do("Reveal")
    for team in teams:
        await team.sees("revealed")
