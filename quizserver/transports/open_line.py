"""Whether strangers on the way can read what a connection says."""

from collections.abc import Iterable

from quizserver import addresses

PROXIES = ("127.0.0.1", "::1")
"""On this machine alone: what others say of themselves is not believed."""


def is_open(headers: Iterable[tuple[bytes, bytes]], is_secure: bool) -> bool:
    """By the page's own address, which a browser says truly; else by the Host. `is_secure`: it came by HTTPS, as far as we see."""
    named = {name: value.decode("latin-1") for name, value in headers}
    scheme = "https" if is_secure else "http"
    return addresses.is_open_line(named.get(b"origin") or f"{scheme}://{named.get(b'host', '')}")


def came_by_https(peer: str, headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """As a proxy on this machine says."""
    return peer in PROXIES and (b"x-forwarded-proto", b"https") in headers
