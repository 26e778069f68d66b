"""Desk and console without a network, straight at the services."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any, TypeVar

from quizserver.battle import commands as ask
from quizserver.battle.decide.reveals import scope_is_closed
from quizserver.battle.ids import QuestionId, RoundId, ScorekeeperId, TeamId, VenueId
from quizserver.battle.refusals import Refused
from quizserver.battle.sheets import Operation
from quizserver.battle.standings import shown_standing
from quizserver.battle.views import desk_view, host_view
from quizserver.battle.views.evening import evening_row, evening_scopes
from quizserver.battle.views.late import judgement, late_sheets
from quizserver.battle.views.pages import MOST_ROWS, sheet_page, standing_page
from quizserver.carried_marks import carried_of, told_of
from quizserver.rehearsal.line import NoReply, Operations, Refusal, View
from quizserver.rehearsal.services_room import InRoom, Process
from quizserver.services.battles import Done
from quizserver.services.carried import bring_in
from quizserver.services.desk import confirm_collected, enter_marks, late_among, sit_down
from quizserver.services.exporting import export_lines
from quizserver.services.phone_codes import in_groups
from quizserver.services.ports import Entry
from quizserver.services.seating import new_id
from quizserver.wire.carried import read_carried

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

    async def marks(self, operations: Operations) -> Refusal | Sequence[str]:
        live, said = self.process.live, [_operation(each) for each in operations]
        refused = _refusal(await self._replied(enter_marks(live, said, self._only, "rehearsal")))
        return refused or late_among(live, said)

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

    def __init__(self, process: Process, venue: VenueId, reply_s: float, next_process: Callable[[], Process]) -> None:
        super().__init__(process, partial(desk_view, venue=venue), reply_s, venue)
        self.venue, self._next_process = venue, next_process

    async def collected(self, scope: str) -> Refusal | None:
        return _refusal(await self._replied(confirm_collected(self.process.live, self.venue, scope, "rehearsal")))

    async def sheets(self, scope: str) -> list[View]:
        return self._sheets(self.venue, scope)

    async def evening(self) -> list[View]:
        state, keys = self.process.live.known, self.process.running.sealed_keys
        scopes = evening_scopes(state, self.venue)
        sealed = [asdict(await self._replied(keys.sealed(state, self.venue, scope))) for scope in scopes]
        return [{**evening_row(state, self.venue, scope), "key": key} for scope, key in zip(scopes, sealed, strict=True)]

    async def marks_torn(self, operations: Operations) -> None:
        await self.drop()

    async def marks_unheard(self, operations: Operations) -> None:
        await self.marks(operations)
        await self.drop()

    async def drop(self) -> None:
        self.process.leave(self)

    async def come_back(self) -> None:
        self._next_process().enter(self)


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
            case "JudgeLate":
                args = {**args, "verdict": new_id(), "operations": tuple(args["operations"]), "over": tuple(args["over"])}
            case "ShowPhoneCodes":
                return {"codes": await self._phone_codes(VenueId(args["venue"]))}
        asked: type[ask.Command] = getattr(ask, command)
        seen: dict[str, Any] = {"seen_step": step} if issubclass(asked, ask.Press) else {}
        return _told(await self._replied(live.ask(asked(**args, **seen))), {})

    async def sheets(self, venue: str, scope: str) -> list[View]:
        return self._sheets(VenueId(venue), scope)

    async def _phone_codes(self, venue: VenueId) -> list[View]:
        state, keys = self.process.live.known, self.process.running.sealed_keys
        closed = [scope for scope in evening_scopes(state, venue) if scope_is_closed(state, scope)]
        return [{"scope": scope, "code": in_groups(await keys.code(state.battle, venue, scope))} for scope in closed]

    async def late(self) -> list[View]:
        state = self.process.live.known
        return [judgement(state, *each) for each in late_sheets(state).items()]

    async def bring(self, venue: str, file: bytes) -> View | Refusal:
        brought = await self._replied(bring_in(self.process.live, carried_of(read_carried(file)), "rehearsal"))
        return told_of(self.process.live.known, brought)

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
