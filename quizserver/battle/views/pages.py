"""Rows on request, at most 100 a page: the standing, the teams, a venue's sheets."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile

from quizserver.battle.ids import TeamId, VenueId
from quizserver.battle.questions import Round
from quizserver.battle.settings import Source
from quizserver.battle.sheet_numbers import SheetNumber, has_sheet, read
from quizserver.battle.sheets import TOTAL
from quizserver.battle.state import BattleState, Place, Team
from quizserver.battle.views.cells import Reader, cell_part
from quizserver.battle.views.desk import paper_at
from quizserver.battle.views.parts import venue_part
from quizserver.battle.views.patch import View

MOST_ROWS = 100


def page_bounds(start: int, count: int) -> slice:
    """A page from row `start` (0-based) of at most MOST_ROWS rows; nonsense becomes the nearest sensible page."""
    start = max(0, start)
    return slice(start, start + max(1, min(count, MOST_ROWS)))


def shown_name(team: Team) -> str:
    """A name as screens may show it; a muted, unapproved or blanked team is told by its id's first letters."""
    return team.name.text if team.name_is_shown else f"№ {team.id[:4]}"


def standing_page(state: BattleState, places: Sequence[Place], start: int, count: int) -> View:
    """Rows of a standing: place, team, venue ("" online), points in all and in the last revealed round, places gained. `certain`:
    of what is revealed nothing can move the places from the first to this one; 0: not even the first is certain."""
    rows = [standing_row(state, row) for row in places[page_bounds(start, count)]]
    certain = [row.place for row in takewhile(lambda row: row.is_certain, places)]
    return {"start": max(0, start), "of": len(places), "certain": certain[-1] if certain else 0, "rows": rows}


def own_standing_page(state: BattleState, places: Sequence[Place], venue: VenueId, start: int, count: int) -> View:
    """The same for the teams of one venue: each with its place in all, and `here` among them, and what is known of the `venue`.
    While that place may be another one it is within `here_best` and `here_worst`: no team that may still change its place is
    counted as surely before or behind another."""
    own = [row for row in places if state.teams[row.team].venue == venue]
    now, ranges = sorted(row.place for row in own), [_range(row) for row in own]
    bests, worsts = sorted(best for best, _ in ranges), sorted(worst for _, worst in ranges)
    among = {
        row.team: _among(bisect_left(now, row.place), bisect_left(worsts, best), bisect_left(bests, worst) - (best < worst))
        for row, (best, worst) in zip(own, ranges, strict=True)
    }
    rows = [standing_row(state, row) | among[row.team] for row in own[page_bounds(start, count)]]
    here = state.venues[venue]
    told = {"name": here.name, **venue_part(here)}
    return {"start": max(0, start), "of": len(own), "in_all": len(places), "venue": told, "rows": rows}


def _range(row: Place) -> tuple[int, int]:
    return (row.place, row.place) if row.possible is None else (row.possible.best, row.possible.worst)


def _among(before: int, surely: int, maybe: int) -> View:
    """`before`: how many stand before it now, are `surely` before it, or may come to be."""
    here: View = {"here": before + 1}
    return here if surely == maybe else here | {"here_best": surely + 1, "here_worst": maybe + 1}


def standing_row(state: BattleState, row: Place) -> View:
    """One row; `gained` > 0 means better than at the previous round's end, 0 unmoved or new. What may become of it, where anything
    may."""
    team = state.teams[row.team]
    before = state.places_before if state.current_round and state.current_round.id in state.ended else state.places
    part: View = {
        "place": row.place,
        "team": row.team,
        "name": shown_name(team),
        "points": row.points,
        "pending": row.pending,
        "round": row.rounds[state.round] if 0 <= state.round < len(row.rounds) else 0,
        "rounds": list(row.rounds),
        "gained": before[row.team] - row.place if row.team in before else 0,
        "plays": team.plays.value,
    }
    if team.venue is not None:
        part["venue"] = state.venues[team.venue].name
    return part | possible_part(row)


def possible_part(row: Place) -> View:
    """`best` and `worst` place and `least` and `most` points while something of this team's is not certain; {} else."""
    return {} if row.possible is None else row.possible._asdict()


def team_page(state: BattleState, start: int, count: int, find: str = "") -> View:
    """Teams for the console, by name; `find` keeps those whose name contains it, or whose sheet has this number."""
    wanted, number = find.casefold().strip(), read(find, state.pin)
    teams = sorted(
        (team for team in state.teams.values() if wanted in team.name.text.casefold() or has_sheet(team, number)),
        key=lambda team: (team.name.text.casefold(), team.id),
    )
    return {"start": max(0, start), "of": len(teams), "rows": [_team_row(team) for team in teams[page_bounds(start, count)]]}


def _team_row(team: Team) -> View:
    row: View = {
        "team": team.id,
        "name": team.name.text,
        "plays": team.plays.value,
        "muted": team.muted,
        "approved": team.approved,
        "changed": bool(team.changes),
        "sheets": list(team.sheets),
        "people": team.people,
    }
    return row if team.venue is None else {**row, "venue": team.venue}


def sheet_page(state: BattleState, venue: VenueId, scope: str, start: int, count: int, reader: Reader = None) -> View:
    """A venue's sheets of one scope, as this reader may see them: a row a team with its cells by question and its total."""
    teams = paper_at(state, venue, scope)
    rows = [sheet_row(state, TeamId(team), scope, reader) for team in teams[page_bounds(start, count)]]
    return {"start": max(0, start), "of": len(teams), "scope": scope, "rows": rows}


def sheet_row(state: BattleState, team: TeamId, scope: str, reader: Reader = None) -> View:
    """One sheet. A cell is absent while nobody has written into it."""
    positions = state.plan.scopes[scope]
    playing, _ = state.plan.questions[positions[0]]
    wanted = [*(state.plan.questions[position][1].id for position in positions), TOTAL]
    cells = {question: cell_part(state, key, reader) for question in wanted if (key := (team, playing.id, question)) in state.cells}
    return {**sheet_head(state, team, scope), "cells": cells}


def sheet_head(state: BattleState, team: TeamId, scope: str) -> View:
    """Whose sheet it is, and which of its questions the team plays `online`, so that the sheet says nothing of them."""
    row = state.plan.questions
    elsewhere = [row[at][1].id for at in state.plan.scopes[scope] if state.teams[team].source(at) is Source.ONLINE]
    playing, _ = row[state.plan.scopes[scope][0]]
    return {
        "team": team,
        "name": state.teams[team].name.text,
        "sheets": sheets_of(state, state.teams[team], playing),
        "online": elsewhere,
    }


def sheets_of(state: BattleState, team: Team, playing: Round) -> list[str]:
    """The numbers on its sheets of a round, its own first."""
    return [str(SheetNumber(state.pack.rounds.index(playing) + 1, number)) for number in team.sheets]
