"""Every fsync takes a tenth of a second longer: 229 teams lose nothing, wait less than a second, and the console is told."""

import asyncio
import json
import time
from collections import Counter
from pathlib import Path
from statistics import quantiles

from quizserver.exports import export, verify_file
from tests.faults.rig.slow_disk import slow_disk
from tests.faults.test_killed_servers import open_question
from tests.support.server import Server, running
from tests.support.sockets import Device, Message

TEAMS = 229
SLOWER_BY_S = 0.1
SPREAD_S = 3.0  # in which the hall taps
MOST_WAITED_S = 1.0


async def seated(server: Server) -> list[Device]:
    """A hall that comes in over a few seconds, as halls do."""
    doors = asyncio.Semaphore(20)

    async def come(number: int) -> Device:
        async with doors:
            return await (await Device(server.socket).come()).join(server.pin, f"Команда {number}")

    return list(await asyncio.gather(*map(come, range(TEAMS))))


async def tap(team: Device, question: Message, option: int, after_s: float) -> tuple[str, str, float]:
    """An answer's id, its verdict, and how long the device waited for it."""
    await asyncio.sleep(after_s)
    began = time.monotonic()
    sent = await team.answer(question["id"], question["opening"], question["options"][option]["id"])
    ack: Message = await team.hears(lambda message: message["t"] == "ack" and message["id"] == sent)
    return sent, ack["verdict"], time.monotonic() - began


async def tapped(teams: list[Device], question: Message, option: int) -> list[tuple[str, str, float]]:
    taps = (tap(team, question, option, SPREAD_S * at / TEAMS) for at, team in enumerate(teams))
    return list(await asyncio.gather(*taps))


async def test_229_teams_on_a_slow_disk_lose_nothing_and_wait_less_than_a_second(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with slow_disk(tmp_path, SLOWER_BY_S), running(data) as server:
        host = await Device(server.socket, server.host_key).come()
        teams = await seated(server)
        await host.do("StartRound")
        await host.do("ShowQuestion")
        await asyncio.gather(*(team.until(lambda team=team: open_question(team) is not None) for team in teams))  # type: ignore[misc]
        await asyncio.sleep(max(0.0, (teams[0].view["clock"]["opens_at"] - teams[0].welcome["now"]) / 1000))
        question = open_question(teams[0])
        assert question
        first = await tapped(teams, question, 0)
        while not (await host.ask("do", command="CallLast", args={})).get("ok"):
            await host.do("ShowQuestion")
        tapping = asyncio.create_task(tapped(teams, question, 1))
        await asyncio.sleep(SPREAD_S / 2)
        await host.do("CloseAnswers")  # in the middle of it: what is on its way must still be waited for
        last = await tapping
        health = (await host.ask("page", of="health"))["page"]["rows"]
        recorded = {id for id, verdict, _ in first + last if verdict == "recorded"}
        assert await counted_once(server.pin, data, tmp_path / "export.jsonl", recorded)
        for device in (host, *teams):
            await device.go()
    assert Counter(verdict for _, verdict, _ in first) == {"recorded": TEAMS}
    assert {verdict for _, verdict, _ in last} == {"recorded", "late"}, Counter(verdict for _, verdict, _ in last)
    assert quantiles([waited_s for *_, waited_s in first + last], n=100)[98] <= MOST_WAITED_S
    [disk] = [row for row in health if row["part"] == "disk"]
    assert disk["slow_ms"] >= 1000 * SLOWER_BY_S


async def counted_once(pin: str, data: Path, file: Path, recorded: set[str]) -> bool:
    """Waits for the seal of the last question; each acknowledged answer stands in the ledger once, and nothing else does."""
    async with asyncio.timeout(15):
        while True:
            await export(pin, file, data)
            verify_file(file)
            entries = bodies(file)
            opened = {(e["question"], e["opening"]) for e in entries if e["type"] == "AnswersOpened"}
            sealed = [e for e in entries if e["type"] == "BoxSealed"]
            if opened and len(sealed) == len(opened):
                rows = Counter(row["id"] for e in entries if e["type"] == "AnswersRecorded" for row in e["rows"])
                return rows == Counter(recorded)
            await asyncio.sleep(0.1)


def bodies(export: Path) -> list[Message]:
    return [json.loads(json.loads(line)["body"]) for line in export.read_text().splitlines()[1:-1]]
