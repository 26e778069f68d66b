"""Bad input, and what other quiz servers get wrong with it: each is told one word that a page has a sentence for, nothing else
happens to anybody, the log has one line at most and no traceback, and the same connection goes on."""

import logging
from dataclasses import dataclass
from typing import Any

import pytest

from quizserver.battle.questions import Counts
from quizserver.wire.codec import LARGE_MESSAGE, SMALL_MESSAGE, Encoding, encoded
from tests.hub.stage import Device, Message, Stage, staged
from tests.hub.test_answers import opened
from tests.hub.test_evening import ANSWER, answer
from tests.support.battles import a_round, each_round, right_answer, wrong_answer
from tests.support.refusal_words import LANGUAGES, sentence, verdict_sentence

TAKEN = "Ту-144"
RIGHT_TO_LEFT, NO_WIDTH = "\u202e", "\u200b"
NOBODY = "0" * 16


@dataclass(frozen=True)
class Bad:
    """What is sent, who sends it, and the word for it. `{pin}` and the like are filled in."""

    who: str
    sent: Message | bytes
    told: str

    def bytes(self, stage: Stage) -> bytes:
        return self.sent if isinstance(self.sent, bytes) else encoded(Encoding.MSGPACK, filled(self.sent, stage))


def filled(sent: Any, stage: Stage) -> Any:
    if isinstance(sent, dict):
        return {key: filled(each, stage) for key, each in sent.items()}
    if isinstance(sent, list):
        return [filled(each, stage) for each in sent]
    return {"{pin}": stage.pin, "{venue}": stage.venue}.get(sent, sent) if isinstance(sent, str) else sent


def joining(name: Any) -> Message:
    return {"t": "join", "pin": "{pin}", "name": name}


def answering(**changes: Any) -> Message:
    return {"t": "answer", "id": ANSWER.format(9), "question": "r1-one", "opening": 1, "value": right_answer("r1-one"), **changes}


def pressing(command: str, **args: Any) -> Message:
    return {"t": "do", "n": 1, "command": command, "args": args}


def marking(**changes: Any) -> Message:
    where = {"venue": "{venue}", "team": NOBODY, "round": "r1", "question": "r1-one"}
    return {"t": "marks", "n": 1, "operations": [{"device": "d", "counter": 1, **where, "who": "a" * 16, "value": "1", **changes}]}


def nested(depth: int) -> bytes:
    return b"\x81\xa1t" * depth + b"\xc0"


BAD = {
    "unknown pin, looked for": Bad("guest", {"t": "look", "pin": "9" * 6}, "unknown_pin"),
    "unknown pin, joined": Bad("guest", {**joining("Ан-2"), "pin": "9" * 6}, "unknown_pin"),
    "pin that is no pin": Bad("guest", {"t": "look", "pin": "<b>"}, "invalid"),
    "unknown team code": Bad("guest", {"t": "join", "pin": "{pin}", "code": "AAAAAA"}, "unknown_code"),
    "taken name": Bad("guest", joining(TAKEN), "name_taken"),
    "taken name in other letters": Bad("guest", joining("TY 144"), "name_taken"),
    "taken name with a right-to-left override": Bad("guest", joining(f"{RIGHT_TO_LEFT}Ту{NO_WIDTH}-144"), "name_taken"),
    "empty name": Bad("guest", joining("  "), "name_empty"),
    "name of nothing but directions": Bad("guest", joining(RIGHT_TO_LEFT * 3), "name_empty"),
    "name of 10,000 letters": Bad("guest", joining("a" * 10_000), "name_too_long"),
    "name of 10,000 wide letters": Bad("guest", joining("я" * 10_000), "too_big"),
    "name of the wrong type": Bad("guest", joining({"ru": "Ан-2"}), "invalid"),
    "neither name nor code": Bad("guest", {"t": "join", "pin": "{pin}"}, "invalid"),
    "hello again": Bad("guest", {"t": "hello", "v": 1}, "hello_again"),
    "answer to another question": Bad("team", answering(question="r1-nothing"), "not_this_question"),
    "answer to an opening that is to come": Bad("team", answering(opening=7), "not_open"),
    "option that does not exist": Bad("team", answering(value="r1-one-z"), "no_such_option"),
    "value of the wrong type": Bad("team", answering(value=[1, {"a": None}]), "wrong_type"),
    "text of 3,000 letters": Bad("team", answering(question="r1-text", value="я" * 3_000), "too_long"),
    "text without a letter": Bad("team", answering(question="r1-text", value=RIGHT_TO_LEFT + " !"), "empty"),
    "number that is none": Bad("team", answering(question="r1-number", value="много"), "wrong_type"),
    "second answer under the same name": Bad("team", answering(id=ANSWER.format(1), value=wrong_answer("r1-one")), "conflict"),
    "a phone that presses": Bad("team", pressing("CloseAnswers"), "not_allowed"),
    "a phone that marks": Bad("team", marking(), "not_allowed"),
    "a phone that reads the teams": Bad("team", {"t": "page", "n": 1, "of": "teams"}, "not_allowed"),
    "a screen that answers": Bad("screen", answering(), "not_allowed"),
    "a desk that presses": Bad("desk", pressing("CloseAnswers"), "not_allowed"),
    "a desk for a team that does not exist": Bad("desk", marking(), "unknown_team"),
    "a desk for another venue": Bad("desk", marking(venue=NOBODY), "not_your_venue"),
    "a desk with too many marks": Bad("desk", {"t": "marks", "n": 1, "operations": marking()["operations"] * 101}, "invalid"),
    "a console's unknown press": Bad("host", pressing("DropTables"), "unknown_command"),
    "a console's press with a wrong type": Bad("host", pressing("AdjustPoints", team=NOBODY, points="100", reason="?"), "invalid"),
    "a console's unknown team": Bad("host", pressing("AdjustPoints", team=NOBODY, points=100, reason="?"), "unknown_team"),
    "a console's press out of its time": Bad("host", {**pressing("Reveal"), "step": 0}, "stale"),
    "a console's venue without a name": Bad("host", pressing("AddVenue", name=NO_WIDTH), "name_empty"),
    "oversized frame of a phone": Bad("team", b"x" * (SMALL_MESSAGE + 1), "too_big"),
    "oversized frame of a console": Bad("host", b"x" * (LARGE_MESSAGE + 1), "too_big"),
    "no msgpack": Bad("team", b"\xc1", "malformed"),
    "half a message": Bad("team", encoded(Encoding.MSGPACK, answering())[:-3], "malformed"),
    "a list": Bad("team", b"\x93\x01\x02\x03", "malformed"),
    "a length that lies": Bad("team", b"\x81\xa1t\xdd\xff\xff\xff\xff", "malformed"),
    "deeply nested": Bad("team", nested(20), "too_deep"),
    "nested without end": Bad("team", nested(5_000), "malformed"),
    "binary": Bad("team", b"\x81\xa1t\xc4\x01x", "malformed"),
    "fraction": Bad("team", b"\x81\xa1t\xcb" + b"\0" * 8, "bad_value"),
    "a message of tomorrow": Bad("team", {"t": "bet", "points": 5}, "unknown_message"),
}


