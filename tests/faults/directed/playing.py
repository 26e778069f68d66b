"""Plays directed games on real servers and hands their evidence over."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from subprocess import TimeoutExpired

from tests.faults.directed import pack
from tests.faults.directed.games import GAMES
from tests.faults.directed.stage import Stage
from tests.faults.directed.writing import Secrets
from tests.faults.rig import collect
from tests.faults.rig.defective import SOUND, program
from tests.faults.rig.evidence import Evidence
from tests.support.server import Server, running

TWO = ("two_hosts",)
"""Games that need two servers on one store."""


def play(folder: Path, games: Iterable[str], defect: str = SOUND) -> Mapping[str, Evidence]:
    """All of them at once, each in a battle of its own, on sound servers or on such with this defect."""
    return asyncio.run(_play(folder, list(games), program(defect)))


async def _play(folder: Path, games: Sequence[str], program: Sequence[str]) -> Mapping[str, Evidence]:
    secrets, data = pack.write(folder / "pack"), folder / "data"
    with ExitStack() as stack:
        servers: list[Server] = []
        for _ in range(1 + any(game in TWO for game in games)):
            served = running(data, "--pack", str(folder / "pack"), program=program)
            servers.append(await asyncio.to_thread(stack.enter_context, served))
        stages = {game: Stage(servers, data, folder / "books" / game, folder / "pack", Secrets(secrets)) for game in games}
        await asyncio.gather(*(_one(stage, game) for game, stage in stages.items()))
        ledgers = {game: await collect.ledger_of(stage.battle, data) for game, stage in stages.items()}
        for server in reversed(servers):
            await asyncio.to_thread(_stop, server)
    return {game: await collect.evidence(stage.battle, data, stage.books, *ledgers[game]) for game, stage in stages.items()}


async def _one(stage: Stage, game: str) -> None:
    async with stage:
        await GAMES[game](stage)


def _stop(server: Server) -> None:
    """A defective one may be beyond that, and is killed when its tests leave it."""
    try:
        server.stop()
    except TimeoutExpired:
        return
