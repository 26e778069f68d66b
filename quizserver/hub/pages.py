"""Rows on request, at most 100."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict

from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import QuestionId, RoundId, TeamId, VenueId
from quizserver.battle.refusals import Refused, wrong
from quizserver.battle.standings import shown_standing, standing
from quizserver.battle.state import BattleState, Place, StaffKey
from quizserver.battle.views.cells import history_page
from quizserver.battle.views.double_entry import entry_rows
from quizserver.battle.views.evening import evening_row, evening_scopes
from quizserver.battle.views.late import judgement, late_sheets
from quizserver.battle.views.pages import own_standing_page, page_bounds, sheet_page, shown_name, standing_page, team_page
from quizserver.battle.views.parts import battle_part, plain
from quizserver.battle.views.patch import View
from quizserver.hub.connection import Connection
from quizserver.hub.consoles import name_of
from quizserver.hub.follower import Follower
from quizserver.hub.house import House
from quizserver.hub.missed import missed_rows
from quizserver.hub.replies import UNAVAILABLE, refuse
from quizserver.services.announcing import Page as Wanted
from quizserver.services.battles import LiveBattle
from quizserver.wire.allowed import Role
from quizserver.wire.from_client import (
    AnnouncedPage,
    AnyPage,
    CellPage,
    DesksPage,
    EveningPage,
    HallPage,
    HousePage,
    KeysPage,
    MissedPage,
    PaperPage,
    RepresentativesPage,
    SheetPage,
    StandingPage,
    TeamsPage,
)
from quizserver.wire.to_client import Page

LivePage = StandingPage | TeamsPage | SheetPage | CellPage | PaperPage | HallPage | KeysPage | DesksPage
"""What is at hand."""


def page(house: House, who: Connection, said: AnyPage, stamp_ms: int) -> None:
    """Answers with the rows, at once but for those that only the store has."""
    live = who.identity.live
    state = live.state if live else None
    if isinstance(said, HousePage):
        house.start(_of_house(house, who, said), who, said)
    elif live is None or state is None:
        refuse(who, said, UNAVAILABLE)
    elif isinstance(said, MissedPage):
        house.start(_missed(house, who, live, said), who, said)
    elif isinstance(said, AnnouncedPage | RepresentativesPage):
        house.start(_of_people(house, who, live, said), who, said)
    elif isinstance(said, PaperPage) and said.of == "late":
        house.start(_late(who, state, said), who, said)
    elif isinstance(said, EveningPage):
        house.start(_evening(house, who, state, said), who, said)
    else:
        _answer(who, said, _rows(house, who, state, said))


def _rows(house: House, who: Connection, state: BattleState, said: LivePage) -> View | Refused:
    match said:
        case HallPage():
            of = house.screens if said.of == "screens" else house.came
            return _page_of(of.rows(state.battle), said)
        case DesksPage():
            follower = house.follower_of(who)
            return _page_of(follower.desks.rows(state) if follower else [], said)
        case KeysPage():
            return _page_of(_keys(state, house.follower_of(who)), said)
        case StandingPage():
            table = standing(state, said.which) if who.role is Role.HOST else shown_standing(state, said.which)
            if said.own:
                return _own_standing(who, state, table, said)
            return standing_page(state, table, said.start, said.count)
        case TeamsPage():
            return team_page(state, said.start, said.count, said.find)
        case CellPage():
            return _cell(who, state, said)
        case PaperPage():
            return _page_of(entry_rows(state), said)
    return _sheet(who, state, said)


def _own_standing(who: Connection, state: BattleState, table: Sequence[Place], said: StandingPage) -> View | Refused:
    """Only a screen of a venue has teams of its own."""
    venue = who.identity.venue
    return wrong("unknown_venue") if venue is None else own_standing_page(state, table, venue, said.start, said.count)


def _sheet(who: Connection, state: BattleState, said: SheetPage) -> View | Refused:
    """A desk has its own venue's sheets and no others, whatever it says."""
    venue = who.identity.venue if who.role is Role.DESK else VenueId(said.venue or "")
    if venue is None or venue not in state.venues:
        return wrong("unknown_venue")
    if said.scope not in state.plan.scopes:
        return wrong("unknown_scope")
    who.sheet = (venue, said.scope)
    return sheet_page(state, venue, said.scope, said.start, said.count, who.reader)


def _cell(who: Connection, state: BattleState, said: CellPage) -> View | Refused:
    """A desk hears of teams that are, or once were, of its own venue."""
    team = state.teams.get(TeamId(said.team))
    if team is None:
        return wrong("unknown_team")
    if who.role is Role.DESK and who.identity.venue not in team.been_at:
        return wrong("not_your_venue")
    key = (team.id, RoundId(said.round), QuestionId(said.question))
    return history_page(state, key, who.reader, said.start, said.count)


