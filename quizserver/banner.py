"""What the terminal shows when the server is ready: where the host, the teams and the projector go."""

import io
from dataclasses import dataclass

import segno

from quizserver.addresses import Addresses

CONSOLE, JOIN, SCREEN = "/console", "/", "/screen"


@dataclass(frozen=True)
class Invitation:
    """What the banner is made of; a row whose value is None is left out."""

    addresses: Addresses
    host_key: str
    pin: str | None = None  # of the battle in the lobby

    @property
    def join_url(self) -> str:
        return self.addresses.offered.origin + JOIN

    def rows(self) -> list[tuple[str, str]]:
        origin = self.addresses.offered.origin
        rows = [
            ("Host console", console_with_key(origin + CONSOLE, self.host_key)),
            ("Teams join at", self.join_url),
            ("with the PIN", self.pin),
            ("Screen", origin + SCREEN),
            ("Also at", " ".join(other.origin for other in self.addresses.others) or None),
        ]
        return [(label, value) for label, value in rows if value is not None]


def console_with_key(console: str, host_key: str) -> str:
    """The key stands behind the #: browsers keep that part to themselves, so no log and no Referer ever has it."""
    return f"{console}#{host_key}"


def banner(invitation: Invitation, *, with_qr: bool) -> str:
    """The whole text. `with_qr`: the terminal can show block characters."""
    rows = invitation.rows()
    width = max(len(label) for label, _ in rows)
    lines = "".join(f"  {label:<{width}}  {value}\n" for label, value in rows)
    code = qr(invitation.join_url) if with_qr else ""
    return f"\n{code}{lines}\n  Ctrl-C stops the server.\n"


def qr(url: str) -> str:
    """Two modules a character. Light ones are drawn: right on a dark terminal, inverted on a light one."""
    drawing = io.StringIO()
    segno.make(url, error="l", micro=False).terminal(drawing, border=2, compact=True)
    return drawing.getvalue()
