"""A team's answer and every way in which it may not count, as its device is told."""

from typing import Any

import pytest

from tests.hub.stage import Device, Message, Stage, staged
from tests.hub.test_evening import ANSWER, answer
from tests.support.battles import each_round, right_answer, wrong_answer


async def opened(stage: Stage) -> tuple[Device, Device, Message]:
    host = stage.host()
    team, joined = await stage.team("Ту-144")
    await host.do("StartRound")
    await host.do("ShowQuestion")
    await team.sees("open")
    return host, team, joined


async def verdict(team: Device, since: int) -> tuple[str, str | None]:
    ack = await team.hears("ack", since=since)
    return ack["verdict"], ack.get("code")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"question": "nothing"}, "not_this_question"),
        ({"opening": 0}, "not_this_question"),
        ({"value": "r1-one-z"}, "no_such_option"),
        ({"value": -1}, "wrong_type"),
        ({"value": None}, "wrong_type"),
        ({"value": {"a": 1}}, "wrong_type"),
    ],
    ids=str,
)
async def test_an_answer_that_can_never_count_is_refused_in_its_ack(change: dict[str, Any], code: str) -> None:
    async with staged() as stage:
        _, team, _ = await opened(stage)
        since = len(team.said)
        fits = {"id": ANSWER.format(1), "question": "r1-one", "opening": 1, "value": right_answer("r1-one")}
        team.say("answer", **{**fits, **change})
        assert await verdict(team, since) == ("refused", code)
        team.say("answer", **fits)
        assert await verdict(team, since + 1) == ("recorded", None)


async def test_an_opening_that_is_still_to_come_here_is_to_be_tried_again() -> None:
    async with staged() as stage:
        _, team, _ = await opened(stage)
        since = len(team.said)
        team.say("answer", id=ANSWER.format(1), question="r1-one", opening=2, value=right_answer("r1-one"))
        ack = await team.hears("ack", since=since)
        assert (ack["verdict"], ack["code"], ack["temporary"]) == ("refused", "not_open", True)


async def test_a_repeated_answer_gets_the_same_ack_and_another_value_under_its_id_a_conflict() -> None:
    async with staged() as stage:
        _, team, _ = await opened(stage)
        for value, expected in ((right_answer("r1-one"), "recorded"),) * 2 + ((wrong_answer("r1-one"), "conflict"),):
            since = len(team.said)
            answer(team, value)
            assert (await verdict(team, since))[0] == expected
        assert [ack["revision"] for ack in team.said if ack["t"] == "ack"] == [1, 1, 1]


async def test_an_answer_counts_by_the_stamp_of_its_reading_and_a_late_one_is_told_by_how_much() -> None:
    async with staged(each_round("r1", "one", reading_ms=0, grace_ms=0)) as stage:
        _, team, _ = await opened(stage)
        deadline, later = team.view["clock"]["deadline"], 0
        for later, expected in ((0, "recorded"), (1, "late"), (20, "late")):
            since = len(team.said)
            raw = {"question": "r1-one", "opening": 1, "value": right_answer("r1-one")}
            team.send(encoded_answer(ANSWER.format(later), raw), stamp_ms=deadline + later)
            ack = await team.hears("ack", since=since)
            assert (ack["verdict"], ack.get("late_ms")) == (expected, later or None)


def encoded_answer(id: str, rest: Message) -> bytes:
    from quizserver.wire.codec import Encoding, encoded

    return encoded(Encoding.MSGPACK, {"t": "answer", "id": id, **rest})


async def test_a_paused_answer_is_for_the_device_to_keep() -> None:
    async with staged(pace=1) as stage:
        host, team, _ = await opened(stage)
        await host.do("Pause")
        await team.until(lambda: team.view.get("paused"))
        assert "questions" not in team.view
        since = len(team.said)
        team.say("answer", id=ANSWER.format(1), question="r1-one", opening=1, value=right_answer("r1-one"))
        assert await verdict(team, since) == ("paused", None)
        await host.do("Resume")
        await team.until(lambda: team.view.get("questions"))
        since = len(team.said)
        answer(team, right_answer("r1-one"))
        assert await verdict(team, since) == ("recorded", None)


async def test_an_answer_kept_offline_gives_way_to_a_newer_one_of_another_device() -> None:
    async with staged() as stage:
        _, team, joined = await opened(stage)
        second = stage.device()
        second.hello()
        second.say("join", pin=stage.pin, code=joined["code"])
        await second.hears("mine")
        answer(second, wrong_answer("r1-one"), 1)
        await second.hears("ack")
        since = len(team.said)
        answer(team, right_answer("r1-one"), 2, seen=0, held=True)
        assert (await verdict(team, since))[0] == "superseded"


