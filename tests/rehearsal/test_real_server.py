"""The evening of 229 teams at a real server, over real sockets."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from quizserver.rehearsal.program import Files, Where, run
from quizserver.rehearsal.script import Wish
from quizserver.services.verifying import verify

PACE = 30  # at pace 10 the evening takes 75 s, too much of this suite's two minutes


def test_an_evening_with_229_teams_loses_nothing(tmp_path: Path) -> None:
    said: list[str] = []
    files = Files(tmp_path / "figures.json", tmp_path / "standing.json", tmp_path / "evening.jsonl")
    code = run(Wish("tupolev", 175, 54, 6, 1), PACE, None, files, said.append)
    assert code == 0, "\n".join(said)
    figures = json.loads((tmp_path / "figures.json").read_text())
    assert (figures["teams_online"], figures["teams_paper"], figures["questions"]) == (175, 54, 12)
    assert [figures["answers"][name] for name in ("lost", "duplicated", "late_accepted")] == [0, 0, 0]
    assert figures["standing_equals_fold"] and figures["standing_equals_script"]
    assert len(json.loads((tmp_path / "standing.json").read_bytes())["teams"]) == 229
    assert len(verify((tmp_path / "evening.jsonl").read_bytes().splitlines(keepends=True)).places) == 229


def test_a_server_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    said: list[str] = []
    assert run(Wish("industry", 3, 0, 1, 1), PACE, Where("http://127.0.0.1:9", "key", tmp_path), Files(), said.append) == 1
    assert len(said) == 1 and said[0].startswith("ws://127.0.0.1:9/ws cannot be reached")


def test_a_pack_that_is_not_there_is_one_sentence() -> None:
    said: list[str] = []
    assert run(Wish("tupolew", 3, 0, 1, 1), PACE, None, Files(), said.append) == 1
    assert len(said) == 1 and "did you mean 'tupolev'" in said[0]


def test_the_private_server_does_not_outlive_a_rehearsal_that_was_killed() -> None:
    command = [sys.executable, "-m", "quizserver.rehearsal", "--pack", "industry", "--online", "3", "--paper", "0"]
    with TemporaryDirectory() as folder:  # where it leaves its files, having had no time to remove them
        environment = {**os.environ, "TMPDIR": folder}
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as rehearsal:
            assert rehearsal.stdout
            told = re.search(r"http://127\.0\.0\.1:(\d+)", rehearsal.stdout.readline())
            assert told
            rehearsal.kill()
            assert _is_gone(int(told[1]))


def _is_gone(port: int) -> bool:
    """Waits for it."""
    for _ in range(50):
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)):
                return True
        time.sleep(0.1)
    return False
