"""Whether strangers can read a line, from what a handshake says."""

import pytest

from quizserver.addresses import is_open_line
from quizserver.transports.choice import Transport
from quizserver.transports.open_line import came_by_https, is_open
from tests.hub.stage import staged
from tests.transports.sockets import client, served


@pytest.mark.parametrize(
    ("origin", "is_so"),
    [
        ("https://quiz.example", False),
        ("http://quiz.example", True),
        ("http://8.8.8.8:8000", True),
        ("http://192.168.1.5:8000", False),
        ("http://10.0.0.1", False),
        ("http://[fd00::1]:8000", False),
        ("http://[2a00::1]:8000", True),
        ("http://localhost:8000", False),
        ("http://127.0.0.1:8000", False),
        ("http://100.64.0.1", True),  # a provider's own network is nobody's home
        ("http://[", True),
        ("null", True),
        ("", True),
    ],
)
def test_a_line_is_open_by_plain_http_beyond_private_addresses(origin: str, is_so: bool) -> None:
    assert is_open_line(origin) is is_so


def test_the_page_s_own_address_is_believed_before_the_host() -> None:
    host = (b"host", b"quiz.example")
    assert is_open([host], is_secure=False) and not is_open([host], is_secure=True)
    assert not is_open([host, (b"origin", b"https://quiz.example")], is_secure=False)
    assert is_open([host, (b"origin", b"http://quiz.example")], is_secure=True)


def test_only_a_proxy_of_this_machine_says_that_it_came_by_https() -> None:
    said = [(b"x-forwarded-proto", b"https")]
    assert came_by_https("127.0.0.1", said) and not came_by_https("127.0.0.1", [])
    assert not came_by_https("192.168.1.9", said)


@pytest.mark.parametrize("transport", Transport)
async def test_every_transport_tells_the_hub(transport: Transport) -> None:
    public = "http://quiz.example"
    async with staged() as stage, served(stage, transport, public) as port:
        for origin, is_so in ((None, False), (f"http://127.0.0.1:{port}", False), (public, True)):
            async with client(port, origin=origin) as phone:
                await phone.say("hello", v=1)
                await phone.hears("welcome")
                assert next(reversed(stage.hub.house.connections)).is_open is is_so, origin
