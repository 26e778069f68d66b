"""In time is what was read in time."""

from dataclasses import replace

from quizserver.battle import events as did
from tests.faults.rig.checker import check
from tests.faults.rig.evidence import Evidence
from tests.faults.rig.honest import only, played, rechained, says, with_line


def with_clock(evidence: Evidence, by_ms: int) -> Evidence:
    """The server told another time than its stamps have."""
    history = [
        replace(line, about={**line.about, "now": line.about["now"] + by_ms}) if line.did == "clock" else line
        for line in evidence.history
    ]
    return replace(evidence, history=history)


def test_an_answer_after_the_cut_off_is_found(honest: Evidence) -> None:
    def late(event: did.Event) -> did.Event:
        return replace(event, cut_off_ms=1_000_001) if isinstance(event, did.RoundClosed) else event

    says(rechained(honest, late), "I4", "after the cut-off and counts")


def test_an_answer_before_the_opening_is_found(honest: Evidence) -> None:
    def later(event: did.Event) -> did.Event:
        return replace(event, opens_at_ms=event.opens_at_ms + 20_000) if isinstance(event, did.AnswersOpened) else event

    says(rechained(honest, later), "I4", "before question r1-text opened")


def test_a_stamp_that_is_later_than_the_reading_is_found(honest: Evidence) -> None:
    only(with_clock(honest, -500), "I4", "500 ms after it had been read")


def test_a_stamp_that_is_earlier_than_the_saying_is_found(honest: Evidence) -> None:
    only(with_clock(honest, 500), "I4", "500 ms before it was said")


def test_nothing_is_said_of_time_where_clocks_were_turned(honest: Evidence) -> None:
    assert check(with_line(with_clock(honest, -500), "rig", "rig", "fault", fault="clock jumps", target="redis")) == []


def test_a_timely_answer_that_was_refused_as_late_is_found() -> None:
    game = played()
    ack = next(at for at, line in enumerate(game.lines) if line.did == "ack")
    refused = game.lines[ack]
    game.lines[ack] = replace(refused, about={**refused.about, "verdict": "late"})
    says(game.evidence, "I4", "before the cut-off and refused as late")
