"""Speaks to a real server over real sockets: every phone, desk and console has a connection of its own."""

from collections.abc import Awaitable, Callable

from quizserver.battle.settings import BattleSettings
from quizserver.rehearsal.battle_time import BattleTime
from quizserver.rehearsal.file_door import FileDoor
from quizserver.rehearsal.line import Desk, Device, Host, NoReply, Refusal
from quizserver.rehearsal.socket_client import SocketClient
from quizserver.rehearsal.socket_staff import SocketDesk, SocketHost
from quizserver.rehearsal.socket_team import SocketDevice

LOOKS_AT_THE_TIME = 5  # of the console; each phone looks once more

Export = Callable[[str], Awaitable[list[bytes]]]
"""The lines of a battle's file, by its id."""


class SocketLines:
    """A battle on a server. `url` is that of its socket (ws://...), `key` the host's."""

    def __init__(self, url: str, key: str, battle: str, pin: str, reply_s: float, export: Export) -> None:
        self._url, self._key, self._battle, self._pin = url, key, battle, pin
        self._reply_s, self._export = reply_s, export
        self._time = BattleTime()

    async def device(self) -> Device:
        device = SocketDevice(self._url, self._reply_s, self._time)
        device.pin = self._pin
        await _opened(device, 1)
        return device

    async def desk(self, venue: str, key: str) -> Desk:
        desk = SocketDesk(self._url, self._reply_s, self._time, key)
        await _opened(desk, 1)
        return desk

    async def host(self) -> Host:
        host = SocketHost(self._url, self._reply_s, self._time, self._key, self._battle)
        host.fetch_export = lambda: self._export(self._battle)
        host.carry = FileDoor(self._url, self._key, self._battle, self._reply_s).bring
        await _opened(host, LOOKS_AT_THE_TIME)
        return host


async def socket_lines(url: str, key: str, pack: str, settings: BattleSettings, reply_s: float, export: Export) -> SocketLines:
    """A fresh battle on this server. `url` as people type it (http://...). Raises NoReply."""
    socket_url = "ws" + url.rstrip("/").removeprefix("http") + "/ws"
    maker = SocketHost(socket_url, reply_s, BattleTime(), key)
    await maker.link.open()
    try:
        made = await maker.press("CreateBattle", pack=pack, pace=settings.pace, online_only=settings.online_only)
    finally:
        await maker.leave()
    if isinstance(made, Refusal):
        raise NoReply(f"The server did not make a battle of the pack {pack}: {made.code}.")
    return SocketLines(socket_url, key, made["battle"], await _pin(socket_url, key, made["battle"], reply_s), reply_s, export)


async def _pin(url: str, key: str, battle: str, reply_s: float) -> str:
    looker = SocketHost(url, reply_s, BattleTime(), key, battle)
    await looker.link.open()
    while "battle" not in looker.view:
        await looker.changed()
    await looker.leave()
    return str(looker.view["battle"]["pin"])


async def _opened(client: SocketClient, looks: int) -> None:
    await client.link.open()
    for _ in range(looks):
        await client.ask_the_time()
