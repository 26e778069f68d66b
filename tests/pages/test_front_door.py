"""Requests that were meant for somebody else are refused before any page sees them."""

import pytest
from starlette.types import Scope

from quizserver import addresses, front_door

OURS = addresses.ours(8000, "https://quiz.example", "192.168.1.5", [])


def a_request(server: tuple[str, int] = ("192.168.1.5", 8000), **headers: str) -> Scope:
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "headers": pairs, "server": server}


def status(scope: Scope) -> int | None:
    refused = front_door.refusal(scope, OURS)
    return refused.status_code if refused else None


@pytest.mark.parametrize("origin", ["http://192.168.1.5:8000", "https://quiz.example", "http://localhost:8000"])
def test_our_own_pages_pass(origin: str) -> None:
    assert status(a_request(host="quiz.example", origin=origin)) is None
    assert status(a_request(host="192.168.1.5:8000")) is None


def test_a_foreign_host_is_misdirected() -> None:
    assert status(a_request(host="evil.example:8000")) == 421


def test_a_request_without_a_host_or_with_two_is_malformed() -> None:
    twice = a_request(host="quiz.example")
    twice["headers"].append((b"host", b"evil.example"))
    assert status(a_request()) == status(twice) == 400


@pytest.mark.parametrize("origin", ["null", "https://evil.example", "http://quiz.example", "https://quiz.example.evil"])
def test_a_page_from_elsewhere_is_refused(origin: str) -> None:
    assert status(a_request(host="quiz.example", origin=origin)) == 403


def test_a_laptop_that_moved_to_another_network_is_still_reached_by_its_new_address() -> None:
    moved = ("10.1.2.3", 8000)
    assert status(a_request(moved, host="10.1.2.3:8000", origin="http://10.1.2.3:8000")) is None
    assert status(a_request(moved, host="10.1.2.4:8000")) == 421
    assert status(a_request(("8.8.8.8", 8000), host="8.8.8.8:8000")) == 421
