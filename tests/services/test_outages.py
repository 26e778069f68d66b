"""One line when something is gone, one when it is there again."""

import pytest

from quizserver.services.outages import Outage, Outages
from quizserver.services.ports import StoreGone


def test_an_outage_is_one_line_however_often_it_is_tried_and_its_end_is_another(caplog: pytest.LogCaptureFixture) -> None:
    outage = Outage("the archive")
    outage.ends()
    assert caplog.messages == []
    for why in ("locked", "locked", "full"):
        outage.begins(StoreGone(why))
    assert outage.why == "full"
    outage.ends()
    outage.ends()
    assert caplog.messages == ["the archive waits: locked", "the archive goes on"]
    assert outage.why == ""


def test_an_outage_without_a_sentence_is_called_by_its_name() -> None:
    outage = Outage("the archive")
    outage.begins(TimeoutError())
    assert outage.why == "TimeoutError"


def test_what_many_wait_for_is_told_once_until_the_last_of_them_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    outages = Outages()
    ledger, feed, other = outages.of("the ledger"), outages.of("the feed"), outages.of("the archive")
    ledger.begins(StoreGone("Redis did not do it: refused", "Redis"))
    feed.begins(StoreGone("Redis did not do it: too slow", "Redis"))
    other.begins(StoreGone("the disk is full"))
    feed.ends()
    feed.begins(StoreGone("Redis did not do it: refused", "Redis"))
    ledger.ends()
    feed.ends()
    other.ends()
    assert caplog.messages == [
        "the ledger waits: Redis did not do it: refused",
        "the archive waits: the disk is full",
        "the ledger goes on",
        "the archive goes on",
    ]
