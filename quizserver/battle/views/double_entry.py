"""How well a venue marks: of the cells that two people entered without seeing each other, how many differed at first."""

from collections import Counter

from quizserver.battle.ids import ScorekeeperId, VenueId
from quizserver.battle.sheets import Known, Operation
from quizserver.battle.state import BattleState
from quizserver.battle.typed import said_in
from quizserver.battle.views.patch import View


def entry_rows(state: BattleState) -> list[View]:
    """By venue, where the first mark of a cell was written: `once`, `twice`, and how many of the latter `differed` in what each
    person wrote first. Late marks are counted too."""
    counts: dict[VenueId, Counter[str]] = {venue: Counter() for venue in state.venues}
    for (_, _, question), known in state.cells.items():
        first = _first_marks(state, known)
        if first:
            venue = counts[first[0].venue]
            venue["twice" if len(first) > 1 else "once"] += 1
            venue["differed"] += len({said_in(state, question, mark.value) for mark in first}) > 1
    words = ("once", "twice", "differed")
    return [{"venue": venue, **{word: counts[venue][word] for word in words}} for venue in counts]


def _first_marks(state: BattleState, known: Known) -> list[Operation]:
    """What everybody wrote before anything could be seen: by the order in which it came in."""
    first: dict[ScorekeeperId, Operation] = {}
    for operation in sorted(known.values(), key=lambda each: (state.entered[each.name], each.counter, each.device)):
        if operation.value:
            first.setdefault(operation.who, operation)
    return list(first.values())
