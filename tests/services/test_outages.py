"""One line when something is gone, one when it is there again."""

import pytest

from quizserver.services.outages import Outage


def test_an_outage_is_one_line_however_often_it_is_tried_and_its_end_is_another(caplog: pytest.LogCaptureFixture) -> None:
    outage = Outage("the archive")
    outage.ends()
    assert caplog.messages == []
    for why in ("locked", "locked", "full"):
        outage.begins(why)
    assert outage.why == "full"
    outage.ends()
    outage.ends()
    assert caplog.messages == ["the archive waits: locked", "the archive goes on"]
    assert outage.why == ""


def test_an_outage_without_a_sentence_is_called_by_its_name() -> None:
    outage = Outage("the archive")
    outage.begins(TimeoutError())
    assert outage.why == "TimeoutError"
