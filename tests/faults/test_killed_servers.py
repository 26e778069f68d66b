"""The server's process dies in the middle of everything, again and again; what it had acknowledged is there."""

import asyncio
import signal
from pathlib import Path

from tests.support.server import Server, free_port, running
from tests.support.sockets import Device, Message

DEATHS = 20
TEAMS = 8
TAP_S = 0.08  # three taps in each life: twenty lives stay under the 64 revisions a team has


async def evening(server: Server) -> tuple[Device, list[Device]]:
    """A host and some teams in the first question of a round that is revealed at its end."""
    host = await Device(server.socket, server.host_key).come()
    await host.until(lambda: bool(host.view))
    teams = [await (await Device(server.socket).come()).join(server.pin, f"Команда {number}") for number in range(TEAMS)]
    await host.do("StartRound")
    await host.do("ShowQuestion")
    return host, teams


def open_question(device: Device) -> Message | None:
    questions: Message = device.view.get("questions", {})
    found: Message | None = questions.get(device.view.get("question", ""))
    return found if found and found.get("opening") else None


async def tap(team: Device, acked: dict[str, str]) -> None:
    while True:
        question = open_question(team)
        assert question
        value = question["options"][len(acked) % len(question["options"])]["id"]
        sent = await team.answer(question["id"], question["opening"], value)
        ack = await team.hears(lambda message, sent=sent: message["t"] == "ack" and message["id"] == sent)  # type: ignore[misc]
        if ack["verdict"] == "recorded":
            acked[sent] = value
        await asyncio.sleep(TAP_S)


async def test_no_acknowledged_answer_is_lost_when_the_server_is_killed_twenty_times_under_load(tmp_path: Path) -> None:
    port, acked = free_port(), [dict[str, str]() for _ in range(TEAMS)]
    with running(tmp_path, port=port) as server:
        host, teams = await evening(server)
        await until_open(teams)
        await tap_and_kill(server, teams, acked)
    for _ in range(DEATHS - 1):
        with running(tmp_path, port=port) as server:
            for team in teams:
                await team.come()
                await team.until(lambda team=team: open_question(team) is not None)  # type: ignore[misc]
            await tap_and_kill(server, teams, acked)
    with running(tmp_path, port=port) as server:
        await everything_is_there(teams, acked)
        host = await Device(server.socket, server.host_key).come()
        await host.until(lambda: bool(host.view))
        assert host.view["counts"]["teams"] == TEAMS
        for device in (host, *teams):
            await device.go()
    assert min(map(len, acked)) > 0 and sum(map(len, acked)) > DEATHS


async def until_open(teams: list[Device]) -> None:
    for team in teams:
        await team.until(lambda team=team: open_question(team) is not None)  # type: ignore[misc]
    opens_at = teams[0].view["clock"]["opens_at"]
    await asyncio.sleep(max(0.0, (opens_at - teams[0].welcome["now"]) / 1000))


async def tap_and_kill(server: Server, teams: list[Device], acked: list[dict[str, str]]) -> None:
    tasks = [asyncio.create_task(tap(team, known)) for team, known in zip(teams, acked, strict=True)]
    await asyncio.sleep(0.25)
    server.process.kill()
    server.process.wait()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def everything_is_there(teams: list[Device], acked: list[dict[str, str]]) -> None:
    """An answer that is sent once more under its id gets the stored result, and no two have the same revision."""
    await asyncio.gather(*(all_of(team, known) for team, known in zip(teams, acked, strict=True)))


async def all_of(team: Device, known: dict[str, str]) -> None:
    await team.come()
    await team.until(lambda: open_question(team) is not None)
    question = open_question(team)
    assert question
    revisions = []
    for sent, value in known.items():
        before = len(team.said)
        await team.answer(question["id"], question["opening"], value, sent)
        await team.until(lambda before=before: any(m["t"] == "ack" for m in team.said[before:]))  # type: ignore[misc]
        ack = next(m for m in team.said[before:] if m["t"] == "ack" and m["id"] == sent)
        assert ack["verdict"] == "recorded", ack
        revisions.append(ack["revision"])
        await asyncio.sleep(0.21)  # five messages a second are allowed
    assert len(set(revisions)) == len(revisions)


async def test_two_starts_at_once_on_one_folder_play_one_battle_on_one_redis(tmp_path: Path) -> None:
    with running(tmp_path) as first, running(tmp_path) as second:
        assert first.pin == second.pin
        host = await Device(first.socket, first.host_key).come()
        await host.until(lambda: bool(host.view))
        team = await (await Device(second.socket).come()).join(second.pin, "Вторая дверь")
        await host.until(lambda: host.view["counts"]["teams"] == 1)
        await host.go()
        await team.go()


async def test_ctrl_c_under_load_stops_cleanly_and_loses_nothing(tmp_path: Path) -> None:
    port, acked = free_port(), [dict[str, str]() for _ in range(TEAMS)]
    with running(tmp_path, port=port) as server:
        _, teams = await evening(server)
        await until_open(teams)
        tasks = [asyncio.create_task(tap(team, known)) for team, known in zip(teams, acked, strict=True)]
        await asyncio.sleep(0.3)
        assert await asyncio.to_thread(server.stop, signal.SIGINT) == 0
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    with running(tmp_path, port=port) as server:
        await everything_is_there(teams, acked)
        for team in teams:
            await team.go()
