"""Reads all that a game leaves behind and says what does not hold: nothing, in linear time, if the server kept its promises."""

from collections.abc import Callable, Iterator

from tests.faults.rig.checks import answers, chain, doors, in_time, liveness, presses, rooms, standings
from tests.faults.rig.checks.game import Game
from tests.faults.rig.evidence import Breach, Evidence

CHECKS: tuple[Callable[[Game], Iterator[Breach]], ...] = (
    chain.epochs,
    chain.moments,
    answers.acked_once,
    answers.marks_once,
    answers.no_phantoms,
    answers.revisions_hold,
    answers.seals_hold,
    in_time.stamped_in_time,
    in_time.stamped_when_read,
    standings.served_is_the_fold,
    standings.told_places_are_the_fold,
    standings.recorded_digests_are_the_fold,
    standings.archive_is_the_ledger,
    standings.cells_are_their_operations,
    rooms.nothing_leaks,
    rooms.ranges_continue,
    rooms.views_are_the_fold,
    presses.advances_are_presses,
    liveness.all_catch_up,
    liveness.all_is_answered,
    doors.amendments_have_authors,
    doors.codes_open_once,
    doors.replaced_tokens_open_nothing,
)


def check(evidence: Evidence) -> list[Breach]:
    """All breaches, those of one invariant after another. Where the ledger does not fold, only what needs no fold is judged."""
    game, broken = chain.read(evidence)
    if broken:
        return [*broken, *rooms.nothing_leaks(game), *rooms.ranges_continue(game)]
    return [breach for each in CHECKS for breach in each(game)]
