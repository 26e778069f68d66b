"""I4: what counts was stamped between the opening and the cut-off, at the moment when it was read; what was in time is not late.

A client knows when its answer was read: a socket is read in order, so that was after the `now` of every `clock` that was answered
before the answer went out, and before the `now` of each that was said behind it.
"""

from collections.abc import Iterator, Mapping

from tests.faults.rig.checks.game import BoxKey, Game
from tests.faults.rig.evidence import Breach
from tests.faults.rig.history import Line

SLACK_MS = 10  # by which a battle clock may be drawn nearer to the store's between two looks


def stamped_in_time(game: Game) -> Iterator[Breach]:
    """Every answer that counts: after its box opened, at its cut-off at the latest."""
    for id, found in game.logged.items():
        for logged in found:
            box, stamp_ms = game.end.boxes[logged.box], logged.row.stamp_ms
            if stamp_ms < box.opens_at_ms:
                yield Breach("I4", f"answer {id} is stamped {box.opens_at_ms - stamp_ms} ms before question {box.question} opened")
            if box.cut_off_ms is not None and stamp_ms > box.cut_off_ms:
                yield Breach("I4", f"answer {id} is stamped {stamp_ms - box.cut_off_ms} ms after the cut-off and counts")


def stamped_when_read(game: Game) -> Iterator[Breach]:
    """A stamp lies between what the client knows of the moment of reading; and nothing is late that was read in time."""
    cut_offs = _tightest(game)
    for id, (earliest_ms, latest_ms) in _readings(game).items():
        for logged in game.logged.get(id, ()):
            if logged.row.stamp_ms > latest_ms + SLACK_MS:
                yield Breach("I4", f"answer {id} is stamped {logged.row.stamp_ms - latest_ms} ms after it had been read")
            if logged.row.stamp_ms < earliest_ms - SLACK_MS:
                yield Breach("I4", f"answer {id} is stamped {earliest_ms - logged.row.stamp_ms} ms before it was said")
        message = game.said[id][0].message
        cut_off_ms = cut_offs.get((message["question"], message["opening"]))
        verdicts = {told.verdict for told in game.told.get(id, ())}
        if cut_off_ms is not None and latest_ms + SLACK_MS <= cut_off_ms and "late" in verdicts:
            yield Breach("I4", f"answer {id} was read {cut_off_ms - latest_ms} ms before the cut-off and refused as late")


def _readings(game: Game) -> Mapping[str, tuple[float, float]]:
    """(earliest, latest) battle time at which an answer was read; an answer that went out twice may have been read either time.
    Nothing is known where the nemesis turns clocks."""
    if any("clock" in str(line.about.get("fault")) for line in game.lines("fault")):
        return {}
    readings: dict[str, list[tuple[float, float]]] = {}
    for lines in game.clients.values():
        for id, reading in _of_client(lines):
            readings.setdefault(id, []).append(reading)
    return {id: (min(each[0] for each in found), max(each[1] for each in found)) for id, found in readings.items()}


def _of_client(lines: list[Line]) -> Iterator[tuple[str, tuple[float, float]]]:
    earliest = float("-inf")
    loose: list[tuple[str, float]] = []  # said since the last question for the time
    asked: dict[int, list[tuple[str, float]]] = {}
    for line in lines:
        match line.did:
            case "opened" | "closed":
                yield from _never_bounded(loose, asked)
                earliest, loose, asked = float("-inf"), [], {}
            case "said" if line.about["message"]["t"] == "answer":
                loose.append((line.about["message"]["id"], earliest))
            case "said" if line.about["message"]["t"] == "clock":
                asked[line.about["message"]["sent"]], loose = loose, []
            case "clock":
                earliest = max(earliest, line.about["now"])
                yield from ((id, (since, line.about["now"])) for id, since in asked.pop(line.about["sent"], ()))
    yield from _never_bounded(loose, asked)


def _never_bounded(
    loose: list[tuple[str, float]], asked: Mapping[int, list[tuple[str, float]]]
) -> Iterator[tuple[str, tuple[float, float]]]:
    for some in (loose, *asked.values()):
        yield from ((id, (since, float("inf"))) for id, since in some)


def _tightest(game: Game) -> Mapping[BoxKey, int]:
    """The earliest cut-off that each box ever had: one that was extended may have refused before it was."""
    tightest: dict[BoxKey, int] = {}
    boxes: object = None
    for state in game.states:
        if state.boxes is not boxes:
            boxes = state.boxes
            for key, box in state.boxes.items():
                if box.cut_off_ms is not None:
                    tightest[key] = min(tightest.get(key, box.cut_off_ms), box.cut_off_ms)
    return tightest
