"""The server dies, and Redis's files with it, before the archive has the answers: the devices have them, with receipts."""

import asyncio
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tests.faults.test_bad_surroundings import PATIENCE_S
from tests.faults.test_deleted_redis_files import PACK, Evening
from tests.faults.test_lost_data import until_archived
from tests.support.driving import drive
from tests.support.server import free_port, running


@contextmanager
def held(archive: Path) -> Iterator[None]:
    """Nobody else writes it."""
    with closing(sqlite3.connect(archive, isolation_level=None, timeout=PATIENCE_S)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def shown(evening: Evening, number: int) -> dict[str, Any]:
    """What becomes of the receipt of a phone's only answer."""
    phone, [(question, value)] = evening.phones[number], evening.said[number].items()
    ack = next(each for each in phone.said if each["t"] == "ack" and each["verdict"] == "recorded")
    before = len(phone.said)
    await phone.say("answer", id=ack["id"], question=question, opening=1, value=value, receipt=ack["receipt"])
    await phone.until(lambda: any(each["t"] == "ack" for each in phone.said[before:]))
    again = next(each for each in phone.said[before:] if each["t"] == "ack")
    assert again == ack, "the same stamp, so the same receipt"
    return again


async def test_no_acknowledged_answer_is_lost_where_the_devices_come_back(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path, "--pack", PACK, port=port) as server:
        evening = Evening(server)
        await evening.begin()
        await drive(evening.host, "round_intro")
        await evening.host.do("ShowQuestion")
        await evening.host.until(lambda: evening.host.view["phase"] == "open")
        await until_archived(tmp_path, evening.host)
        with held(tmp_path / "archive.db"):
            await evening.answer()
            epoch = evening.phones[0].welcome["epoch"]
            await asyncio.to_thread(server.stop, signal.SIGKILL)
        await evening.go()
    shutil.rmtree(tmp_path / "redis")

    with running(tmp_path, "--pack", PACK, port=port) as server:
        evening.server = server
        for number, phone in enumerate(evening.phones):
            phone.mine = {}
            await phone.come()
            assert phone.welcome["epoch"] > epoch
            await phone.until(lambda phone=phone: bool(phone.mine))  # type: ignore[misc]
            assert phone.mine["answers"] == {}
            await shown(evening, number)
            phone.mine = {}
            await phone.come()
            await phone.until(lambda number=number: evening.has(number))  # type: ignore[misc]
        await evening.go()
