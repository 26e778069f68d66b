"""The evening of 229 teams at a real server, over real sockets."""

import json
from pathlib import Path

from quizserver.rehearsal.program import Files, Where, run
from quizserver.rehearsal.script import Wish
from quizserver.services.verifying import verify

PACE = 20  # the evening at pace 10 takes 75 s


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