async def test_in_time_and_too_late_for_the_seal_is_missed_and_the_console_hears_of_it_and_may_admit_it() -> None:
    async with staged() as stage:
        host, team, _ = await opened(stage)
        in_time = stage.running.clock.now_ms()
        await host.sees("sealed")
        raw = {"question": "r1-one", "opening": 1, "value": right_answer("r1-one")}
        team.send(encoded_answer(ANSWER.format(7), raw), stamp_ms=in_time)
        assert (await team.hears("ack"))["verdict"] == "missed"
        assert await host.hears("missed") == {"t": "missed", "question": "r1-one", "opening": 1, "count": 1}
        page = (await host.ask("page", of="missed", question="r1-one", opening=1))["page"]
        assert [(row["answer"], row["name"], row["value"]) for row in page["rows"]] == [
            (ANSWER.format(7), "Ту-144", right_answer("r1-one"))
        ]
        await host.do("Reveal")
        await team.sees("revealed")
        assert team.mine["marks"]["r1-one"]["mark"] == "none"
        await host.do("AdmitMissed", question="r1-one", opening=1, answer=ANSWER.format(7))
        await team.until(lambda: team.mine["marks"]["r1-one"]["mark"] == "right" or None)
        for unknown in ({"answer": ANSWER.format(8)}, {"question": "nothing"}):
            args = {"question": "r1-one", "opening": 1, "answer": ANSWER.format(7), **unknown}
            assert (await host.ask("do", command="AdmitMissed", args=args))["refused"]["code"].startswith("unknown_")


async def missed_by(stage: Stage, host: Device, *teams: Device) -> None:
    """One answer each, in time and after the seal."""
    in_time = stage.running.clock.now_ms()
    await host.sees("sealed")
    for number, team in enumerate(teams, 1):
        raw = {"question": "r1-one", "opening": 1, "value": right_answer("r1-one")}
        team.send(encoded_answer(ANSWER.format(number), raw), stamp_ms=in_time)
        assert (await team.hears("ack"))["verdict"] == "missed"


async def test_a_console_that_comes_later_hears_of_missed_answers_too_but_not_of_those_that_were_admitted() -> None:
    async with staged() as stage:
        host, first, _ = await opened(stage)
        second, _ = await stage.team("Ан-2")
        await missed_by(stage, host, first, second)
        told = {"t": "missed", "question": "r1-one", "opening": 1}
        assert await stage.host().hears("missed") == {**told, "count": 2}
        since = len(host.said)
        await host.do("AdmitMissed", question="r1-one", opening=1, answer=ANSWER.format(1))
        assert await host.hears("missed", since=since) == {**told, "count": 1}
        assert await stage.host().hears("missed") == {**told, "count": 1}
        page = (await host.ask("page", of="missed", question="r1-one", opening=1))["page"]
        assert [row["answer"] for row in page["rows"]] == [ANSWER.format(2)]
        await host.do("AdmitMissed", question="r1-one", opening=1, answer=ANSWER.format(2))
        last = stage.host()
        await last.ask("page", of="missed", question="r1-one", opening=1)
        assert "missed" not in last.kinds()


async def test_missed_answers_that_the_store_cannot_tell_now_are_told_to_the_next_console() -> None:
    async with staged() as stage:
        host, team, _ = await opened(stage)
        await missed_by(stage, host, team)
        stage.memory.gone = True
        deaf = stage.host()
        await deaf.ask("page", of="teams")
        stage.memory.gone = False
        assert not {"missed", "refused"} & set(deaf.kinds())
        await stage.host().hears("missed")


async def test_a_ruling_after_the_reveal_reaches_those_whose_mark_it_changes_and_nobody_else() -> None:
    async with staged(each_round("r1", "text", reading_ms=0)) as stage:
        host, team, _ = await opened(stage)
        other, _ = await stage.team("Ан-2")
        answer(team, "Ил-18", 1)
        answer(other, "Ту-104", 2)
        for device in (team, other):
            await device.hears("ack")
        await host.do("CloseAnswers")
        await host.sees("sealed")
        await host.do("Reveal")
        await team.sees("revealed")
        since = len(other.said)
        said = next(row["said"] for row in host.view["attention"]["judge"]["rows"])
        await host.do("RuleAnswer", question="r1-text", said=said, accepted=True)
        await team.until(lambda: team.mine["marks"]["r1-text"]["mark"] == "right" or None)
        await other.until(lambda: other.view["solutions"]["r1-text"]["fell"]["right"] == 2 or None)
        assert other.kinds(since) == ["room"]


async def test_an_answer_while_the_store_is_gone_is_acknowledged_when_it_is_back() -> None:
    async with staged() as stage:
        _, team, _ = await opened(stage)
        stage.memory.gone = True
        since = len(team.said)
        answer(team, right_answer("r1-one"))
        assert team.kinds(since) == []
        stage.memory.gone = False
        assert (await verdict(team, since))[0] == "recorded"


async def test_an_answer_while_the_ledger_is_read_anew_is_to_be_sent_again() -> None:
    async with staged() as stage:
        _, team, _ = await opened(stage)
        state, stage.live.state = stage.live.state, None
        since = len(team.said)
        answer(team, right_answer("r1-one"))
        stage.live.state = state
        assert team.said[since] | {"id": ""} == {
            "t": "ack",
            "id": "",
            "verdict": "refused",
            "revision": 0,
            "code": "store_gone",
            "temporary": True,
        }
