"""Everybody of one directed game, in a battle of its own on servers that may play others beside it."""

from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from quizserver.battle.ids import BattleId
from tests.faults.directed.pack import RIGHT
from tests.faults.directed.writing import Secrets, WritingDevice
from tests.faults.rig.history import Book
from tests.support.driving import drive
from tests.support.server import Server
from tests.support.sockets import Device, Message


@dataclass
class Stage:
    """`servers`: on one data folder, and each of them runs the battle. `books`: an empty folder."""

    servers: Sequence[Server]
    data: Path
    books: Path
    pack: Path
    secrets: Secrets
    battle: BattleId = field(init=False)
    pin: str = ""
    devices: list[WritingDevice] = field(default_factory=list)
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def __aenter__(self) -> Self:
        self.books.mkdir(parents=True)
        maker = await Device(self.servers[0].socket, self.servers[0].host_key).come()
        self.battle = BattleId((await maker.do("CreateBattle", pack=str(self.pack), lead_ms=0))["battle"])
        await maker.go()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for device in self.devices:
            await device.go()
        await self._stack.aclose()

    def device(self, who: str, role: str, token: str | None = None, server: int = 0, trusted: bool = False) -> WritingDevice:
        """One that has not come yet."""
        book = self._stack.enter_context(Book(self.books, who, role))
        device = WritingDevice(self.servers[server].socket, book, self.secrets, token, trusted)
        self.devices.append(device)
        return device

    async def host(self, who: str = "host", server: int = 0) -> WritingDevice:
        """A console of this battle, which a server that did not make it hears of within a second."""
        host = self.device(who, "host", self.servers[server].host_key, server, trusted=True)
        while not host.welcome:
            await host.come(battle=self.battle)
        await host.until(lambda: bool(host.view))
        self.pin = host.view["battle"]["pin"]
        return host

    async def teams(self, number: int) -> list[WritingDevice]:
        """Teams on phones; a host has told their PIN."""
        phones = [self.device(f"team-{each}", "team") for each in range(number)]
        return [await _joined(phone, self.pin, f"Team {at}") for at, phone in enumerate(phones)]

    async def screen(self, host: WritingDevice) -> tuple[WritingDevice, str]:
        """A screen, and the code that it was paired by."""
        screen = self.device("screen", "screen")
        await screen.come(pair=True)
        code: str = (await screen.hears(lambda message: message["t"] == "pairing"))["code"]
        await host.do("PairScreen", code=code)
        await screen.until(lambda: bool(screen.view))
        return screen, code


async def _joined(phone: WritingDevice, pin: str, name: str) -> WritingDevice:
    await phone.come()
    await phone.join(pin, name)
    return phone


async def first_question(host: WritingDevice, teams: Sequence[WritingDevice]) -> None:
    """The first question is open, and everybody sees it."""
    await host.do("StartRound")
    await host.do("ShowQuestion")
    for team in teams:
        await team.until(lambda team=team: bool(team.view.get("questions")))  # type: ignore[misc]


async def close_now(host: WritingDevice) -> None:
    """All questions are asked and closed before anybody has blinked."""
    for command in ("ShowQuestion", "CallLast", "CloseAnswers"):
        await host.do(command)


async def says(team: WritingDevice, value: str = RIGHT, id: str | None = None) -> Message:
    """An answer to the question on the stage, and its ack."""
    sent, heard = await sends(team, value, id), len(team.said)
    await team.until(lambda: any(map(is_ack(sent), team.said[heard:])))
    return next(filter(is_ack(sent), team.said[heard:]))


async def sends(team: WritingDevice, value: str = RIGHT, id: str | None = None) -> str:
    """The same without waiting; the answer's id."""
    question = team.view["questions"][team.view["question"]]
    return await team.answer(question["id"], question["opening"], value, id)


def is_ack(id: str) -> Callable[[Message], bool]:
    """True for the ack of this answer."""
    return lambda message: bool(message["t"] == "ack" and message["id"] == id)


async def to_the_end(host: WritingDevice) -> None:
    """On to the round's end, by the console's key."""
    await drive(host, "round_end")
