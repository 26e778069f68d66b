"""Every knob of the server: its unit, its default and the reason for it.

Only the command line makes one, from its options and the QUIZ_* variables; nobody else reads the environment for these.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Settings:
    # TCP port. 8000 needs no rights, and is short enough to be read out to a hall.
    port: int = 8000
    # Interface to listen on. All of them: phones come over the Wi-Fi, the projector often from this machine.
    host: str = "0.0.0.0"
    # The one folder that holds everything worth keeping: ledger, archive, the key of the running server.
    data: Path = Path("var")
    # Folder name of the pack of questions that waits in the lobby at the start.
    pack: str = "tupolev"
    # A Redis of your own, for several servers or a managed one. None: one is started in the data folder.
    redis_url: str | None = None
    # A PostgreSQL for the archive. None: SQLite in the data folder.
    database_url: str | None = None
    # Where people reach us if that is not this machine's own address: behind a proxy, or under a name.
    public_url: str | None = None
    # Whether a host's password is taken on a public address without HTTPS, where strangers on the way can read it.
    password_over_http: bool = False
    # How sockets are served: `lazy` is the fast one, `eager` the same with a parser each, `asgi` what every ASGI server can do.
    transport: Literal["lazy", "eager", "asgi"] = "lazy"
    # Seconds that open replies get after Ctrl-C. A person who closes a laptop waits this long, not longer.
    goodbye_s: int = 3
    # Seconds that one part may take to say that it is well. A load balancer gives up after about five.
    health_check_s: float = 1.0


class CannotStart(Exception):
    """The sentence for the person at the keyboard: what is in the way, and the command that mends it."""
