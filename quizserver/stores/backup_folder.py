"""A backup as plain files, with a manifest of their sha256 that is written last: a folder without one is no backup.

    manifest.json          what this is, each battle with its PIN, epoch, number of entries and code, and the sha256 of each file
    battles/<id>.jsonl     the whole ledger, as `quizserver export` writes it; `quizserver verify` reads it
    answers/<id>.jsonl     the answers of boxes that were still open, a line each; the file is missing where none was
    secrets.json           the secret of each battle: teams' codes come from it, so keep the folder to yourself
    people.json            who announced teams, and who represents venues; the file is missing where nobody did
    kept/                  the data folder's other files: the pictures of packs, and keys

The questions of a battle stand in its ledger. Left out is what belongs to one machine and one run: the files of Redis and SQLite,
locks, the host key and the hosts' passwords. A restored server makes its own key, so whoever starts it is the host.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from quizserver.battle.announcements import Announced
from quizserver.battle.ids import VenueId

FORMAT, VERSION = "quizserver backup", 1
MANIFEST, SECRETS, PEOPLE, KEPT = "manifest.json", "secrets.json", "people.json", "kept"
OF_ONE_MACHINE = ("redis", "archive.db", "host-key", "host-passwords", ".")  # how the names begin of what is not kept
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class People:
    """What is known of people in one battle."""

    announced: Sequence[Announced]
    representatives: Mapping[VenueId, str]


class BrokenBackup(Exception):
    """What is wrong with it, in one sentence that names the file."""


@dataclass(frozen=True, slots=True)
class KeptBattle:
    """A battle in the manifest. `code`: the first 8 letters of its last hash; `answers`: how many open boxes held."""

    battle: str
    pin: str
    epoch: int
    entries: int
    code: str
    answers: int

    def __str__(self) -> str:
        return f"Battle {self.pin}: {self.entries} entries up to code {self.code}, {self.answers} answers to open questions."


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files`: path inside the backup -> sha256."""

    battles: tuple[KeptBattle, ...]
    files: Mapping[str, str]
    format: str = FORMAT
    v: int = VERSION


def chunks(path: Path) -> Iterator[bytes]:
    """A file, piece by piece. Raises OSError."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
