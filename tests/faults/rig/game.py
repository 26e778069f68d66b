"""One fault game: a battle of some seconds among real processes, with what the nemesis does to them, and all it leaves behind."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from quizserver.battle.ids import BattleId
from quizserver.services.ports import Entry
from quizserver.stores import clients
from quizserver.stores.ledger import RedisLedger
from tests.faults.rig import history
from tests.faults.rig.client import Client, Door
from tests.faults.rig.collect import archive_of
from tests.faults.rig.defective import SOUND
from tests.faults.rig.evidence import Breach, Evidence
from tests.faults.rig.history import Book
from tests.faults.rig.nemesis import Fault, Nemesis, schedule
from tests.faults.rig.own_redis import OwnRedis, can_have_a_small_disk, small_disk
from tests.faults.rig.own_server import OwnServer
from tests.faults.rig.proxy import Proxy
from tests.faults.rig.secrecy import Secrecy
from tests.faults.rig.staff import Desk, Host, Presenter, Screen
from tests.faults.rig.teams import Team
from tests.support import canary_pack

PACE = 60  # a question's clock is then the shortest there is: 1.5 s
KINDS = ("one", "text")
TWO_SERVERS_SHARE, SECOND_DEVICE_SHARE, LATE_TEAM_SHARE, LATE_TEAM_S = 0.5, 0.2, 0.2, 4.0
HALLS = (40, 60, 90, 120, 200)  # a fifth of them with a second device
PAPERS, DESKS, SCREENS, HOSTS = 2, 2, 2, 2
SEATED_S, LASTS_S = 30.0, 60.0
CAUGHT_UP_S = 10.0  # I11
LATE_DESK_S = 1.5

C = TypeVar("C", bound=Client)
_one_at_a_time: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be played. The same wish has the same faults; what they meet is another matter. `defect`: of defective.py."""

    seed: int
    teams: int = 30
    defect: str = SOUND

    @property
    def servers(self) -> int:
        return 1 + (Random(f"{self.seed} servers").random() < TWO_SERVERS_SHARE)

    @property
    def faults(self) -> tuple[Fault, ...]:
        return schedule(self.seed, self.servers)


def hall(seed: int) -> int:
    """How many teams come to the game of this seed, where nobody says otherwise."""
    return Random(f"{seed} hall").choice(HALLS)


@dataclass
class Played:
    """`breaches`: what the game itself saw; the checker's come from the evidence. `served`: to each screen at the end, the standing
    as rows of team, place, points."""

    evidence: Evidence
    done: dict[str, int]
    breaches: list[Breach] = field(default_factory=list)
    served: list[list[list[Any]]] = field(default_factory=list)
    took_s: float = 0.0


async def play(wish: Wish, folder: Path) -> Played:
    """`folder`: new and empty; histories and logs stay there."""
    began = time.monotonic()
    async with AsyncExitStack() as stack:
        game = await _Game(wish, folder).open(stack)
        await game.seat()
        await game.run()
        played = await game.end()
    played.took_s = time.monotonic() - began
    return played


