"""Which addresses are ours, which one is offered, and that nothing merely similar passes for one."""

import pytest

from quizserver import addresses
from quizserver.addresses import Address

HALL = addresses.ours(8000, None, "192.168.1.5", ["10.0.0.7", "192.168.1.5", "8.8.8.8"])
PROXIED = addresses.ours(8000, "https://quiz.example", "192.168.1.5", [])


def test_the_default_route_is_offered_and_other_private_ones_are_listed() -> None:
    assert HALL.offered.origin == "http://192.168.1.5:8000"
    assert [other.origin for other in HALL.others] == ["http://10.0.0.7:8000"]


def test_a_public_url_is_offered_first() -> None:
    assert PROXIED.offered == Address("https", "quiz.example", 443)
    assert PROXIED.others == (Address("http", "192.168.1.5", 8000),)


def test_without_a_network_this_machine_is_offered() -> None:
    assert addresses.ours(8000, None, None, []).offered.origin == "http://127.0.0.1:8000"


def test_a_server_on_one_interface_offers_that_one() -> None:
    assert addresses.of_this_machine("10.0.0.7") == ("10.0.0.7", [])
    assert addresses.of_this_machine("127.0.0.1") == (None, [])


def test_this_machine_never_lists_its_loopback() -> None:
    _, interfaces = addresses.of_this_machine("0.0.0.0")
    assert "127.0.0.1" not in interfaces


@pytest.mark.parametrize("host", ["192.168.1.5:8000", "10.0.0.7:8000", "LOCALHOST:8000", "[::1]:8000"])
def test_a_host_header_with_our_address_is_ours(host: str) -> None:
    assert HALL.host_is_ours(host)


@pytest.mark.parametrize("host", ["quiz.example", "quiz.example:443", "192.168.1.5:8000"])
def test_a_host_header_may_leave_out_the_port_its_scheme_implies(host: str) -> None:
    assert PROXIED.host_is_ours(host)


@pytest.mark.parametrize(
    "host", ["", "192.168.1.5", "192.168.1.5:80", "192.168.1.5:8000.evil", "evil.example:8000", "localhost.evil:8000"]
)
def test_a_host_header_that_only_resembles_ours_is_foreign(host: str) -> None:
    assert not HALL.host_is_ours(host)


@pytest.mark.parametrize(
    "origin",
    ["null", "", "https://192.168.1.5:8000", "http://192.168.1.5", "http://192.168.1.5:8001", "HTTP://192.168.1.5:8000",
     "http://192.168.1.5:8000/", "http://192.168.1.5:8000.evil"],
)  # fmt: skip
def test_an_origin_must_be_ours_with_scheme_and_port(origin: str) -> None:
    assert HALL.origin_is_ours("http://192.168.1.5:8000")
    assert not HALL.origin_is_ours(origin)


@pytest.mark.parametrize(
    "url", ["quiz.example", "ftp://quiz.example", "https://", "https://quiz.example/path", "https://a@quiz.example",
            "http://quiz.example:port", "http://quiz.example:70000", "https://quiz.example?x=1"]
)  # fmt: skip
def test_a_public_url_that_is_no_address_is_refused_in_one_sentence(url: str) -> None:
    with pytest.raises(ValueError, match=r"is not an address like https://quiz\.example"):
        addresses.from_url(url)
