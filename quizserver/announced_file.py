"""What `quizserver announce FILE` does: the teams of a table are announced, while a server runs or not. The host approves them."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import host_console
from quizserver.battle.evolve import evolve
from quizserver.battle.ids import BattleId
from quizserver.battle.refusals import Refused
from quizserver.battle.state import BattleState
from quizserver.services.announcing import Announcing
from quizserver.services.entries import decode
from quizserver.services.exporting import ledger_entries
from quizserver.services.ports import BrokenChain, Entry, StoreGone
from quizserver.spreadsheets.reader import Reader
from quizserver.spreadsheets.table import Table
from quizserver.stores.present_archive import present_archive
from quizserver.stores.running_store import running_ledger
from quizserver.stores.sql_source import ArchiveUnavailable

WORDS = (Path(__file__).parent / "browser/texts/en.json", Path(host_console.__file__).parent / "static/texts/en.json")
"""Where the sentences about lines and files stand: a console says the same ones."""

Source = tuple[Mapping[BattleId, str], Callable[[BattleId], AsyncIterator[Entry]]]
"""Battles with their PINs, and how their entries are read."""


class CannotAnnounce(Exception):
    """The sentence for the person at the keyboard."""


@dataclass(frozen=True, slots=True)
class FromFile:
    """What was found in the file, and whether it was `taken`."""

    told: Mapping[str, Any]
    taken: bool

    def __str__(self) -> str:
        failed = [f"{_where(each)}: {_sentence(each['code'], each['detail'])}" for each in self.told["failed"]]
        found = f"{self.told['new']} new, {self.told['known']} there already, {len(failed)} that cannot be taken."
        nothing = "Nothing is taken yet: add --take to take those that can be." if self.told["new"] else "There is nothing to take."
        end = "They wait for the host in the console, under Announced." if self.taken and self.told["new"] else nothing
        return "\n".join([*failed, found, end])


async def announce(
    file: Path, wanted: str, data: Path, redis_url: str | None = None, database_url: str | None = None, take: bool = False
) -> FromFile:
    """Of the battle with this PIN or id. Without `take` it only says what it would do. Raises CannotAnnounce."""
    tables = await _tables(file)
    try:
        async with AsyncExitStack() as stack:
            archive = await stack.enter_async_context(present_archive(data, database_url))
            if archive is None:
                raise CannotAnnounce(f"There is no archive in {data}: start the server once, or name its folder with --data.")
            ledger = await stack.enter_async_context(running_ledger(data, redis_url))
            sources: list[Source] = [(await archive.battles(), archive.read)]
            if ledger is not None:
                sources.insert(0, (await ledger.battles(), partial(ledger_entries, ledger)))
            battle, state = await _state(wanted, sources)
            announcing = Announcing(archive.announcements, lambda: time.time_ns() // 1_000_000)
            return FromFile(await announcing.take_in(battle, state, tables, take), take)
    except (StoreGone, BrokenChain, ArchiveUnavailable) as gone:
        raise CannotAnnounce(f"The announcements could not be taken: {gone}") from gone


async def _tables(file: Path) -> Sequence[Table]:
    try:
        tables = await Reader().read(await asyncio.to_thread(file.read_bytes))
    except OSError as fault:
        raise CannotAnnounce(f"{file} cannot be read ({fault.strerror}).") from fault
    if isinstance(tables, Refused):
        raise CannotAnnounce(f"{file}: {_sentence(tables.code, tables.detail)}.")
    return tables


async def _state(wanted: str, sources: Sequence[Source]) -> tuple[BattleId, BattleState]:
    for battles, entries in sources:
        for battle in reversed([each for each, pin in battles.items() if wanted in (each, pin)]):
            state: BattleState | None = None
            async for entry in entries(battle):
                state = evolve(state, *decode(entry))
            if state is not None:
                return battle, state
    raise CannotAnnounce(f"There is no battle {wanted}: its PIN stands on the console.")


def _where(line: Mapping[str, Any]) -> str:
    return f"{line['tab']}, line {line['line']}" if line["tab"] else f"line {line['line']}"


def _sentence(code: str, detail: str) -> str:
    return _sentences()[f"refused.{code}"].replace("{detail}", detail)


@cache
def _sentences() -> Mapping[str, str]:
    return {key: words for file in WORDS for key, words in json.loads(file.read_text(encoding="utf-8")).items()}
