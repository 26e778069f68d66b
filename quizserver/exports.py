"""Exporting a battle into a file and verifying such a file: what `quizserver export` and `quizserver verify` do.

An export is read from the server while one runs on the data folder, since it knows most; else from the archive.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from quizserver.battle.ids import BattleId
from quizserver.battle.state import BattleState, Place
from quizserver.battle.views.double_entry import entry_rows
from quizserver.battle.views.patch import View
from quizserver.services.exporting import export_lines, ledger_entries
from quizserver.services.ports import Entry, StoreGone
from quizserver.services.verifying import Differs, Verified, verify
from quizserver.stores.present_archive import present_archive
from quizserver.stores.running_store import running_ledger
from quizserver.stores.sql_source import ArchiveUnavailable


class CannotExport(Exception):
    """The sentence for the person at the keyboard."""


@dataclass(slots=True)
class Exported:
    """What was written. `source` says who was asked."""

    battle: BattleId
    pin: str
    source: str
    entries: int = 0
    code: str = ""

    def __str__(self) -> str:
        return f"Battle {self.pin}: {self.entries} entries up to code {self.code}, read from {self.source}."


@dataclass(frozen=True, slots=True)
class _Source:
    name: str
    battles: Mapping[BattleId, str]
    read: Callable[[BattleId], AsyncIterator[Entry]]


async def export(wanted: str, file: Path, data: Path, redis_url: str | None = None, database_url: str | None = None) -> Exported:
    """Writes a battle, named by its id or its PIN (of several the newest), into `file`: whole, or not at all.

    Raises CannotExport."""
    async with AsyncExitStack() as stack:
        try:
            sources = [each async for each in _sources(stack, data, redis_url, database_url)]
            source, battle = _found(wanted, sources)
            exported = Exported(battle, source.battles[battle], source.name)
            with _whole_or_not_at_all(file) as target:
                async for line in export_lines(battle, _counted(source.read(battle), exported)):
                    target.write(line)
        except (StoreGone, ArchiveUnavailable) as gone:
            raise CannotExport(f"The battle could not be read: {gone}") from gone
        except OSError as fault:
            raise CannotExport(f"{file} could not be written ({fault.strerror}): choose another place.") from fault
        return exported


async def _sources(stack: AsyncExitStack, data: Path, redis_url: str | None, database_url: str | None) -> AsyncIterator[_Source]:
    """Who can be asked, the one that knows most first."""
    ledger = await stack.enter_async_context(running_ledger(data, redis_url))
    if ledger is not None:
        name = "Redis" if redis_url else "the running server"
        yield _Source(name, await ledger.battles(), partial(ledger_entries, ledger))
    if archive := await stack.enter_async_context(present_archive(data, database_url)):
        yield _Source("the archive", await archive.battles(), archive.read)


def _found(wanted: str, sources: list[_Source]) -> tuple[_Source, BattleId]:
    if not sources:
        raise CannotExport("No server runs on this data folder, and there is no archive in it: name the folder with --data.")
    for source in sources:
        for battle, pin in reversed(list(source.battles.items())):
            if wanted in (battle, pin):
                return source, battle
    pins = sorted({pin for source in sources for pin in source.battles.values()})
    raise CannotExport(f"There is no battle {wanted}: its PIN is one of {', '.join(pins)}." if pins else "There is no battle yet.")


async def _counted(entries: AsyncIterator[Entry], exported: Exported) -> AsyncIterator[Entry]:
    async for entry in entries:
        exported.entries, exported.code = entry.version, entry.hash[:8]
        yield entry


@contextmanager
def _whole_or_not_at_all(file: Path) -> Iterator[BinaryIO]:
    """A file that is there under its name only when it is whole; one that was there before stays until then."""
    part = file.with_name(f".{file.name}.part")
    try:
        with part.open("wb") as target:
            yield target
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


# --- verifying -----------------------------------------------------------------------------------------------------------


def verify_file(file: Path, expect: str | None = None) -> Verified:
    """Checks an exported file; see services/verifying.py. Raises Differs, also where it cannot be read."""
    try:
        with file.open("rb") as lines:
            return verify(lines, expect)
    except OSError as fault:
        raise Differs(f"{file} cannot be read ({fault.strerror})") from fault


def report(verified: Verified) -> str:
    """What a verified file proves, for people: which battle, its code, its whole standing, and how well
    venues marked whose sheets were entered twice."""
    state = verified.state
    title = f"«{state.settings.title}»" if state.settings.title else f"PIN {state.pin}"
    ended = datetime.fromtimestamp(state.at_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")
    lines = [
        f"Every entry, seal and standing of battle {title} holds: {verified.head.version} entries, the last of {ended}.",
        f"Its code is {verified.code}.",
        *(_row(state, place) for place in verified.places),
        *(_entered_twice(state, row) for row in entry_rows(state) if row["twice"]),
    ]
    return "\n".join(lines)


def _row(state: BattleState, place: Place) -> str:
    name = state.teams[place.team].name.text or "(blanked)"
    points = f"{'-' if place.points < 0 else ''}{abs(place.points) // 100}.{abs(place.points) % 100:02}"
    return f"{place.place:>4}  {points:>8}  {name}{_what_is_open(place)}"


def _entered_twice(state: BattleState, row: View) -> str:
    rate = 100 * row["differed"] / row["twice"]
    name, twice, differed = state.venues[row["venue"]].name, row["twice"], row["differed"]
    return f"{name}: {twice} marks entered twice, {differed} differed at first ({rate:.1f} %)"


def _what_is_open(place: Place) -> str:
    words = ["pending"] if place.pending else []
    if place.possible is not None and not place.is_certain:
        words.append(f"places {place.possible.best}-{place.possible.worst} possible")
    return f"  ({', '.join(words)})" if words else ""
