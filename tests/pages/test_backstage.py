"""What a console is told of the server it is at."""

from collections.abc import Mapping
from pathlib import Path

from quizserver import addresses
from quizserver.backstage import ARCHIVE, Parts, ServerBackstage
from quizserver.shelf import Shelf
from tests.hub.stage import staged
from tests.support.fakes.keyring import FakeKeyring


async def test_each_part_is_told_with_its_trouble_and_the_archive_with_its_lag_and_a_slow_disk(tmp_path: Path) -> None:
    async def troubles() -> Mapping[str, str | None]:
        return {"redis": None, ARCHIVE: "The disk is full."}

    async with staged() as stage:
        reachable = addresses.ours(8000, None, "192.168.1.5", [])
        slow = ""
        parts = Parts(troubles, lambda: 4_200, lambda: slow)
        behind = ServerBackstage(stage.running, Shelf(tmp_path), FakeKeyring(stage.memory), reachable, parts)
        well = [{"part": "redis"}, {"part": "archive", "trouble": "The disk is full.", "lag_ms": 4_200}]
        assert await behind.health() == [*well, {"part": "disk"}]
        slow = "A write takes 300 ms."
        assert await behind.health() == [*well, {"part": "disk", "trouble": slow}]