class _Game:
    def __init__(self, wish: Wish, folder: Path) -> None:
        self._wish, self._folder = wish, folder
        self._books = folder / "histories"
        self._books.mkdir(parents=True)
        self._random = Random(f"{wish.seed} clients")
        self._secrecy = Secrecy(canary_pack.write(folder / "canaries", wish.seed, KINDS))
        self._breaches: list[Breach] = []
        self._everybody: list[Client] = []
        self._living: list[asyncio.Task[None]] = []

    async def open(self, stack: AsyncExitStack) -> "_Game":
        self._stack = stack
        self._book = stack.enter_context(Book(self._books, "rig", "rig"))
        disk = stack.enter_context(_disk(self._folder, any(fault.kind == "full disk" for fault in self._wish.faults)))
        self._redis = OwnRedis(disk, self._folder)
        stack.push_async_callback(self._redis.child.kill)
        await self._redis.start()
        self._servers, self._doors, self._stores = list[OwnServer](), list[Proxy](), list[Proxy]()
        for at in range(self._wish.servers):
            await self._open_server(at)
        stack.push_async_callback(self._everybody_goes)
        return self

    async def _open_server(self, at: int) -> None:
        store = await self._stack.enter_async_context(Proxy(self._redis.port, Random(f"{self._wish.seed} store {at}")))
        server = OwnServer("ab"[at], self._folder / "data", store.port, self._secrecy.pack.folder, self._folder, self._wish.defect)
        self._stack.push_async_callback(server.child.kill)
        await server.start()
        door = await self._stack.enter_async_context(Proxy(server.port, Random(f"{self._wish.seed} door {at}")))
        self._stores.append(store)
        self._servers.append(server)
        self._doors.append(door)

    async def seat(self) -> None:
        """Everybody is there, and the lobby is full but for some who are late."""
        host = await self._host_of_a_new_battle()
        self._secrecy.know(host.view["asks"])
        venue = (await host.do("AddVenue", name="Северный зал"))["venue"]
        papers = tuple([(await host.do("JoinTeam", name=f"Бумага {at}", venue=venue))["team"] for at in range(PAPERS)])
        self._hosts = [host, *(self._client(Host, f"host-{at}", host.token) for at in range(2, HOSTS + 1))]
        for second in self._hosts:
            second.wanted = self._battle
        tokens = [(await host.do("AdmitStaff", role="desk", venue=venue))["token"] for _ in range(DESKS)]
        self._desks = [self._client(Desk, f"desk-{at}", token) for at, token in enumerate(tokens, 1)]
        for at, desk in enumerate(self._desks):
            desk.papers, desk.collects, desk.late_s = papers, at == 0, at * LATE_DESK_S
        tokens = [(await host.do("AdmitStaff", role="screen"))["token"] for _ in range(SCREENS)]
        self._screens = [self._client(Screen, f"screen-{at}", token) for at, token in enumerate(tokens, 1)]
        self._teams = [self._team(at, host.view["battle"]["pin"]) for at in range(self._wish.teams)]
        late = [team for team in self._teams if self._random.random() < LATE_TEAM_SHARE]
        self._late = [team for team in late if team is not self._teams[0]]
        here = [each for each in self._everybody if each not in self._late]
        await self._in(here)

    async def _host_of_a_new_battle(self) -> Host:
        """The first console. What was seen before there was a battle is nobody's history."""
        (before := self._folder / "before").mkdir()
        key = self._servers[0].host_key
        book = self._stack.enter_context(Book(before, "host", "host"))
        first = Host("host", self._all_doors()[:1], book, self._secrecy, self._random)
        first.token = key
        living = asyncio.create_task(first.live(), name="host")
        assert await first.until(lambda: first.is_in and first.token != key, SEATED_S)
        self._battle = (await first.do("CreateBattle", pack=str(self._secrecy.pack.folder), pace=PACE))["battle"]
        living.cancel()
        await asyncio.wait([living])
        host = self._client(Host, "host-1", first.token, live=False)
        host.wanted = self._battle
        await self._in([host])
        await host.until(lambda: bool(host.view))
        return host

    def _team(self, at: int, pin: str) -> Team:
        team = self._client(Team, f"team-{at}", live=False)
        team.pin, team.name = pin, f"Команда {at}"
        return team

    def _client(self, kind: type[C], who: str, token: str = "", live: bool = True) -> C:
        book = self._stack.enter_context(Book(self._books, who, kind.role))
        client = kind(who, self._all_doors(), book, self._secrecy, Random(f"{self._wish.seed} {who}"))
        client.token = token
        self._everybody.append(client)
        if live:
            self._live(client)
        return client

    def _all_doors(self) -> list[Door]:
        pairs = zip(self._servers, self._doors, strict=True)
        return [Door(server.name, f"ws://127.0.0.1:{server.port}/ws", door.port) for server, door in pairs]

    def _live(self, client: Client) -> None:
        self._living.append(asyncio.create_task(client.live(), name=client.who))

    async def _in(self, those: Sequence[Client]) -> None:
        living = {task.get_name() for task in self._living}
        for client in those:
            if client.who not in living:
                self._live(client)
        for client in those:
            assert await client.until(lambda client=client: client.is_in, SEATED_S), f"{client.who} is not in"  # type: ignore[misc]

    async def run(self) -> None:
        """The battle with its faults, until everybody has seen its end and each answer has its verdict."""
        nemesis = self._nemesis = Nemesis(self._servers, self._redis, self._doors, self._stores, self._book)
        devices = [*self._teams, *await self._second_devices()]
        parts: list[Awaitable[None]] = [each.play() for each in (*devices, *self._screens, *self._desks)]
        async with asyncio.TaskGroup() as tasks:
            haunting = tasks.create_task(nemesis.haunt(self._wish.faults))
            playing = [tasks.create_task(_quietly(part)) for part in (*parts, *map(self._come_late, self._late))]
            presenting = tasks.create_task(Presenter(self._hosts).play())
            await haunting
            _, unfinished = await asyncio.wait([presenting], timeout=LASTS_S)
            if unfinished:
                self._breaches.append(Breach("I11", f"the battle did not end within {LASTS_S:.0f} s: {self._where()}"))
                presenting.cancel()
            self._book.write("note", text="the battle has ended, and all faults are healed")
            await self._catch_up(devices)
            for task in playing:
                task.cancel()

    async def _second_devices(self) -> list[Team]:
        first = [team for team in self._teams if team.code_of_team and self._random.random() < SECOND_DEVICE_SHARE]
        seconds = []
        for team in first:
            second = self._client(Team, f"{team.who}-second", live=False)
            second.pin, second.code = team.pin, team.code_of_team
            seconds.append(second)
        await self._in(seconds)
        return seconds

    async def _come_late(self, team: Team) -> None:
        await asyncio.sleep(self._random.uniform(0, LATE_TEAM_S))
        self._live(team)

    async def _catch_up(self, devices: Sequence[Team]) -> None:
        settling = [asyncio.create_task(device.settle(), name=device.who) for device in devices]
        watching = [asyncio.create_task(each.ended(), name=each.who) for each in (*self._screens, *self._desks, *self._hosts)]
        done, behind = await asyncio.wait([*settling, *watching], timeout=CAUGHT_UP_S)
        for task in behind:
            task.cancel()
            client = next(each for each in self._everybody if each.who == task.get_name())
            self._breaches.append(Breach("I11", f"{CAUGHT_UP_S:.0f} s after the end {client.state()}"))
        await asyncio.gather(*done)

    def _where(self) -> str:
        host = self._hosts[0]
        return f"{host.phase}, {host.view.get('primary')}, {host.state()}"

    async def end(self) -> Played:
        """What is served at rest, then what stands in Redis, then, when the servers have stopped, in SQL."""
        served = [await screen.served_standing() for screen in self._screens]
        ledger, epoch = await self._ledger()
        await self._everybody_goes()
        codes = [await server.child.terminate() for server in self._servers]
        if any(codes):
            self._breaches.append(Breach("I11", f"servers that were asked to stop ended with {codes}"))
        archive = await self._archive()
        for server in self._servers:
            self._breaches += [Breach("log", f"server {server.name}: {text}") for text in server.complaints()]
        evidence = Evidence(list(history.read(self._books)), ledger, archive, epoch)
        return Played(evidence, dict(self._nemesis.done), self._breaches, served)

    async def _everybody_goes(self) -> None:
        for task in self._living:
            task.cancel()
        for problem in await asyncio.gather(*self._living, return_exceptions=True):
            if isinstance(problem, Exception):
                self._breaches.append(Breach("rig", f"a client failed: {problem!r}"))
        self._living.clear()

    async def _ledger(self) -> tuple[list[Entry], int]:
        battle, found = BattleId(self._battle), list[Entry]()
        async with clients.for_commands(self._redis.url) as redis:
            ledger = RedisLedger(redis)
            while some := await ledger.read(battle, found[-1].version if found else 0):
                found += some
            return found, (await ledger.head(battle)).epoch

    async def _archive(self) -> list[Entry]:
        # Alembic keeps what it migrates in module globals, and another game of this process may be at its end, too.
        async with _one_at_a_time.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
            return await archive_of(BattleId(self._battle), self._folder / "data")


async def _quietly(part: Awaitable[None]) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        await part


@contextlib.contextmanager
def _disk(folder: Path, small: bool) -> Iterator[Path]:
    with ExitStack() as stack:
        if small and can_have_a_small_disk():
            yield stack.enter_context(small_disk(folder / "disk"))
        else:
            (folder / "disk").mkdir()
            yield folder / "disk"
