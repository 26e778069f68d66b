"""Teams announce themselves, and the host says what becomes of them. Personal data stays in the store of people: what an approval
puts into the ledger is a team's name, and how many people it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from quizserver.battle.announcements import Announced, Double, Fate, Said, checked, fate, person, team_of
from quizserver.battle.commands import ApproveTeams, CountPeople, JoinTeam, MergeTeams, MoveTeam
from quizserver.battle.decide.teams import MOST_PEOPLE
from quizserver.battle.ids import BattleId, TeamId, VenueId
from quizserver.battle.phases import Phase
from quizserver.battle.refusals import Refused, not_now, wrong
from quizserver.battle.settings import Source
from quizserver.battle.state import BattleState
from quizserver.battle.views.patch import View
from quizserver.services.announced_tables import Failed, Line, read
from quizserver.services.battles import LiveBattle
from quizserver.services.known_announcements import KnownAnnouncements
from quizserver.services.ports import Announcements, StoreGone, Tally
from quizserver.services.seating import new_id, new_name, new_token, token_hash
from quizserver.spreadsheets.table import Table

MOST_WAITING = 3_000  # announcements of one battle that nobody has decided on: ten times the largest evening there was
UNKNOWN = wrong("unknown_announcement")
OF_REPRESENTATIVE = {"name_empty": wrong("representative_empty"), "name_too_long": wrong("representative_too_long")}
QUICKER = Refused("somebody_was_quicker", temporary=True)
OPEN = (Fate.WAITING, Fate.REFUSED)
"""What a host may still decide on: a refusal can be taken back."""


@dataclass(frozen=True, slots=True)
class Page:
    """Which announcements are wanted: see wire.from_client.AnnouncedPage."""

    find: str = ""
    only: str = ""
    at: str | None = None


class Nobody:
    """The port `Announcements` of a server without a store of people: nobody is known, and nobody becomes known."""

    async def of_battle(self, battle: BattleId) -> Sequence[Announced]:
        return ()

    async def tally(self, battle: BattleId) -> Tally:
        return Tally(0, 0)

    async def add(self, battle: BattleId, rows: Sequence[Announced]) -> None:
        raise StoreGone("there is no store of people", "the archive")

    async def change(self, battle: BattleId, row: Announced) -> bool:
        return False

    async def by_link(self, link: str) -> tuple[BattleId, Announced] | None:
        return None

    async def representatives(self, battle: BattleId) -> Mapping[VenueId, str]:
        return {}

    async def name_representative(self, battle: BattleId, venue: VenueId, name: str) -> None:
        raise StoreGone("there is no store of people", "the archive")


class Announcing:
    """Of all battles. `now_ms`: battle time. Everything here may raise StoreGone."""

    def __init__(self, people: Announcements, now_ms: Callable[[], int]) -> None:
        self.people, self._now_ms = people, now_ms
        self._known = KnownAnnouncements(people)

    # --- what a team does ---

    async def announce(self, live: LiveBattle, said: Said) -> str | Refused:
        """The token of its private link."""
        if (refused := _closed(live.known)) is not None:
            return refused
        told = checked(live.known, said)
        if isinstance(told, Refused):
            return told
        if await self._is_full(live):
            return Refused("too_many_waiting", temporary=True)
        token = new_token()
        await self.people.add(live.id, [Announced(new_id(), told, self._now_ms(), link=token_hash(token))])
        return token

    async def behind(self, token: str) -> tuple[BattleId, Announced] | None:
        """Whose private link this is."""
        return await self.people.by_link(token_hash(token))

    async def correct(self, live: LiveBattle, row: Announced, said: Said) -> Refused | None:
        """While it waits; the host may have read it already, so what was approved is not changed behind its back."""
        if fate(live.known, row) is not Fate.WAITING:
            return not_now("announcement_is_decided")
        told = checked(live.known, said)
        return told if isinstance(told, Refused) else await self._change(live, replace(row, said=told))

    async def withdraw(self, live: LiveBattle, row: Announced) -> Refused | None:
        if fate(live.known, row) is not Fate.WAITING:
            return not_now("announcement_is_decided")
        return await self._change(live, replace(row, fate=Fate.WITHDRAWN))

    async def count(self, live: LiveBattle, row: Announced, people: int) -> Refused | None:
        """How many will come, 1-99, once it is a team: that changes until the last moment, and is the captain's to say."""
        team = await self.team(live, row)
        if team is None:
            return not_now("announcement_is_waiting")
        if people < 1:
            return wrong("bad_people", str(MOST_PEOPLE))
        counted = await live.ask(CountPeople(by=team, team=team, people=people))
        return counted if isinstance(counted, Refused) else None

    # --- what a host does ---

    async def page(self, live: LiveBattle, wanted: Page, which: slice = slice(None)) -> tuple[int, Sequence[View]]:
        """How many there are, and these rows of them, oldest first."""
        state, (rows, alike) = live.known, await self._known.alike(live.id, live.known)
        found = [row for row in rows if _is_wanted(state, row, wanted, alike)]
        by_id = {row.id: row for row in rows} if alike else {}
        doubles = {row.id: [_double(state, each, by_id.get(each.id)) for each in alike.get(row.id, ())] for row in found[which]}
        return len(found), [_row(state, row) | {"doubles": doubles[row.id]} for row in found[which]]

    async def approve(self, live: LiveBattle, ids: Sequence[str], by: str) -> View:
        """Each becomes a team under its own id, so that it becomes one only once, whoever approves it."""
        rows, approved, refused = await self._rows(live), 0, list[View]()
        for id in dict.fromkeys(ids):
            became = await self._approved(live, rows[id], by) if id in rows else UNKNOWN
            if became is None:
                approved += 1
            else:
                refused.append({"announced": id, "code": became.code, "detail": became.detail})
        return {"approved": approved, "refused": refused}

    async def refuse(self, live: LiveBattle, ids: Sequence[str]) -> Refused | None:
        """Those that wait; it may be approved later all the same."""
        rows = await self._rows(live)
        for id in dict.fromkeys(ids):
            if id not in rows:
                return UNKNOWN
            if fate(live.known, rows[id]) is not Fate.WAITING:
                return not_now("announcement_is_decided")
            if (quicker := await self._change(live, replace(rows[id], fate=Fate.REFUSED))) is not None:
                return quicker
        return None

    async def move(self, live: LiveBattle, id: str, venue: VenueId | None, by: str) -> Refused | None:
        """To a venue, or online. What is a team by now moves as teams do."""
        row = (await self._rows(live)).get(id)
        if row is None:
            return UNKNOWN
        if fate(live.known, row) is Fate.APPROVED:
            moved = await live.ask(MoveTeam(by=by, team=TeamId(id), venue=venue))
            return moved if isinstance(moved, Refused) else None
        if venue is not None and venue not in live.known.venues:
            return wrong("unknown_venue")
        return await self._change(live, replace(row, said=replace(row.said, venue=venue)))

    async def merge(self, live: LiveBattle, id: str, into: str, by: str) -> Refused | None:
        """`into` stays: an announcement or a team. Where both are teams by now, the battle merges those."""
        rows, state = await self._rows(live), live.known
        if id not in rows or not (into in rows or TeamId(into) in state.teams):
            return UNKNOWN
        if id == into or team_of(state, rows[id], rows) == into:
            return wrong("one_team")
        if fate(state, rows[id]) is Fate.APPROVED:
            return await _merged(live, id, into, by)
        if into in rows and fate(state, rows[into]) not in (Fate.APPROVED, *OPEN):
            return not_now("announcement_is_decided")
        return await self._change(live, replace(rows[id], fate=Fate.MERGED, into=into))

    async def take_in(self, battle: BattleId, state: BattleState, tables: Sequence[Table], really: bool) -> View:
        """Of a file: how many are `new`, how many `known` (from the same line of any file before), and which `failed`.
        Only `really` they are taken, and then those that can be."""
        lines, failed = read(state, tables)
        known = {row.source for row in await self.people.of_battle(battle) if row.source}
        new = [line for line in lines if line.source not in known]
        if really:
            new = await self._taken(battle, new)
        return {"new": len(new), "known": len(lines) - len(new), "failed": [_failed(each) for each in failed]}

    async def _taken(self, battle: BattleId, new: Sequence[Line]) -> list[Line]:
        """Those of them that nobody else has taken at the same moment."""
        now_ms = self._now_ms()
        rows = [Announced(new_id(), each.said, now_ms + at, source=each.source) for at, each in enumerate(new)]
        await self.people.add(battle, rows)
        there = {row.id for row in await self.people.of_battle(battle)}
        return [line for line, row in zip(new, rows, strict=True) if row.id in there]

    async def represent(self, live: LiveBattle, venue: VenueId, name: str) -> Refused | None:
        """Who represents a venue, "" for nobody."""
        if venue not in live.known.venues:
            return wrong("unknown_venue")
        cleaned = person(name, OF_REPRESENTATIVE) if name.strip() else ""
        if isinstance(cleaned, Refused):
            return cleaned
        await self.people.name_representative(live.id, venue, cleaned)
        return None

    async def team(self, live: LiveBattle, row: Announced) -> TeamId | None:
        """The team that an announcement is by now."""
        return team_of(live.known, row, await self._rows(live) if row.into else {})

    async def _approved(self, live: LiveBattle, row: Announced, by: str) -> Refused | None:
        was = fate(live.known, row)
        if was not in (Fate.APPROVED, *OPEN):
            return not_now("announcement_is_decided")
        said, team = row.said, TeamId(row.id)
        plays = Source.ONLINE if said.venue is None else Source.PAPER
        join = JoinTeam(by=by, team=team, name=new_name(said.name), plays=plays, venue=said.venue, people=said.people)
        joined = await live.ask(join)
        if not isinstance(joined, Refused) and live.known.settings.approval:
            joined = await live.ask(ApproveTeams(by=by, teams=(team,)))
        return joined if isinstance(joined, Refused) else None

    async def _rows(self, live: LiveBattle) -> Mapping[str, Announced]:
        return {row.id: row for row in await self._known.rows(live.id)}

    async def _is_full(self, live: LiveBattle) -> bool:
        if (await self.people.tally(live.id)).undecided < MOST_WAITING:
            return False
        return sum(fate(live.known, row) is Fate.WAITING for row in await self._known.rows(live.id)) >= MOST_WAITING

    async def _change(self, live: LiveBattle, row: Announced) -> Refused | None:
        return None if await self.people.change(live.id, row) else QUICKER


