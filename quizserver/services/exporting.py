"""A battle as one file that proves itself: a header, every entry, and a last line that is the digest of all before it.

Lines of canonical JSON, UTF-8. No tokens, no people: names stand beside the chain as in the ledger and may be blanked.
"""

from collections.abc import AsyncIterable, AsyncIterator
from hashlib import sha256

from quizserver.battle.ids import BattleId
from quizserver.services.entries import canonical_json
from quizserver.services.ports import Entry, Ledger

FORMAT = "quizserver battle"
VERSION = 1


async def ledger_entries(ledger: Ledger, battle: BattleId) -> AsyncIterator[Entry]:
    """All entries that a ledger has when it comes to its end. Raises StoreGone."""
    after = 0
    while entries := await ledger.read(battle, after):
        for entry in entries:
            yield entry
        after = entries[-1].version


async def export_lines(battle: str, entries: AsyncIterable[Entry]) -> AsyncIterator[bytes]:
    """The file's lines, each with its line feed; nothing is held but one line."""
    whole = sha256()
    header = header_line(battle)
    whole.update(header)
    yield header
    async for entry in entries:
        line = entry_line(entry)
        whole.update(line)
        yield line
    yield digest_line(whole.hexdigest())


def header_line(battle: str) -> bytes:
    """What the file is."""
    return canonical_json({"format": FORMAT, "v": VERSION, "battle": battle}) + b"\n"


def entry_line(entry: Entry) -> bytes:
    """One entry: its body as the exact text that was hashed, so that no reader needs our JSON writer to check it."""
    fields = {"version": entry.version, "hash": entry.hash, "body": entry.body.decode()}
    return canonical_json(fields | ({"beside": entry.beside.decode()} if entry.beside else {})) + b"\n"


def digest_line(whole: str) -> bytes:
    """The last line: sha256 of all lines before it, line feeds included."""
    return canonical_json({"digest": whole}) + b"\n"
