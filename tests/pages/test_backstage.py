"""What a console is told of the server it is at."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from quizserver import addresses
from quizserver.backstage import ARCHIVE, Parts, ServerBackstage
from quizserver.battle.refusals import wrong
from quizserver.shelf import Shelf
from quizserver.stores.host_passwords import NAME, HostPasswords
from tests.hub.stage import Stage, staged
from tests.support.fakes.keyring import FakeKeyring

PASSWORD = "три слова и самолёт"


async def test_each_part_is_told_with_its_trouble_and_the_archive_with_its_lag_and_a_slow_disk(tmp_path: Path) -> None:
    async def troubles() -> Mapping[str, str | None]:
        return {"redis": None, ARCHIVE: "The disk is full."}

    async with staged() as stage:
        reachable = addresses.ours(8000, None, "192.168.1.5", [])
        slow_ms = 0
        parts = Parts(troubles, lambda: 4_200, lambda: slow_ms)
        keyring, passwords = FakeKeyring(stage.memory), HostPasswords(tmp_path)
        behind = ServerBackstage(stage.running, Shelf(tmp_path), keyring, passwords, reachable, parts)
        well = [{"part": "redis"}, {"part": "archive", "trouble": "The disk is full.", "lag_ms": 4_200}]
        assert await behind.health() == [*well, {"part": "disk"}]
        slow_ms = 300
        assert await behind.health() == [*well, {"part": "disk", "slow_ms": 300}]


async def test_a_host_is_proved_by_a_password_from_the_moment_it_is_set_to_that_in_which_it_is_taken_away(tmp_path: Path) -> None:
    async with staged() as stage:
        behind, passwords = of(stage, tmp_path), HostPasswords(tmp_path)
        assert await behind.proved("Анна", PASSWORD) == wrong("no_password")
        passwords.set("Анна", PASSWORD)
        assert await behind.proved("анна", PASSWORD) == "Анна"
        assert await behind.proved("Анна", "another one") == await behind.proved("", PASSWORD) == wrong("wrong_password")
        passwords.remove("Анна")
        assert await behind.proved("Анна", PASSWORD) == wrong("no_password")


async def test_passwords_that_cannot_be_read_are_none_and_the_log_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / NAME).write_text("{")
    async with staged() as stage:
        behind = of(stage, tmp_path)
        assert await behind.proved("Анна", PASSWORD) == wrong("no_password")
        assert await behind.ways_in("https://quiz.example", False) == ()
    assert f"nobody can sign in by password: {tmp_path / NAME} cannot be read" in caplog.text


async def test_a_page_is_told_what_it_may_ask_a_host_for(tmp_path: Path) -> None:
    async with staged() as stage:
        behind, passwords, home, open_line = of(stage, tmp_path), HostPasswords(tmp_path), "http://10.0.0.1", "http://quiz.example"
        assert await behind.ways_in(open_line, False) == ()
        passwords.set("", PASSWORD)
        assert [await behind.ways_in(home, False), await behind.ways_in(open_line, True)] == [["password"], ["password"]]
        passwords.set("Анна", PASSWORD)
        assert await behind.ways_in(open_line, False) == ["password", "name", "open"]


def of(stage: Stage, data: Path) -> ServerBackstage:
    async def troubles() -> Mapping[str, str | None]:
        return {}

    parts, reachable = Parts(troubles, lambda: 0, lambda: 0), addresses.ours(8000, None, "192.168.1.5", [])
    return ServerBackstage(stage.running, Shelf(data), FakeKeyring(stage.memory), HostPasswords(data), reachable, parts)
