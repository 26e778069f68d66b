"""What the boxes must be told when the ledger goes on: the difference of two states, as absolute values."""

from quizserver.battle.state import BattleState, Box
from quizserver.services.ports import BoxChange


def box_changes(before: BattleState | None, after: BattleState) -> list[BoxChange]:
    """One change for every box whose rules for new answers are no longer those of `before`."""
    known = before.boxes if before else {}
    return [
        change_of(box) for key, box in after.boxes.items() if (old := known.get(key)) is None or change_of(old) != change_of(box)
    ]


def change_of(box: Box) -> BoxChange:
    """A box's rules as its script needs them."""
    return BoxChange(box.question, box.opening, box.counts.value, box.opens_at_ms, box.cut_off_ms, box.paused, box.closed)
