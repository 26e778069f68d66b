"""Online teams: each plays its part of the script over one phone or two."""

import asyncio
import time
from collections.abc import Iterable
from random import Random

from quizserver.rehearsal.acts import Table
from quizserver.rehearsal.evening import Act, Address, During, OnlineTeam, PlayedRound, Step
from quizserver.rehearsal.line import Device, Refusal, Seat
from quizserver.rehearsal.moments import Window, due_ms, overslept_ms
from quizserver.rehearsal.patience import Failed, reached, until
from quizserver.rehearsal.phone import Phone
from quizserver.rehearsal.playing import Playing

ARRIVING_MS = 20_000  # in which all teams join, at pace 1
TELLING_THE_CODE_MS = 5_000  # across the table, from the first phone to the second


class Bot:
    """One online team. `play` ends when the battle is finished, and nothing in it changes any more."""

    def __init__(self, team: OnlineTeam, playing: Playing) -> None:
        self._team, self._playing = team, playing
        self._table = Table(team.name, playing.tally, Random(f"{playing.seed} ids {team.name}"))

    @property
    def _phone(self) -> Phone:
        """The phone that lies in the middle of the table."""
        return self._table.phones[0]

    async def play(self, rounds: tuple[PlayedRound, ...]) -> None:
        await asyncio.sleep(self._playing.paced_s(self._team.joins * ARRIVING_MS))
        await self._join()
        for at_round, played in enumerate(rounds):
            await self._play_round(at_round, played)
        ended = "the end of the battle"
        await until(self._phone.device, lambda: self._phone.phase == "finished", self._playing.longest_s(rounds), ended)
        await self._playing.end.comes.wait()
        amended, step_s = self._playing.end.amended, self._playing.patience.step_s
        await until(self._phone.device, lambda: self._phone.amended >= amended, step_s, "the last standing on a phone")
        for phone in self._table.phones:
            await phone.device.leave()

    async def _join(self) -> None:
        device = await self._playing.lines.device()
        began = time.perf_counter()
        seat = _seated(await device.join(self._team.name), self._team.name)
        self._playing.tally.seated(self._team.name, seat.team, time.perf_counter() - began)
        self._pick_up(device)
        for _ in range(1, self._team.devices):
            await asyncio.sleep(self._playing.paced_s(TELLING_THE_CODE_MS))
            further = await self._playing.lines.device()
            _seated(await further.take_seat(seat.code), self._team.name)
            self._pick_up(further)

    def _pick_up(self, device: Device) -> None:
        phones = self._table.phones
        phones.append(Phone(device, self._playing.tally, self._team.name, first=not phones))

    async def _play_round(self, at_round: int, played: PlayedRound) -> None:
        for at, turn in enumerate(self._team.turns[at_round]):
            await self._question((at_round, at), played)
            await self._do([((at_round, at), step) for step in turn.steps if step.during is During.OPEN], played)
            if played.reveals_each:
                await self._out_of_time([((at_round, at), step) for step in turn.steps], played)
        if not played.reveals_each:
            await self._last_call(at_round, played)

    async def _question(self, where: Address, played: PlayedRound) -> None:
        name = f"question {where[1] + 1} of round {where[0] + 1}"
        await until(self._phone.device, lambda: where in self._phone.windows, self._playing.longest_s([played]), name)

    async def _last_call(self, at_round: int, played: PlayedRound) -> None:
        """The clock that the whole round shares: last changes of mind, and whoever comes too late."""
        longest_s, name = self._playing.longest_s([played]), f"the last call of round {at_round + 1}"
        await until(self._phone.device, lambda: at_round in self._phone.last_calls, longest_s, name)
        steps = [((at_round, at), step) for at, turn in enumerate(self._team.turns[at_round]) for step in turn.steps]
        await self._do([pair for pair in steps if pair[1].during is During.LAST_CALL], played)
        await self._out_of_time(steps, played)

    async def _out_of_time(self, steps: list[tuple[Address, Step]], played: PlayedRound) -> None:
        for during in (During.EDGE, During.LATE):
            await self._do([pair for pair in steps if pair[1].during is during], played)

    async def _do(self, steps: Iterable[tuple[Address, Step]], played: PlayedRound) -> None:
        """One after the other, each in its moment."""
        for where, step in sorted(steps, key=lambda pair: pair[1].part):
            await self._in_its_moment(where, step, played)

    async def _in_its_moment(self, where: Address, step: Step, played: PlayedRound) -> None:
        device = self._table.phones[step.device].device
        await reached(device, lambda: due_ms(self._window(where, step), step, played))
        closing = self._phone.last_calls.get(where[0], self._window(where, step))
        overslept = overslept_ms(closing, step, played, device.now_ms())
        if not overslept:
            await self._table.act(where, step)
            return
        self._playing.tally.behind.append(f"{self._team.name} at question {where[1] + 1} by {overslept} ms")
        if step.act is Act.RETURN:
            await device.come_back()

    def _window(self, where: Address, step: Step) -> Window:
        """Of the question, or of the round's end where there is one."""
        windows = self._phone.windows
        return windows[where] if step.during is During.OPEN else self._phone.last_calls.get(where[0], windows[where])


def _seated(seat: Seat | Refusal, name: str) -> Seat:
    if isinstance(seat, Refusal):
        raise Failed(f"The team {name} could not join: {seat.code}.")
    return seat