async def of(who: str, stage: Stage, team: Device) -> Device:
    if who == "team":
        return team
    if who == "guest":
        guest = stage.device()
        guest.hello()
        return guest
    return stage.host() if who == "host" else await stage.staff(who, venue=stage.venue)


def word(message: Message) -> str | None:
    """The code by which a reply refuses, or the verdict that is none of the good ones."""
    code: str | None = message.get("refused", message).get("code") or message.get("verdict")
    return code


def has_words(code: str, who: str) -> bool:
    return all(sentence(code, each, staff=who in ("host", "desk")) or verdict_sentence(code, each) for each in LANGUAGES)


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
async def test_bad_input_is_told_in_a_word_and_changes_nothing(bad: Bad, caplog: pytest.LogCaptureFixture) -> None:
    async with staged(a_round("r1", "one", "text", "number", reading_ms=0), pace=1) as stage:
        host, team, _ = await opened(stage)
        await host.do("ShowQuestion")
        await host.do("ShowQuestion")
        await team.until(lambda: len(team.view["questions"]) == 3 or None)
        answer(team, right_answer("r1-one"), question="r1-one")
        await team.hears("ack")
        sender = await of(bad.who, stage, team)
        before, mine, since = stage.live.head, team.mine, len(sender.said)
        caplog.clear()
        sender.send(bad.bytes(stage))
        assert word(await sender.hears("refused", "done", "ack", since=since)) == bad.told
        assert bad.told == "conflict" or has_words(bad.told, bad.who)
        assert (stage.live.head, team.mine) == (before, mine)
        assert [each for each in caplog.records if each.exc_info or each.levelno >= logging.ERROR] == []
        assert len(caplog.records) <= 1
        sender.say("clock", sent=1)
        assert sender.said[-1]["t"] == "clock" and sender.closing is None


@pytest.mark.parametrize("who", ["guest", "team", "screen", "desk", "host"])
async def test_who_goes_on_with_it_is_sent_away_with_one_line_in_the_log(who: str, caplog: pytest.LogCaptureFixture) -> None:
    async with staged() as stage:
        sender = await of(who, stage, (await stage.team("Ан-2"))[0])
        caplog.clear()
        for _ in range(5):
            sender.send(b"\xc1")
        assert sender.closing is not None and not sender.closing.comes_back
        assert len(caplog.records) == 1 and not caplog.records[0].exc_info


async def test_html_in_a_name_goes_to_everybody_as_it_was_written() -> None:
    async with staged() as stage:
        host, hostile = stage.host(), "<img src=x onerror=alert(1)>"
        team, _ = await stage.team(hostile)
        rows = (await host.ask("page", of="teams"))["page"]["rows"]
        assert [row["name"] for row in rows] == [team.mine["name"]] == [hostile]


