"""The clock stands still, goes on, is given more time."""

from dataclasses import replace

from quizserver.battle import events as did
from quizserver.battle.evolve.changes import with_boxes, with_news
from quizserver.battle.evolve.effect import effect
from quizserver.battle.state import BattleState, Box


@effect(did.Paused)
def _paused(state: BattleState, event: did.Paused) -> BattleState:
    return replace(with_boxes(state, state.open_boxes, paused=True), paused_at_ms=state.at_ms)


@effect(did.Resumed)
def _resumed(state: BattleState, event: did.Resumed) -> BattleState:
    began_ms, moved = state.at_ms - event.by_ms, _moved(state, event.by_ms)
    boxes = {(box.question, box.opening): _goes_on(box, began_ms, event.by_ms) for box in moved.open_boxes}
    clock = moved.clock
    if clock and clock.opens_at_ms > began_ms:
        clock = replace(clock, opens_at_ms=clock.opens_at_ms + event.by_ms)
    shows_at_ms = state.shows_at_ms + event.by_ms if state.shows_at_ms > began_ms else state.shows_at_ms
    return replace(moved, clock=clock, boxes=with_news(moved.boxes, boxes), paused_at_ms=None, shows_at_ms=shows_at_ms)


def _goes_on(box: Box, began_ms: int, by_ms: int) -> Box:
    """What had not begun when it was paused begins later by as much; what had begun keeps the pause apart."""
    if box.opens_at_ms > began_ms:
        return replace(box, paused=False, opens_at_ms=box.opens_at_ms + by_ms)
    return replace(box, paused=False, pauses=(*box.pauses, (began_ms, by_ms)))


@effect(did.ClockExtended)
def _extended(state: BattleState, event: did.ClockExtended) -> BattleState:
    return _moved(state, event.by_ms)


def _moved(state: BattleState, by_ms: int) -> BattleState:
    """Every running clock and every open box moves by the same time."""
    clock = state.clock and replace(state.clock, id=state.version, deadline_ms=state.clock.deadline_ms + by_ms)
    boxes = {(box.question, box.opening): _later(box, by_ms) for box in state.open_boxes}
    return replace(state, clock=clock, boxes=with_news(state.boxes, boxes))


def _later(box: Box, by_ms: int) -> Box:
    cut_off_ms = None if box.cut_off_ms is None else box.cut_off_ms + by_ms
    return replace(box, deadline_ms=box.deadline_ms + by_ms, cut_off_ms=cut_off_ms)
