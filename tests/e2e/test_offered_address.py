"""A host offers another address of the server: whatever invites people follows it; requests meant for somebody else stay out."""

import io
import sys
from pathlib import Path

import httpx
import segno
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.support.server import free_port, running
from tests.support.sockets import Device

OURS = "127.0.0.2" if sys.platform == "linux" else "0.0.0.0"  # where Linux has a second address without any network
FOREIGN = "http://evil.example"


def drawn(address: str) -> str:
    code, picture = segno.make(address, error="m"), io.BytesIO()
    code.save(picture, kind="svg", border=2, dark="#0b1722", light="#f6f1e7", omitsize=True, xmldecl=False)
    return picture.getvalue().decode()


async def greeted(name: str, origin: str, at: tuple[str, int]) -> int:
    """The status with which a page from `origin` opens a socket to this name, wherever that leads."""
    host, port = at
    try:
        async with connect(f"ws://{name}/ws", subprotocols=["quiz.v1.json"], origin=origin, host=host, port=port):  # type: ignore[arg-type,list-item]
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


async def test_addresses_codes_and_doors_follow_the_address_that_a_host_offers(tmp_path: Path) -> None:
    port = free_port()
    public = f"http://quiz.example:{port}"
    with running(tmp_path, "--host", OURS, "--public-url", public, port=port) as server:
        here = "127.0.0.1" if OURS == "0.0.0.0" else OURS
        at = (here, port)
        host = await Device(f"ws://{here}:{port}/ws", server.host_key).come()
        async with httpx.AsyncClient(base_url=f"http://{here}:{port}") as client:

            async def invitation() -> tuple[str, str]:
                return (await client.get(f"/join/{server.pin}")).text, (await client.get(f"/qr/{server.pin}.svg")).text

            async def status(host: str, origin: str = "") -> int:
                return (await client.get("/", headers={"Host": host, **({"Origin": origin} if origin else {})})).status_code

            rows = (await host.ask("page", of="addresses"))["page"]["rows"]
            assert [row["origin"] for row in rows if row["offered"]] == [public]
            other = next(row["origin"] for row in rows if not row["offered"])
            assert await invitation() == (f"{public}/j/{server.pin}", drawn(f"{public}/j/{server.pin}"))

            await host.do("OfferAddress", origin=other)
            assert await invitation() == (f"{other}/j/{server.pin}", drawn(f"{other}/j/{server.pin}"))
            rows = (await host.ask("page", of="addresses"))["page"]["rows"]
            assert [row["origin"] for row in rows if row["offered"]] == [other] and public in [row["origin"] for row in rows]

            refused = await host.ask("do", command="OfferAddress", args={"origin": FOREIGN})
            assert refused["refused"]["code"] == "unknown_address"
            assert (await invitation())[0].startswith(other)

            for ours in (other, public):  # who has scanned the old code still comes in
                name = ours.removeprefix("http://")
                assert await status(name, ours) == 200
                assert await greeted(name, ours, at) == 101
                assert await status(name, FOREIGN) == 403
                assert await greeted(name, FOREIGN, at) == 403
            assert await status("evil.example") == 421
            assert await greeted("evil.example", FOREIGN, at) == 421
        await host.go()


async def test_an_origin_that_only_resembles_ours_opens_no_socket(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        name, at = f"127.0.0.1:{server.port}", ("127.0.0.1", server.port)
        assert await greeted(name, f"http://{name}", at) == 101
        for origin in ("null", f"https://{name}", f"http://{name}.evil", "http://localhost:1"):
            assert await greeted(name, origin, at) == 403
