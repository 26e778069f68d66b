"""What online teams do about one question: most answer, some change their minds, drop and come back, say it twice or too late.

A figure is a row of steps that ends in a known answer whatever the network does: speed decides nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from quizserver.rehearsal.evening import Act, Asked, During, PlayedRound, Step, Turn, Value
from quizserver.rehearsal.values import other_than, some_value

LATE_SHARE = 0.05
EDGE_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Table:
    """Who sits at it: what there is to say, and how the team plays."""

    rng: Random
    asked: Asked
    played: PlayedRound
    devices: int
    knowing: float

    def value(self) -> Value:
        return some_value(self.rng, self.asked, self.knowing)

    def other(self, value: Value) -> Value:
        return other_than(self.rng, self.asked, value)


def turn(table: Table, edge: bool) -> Turn:
    """All a team does about one question. `edge`: also answers around the cut-off, which say what is said already."""
    known = [(figure, share) for figure, share, fits in _FIGURES if fits(table)]
    figure = table.rng.choices([figure for figure, _ in known], [share for _, share in known])[0]
    steps, final = figure(table)
    if table.rng.random() < LATE_SHARE:
        late = table.value() if final is None else table.other(final)
        steps.append(Step(During.LATE, table.rng.random(), Act.SAY, late))
    if edge and final is not None and table.rng.random() < EDGE_SHARE:
        steps.append(Step(During.EDGE, table.rng.random(), Act.SAY, final))
    return Turn(tuple(steps), final)


Figure = tuple[list[Step], Value | None]


def _silent(table: Table) -> Figure:
    return [], None


def _plain(table: Table) -> Figure:
    said = table.value()
    return [_say(table.rng.uniform(0.03, 0.97), said)], said


def _twice(table: Table) -> Figure:
    said = table.value()
    return [Step(During.OPEN, table.rng.uniform(0.03, 0.9), Act.SAY_TWICE, said)], said


def _changed_mind(table: Table) -> Figure:
    first = table.value()
    then = table.other(first)
    if not table.played.reveals_each and table.rng.random() < 0.5:
        return [_say(table.rng.uniform(0.03, 0.9), first), Step(During.LAST_CALL, table.rng.random(), Act.SAY, then)], then
    return [_say(table.rng.uniform(0.03, 0.4), first), _say(table.rng.uniform(0.5, 0.95), then)], then


def _to_and_fro(table: Table) -> Figure:
    """Back to the first answer, and then the first message arrives once more."""
    first = table.value()
    then = table.other(first)
    steps = [_say(0.1, first), _say(0.3, then), _say(0.5, first), _say(0.7, then), Step(During.OPEN, 0.85, Act.REPEAT)]
    return steps, then


def _cut_before(table: Table) -> Figure:
    """The answer is tapped while there is no connection, and sent on return."""
    said = table.value()
    steps = [Step(During.OPEN, 0.1, Act.DROP), Step(During.OPEN, 0.3, Act.TAP, said), Step(During.OPEN, 0.6, Act.RETURN)]
    return steps, said


def _cut_after(table: Table) -> Figure:
    """The connection is lost between the answer and its ack, so the device sends it again."""
    said = table.value()
    return [Step(During.OPEN, 0.2, Act.SAY_AND_DROP, said), Step(During.OPEN, 0.6, Act.RETURN)], said


def _other_device(table: Table) -> Figure:
    first = table.value()
    then = table.other(first)
    return [_say(0.2, first), _say(0.5, then, device=1)], then


def _kept_too_long(table: Table) -> Figure:
    """What one device kept while it was cut off does not overwrite what the other one has said since."""
    first = table.value()
    kept = table.other(first)
    newer = table.other(kept)
    steps = [
        _say(0.1, first),
        Step(During.OPEN, 0.2, Act.DROP),
        Step(During.OPEN, 0.3, Act.TAP, kept),
        _say(0.5, newer, device=1),
        Step(During.OPEN, 0.75, Act.RETURN),
    ]
    return steps, newer


def _say(part: float, value: Value, device: int = 0) -> Step:
    return Step(During.OPEN, part, Act.SAY, value, device)


def _always(table: Table) -> bool:
    return True


def _may_change(table: Table) -> bool:
    return not table.played.only_first_counts


def _two_may_change(table: Table) -> bool:
    return table.devices > 1 and _may_change(table)


_FIGURES: tuple[tuple[Callable[[Table], Figure], float, Callable[[Table], bool]], ...] = (
    (_plain, 0.60, _always),
    (_silent, 0.06, _always),
    (_twice, 0.08, _always),
    (_changed_mind, 0.12, _may_change),
    (_to_and_fro, 0.02, _may_change),
    (_cut_before, 0.05, _always),
    (_cut_after, 0.05, _always),
    (_other_device, 0.25, _two_may_change),
    (_kept_too_long, 0.15, _two_may_change),
)
"""Every figure with its share among those that fit the table."""
