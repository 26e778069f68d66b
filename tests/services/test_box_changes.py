"""What boxes are told when the ledger goes on."""

from quizserver.battle import commands as ask
from quizserver.services.box_changes import box_changes, change_of
from quizserver.services.ports import BoxChange
from tests.services.evening import CHOICE, NUMBER, Evening, creation, join


def opened() -> Evening:
    evening = Evening()
    evening.ask(creation(), join(1), ask.StartRound(), ask.ShowQuestion(), ask.ShowQuestion())
    return evening


def test_a_new_box_is_told_all_its_rules() -> None:
    state = opened().state
    assert state
    opens_at_ms = state.boxes[CHOICE, 1].opens_at_ms
    assert box_changes(None, state)[0] == BoxChange(CHOICE, 1, "last", opens_at_ms, None, paused=False, closed=False)


def test_only_boxes_whose_rules_change_are_told() -> None:
    evening = opened()
    before = evening.state
    evening.ask(join(2))
    assert evening.state and box_changes(before, evening.state) == []
    evening.ask(ask.CallLast())
    assert [(change.question, change.cut_off_ms is None) for change in box_changes(before, evening.state)] == [
        (CHOICE, False),
        (NUMBER, False),
    ]


def test_a_change_is_the_box_as_it_is_now_so_that_telling_it_twice_changes_nothing() -> None:
    evening = opened()
    before = evening.state
    evening.ask(ask.Pause())
    assert evening.state and box_changes(before, evening.state) == [change_of(box) for box in evening.state.boxes.values()]
    assert all(change.paused for change in box_changes(before, evening.state))
