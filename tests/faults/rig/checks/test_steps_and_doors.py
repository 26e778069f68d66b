"""Presses and advances, who is left behind, who comes in."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from quizserver.battle import events as did
from tests.faults.rig.checker import check
from tests.faults.rig.evidence import Evidence
from tests.faults.rig.history import Line
from tests.faults.rig.honest import SECOND, only, rechained, with_line, without


def test_an_advance_that_nobody_pressed_for_is_found(honest: Evidence) -> None:
    history = [line for line in honest.history if line.about.get("message", {}).get("command") != "CallLast"]
    only(replace(honest, history=history), "I10", "0 presses of CallLast were accepted, and the ledger has 1")


def test_a_press_without_an_answer_may_have_been_taken(honest: Evidence) -> None:
    messages = [line.about["message"] for line in honest.history if line.did == "said"]
    asked = next(message["n"] for message in messages if message.get("command") == "CallLast")
    history = [line for line in honest.history if not (line.did == "done" and line.about["n"] == asked)]
    assert check(replace(honest, history=history)) == []


def long_after(evidence: Evidence) -> Evidence:
    return replace(evidence, history=[*evidence.history, Line(evidence.history[-1].at + 60 * SECOND, "rig", "rig", "note", {})])


def test_a_client_that_never_catches_up_is_found(honest: Evidence) -> None:
    last = max(at for at, line in enumerate(honest.history) if line.who == "bee" and line.did == "room")
    history = [line for at, line in enumerate(honest.history) if at != last]
    assert check(replace(honest, history=history)) == []  # it still may
    only(long_after(replace(honest, history=history)), "I11", "bee stays at version")


def test_a_client_that_has_gone_need_not_catch_up(honest: Evidence) -> None:
    last = max(at for at, line in enumerate(honest.history) if line.who == "bee" and line.did == "room")
    history = [line for at, line in enumerate(honest.history) if at != last]
    gone = with_line(replace(honest, history=history), "bee", "team", "closed", code=None, reason="")
    assert check(long_after(gone)) == []


def test_an_answer_that_never_had_a_verdict_is_found(honest: Evidence) -> None:
    message = {"t": "answer", "id": "d" * 32, "question": "r1-text", "opening": 1, "value": "x"}
    only(long_after(with_line(honest, "ant", "team", "said", message=message)), "I11", "never had a verdict")


def test_a_correction_of_nobody_is_found(honest: Evidence) -> None:
    other = rechained(honest, lambda event: replace(event, by="") if isinstance(event, did.PointsAdjusted) else event)
    only(without(other, "room"), "I12", "says of nobody")


def test_a_code_that_opens_twice_is_found(honest: Evidence) -> None:
    game = honest
    for n in (900, 901):
        press = {"t": "do", "n": n, "command": "PairScreen", "args": {"code": "K7QM2X"}}
        game = with_line(with_line(game, "host", "host", "said", message=press), "host", "host", "done", n=n, ok=True)
    only(game, "I12", "the code K7QM2X")


def test_a_replaced_token_that_opens_is_found(honest: Evidence) -> None:
    about: Mapping[str, Any] = {"server": "s1", "epoch": 0, "team": "ant", "seat": "s", "venue": None}
    new = with_line(honest, "ant", "team", "opened", **about, token="two", replaces="one")
    assert check(new) == []
    only(with_line(new, "ant", "team", "opened", **about, token="one"), "I12", "whose successor two had been used")
