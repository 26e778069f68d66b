"""The passwords of hosts, in `<data>/host-passwords`: their argon2id hashes by name ("": without one), for its owner alone.

Every server on the folder reads the file at each use, so that a password that is set, changed or removed counts at once. Nothing
here keeps a password or repeats it in words.
"""

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from quizserver.services.passwords import BrokenPasswords, called, prepared
from quizserver.stores.private_file import replace_private_file

NAME = "host-passwords"
# 46 MiB, twice over: twice what OWASP's cheat sheet calls the least. By one thread, since the hub needs the other cores: about
# a tenth of a second of one.
HASHER = PasswordHasher(time_cost=2, memory_cost=46 * 1024, parallelism=1)


class HostPasswords:
    """The port `Passwords`. All of it may wait for the disk, and what hashes for as long as that takes."""

    def __init__(self, folder: Path, hasher: PasswordHasher = HASHER) -> None:
        self._folder, self._hasher = folder, hasher

    @property
    def path(self) -> Path:
        return self._folder / NAME

    def names(self) -> tuple[str, ...]:
        """Whoever has a password, in the order of setting. Raises BrokenPasswords, OSError."""
        return tuple(self._read())

    def set(self, name: str, password: str) -> None:
        """The password of this host from now on. Raises BrokenPasswords, OSError."""
        encoded = self._hasher.hash(prepared(password))
        with self._alone():
            hashes = self._read()
            known = called(tuple(hashes), name)
            self._write({each: kept for each, kept in hashes.items() if each != known} | {name: encoded})

    def remove(self, name: str) -> bool:
        """False if this host has none. Raises BrokenPasswords, OSError."""
        with self._alone():
            hashes = self._read()
            known = called(tuple(hashes), name)
            if known is None:
                return False
            self._write({each: kept for each, kept in hashes.items() if each != known})
            return True

    def proved(self, name: str, password: str) -> str | None:
        """What the host is called whose password this is, None if it is nobody's; a name that nobody has takes as long as a wrong
        password. Raises BrokenPasswords, OSError."""
        hashes = self._read()
        if not hashes:
            return None
        known = called(tuple(hashes), name)
        encoded = hashes[next(iter(hashes)) if known is None else known]
        if not self._fits(encoded, prepared(password)) or known is None:
            return None
        with contextlib.suppress(OSError):  # a full disk keeps nobody out
            self._strengthen(known, encoded, prepared(password))
        return known

    def _fits(self, encoded: str, password: str) -> bool:
        try:
            return self._hasher.verify(encoded, password)
        except VerifyMismatchError:
            return False

    def _strengthen(self, name: str, encoded: str, password: str) -> None:
        """Hashes it anew if that has become dearer since, and nobody has changed or removed it meanwhile."""
        if _cost(encoded) >= self._hasher.time_cost * self._hasher.memory_cost:
            return
        stronger = self._hasher.hash(password)
        with self._alone():
            hashes = self._read()
            if hashes.get(name) == encoded:
                self._write({**hashes, name: stronger})

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time, whichever process it is in."""
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    def _read(self) -> Mapping[str, str]:
        try:
            hashes = json.loads(self.path.read_bytes())
            for encoded in hashes.values():
                extract_parameters(encoded)
        except FileNotFoundError:
            return {}
        except (ValueError, AttributeError, TypeError, InvalidHashError):
            raise BrokenPasswords(f"{self.path} cannot be read: remove it and set the passwords anew.") from None
        return dict(hashes)

    def _write(self, hashes: Mapping[str, str]) -> None:
        if hashes:
            replace_private_file(self.path, json.dumps(hashes, ensure_ascii=False, indent=1).encode() + b"\n")
        else:
            self.path.unlink(missing_ok=True)


def _cost(encoded: str) -> int:
    """How often how many KiB are walked through."""
    parameters = extract_parameters(encoded)
    return parameters.time_cost * parameters.memory_cost
