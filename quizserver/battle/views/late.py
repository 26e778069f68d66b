"""Sheets that came after their gate and wait for the host, with what letting them in would change."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from quizserver.battle.ids import RoundId, TeamId, VenueId
from quizserver.battle.sheets import Operation
from quizserver.battle.state import BattleState, Place
from quizserver.battle.verdicts import Outcome, outcome, standing_on
from quizserver.battle.views.cells import signed_part
from quizserver.battle.views.patch import View
from quizserver.battle.what_if import if_accepted

LateSheet = tuple[VenueId, TeamId, RoundId]
MOST_OPERATIONS = 100  # of one verdict; what is left of a sheet comes after it


def late_sheets(state: BattleState) -> Mapping[LateSheet, Sequence[Operation]]:
    """What waits for the host, by sheet: venues in their order, then teams by name, then rounds."""
    sheets: dict[LateSheet, list[Operation]] = defaultdict(list)
    for name, key in state.late.items():
        if outcome(state.verdicts, name) is Outcome.WAITS:
            operation = state.cells[key][name]
            sheets[operation.venue, operation.team, operation.round].append(operation)
    venues = list(state.venues)
    places = {playing.id: at for at, playing in enumerate(state.pack.rounds)}
    order = sorted(sheets, key=lambda it: (venues.index(it[0]), state.teams[it[1]].name.text.casefold(), it[1], places[it[2]]))
    return {sheet: sorted(sheets[sheet], key=lambda each: (state.entered[each.name], each.name)) for sheet in order}


def late_row(state: BattleState, sheet: LateSheet, operations: Sequence[Operation]) -> View:
    """One of them, in a line."""
    venue, team, playing = sheet
    number = 1 + next(at for at, each in enumerate(state.pack.rounds) if each.id == playing)
    name = state.teams[team].name.text
    return {"venue": venue, "team": team, "name": name, "round": playing, "number": number, "count": len(operations)}


def late_part(state: BattleState, most: int) -> View:
    """For the console's list: how many sheets, and the first of them. What each would change costs a standing, and is asked for."""
    sheets = late_sheets(state)
    return {"count": len(sheets), "rows": [late_row(state, *each) for each in list(sheets.items())[:most]]}


def judgement(state: BattleState, sheet: LateSheet, operations: Sequence[Operation]) -> View:
    """One of them with all that a verdict needs: what is in it, what it is over, and places and points before and after it."""
    judged = operations[:MOST_OPERATIONS]
    over = {verdict.name for each in judged for verdict in standing_on(state.verdicts, each.name)}
    change = if_accepted(state, [each.name for each in judged], sheet[1])
    return {
        **late_row(state, sheet, operations),
        "operations": [each.name for each in judged],
        "over": sorted(over),
        "cells": [_cell(state, each) for each in judged],
        "now": _place(change.before),
        "then": _place(change.after),
        "others": change.others,
    }


def _cell(state: BattleState, operation: Operation) -> View:
    before = sorted({each.value for name, each in state.counting(operation.cell).items() if name in operation.over})
    row = {**signed_part(state, operation), "question": operation.question, "before": before}
    return {**row, "why": operation.why} if operation.why else row


def _place(row: Place) -> View:
    return {"place": row.place, "points": row.points, "pending": row.pending}