async def _merged(live: LiveBattle, id: str, into: str, by: str) -> Refused | None:
    if TeamId(into) not in live.known.teams:
        return wrong("merge_into_team")
    merged = await live.ask(MergeTeams(by=by, team=TeamId(id), into=TeamId(into)))
    return merged if isinstance(merged, Refused) else None


def _closed(state: BattleState) -> Refused | None:
    return None if state.registration_open and state.phase is not Phase.FINISHED else not_now("registration_closed")


def _is_wanted(state: BattleState, row: Announced, wanted: Page, alike: Mapping[str, object]) -> bool:
    words = wanted.find.casefold().strip()
    named = not words or words in row.said.name.casefold() or words in row.said.captain.casefold()
    is_there = wanted.at is None or (row.said.venue or "online") == wanted.at
    is_so = row.id in alike if wanted.only == "doubles" else wanted.only in ("", fate(state, row).value)
    return named and is_there and is_so


def _row(state: BattleState, row: Announced) -> View:
    part = {"announced": row.id, "name": row.said.name, "contact": row.said.contact, "at": row.at_ms, **_about(state, row)}
    return part | ({"into": row.into} if row.into else {})


def _double(state: BattleState, double: Double, row: Announced | None) -> View:
    """`row`: its announcement, None of a team that came without one."""
    part = {"id": double.id, "name": double.name, "by": double.by}
    if row is not None:
        return part | _about(state, row)
    team = state.teams[TeamId(double.id)]
    return part | {"is": Fate.APPROVED.value, "people": team.people} | ({"venue": team.venue} if team.venue else {})


def _about(state: BattleState, row: Announced) -> View:
    team = state.teams.get(TeamId(row.id))
    venue, people = (team.venue, team.people) if team else (row.said.venue, row.said.people)
    part: View = {"captain": row.said.captain, "people": people, "is": fate(state, row).value}
    return part | ({"venue": venue} if venue else {})


def _failed(line: Failed) -> View:
    return {"tab": line.tab, "line": line.number, "code": line.why.code, "detail": line.why.detail}
