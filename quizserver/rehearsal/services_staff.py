"""Desk and console without a network, straight at the services."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from quizserver.battle import commands as ask
from quizserver.battle.ids import QuestionId, RoundId, ScorekeeperId, TeamId, VenueId
from quizserver.battle.refusals import Refused
from quizserver.battle.sheets import Operation
from quizserver.battle.standings import shown_standing
from quizserver.battle.views import desk_view, host_view
from quizserver.battle.views.pages import MOST_ROWS, sheet_page, standing_page
from quizserver.rehearsal.line import NoReply, Refusal, View
from quizserver.rehearsal.services_room import InRoom, Process
from quizserver.services.battles import Done
from quizserver.services.desk import confirm_collected, enter_marks, sit_down
from quizserver.services.exporting import export_lines
from quizserver.services.ports import Entry
from quizserver.services.seating import new_id

T = TypeVar("T")


class _Staff(InRoom):
    """What desk and console have in common. `only`: the one venue it may write for."""

    def __init__(self, process: Process, project: Any, reply_s: float, only: VenueId | None) -> None:
        super().__init__(process, project)
        self._reply_s, self._only = reply_s, only
        process.enter(self)

    async def sit(self, scorekeeper: str, name: str, venue: str) -> Refusal | None:
        seated = await self._replied(sit_down(self.process.live, VenueId(venue), ScorekeeperId(scorekeeper), name, "rehearsal"))
        return Refusal(seated.code) if isinstance(seated, Refused) else None

    async def marks(self, operations: Sequence[Mapping[str, Any]]) -> Refusal | None:
        entered = enter_marks(self.process.live, [_operation(each) for each in operations], self._only, "rehearsal")
        return _refusal(await self._replied(entered))

    async def _replied(self, reply: Awaitable[T]) -> T:
        try:
            async with asyncio.timeout(self._reply_s):
                return await reply
        except TimeoutError:
            raise NoReply(f"The server did not answer for {self._reply_s:.0f} s.") from None

    def _sheets(self, venue: VenueId, scope: str) -> list[View]:
        state, rows = self.process.live.known, list[View]()
        while page := sheet_page(state, venue, scope, len(rows), MOST_ROWS)["rows"]:
            rows += page
        return rows


class ServicesDesk(_Staff):
    """A `Desk`."""

    def __init__(self, process: Process, venue: VenueId, reply_s: float) -> None:
        super().__init__(process, partial(desk_view, venue=venue), reply_s, venue)
        self.venue = venue

    async def collected(self, scope: str) -> Refusal | None:
        return _refusal(await self._replied(confirm_collected(self.process.live, self.venue, scope, "rehearsal")))

    async def sheets(self, scope: str) -> list[View]:
        return self._sheets(self.venue, scope)


class ServicesHost(_Staff):
    """A `Host`."""

    def __init__(self, process: Process, reply_s: float) -> None:
        super().__init__(process, host_view, reply_s, None)

    async def press(self, command: str, step: int | None = None, **args: Any) -> View | Refusal:
        seating, live = self.process.running.seating, self.process.live
        match command:
            case "AddVenue":
                venue = VenueId(new_id())
                return _told(await self._replied(live.ask(ask.AddVenue(venue=venue, **args))), {"venue": venue})
            case "JoinTeam":
                team = await self._replied(seating.add_paper_team(live, **args))
                return _told(team, {"team": team})
            case "AdmitStaff":
                token = await self._replied(seating.admit_staff(live, **args))
                return _told(token, {"token": token})
        asked: type[ask.Command] = getattr(ask, command)
        seen: dict[str, Any] = {"seen_step": step} if issubclass(asked, ask.Press) else {}
        return _told(await self._replied(live.ask(asked(**args, **seen))), {})

    async def sheets(self, venue: str, scope: str) -> list[View]:
        return self._sheets(VenueId(venue), scope)

    async def standing(self) -> list[View]:
        state, rows = self.process.live.known, list[View]()
        places = shown_standing(state)
        while page := standing_page(state, places, len(rows), MOST_ROWS)["rows"]:
            rows += page
        return rows

    async def export(self) -> list[bytes]:
        entries = _all_entries(self.process)
        return [line async for line in export_lines(self.process.live.id, entries)]


def _operation(fields: Mapping[str, Any]) -> Operation:
    ids = {"venue": VenueId(fields["venue"]), "team": TeamId(fields["team"]), "round": RoundId(fields["round"])}
    names = {"question": QuestionId(fields["question"]), "who": ScorekeeperId(fields["who"])}
    return Operation(**{**fields, **ids, **names, "over": tuple(fields["over"])})


def _refusal(done: Done) -> Refusal | None:
    return Refusal(done.code) if isinstance(done, Refused) else None


def _told(done: object, told: View) -> View | Refusal:
    return Refusal(done.code) if isinstance(done, Refused) else told


async def _all_entries(process: Process) -> AsyncIterator[Entry]:
    version = 0
    while entries := await process.running.stores.ledger.read(process.live.id, version):
        for entry in entries:
            yield entry
        version = entries[-1].version
