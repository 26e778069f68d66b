"""A battle moves to another laptop: backed up while it is played, restored, and devices come back with the tokens they have."""

import asyncio
import json
import subprocess
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from quizserver.exports import export, verify_file
from quizserver.stores.archive import SqlArchive
from quizserver.stores.sql_source import archive_url
from tests.faults.test_killed_servers import evening, everything_is_there, open_question, tap, until_open
from tests.support.meanwhile import meanwhile
from tests.support.server import Server, command, free_port, running
from tests.support.sockets import Device, Message

Acked = list[dict[str, str]]


def said(*arguments: str | Path) -> str:
    """The words of a command that must succeed."""
    done = subprocess.run(command(*arguments), capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tapping(teams: list[Device], acked: Acked) -> AbstractAsyncContextManager[None]:
    """Teams answer all the while; then it is quiet."""
    return meanwhile(*(tap(team, known) for team, known in zip(teams, acked, strict=True)))


async def tapped(teams: list[Device], acked: Acked) -> None:
    """Each has answered a few times."""
    before = [len(known) for known in acked]
    async with tapping(teams, acked), asyncio.timeout(10):
        while any(len(known) < count + 3 for known, count in zip(acked, before, strict=True)):
            await asyncio.sleep(0.02)


def backed_up(data: Path, to: Path) -> None:
    assert "answers to open questions" in said("backup", to, "--data", data)


async def moved(teams: list[Device], old: Server, backup: Path, data: Path) -> None:
    """The old laptop is off; its backup is a new data folder."""
    old.process.kill()
    old.process.wait()
    assert "Verified, and restored" in said("restore", backup, "--data", data)
    for team in teams:
        await team.go()
        team.view, team.mine = {}, {}


async def back_with_their_tokens(teams: list[Device]) -> None:
    for team in teams:
        await team.come()
        await team.until(lambda team=team: bool(team.view))  # type: ignore[misc]
        assert team.welcome["role"] == "team", team.welcome


async def host_of(server: Server) -> Device:
    host = await Device(server.socket, server.host_key).come()
    await host.until(lambda: bool(host.view))
    return host


@pytest.mark.parametrize("backed_up_while_it_runs", [True, False])
async def test_in_the_middle_of_a_question_nothing_acked_before_the_backup_is_lost(
    tmp_path: Path, backed_up_while_it_runs: bool
) -> None:
    port, here, there = free_port(), tmp_path / "here", tmp_path / "there"
    with running(here, port=port) as old:
        host, teams = await evening(old)
        epoch = teams[0].welcome["epoch"]
        codes = [team.mine.get("code") for team in teams]
        acked: Acked = [{} for _ in teams]
        await until_open(teams)
        await tapped(teams, acked)
        if backed_up_while_it_runs:
            async with tapping(teams, [{} for _ in teams]):
                await asyncio.to_thread(backed_up, here, tmp_path / "backup")
        else:
            old.process.kill()
            old.process.wait()
            await asyncio.to_thread(backed_up, here, tmp_path / "backup")
        await moved([host, *teams], old, tmp_path / "backup", there)
    with running(there, port=port) as new:
        assert new.pin == old.pin
        await back_with_their_tokens(teams)
        assert teams[0].welcome["epoch"] > epoch
        assert [team.mine.get("code") for team in teams] == codes
        await everything_is_there(teams, acked)
        await tapped(teams, acked)
        host = await host_of(new)
        assert host.view["counts"]["teams"] == len(teams)
        await host.do("ShowQuestion")
        for device in (host, *teams):
            await device.go()
    await proves_itself(there, tmp_path)


async def test_between_two_questions_the_evening_goes_on(tmp_path: Path) -> None:
    port, here, there = free_port(), tmp_path / "here", tmp_path / "there"
    with running(here, port=port) as old:
        host, teams = await evening(old)
        acked: Acked = [{} for _ in teams]
        await until_open(teams)
        await tapped(teams, acked)
        await host.do("ShowQuestion")  # the next one: the first stays open to the last call, as on paper
        await asyncio.to_thread(backed_up, here, tmp_path / "backup")
        await moved([host, *teams], old, tmp_path / "backup", there)
    with running(there, port=port) as new:
        await back_with_their_tokens(teams)
        shown = [open_question(team) for team in teams]
        assert all(shown), shown
        host = await host_of(new)
        while not (await host.ask("do", command="CallLast", args={})).get("ok"):
            await host.do("ShowQuestion")
        await host.do("CloseAnswers")
        await host.until(lambda: host.view["phase"] in ("round_closed", "collected"))
        for device in (host, *teams):
            await device.go()
        assert {id for known in acked for id in known} <= await sealed_rows(there, tmp_path)


async def sealed_rows(data: Path, tmp_path: Path) -> set[str]:
    """The ids of all answers in sealed boxes, from an export that proves itself."""
    async with asyncio.timeout(10):
        while True:
            exported = await export_of(data, tmp_path)
            recorded = [entry for entry in exported if entry["type"] == "AnswersRecorded"]
            if any(entry["type"] == "BoxSealed" for entry in exported):
                return {row["id"] for entry in recorded for row in entry["rows"]}
            await asyncio.sleep(0.1)


async def export_of(data: Path, tmp_path: Path) -> list[Message]:
    archive = SqlArchive(archive_url(data, None))
    try:
        [pin] = (await archive.battles()).values()
    finally:
        await archive.close()
    await export(pin, tmp_path / "export.jsonl", data)
    verify_file(tmp_path / "export.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "export.jsonl").read_text().splitlines()]
    return [json.loads(line["body"]) for line in lines if "body" in line]


async def proves_itself(data: Path, tmp_path: Path) -> None:
    assert any(entry["type"] == "Restored" for entry in await export_of(data, tmp_path))