async def _late(who: Connection, state: BattleState, said: PaperPage) -> None:
    """What letting a sheet in would change costs a standing: one at a time, and everybody else in between."""
    sheets, rows = late_sheets(state), list[View]()
    for sheet, operations in list(sheets.items())[page_bounds(said.start, said.count)]:
        rows.append(judgement(state, sheet, operations))
        await asyncio.sleep(0)
    _answer(who, said, {"start": said.start, "of": len(sheets), "rows": rows})


async def _evening(house: House, who: Connection, state: BattleState, said: EveningPage) -> None:
    """The key of a scope that this venue has collected is in its room, and need not be sealed."""
    venue = who.identity.venue
    assert venue is not None  # or it were no desk's
    scopes, rows, has = evening_scopes(state, venue), list[View](), {*said.have}
    for scope in scopes[page_bounds(said.start, said.count)]:
        row = evening_row(state, venue, scope)
        if (venue, scope) not in state.collected:
            key = await house.running.sealed_keys.sealed(state, venue, scope)
            row["key"] = {"nonce": key.nonce} if key.nonce in has else asdict(key)
        rows.append(row)
        await asyncio.sleep(0)
    _answer(who, said, {"start": said.start, "of": len(scopes), "rows": rows})


async def _missed(house: House, who: Connection, live: LiveBattle, said: MissedPage) -> None:
    question = QuestionId(said.question)
    if (question, said.opening) in live.known.boxes:
        rows = await missed_rows(house, live, question, said.opening)
        _answer(who, said, _missed_page(live.known, rows, said))
    else:
        refuse(who, said, wrong("unknown_question"))


def _missed_page(state: BattleState, rows: Sequence[AnswerRow], said: MissedPage) -> View:
    shown = [
        {
            "answer": row.id,
            "team": row.team,
            "name": shown_name(state.teams[row.team]),
            "value": plain(row.value),
            "at": row.stamp_ms,
        }
        for row in rows[page_bounds(said.start, said.count)]
    ]
    return {"start": said.start, "of": len(rows), "rows": shown}


async def _of_people(house: House, who: Connection, live: LiveBattle, said: AnnouncedPage | RepresentativesPage) -> None:
    announcing = house.backstage.announcing
    if isinstance(said, AnnouncedPage):
        wanted = Wanted(said.find, said.only, said.at)
        of, rows = await announcing.page(live, wanted, page_bounds(said.start, said.count))
        _answer(who, said, {"start": said.start, "of": of, "rows": rows})
    else:
        known = await announcing.people.representatives(live.id)
        _answer(who, said, _page_of([{"venue": venue, "name": name} for venue, name in known.items()], said))


async def _of_house(house: House, who: Connection, said: HousePage) -> None:
    match said.of:
        case "battles":
            found = _battles(house)
        case "packs":
            found = await house.backstage.packs()
        case "addresses":
            found = house.backstage.addresses()
        case "health":
            found = await house.backstage.health()
        case "consoles":
            found = await house.consoles.rows(who)
    _answer(who, said, _page_of(found, said))


Listed = HousePage | HallPage | KeysPage | DesksPage | PaperPage | RepresentativesPage


def _page_of(found: Sequence[View], said: Listed) -> View:
    return {"start": said.start, "of": len(found), "rows": list(found[page_bounds(said.start, said.count)])}


def _keys(state: BattleState, follower: Follower | None) -> Sequence[View]:
    """The newest first."""
    here = follower.keys() if follower else set()
    return [_key_row(key, staff, key in here) for key, staff in reversed([*state.staff.items()])]


def _key_row(key: str, staff: StaffKey, is_here: bool) -> View:
    row: View = {"key": name_of(key), "role": staff.role, "since": staff.since_ms, "connected": is_here}
    return row if staff.venue is None else {**row, "venue": staff.venue}


def _battles(house: House) -> Sequence[View]:
    """Newest first."""
    begun = [live for live in house.running.battles.values() if live.state]
    return [_battle_row(live.known) for live in reversed(begun)]


def _battle_row(state: BattleState) -> View:
    battle = battle_part(state)
    return {
        "battle": state.battle,
        "pin": state.pin,
        "title": battle["title"],
        "phase": state.phase.value,
        "teams": len(state.teams),
        "round": state.round + 1,
        "rounds": len(state.pack.rounds),
    }


def _answer(who: Connection, said: AnyPage, rows: View | Refused) -> None:
    if isinstance(rows, Refused):
        refuse(who, said, rows)
    else:
        who.say(Page(n=said.n, page=rows))
