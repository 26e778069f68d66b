"""A rehearsal from its wish to its files: finds the pack and a server, plays, and says in one exit code how it went."""

import asyncio
import json
import os
import resource
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from quizserver import exports
from quizserver.battle.settings import MOST_LEAD_MS, BattleSettings
from quizserver.rehearsal import many_rounds
from quizserver.rehearsal.evaluation import Seen
from quizserver.rehearsal.evening import Evening
from quizserver.rehearsal.known_pack import CannotBeRehearsed, rounds_of
from quizserver.rehearsal.line import NoReply
from quizserver.rehearsal.patience import Patience
from quizserver.rehearsal.private_server import private_server
from quizserver.rehearsal.rehearsing import rehearse
from quizserver.rehearsal.report import Report
from quizserver.rehearsal.script import Wish, evening
from quizserver.rehearsal.socket_line import socket_lines
from quizserver.rehearsal.standing import served, standing_file
from quizserver.rehearsal.trouble.drawing import trouble
from quizserver.rehearsal.trouble.plan import Trouble
from rounds.findings import PackError
from rounds.library import load

Say = Callable[[str], None]
FILES_WANTED = 16_384  # descriptors: one a phone, at both ends


@dataclass(frozen=True, slots=True)
class Where:
    """A server that runs already. `data`: its folder on this machine."""

    url: str
    key: str
    data: Path


@dataclass(frozen=True, slots=True)
class Files:
    """Where to write what; None: nowhere."""

    json: Path | None = None
    standing: Path | None = None
    export: Path | None = None


def run(wish: Wish, pace: int, where: Where | None, files: Files, say: Say, venue_trouble: bool = False) -> int:
    """The exit code: 0 only if nothing was lost, counted twice or late, and the standing is right."""
    _allow_many_files()
    try:
        with _pack(wish.pack) as pack, asyncio.Runner(loop_factory=_loop) as runner:
            scripted = evening(wish, rounds_of(load(pack), online_only=not wish.paper))
            plan = trouble(scripted) if venue_trouble else None
            report, seen = runner.run(_rehearse(scripted, plan, pack, pace, where, say))
    except (PackError, CannotBeRehearsed, NoReply) as sentence:
        say(str(sentence))
        return 1
    except asyncio.CancelledError:
        say("The rehearsal was stopped.")
        return 1
    say("\n" + report.as_table())
    try:
        _write(files, wish.pack, report, seen)
    except OSError as fault:
        say(f"{fault.filename} could not be written ({fault.strerror}): choose another place.")
        return 1
    return 0 if report.all_is_well else 1


@contextmanager
def _pack(name: str) -> Iterator[str]:
    """What the server knows it by. The whole evening is put together for this rehearsal alone."""
    if name != many_rounds.NAME:
        yield name
        return
    with TemporaryDirectory(prefix="quiz-rehearsal-") as folder:
        yield str(many_rounds.write_pack(Path(folder), many_rounds.all_packs()))


async def _rehearse(
    scripted: Evening, plan: Trouble | None, pack: str, pace: int, where: Where | None, say: Say
) -> tuple[Report, Seen | None]:
    _ends_when_told()
    settings, patience = BattleSettings(pace=pace, online_only=scripted.online_only, lead_ms=MOST_LEAD_MS), Patience()
    async with _server(where, pack) as server:
        export = partial(_export, server.data)
        lines = await socket_lines(server.url, server.key, pack, settings, patience.reply_s, export)
        say(f"Playing at {server.url}, {pace} times faster than life")
        return await rehearse(scripted, lines, pace, say, patience, plan)


def _ends_when_told() -> None:
    """SIGTERM is a Ctrl-C: the private server is stopped and its folder removed."""
    task = asyncio.current_task()
    assert task
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)


@asynccontextmanager
async def _server(where: Where | None, pack: str) -> AsyncIterator[Where]:
    if where:
        yield where
        return
    async with private_server(pack) as server:
        yield Where(server.url, server.key, server.data)


async def _export(data: Path, battle: str) -> list[bytes]:
    """The same file that `quizserver export` writes. Raises NoReply."""
    with TemporaryDirectory(prefix="quiz-rehearsal-") as folder:
        file = Path(folder, "evening.jsonl")
        try:
            await exports.export(battle, file, data, os.environ.get("QUIZ_REDIS_URL") or os.environ.get("REDIS_URL"))
        except exports.CannotExport as sentence:
            raise NoReply(f"The evening could not be exported. {sentence}") from None
        return await asyncio.to_thread(_lines, file)


def _lines(file: Path) -> list[bytes]:
    return file.read_bytes().splitlines(keepends=True)


def _write(files: Files, pack: str, report: Report, seen: Seen | None) -> None:
    if files.json:
        files.json.write_text(json.dumps(report.as_json(), indent=1) + "\n")
    if files.standing and seen:
        files.standing.write_bytes(standing_file(pack, served(seen.standing)))
    if files.export and seen and seen.export:
        files.export.write_bytes(b"".join(seen.export))


def _allow_many_files() -> None:
    """For this process and the server it starts; what the system forbids is left as it is."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES_WANTED if hard == resource.RLIM_INFINITY else min(FILES_WANTED, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


def _loop() -> asyncio.AbstractEventLoop:
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    import uvloop

    return uvloop.new_event_loop()
