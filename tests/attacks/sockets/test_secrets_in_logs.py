"""A real server: no key that anybody showed it, by the right way or a wrong one, is in its log or its answers."""

import subprocess
from pathlib import Path

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.support.server import Server, command, running
from tests.support.sockets import Device

CANARY = "Canary0123456789Canary0123456789"
PASSWORD = "the password is a canary"


async def test_no_key_is_in_the_log_or_repeated_and_none_is_taken_from_an_address(tmp_path: Path) -> None:
    log: list[str] = []
    with running(tmp_path, log=log) as server:
        host = await Device(server.socket, server.host_key).come()
        team = await (await Device(server.socket).come()).join(server.pin, "Канарейка")
        session, seat = host.token, team.token
        heard = []
        async with httpx.AsyncClient(base_url=server.url) as client:
            for path in ("/", "/console", "/ws", "/healthz", "/nothing"):
                answer = await client.get(path, params={"token": CANARY}, headers={"Referer": CANARY})
                heard.append(answer.text)
                assert answer.status_code == 400
            heard.append((await client.get(f"/nothing/{CANARY}", headers={"Authorization": f"Bearer {CANARY}"})).text)
        for query in (f"token={server.host_key}", f"key={CANARY}"):
            try:
                await connect(f"{server.socket}?{query}", subprotocols=["quiz.v1.json"])  # type: ignore[list-item]
            except InvalidStatus as refused:
                assert refused.response.status_code == 400
                heard.append((refused.response.body or b"").decode())
            else:
                raise AssertionError("a key was taken from an address")
        await Device(server.socket, CANARY).come()
        entered = await signed_in(server, tmp_path, heard)
        await host.go()
        await team.go()
        server.stop()
        secrets = [CANARY, PASSWORD, f"{PASSWORD}!", server.host_key, session, entered, seat, "Канарейка"]
    assert not [secret for secret in secrets if secret and secret in "\n".join([*log, *heard])]


async def signed_in(server: Server, data: Path, heard: list[str]) -> str | None:
    """A host's token for a password that is set while the server runs, after a wrong one; and all that was said to it."""
    heard.append(set_password(data))
    console = await Device(server.socket).come()
    for name, typed in (("Canary", f"{PASSWORD}!"), (PASSWORD, PASSWORD), ("Canary", PASSWORD * 99)):
        replies = len(console.said)
        await console.say("sign_in", name=name, password=typed)
        await console.until(lambda since=replies: any(each["t"] == "refused" for each in console.said[since:]))  # type: ignore[misc]
    await console.say("sign_in", name="Canary", password=PASSWORD)
    await console.until(lambda: console.token is not None)
    assert console.welcome["role"] == "host"
    heard += [str(each) for each in console.said if each["t"] == "refused"]
    assert files_with_the_password(data) == []
    await console.go()
    return console.token


def set_password(data: Path) -> str:
    """What the command said about it."""
    options = ("--stdin", "--name", "Canary", "--data", data)
    done = subprocess.run(command("password", *options), input=PASSWORD, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def files_with_the_password(data: Path) -> list[Path]:
    return [path for path in data.rglob("*") if path.is_file() and PASSWORD.encode() in path.read_bytes()]
