"""One cell of a sheet, as somebody may see it: what stands in it, what waits for the host, and all that ever happened to it.

Where marks are entered twice, a scorekeeper sees nothing of what others wrote into a cell before having written into it too: this
file alone says what is left of a cell then.
"""

from quizserver.battle.ids import ScorekeeperId
from quizserver.battle.sheets import EMPTY, Cell, CellKey, Known, Operation, hands
from quizserver.battle.state import BattleState
from quizserver.battle.typed import cell_of, is_right, text_of
from quizserver.battle.verdicts import Outcome, on, outcome
from quizserver.battle.views.patch import View

Reader = ScorekeeperId | None
"""Who looks: a scorekeeper ("" while nobody has said who sits there); None: a host, who sees all."""


def is_hidden(state: BattleState, known: Known, reader: Reader) -> bool:
    """True if this reader is not to know yet what stands there."""
    return state.settings.double_entry and reader is not None and reader not in hands(known)


def cell_part(state: BattleState, key: CellKey, reader: Reader = None) -> View:
    """A cell with what stands in it: enough for a device to replace exactly what it saw. `late`: what came after its gate and does
    not count. `right`: of a typed text, once its venue has collected; absent while it waits for the judge. `by`, where marks are
    entered twice: how many people have written into it."""
    known, counted = state.cells[key], state.counting(key)
    hidden = is_hidden(state, known, reader)
    said = EMPTY if hidden else cell_of(state, key, counted)
    part: View = {"state": said.state.value, "value": said.value, "present": [present_part(state, each) for each in said.present]}
    if (right := _typed_right(state, key, said.value)) is not None:
        part["right"] = right
    if not hidden and (late := _late_part(state, key, said)):
        part["late"] = late
    return {**part, "by": len(hands(counted))} if state.settings.double_entry else part


def _typed_right(state: BattleState, key: CellKey, value: str) -> bool | None:
    team, _, question = key
    text = text_of(value)
    if text is None:
        return None
    here, asked = state.plan.questions[state.plan.positions[question]]
    collected = (state.teams[team].venue, state.scope(here, question)) in state.collected
    return is_right(state, asked, text) if collected else None


def _late_part(state: BattleState, key: CellKey, said: Cell) -> list[View]:
    """Late operations that would stand in the cell, each with what has become of it."""
    present = {operation.name for operation in said.present}
    rest = [operation for operation in cell_of(state, key, state.cells[key]).present if operation.name not in present]
    return [
        {**present_part(state, operation), "is": outcome(state.verdicts, operation.name).value}
        for operation in rest
        if operation.name in state.kept_out
    ]


def present_part(state: BattleState, operation: Operation) -> View:
    """What one person wrote into a cell; `at`: the battle time at which it came in."""
    return {"name": operation.name, "who": operation.who, "value": operation.value, "at": state.entered[operation.name]}


def signed_part(state: BattleState, operation: Operation) -> View:
    """The same with what this person is called."""
    return {**present_part(state, operation), **person_part(state, operation.who)}


def person_part(state: BattleState, who: ScorekeeperId) -> View:
    """What a person is called, "" once that is forgotten, and which of the venue's people it is."""
    person = state.scorekeepers[who]
    return {"called": person.name.text, "number": person.number}


def history_page(state: BattleState, key: CellKey, reader: Reader, start: int, count: int) -> View:
    """Everything that ever happened to one cell, in the order in which it came in."""
    known = state.cells.get(key, {})
    rows = [] if is_hidden(state, known, reader) else sorted(known.values(), key=lambda each: (state.entered[each.name], each.name))
    return {"start": start, "of": len(rows), "rows": [_row(state, known, each) for each in rows[start : start + count]]}


def _row(state: BattleState, known: Known, operation: Operation) -> View:
    """Who wrote what over what, and when; `before`: the values that it replaces."""
    row = signed_part(state, operation)
    row["before"] = sorted({known[name].value for name in operation.over if name in known})
    if operation.why:
        row["why"] = operation.why
    if operation.name in state.late:
        row["is"] = outcome(state.verdicts, operation.name).value
        row["verdicts"] = [
            {"is": _word(verdict.accepted), "by": verdict.by, "at": state.entered[verdict.name], "why": verdict.why}
            for verdict in sorted(on(state.verdicts, operation.name), key=lambda each: (state.entered[each.name], each.name))
        ]
    return row


def _word(accepted: bool) -> str:
    return (Outcome.ACCEPTED if accepted else Outcome.REFUSED).value
