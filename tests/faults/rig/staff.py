"""Who is not a team: screens that ask for the standing, scorekeepers who say marks twice, late and in conflict, hosts who press."""

import asyncio
from base64 import b32encode
from hashlib import sha256
from typing import Any

from tests.faults.rig.client import Client, Message

LOOKS_S = 0.5
CONFLICT_SHARE, TWICE_SHARE, CORRECTS_SHARE = 0.3, 0.5, 0.3
PRESSES_AFTER_S = 0.1
WAITS_FOR_VENUES_S = 3.0
BOTH_PRESS_SHARE = 0.4


class Screen(Client):
    """A projector; now and then it turns a page of the standing."""

    role = "screen"

    async def play(self) -> None:
        while self.phase != "finished":
            await asyncio.sleep(self.random.uniform(LOOKS_S, 3 * LOOKS_S))
            if self.is_in and self.phase in ("revealed", "round_end", "final"):
                await self.served_standing()


class Desk(Client):
    """One scorekeeper. `papers`: the teams of its venue. The first says *collected*; every operation is said until it is done."""

    role = "desk"
    papers: tuple[str, ...] = ()
    collects, late_s = True, 0.0

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._counter, self._sits = 0, False
        self._typed: set[str] = set()

    async def play(self) -> None:
        while self.phase != "finished":
            scopes: dict[str, Message] = self.view.get("scopes", {})
            for scope, each in list(scopes.items()):
                if each.get("closed") and not each.get("collected") and self.collects and self.is_in:
                    self.secrecy.collected |= {self.secrecy.numbers[question] for question in each["questions"]}
                    await self.ask("collected", scope=scope)
                elif each.get("collected") and scope not in self._typed and self.is_in:
                    await asyncio.sleep(self.random.uniform(0, 0.2) + self.late_s)
                    if await self._type(each):
                        self._typed.add(scope)
            await asyncio.sleep(0.1)

    async def _type(self, scope: Message) -> bool:
        operations = [
            self._operation(team, scope["round"], question)
            for team in self.papers
            for question in scope["questions"]
            if self.collects or self.random.random() < CONFLICT_SHARE
        ]
        operations += [
            self._operation(each["team"], each["round"], each["question"], (each,))
            for each in operations
            if self.random.random() < CORRECTS_SHARE
        ]
        self.random.shuffle(operations)
        done = not operations or await self._said(operations)
        if self.random.random() < TWICE_SHARE:
            await self._said(operations)
        return done

    async def _said(self, operations: list[Message]) -> bool:
        """Whether the server has them; what nobody answered is said again, under the same names."""
        while self.phase != "finished" and operations:
            self._sits = self._sits or await self._sit()
            if self._sits and self.is_in and (reply := await self.ask("marks", operations=operations)) and not _is_temporary(reply):
                if reply.get("ok") or reply["refused"]["code"] != "unknown_scorekeeper":
                    return bool(reply.get("ok"))
                self._sits = False  # that was lost with the data
            await asyncio.sleep(0.2)
        return False

    async def _sit(self) -> bool:
        reply = await self.ask("sit", scorekeeper=self._person, name=self.who) if self.is_in else None
        return bool(reply and reply.get("ok"))

    @property
    def _person(self) -> str:
        return b32encode(sha256(self.who.encode()).digest()[:10]).decode().lower()

    def _operation(self, team: str, round: str, question: str, over: tuple[Message, ...] = ()) -> Message:
        self._counter += 1
        names = [f"{each['device']}:{each['counter']}" for each in over]
        where = {"venue": self.welcome.get("venue", self.view["venue"]["id"]), "team": team, "round": round, "question": question}
        value = self.random.choice("011-")
        return {"device": self.who, "counter": self._counter, **where, "who": self._person, "value": value, "over": names}


class Host(Client):
    """A console. `key` is tried until it has a token of its own; `wanted` is the battle it sits at."""

    role = "host"
    wanted = ""

    def hello(self) -> Message:
        return super().hello() | ({"battle": self.wanted} if self.wanted else {})

    async def do(self, command: str, **args: Any) -> Message:
        """What must be done, before the faults begin."""
        done = await self.ask("do", command=command, args=args)
        assert done and done.get("ok"), (command, done)
        return done.get("result") or {}

    async def press(self, command: str, step: int) -> None:
        await self.ask("do", command=command, step=step)

    def here(self) -> tuple[Any, ...]:
        return self.view["step"], self.view["stage"], self.view["primary"]


class Presenter:
    """Drives the battle to its end over two consoles, of which either may be away; now and then both press at once."""

    def __init__(self, hosts: list[Host]) -> None:
        self._hosts, self._random, self._secrecy = hosts, hosts[0].random, hosts[0].secrecy

    async def play(self) -> None:
        while not any(host.phase == "finished" for host in self._hosts):
            if present := [host for host in self._hosts if host.is_in and "primary" in host.view]:
                await self._step(present)
            await asyncio.sleep(PRESSES_AFTER_S)

    async def _step(self, present: list[Host]) -> None:
        host = self._random.choice(present)
        command, waits = host.view["primary"]["command"], host.view["primary"]["waits"]
        if waits == "collecting":
            here = host.here()
            if not await host.until(lambda: host.here() != here, WAITS_FOR_VENUES_S):
                await host.press("GoOnUncollected", host.view["step"])
        elif not command or self._clock_runs(host):
            await host.until(lambda: False, PRESSES_AFTER_S)
        else:
            self._released(command, host)
            pressing = present if self._random.random() < BOTH_PRESS_SHARE else [host]
            step = host.view["step"]
            await asyncio.gather(*(each.press(command, step) for each in pressing))

    def _clock_runs(self, host: Host) -> bool:
        """Answers are open, and the clock shall end them."""
        clock = host.view.get("clock")
        if host.phase == "open" and host.view["primary"]["command"] in ("ShowQuestion", "CallLast"):
            return bool(clock and host.now_ms() < clock["deadline"])
        return host.phase in ("open", "last_call") and bool(clock)

    def _released(self, command: str, host: Host) -> None:
        """Everything of the round may be told from now on: which question comes next, the server knows."""
        if command == "Reveal":
            self._secrecy.revealed |= self._about_to_be_revealed(host)

    def _about_to_be_revealed(self, host: Host) -> set[int]:
        view = host.view
        if view["round"]["reveal"] == "each":
            return {self._secrecy.numbers[view["question"]["id"]]}
        [row] = [each for each in view["run_sheet"] if each["now"]]
        hidden = [each["id"] for each in row["questions"] if each["is"] != "revealed"]
        return {self._secrecy.numbers[hidden[0]]} if hidden else set()


def _is_temporary(reply: Message) -> bool:
    return bool((reply.get("refused") or reply).get("temporary"))
