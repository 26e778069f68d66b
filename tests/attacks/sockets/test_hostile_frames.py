"""Hostile frames over real sockets, a small sample of them: `python -m tests.attacks.fuzz 100000 --sockets` is the whole."""

from tests.attacks.hostile_frames import over_sockets


async def test_hostile_frames_leave_no_traceback_close_nobody_else_and_take_no_memory() -> None:
    report = await over_sockets(4_000)
    assert report.frames >= 4_000
    assert report.is_well, report
