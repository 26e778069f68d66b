"""Where in the data folder the bundled Redis has its things: `redis/`, and beside it `redis.lock` and `redis.sock`."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from quizserver.stores.redis_source import RedisUnavailable

LONGEST_SOCKET_PATH = 103  # bytes: Linux takes 107, macOS 103
# Not the TMPDIR of this process: every process on a data folder must find the same socket.
SHORT_FOLDER = Path("/tmp")


@dataclass(frozen=True, slots=True)
class DataFolder:
    """An absolute path, without links, so that each process on it arrives at the same names."""

    path: Path

    @property
    def redis(self) -> Path:
        return self.path / "redis"

    @property
    def log(self) -> Path:
        return self.redis / "redis.log"

    @property
    def lock(self) -> Path:
        return self.path / "redis.lock"

    @property
    def socket(self) -> Path:
        """In the folder, or in a private one under /tmp when its path is too long for a socket."""
        near = self.path / "redis.sock"
        if len(os.fsencode(near)) <= LONGEST_SOCKET_PATH:
            return near
        name = hashlib.sha256(os.fsencode(self.path)).hexdigest()[:16]
        return SHORT_FOLDER / f"quizserver-{name}" / "redis.sock"

    @property
    def url(self) -> str:
        return f"unix://{quote(os.fsencode(self.socket))}"


def prepare(data: Path) -> DataFolder:
    """Make what is missing. Raises RedisUnavailable when this user may not, OSError when the disk will not."""
    folder = DataFolder(data.resolve())
    folder.path.mkdir(parents=True, exist_ok=True)
    folder.redis.mkdir(mode=0o700, exist_ok=True)
    if folder.socket.parent != folder.path:
        _make_private(folder.socket.parent)
    return folder


def _make_private(folder: Path) -> None:
    """In /tmp anybody may have made it first, to sit between us and our server."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise RedisUnavailable(f"{folder} is not private to this user: remove it, or choose a data folder nearer to /.")
