"""The real server for fault games: `python -m tests.faults.rig.defective sound run ...`, or the name of a defect for `sound`.

Tokens of its devices grow old within the seconds of a game. The rest is the real command line.
"""

import sys
from collections.abc import Callable, Mapping

from quizserver.__main__ import main
from quizserver.battle.decide import seats
from tests.faults.rig.defects import answers, books, doors, rooms

DEFECTS: Mapping[str, Callable[[], None]] = {
    "ack before append": answers.acks_before_it_appends,
    "no idempotency": answers.knows_no_repeats,
    "read-modify-write": answers.reads_modifies_writes,
    "accept after close": answers.accepts_after_the_close,
    "stamp in the script": answers.stamps_in_the_script,
    "host view to a screen": rooms.shows_the_host_view_on_screens,
    "snapshot without version": rooms.leaves_out_the_version_of_snapshots,
    "skipped patch": rooms.skips_patches,
    "standing by increment": books.increments_the_standing,
    "append without the head check": books.appends_without_a_look_at_the_head,
    "key before collected": rooms.gives_desks_the_key_at_once,
    "token not rotated": doors.leaves_replaced_tokens_good,
}
"""By the name that the command line and the reports say."""

SOUND = "sound"
RENEWED_AFTER_MS = 1500


def program(defect: str = SOUND) -> tuple[str, ...]:
    """What Python is told to run, for tests/support/server.py."""
    return "-m", "tests.faults.rig.defective", defect


if __name__ == "__main__":
    defect = sys.argv.pop(1)
    seats.RENEWED_AFTER_MS = RENEWED_AFTER_MS
    if defect != SOUND:
        DEFECTS[defect]()
    main()
