"""A real server: no key that anybody showed it, by the right way or a wrong one, is in its log or its answers."""

from pathlib import Path

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.support.server import running
from tests.support.sockets import Device

CANARY = "Canary0123456789Canary0123456789"


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
        await host.go()
        await team.go()
        server.stop()
        secrets = [CANARY, server.host_key, session, seat, "Канарейка"]
    assert not [secret for secret in secrets if secret and secret in "\n".join([*log, *heard])]