async def test_a_press_that_fails_its_check_is_not_done_with_what_was_left_of_it() -> None:
    async with staged() as stage:
        host, (_, joined) = stage.host(), await stage.team("Ту-144")
        before = stage.live.head
        good = {"team": joined["team"], "points": 500, "reason": "bonus"}
        bad_points: list[Message] = [{"points": each} for each in ("500", 2**40, None, 0, True, [500])]
        for change in (*bad_points, {"reason": 5}, {"reason": " "}, {"team": NOBODY}, {"extra": 1}):
            done = await host.ask("do", command="AdjustPoints", args={**good, **change})
            assert not done["ok"], change
        assert stage.live.head == before
        await host.do("AdjustPoints", **good)


# --- answers: what is fair ------------------------------------------------------------------------------------------------


async def marks_after(stage: Stage, host: Device, team: Device) -> Message:
    """The team's own marks once the present question is revealed."""
    await host.do("CloseAnswers")
    await host.sees("sealed")
    await host.do("Reveal")
    await team.sees("revealed")
    marks: Message = team.mine["marks"]
    return marks


async def test_a_right_answer_that_comes_late_neither_counts_nor_costs() -> None:
    async with staged(each_round("r1", "one", reading_ms=0, grace_ms=0), pace=1) as stage:
        host, team, _ = await opened(stage)
        team.send(encoded(Encoding.MSGPACK, answering()), stamp_ms=team.view["clock"]["deadline"] + 60_000)
        assert (await team.hears("ack"))["verdict"] == "late"
        marks = await marks_after(stage, host, team)
        assert (marks["r1-one"]["mark"], marks["r1-one"]["points"], team.mine["place"]["points"]) == ("none", 0, 0)


async def test_a_tap_after_the_results_lands_in_no_question() -> None:
    async with staged(each_round("r1", "one", "tf", reading_ms=0), pace=1) as stage:
        host, team, _ = await opened(stage)
        await marks_after(stage, host, team)
        team.send(encoded(Encoding.MSGPACK, answering()))
        assert (await team.hears("ack"))["verdict"] in ("late", "missed")
        await host.do("ShowQuestion")
        await team.until(lambda: team.view["question"] == "r1-tf" or None)
        since = len(team.said)
        team.send(encoded(Encoding.MSGPACK, answering(id=ANSWER.format(10))))
        assert (await team.hears("ack", since=since))["verdict"] in ("late", "missed")
        assert "r1-tf" not in team.mine["answers"]
        answer(team, right_answer("r1-tf"), 11)
        await team.until(lambda: next((m for m in team.said if m["t"] == "ack" and m["id"] == ANSWER.format(11)), None))
        assert team.said[-1]["verdict"] == "recorded"
        assert (await marks_after(stage, host, team))["r1-tf"]["mark"] == "right"


@pytest.mark.parametrize("counts", ["first", "last"])
async def test_a_reconnect_keeps_the_answer_and_gains_no_second_one(counts: str) -> None:
    async with staged(each_round("r1", "one", reading_ms=0, counts=Counts(counts)), pace=1) as stage:
        host, team, joined = await opened(stage)
        answer(team, right_answer("r1-one"))
        await team.hears("ack")
        team.gone()
        back = stage.returns(team, joined["token"])
        assert back.who.identity.seat == joined["seat"]
        await back.until(lambda: "r1-one" in back.mine.get("answers", {}) or None)
        since = len(back.said)
        answer(back, wrong_answer("r1-one"), 2, seen=1)
        assert (await back.hears("ack", since=since))["verdict"] == ("locked" if counts == "first" else "recorded")
        marks = await marks_after(stage, host, back)
        assert marks["r1-one"]["mark"] == ("right" if counts == "first" else "wrong")
        assert stage.live.known.boxes["r1-one", 1].answers.keys() == {joined["team"]}  # type: ignore[index]


@pytest.mark.parametrize("claims", [{"sent_ms": 1}, {"at": 1}, {"time": 0}, {"rtt": 999}, {"lag_ms": 999}])
async def test_no_time_that_a_device_claims_is_even_read(claims: dict[str, int]) -> None:
    async with staged(each_round("r1", "one", reading_ms=0, grace_ms=0), pace=1) as stage:
        _, team, _ = await opened(stage)
        for sent in (0, 1, 2**52):  # an echo that lies
            team.say("clock", sent=sent)
        team.send(encoded(Encoding.MSGPACK, {**answering(), **claims}))
        assert team.said[-1]["code"] == "invalid"
        team.send(encoded(Encoding.MSGPACK, answering()), stamp_ms=team.view["clock"]["deadline"] + 1)
        ack = await team.hears("ack")
        assert (ack["verdict"], ack["late_ms"]) == ("late", 1)
