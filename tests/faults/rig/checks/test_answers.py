"""What was acknowledged stands in the ledger once, and nothing that nobody said."""

from dataclasses import replace
from typing import Any

from quizserver.battle import events as did
from quizserver.battle.ids import AnswerId
from quizserver.services.entries import chained
from quizserver.services.ports import Head
from tests.faults.rig.checker import check
from tests.faults.rig.evidence import Evidence
from tests.faults.rig.history import Line
from tests.faults.rig.honest import changed, history_of, only, rechained, says, with_line, without


def test_an_acknowledged_answer_that_is_not_in_the_ledger_is_found(honest: Evidence) -> None:
    lost = with_line(honest, "ant", "team", "ack", id="f" * 32, verdict="recorded", revision=1)
    only(lost, "I2", "was acknowledged and is not in the ledger")


def test_what_a_restore_owns_up_to_is_not_called_lost(honest: Evidence) -> None:
    restored = did.Restored(by="restore", epoch=1, upto=len(honest.ledger), lost={"since_ms": "1"})
    entries = chained(Head(), [*history_of(honest), (restored, 10**9)])
    after = replace(honest, ledger=entries, archive=entries, epochs=1)
    assert check(with_line(after, "ant", "team", "ack", id="f" * 32, verdict="recorded", revision=1)) == []
    back = with_line(after, "ant", "team", "room", **{"epoch": 1, "from": None, "to": 10_000, "view": "x"})
    only(with_line(back, "ant", "team", "ack", id="f" * 32, verdict="recorded", revision=1), "I2", "is not in the ledger")


def test_an_answer_that_was_never_acknowledged_may_be_in_the_ledger_or_not(honest: Evidence) -> None:
    history = [line for line in honest.history if line.did != "ack"]
    assert check(replace(honest, history=history)) == []


def test_an_answer_that_is_in_the_ledger_twice_is_found(honest: Evidence) -> None:
    def twice(event: did.Event) -> did.Event:
        return replace(event, rows=(*event.rows, event.rows[0])) if isinstance(event, did.AnswersRecorded) else event

    says(rechained(honest, twice), "I2", "is in the ledger 2 times")


def test_acknowledged_marks_that_are_not_in_the_ledger_are_found(honest: Evidence) -> None:
    lost = rechained(honest, lambda event: None if isinstance(event, did.MarksEntered) else event)
    says(lost, "I2", "the mark device of Anna")


def test_a_mark_that_is_entered_twice_is_found(honest: Evidence) -> None:
    def twice(event: did.Event) -> did.Event:
        return replace(event, operations=event.operations * 2) if isinstance(event, did.MarksEntered) else event

    says(rechained(honest, twice), "I2", "is entered again")


def test_an_answer_that_nobody_said_is_found(honest: Evidence) -> None:
    only(changed_answer(honest, value="something else"), "I3", "is nothing that team ant said")


def test_an_answer_of_another_team_is_found(honest: Evidence) -> None:
    others = [replace(line, about={**line.about, "team": "bee"}) if _opens(line, "ant") else line for line in honest.history]
    only(without(replace(honest, history=others), "mine"), "I3", "is nothing that team ant said")


def test_a_refused_answer_that_counts_is_found(honest: Evidence) -> None:
    refused = [replace(line, about={**line.about, "verdict": "late"}) if line.did == "ack" else line for line in honest.history]
    without_clock = [line for line in refused if line.did != "clock"]
    only(replace(honest, history=without_clock), "I3", "was refused as late and is in the ledger")


def test_a_mark_that_no_desk_entered_is_found(honest: Evidence) -> None:
    history = [line for line in honest.history if line.role != "desk"]
    only(replace(honest, history=history), "I3", "is nothing that a desk entered")


def changed_answer(evidence: Evidence, **about: Any) -> Evidence:
    at = next(at for at, line in enumerate(evidence.history) if line.did == "said" and line.about["message"]["t"] == "answer")
    line, history = evidence.history[at], [*evidence.history]
    history[at] = replace(line, about={"message": {**line.about["message"], **about}})
    return replace(evidence, history=history)


def _opens(line: Line, who: str) -> bool:
    return line.did == "opened" and line.who == who


def test_an_ack_with_another_revision_is_found(honest: Evidence) -> None:
    only(without(changed(honest, "ack", revision=2), "mine"), "I8", "was acknowledged as revision 2, its row is 1")


def test_two_acks_that_differ_are_found(honest: Evidence) -> None:
    first = next(line for line in honest.history if line.did == "ack")
    says(with_line(honest, "ant", "team", "ack", **{**first.about, "revision": 2}), "I8", "as revision 1, then as 2")


def test_two_answers_of_one_revision_are_found(honest: Evidence) -> None:
    def again(event: did.Event) -> did.Event:
        if not isinstance(event, did.AnswersRecorded):
            return event
        return replace(event, rows=(*event.rows, replace(event.rows[0], id=AnswerId("e" * 32))))

    says(rechained(honest, again), "I8", "are both revision 1")


def test_an_own_document_that_goes_back_is_found(honest: Evidence) -> None:
    back = with_line(honest, "ant", "team", "mine", revision="2", view="", answers={"r1-text": 0})
    only(back, "I8", "then shown 0")


def test_a_seal_that_does_not_fit_is_found(honest: Evidence) -> None:
    other = rechained(honest, lambda event: replace(event, count=7) if isinstance(event, did.BoxSealed) else event)
    only(without(other, "room"), "I8", "is not that of the")


def test_an_answer_after_the_seal_is_found(honest: Evidence) -> None:
    rows = [event for event, _ in history_of(honest) if isinstance(event, did.AnswersRecorded)]
    history = [*history_of(honest), (rows[0], 10**9)]
    entries = chained(Head(), history)
    says(replace(honest, ledger=entries, archive=entries), "I8", "adds answers to question r1-text, sealed")
