"""The addresses at which people reach this server: which one is offered, and which are ours at all.

Pure but for `of_this_machine`, which asks the network interfaces.
"""

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
WILDCARDS = ("0.0.0.0", "::", "")
# Never offered to a phone, always right for the person at this machine.
LOOPBACKS = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Address:
    scheme: str
    host: str
    port: int

    @property
    def netloc(self) -> str:
        """What a browser sends as Host: the port only where the scheme does not imply it, IPv6 in brackets."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if DEFAULT_PORTS[self.scheme] == self.port else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """What a browser sends as Origin, and what every address we print begins with."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def is_private(self) -> bool:
        """A literal address of a home, office or hall network. Names are not: anyone may point one at us."""
        try:
            return ipaddress.ip_address(self.host).is_private
        except ValueError:
            return False


@dataclass(frozen=True)
class Addresses:
    """`offered` is the one in banners and QR codes; `others` reach us as well."""

    offered: Address
    others: tuple[Address, ...]
    loopbacks: tuple[Address, ...]

    @property
    def all(self) -> tuple[Address, ...]:
        return (self.offered, *self.others, *self.loopbacks)

    def host_is_ours(self, host: str) -> bool:
        """`host`: a Host header. With or without the port that its address's scheme implies."""
        return host.lower() in self._hosts

    def origin_is_ours(self, origin: str) -> bool:
        """`origin`: an Origin header, compared whole. `null`, and all else that is no address of ours, is foreign."""
        return origin in self._origins

    @cached_property
    def _hosts(self) -> frozenset[str]:
        return frozenset(form for ours in self.all for form in (ours.netloc, f"{ours.netloc}:{ours.port}"))

    @cached_property
    def _origins(self) -> frozenset[str]:
        return frozenset(ours.origin for ours in self.all)


def from_url(url: str) -> Address:
    """The address in a --public-url; raises ValueError with a sentence for the person who typed it."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    extra = parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.password
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or extra or port == -1:
        raise ValueError(f"'{url}' is not an address like https://quiz.example or http://192.168.1.5:8000.")
    return Address(parts.scheme, parts.hostname, port or DEFAULT_PORTS[parts.scheme])


def is_open_line(origin: str) -> bool:
    """Whether strangers can read what is said to this address: by plain HTTP, and beyond a home, office or hall network."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return True
    host = parts.hostname or ""
    return parts.scheme != "https" and host not in LOOPBACKS and not Address("http", host, 0).is_private


def ours(port: int, public_url: str | None, default_route: str | None, interfaces: Iterable[str]) -> Addresses:
    """Which addresses are ours. Offered is the public URL, else the default route, else any other interface."""
    found = [Address("http", host, port) for host in dict.fromkeys(interfaces)]
    private = [address for address in found if address.is_private]
    loopbacks = tuple(Address("http", host, port) for host in LOOPBACKS)
    routed = [Address("http", default_route, port)] if default_route else []
    public = [from_url(public_url)] if public_url else []
    reachable = list(dict.fromkeys([*public, *routed, *private])) or [loopbacks[1]]
    return Addresses(reachable[0], tuple(reachable[1:]), loopbacks)


def of_this_machine(listens_on: str) -> tuple[str | None, list[str]]:
    """(address of the default route or None, IPv4 addresses of all interfaces but loopback); `listens_on`: --host."""
    import ifaddr

    if listens_on not in WILDCARDS:
        return (None if listens_on in LOOPBACKS else listens_on), []
    interfaces = [str(ip.ip) for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4]
    return _default_route(), [host for host in interfaces if not ipaddress.ip_address(host).is_loopback]


def _default_route() -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address of documentation; connecting a datagram socket sends nothing
        except OSError:
            return None
        return str(probe.getsockname()[0])
