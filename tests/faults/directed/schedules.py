"""In which game each defect cannot hide, and which invariant it breaks there."""

from collections.abc import Mapping
from typing import NamedTuple


class Schedule(NamedTuple):
    game: str
    breaks: str


SCHEDULES: Mapping[str, Schedule] = {
    "ack before append": Schedule("closed_after_the_ack", "I2"),
    "no idempotency": Schedule("said_twice", "I8"),
    "read-modify-write": Schedule("all_at_once", "I2"),
    "accept after close": Schedule("after_the_close", "I4"),
    "stamp in the script": Schedule("slow_store", "I4"),
    "host view to a screen": Schedule("evening", "I6"),
    "snapshot without version": Schedule("evening", "I7"),
    "skipped patch": Schedule("evening", "I7"),
    "standing by increment": Schedule("corrected", "I5"),
    "append without the head check": Schedule("two_hosts", "I9"),
    "key before collected": Schedule("paper", "I6"),
    "token not rotated": Schedule("one_token_after_another", "I12"),
}
"""By the names of rig/defective.py."""
