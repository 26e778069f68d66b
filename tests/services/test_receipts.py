"""Receipts: those of the server are known again, and no others."""

import os
import timeit
from pathlib import Path
from typing import Any

import pytest

from quizserver.battle.ids import AnswerId, BattleId, QuestionId, SeatId, TeamId
from quizserver.services.ports import Offered, Recorded, Verdict
from quizserver.services.receipts import Receipts
from quizserver.stores.receipt_key import NAME, receipt_key

BATTLE = BattleId("battle")
RECEIPTS = Receipts(b"k" * 32)
OFFERED = Offered(AnswerId("a" * 32), TeamId("t1"), SeatId("s"), QuestionId("q"), 1, ("x", "y"), 0)
RECORDED = Recorded(Verdict.RECORDED, OFFERED.id, OFFERED.team, OFFERED.question, 1, 3, 1_700_000_000_000, ("x", "y"))


def test_a_receipt_tells_when_its_answer_was_received() -> None:
    receipt = RECEIPTS.of(BATTLE, RECORDED)
    assert RECEIPTS.stamp_ms(BATTLE, OFFERED, receipt) == RECORDED.stamp_ms
    assert Receipts(b"k" * 32).stamp_ms(BATTLE, OFFERED._replace(device=SeatId("other")), receipt)


@pytest.mark.parametrize(
    "change",
    [
        {"id": AnswerId("b" * 32)},
        {"team": TeamId("t2")},
        {"question": QuestionId("r")},
        {"opening": 2},
        {"value": ("x", "z")},
        {"value": "x"},
    ],
    ids=str,
)
def test_a_receipt_of_something_else_is_none(change: dict[str, Any]) -> None:
    assert RECEIPTS.stamp_ms(BATTLE, OFFERED._replace(**change), RECEIPTS.of(BATTLE, RECORDED)) is None


def test_a_receipt_that_was_changed_or_is_another_servers_or_battles_is_none() -> None:
    stamp, revision, mac = RECEIPTS.of(BATTLE, RECORDED).split(".")
    for forged in (f"{int(stamp) - 1}.{revision}.{mac}", f"{stamp}.4.{mac}", f"{stamp}.{revision}.{'0' * 32}"):
        assert RECEIPTS.stamp_ms(BATTLE, OFFERED, forged) is None
    assert RECEIPTS.stamp_ms(BattleId("other"), OFFERED, RECEIPTS.of(BATTLE, RECORDED)) is None
    assert Receipts(b"l" * 32).stamp_ms(BATTLE, OFFERED, RECEIPTS.of(BATTLE, RECORDED)) is None


def test_a_receipt_is_cheap_enough_for_every_ack() -> None:
    assert min(timeit.repeat(lambda: RECEIPTS.of(BATTLE, RECORDED), number=1000, repeat=5)) / 1000 < 50e-6  # 4 on a quiet machine


def test_the_key_of_a_folder_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    key = receipt_key(tmp_path)
    assert len(key) == 32 and receipt_key(tmp_path) == key
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == [NAME]


def test_of_two_servers_that_make_a_key_at_once_both_have_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = os.link

    def after_another(source: Path, target: Path) -> None:
        monkeypatch.undo()
        receipt_key(tmp_path)
        link(source, target)

    monkeypatch.setattr(os, "link", after_another)
    assert receipt_key(tmp_path) == (tmp_path / NAME).read_bytes()
    assert [each.name for each in tmp_path.iterdir()] == [NAME]
