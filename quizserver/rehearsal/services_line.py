"""Speaks to the services of several processes inside this one: no sockets, no messages, the same views that would go out.

People are dealt to the processes in turn, and whoever comes back comes back to another one.
"""

from collections.abc import Callable, Sequence
from itertools import cycle
from secrets import SystemRandom

from quizserver.battle.ids import VenueId
from quizserver.battle.refusals import Refused
from quizserver.battle.settings import BattleSettings
from quizserver.rehearsal.line import Desk, Device, Host, NoReply
from quizserver.rehearsal.services_room import Process
from quizserver.rehearsal.services_staff import ServicesDesk, ServicesHost
from quizserver.rehearsal.services_team import ServicesDevice
from quizserver.services.creating import Wish
from quizserver.services.running import Running
from quizserver.services.seating import new_id, token_hash
from rounds.freeze import freeze
from rounds.written import Written


class ServicesLines:
    """A battle on these processes. `reply_s`: longer than this nobody waits for an answer."""

    def __init__(self, processes: Sequence[Process], reply_s: float) -> None:
        self._processes, self.reply_s = processes, reply_s
        self._turn = cycle(processes)

    def next_process(self) -> Process:
        """Whose turn it is to be spoken to."""
        return next(self._turn)

    async def device(self) -> Device:
        return ServicesDevice(self.next_process, self.reply_s)

    async def desk(self, venue: str, key: str) -> Desk:
        process = self.next_process()
        staff = await process.finds(lambda state: state.staff.get(token_hash(key)), self.reply_s)
        return ServicesDesk(process, staff.venue or VenueId(venue), self.reply_s, self.next_process)

    async def host(self) -> Host:
        return ServicesHost(self._processes[0], self.reply_s)

    def close(self) -> None:
        for process in self._processes:
            process.close()


async def services_lines(
    runnings: Sequence[Running],
    written: Written,
    settings: BattleSettings,
    reply_s: float,
    lines: Callable[[Sequence[Process], float], ServicesLines] = ServicesLines,
) -> ServicesLines:
    """A fresh battle on the first of these processes, followed by all; spoken to by `lines`. Raises NoReply."""
    pack = freeze(written, new_id, SystemRandom().shuffle, settings.online_only).pack
    live = await runnings[0].create(Wish(pack, settings), by="rehearsal")
    if isinstance(live, Refused):
        raise NoReply(f"The battle could not be made: {live.code}.")
    return lines([Process(running, await running.follow(live.id)) for running in runnings], reply_s)
