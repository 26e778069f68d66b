"""Cells of sheets that changed, for those who look at them."""

from collections.abc import Iterator

from quizserver.battle.ids import TeamId, VenueId
from quizserver.battle.sheets import Operation
from quizserver.battle.state import BattleState
from quizserver.battle.views.pages import cell_part
from quizserver.battle.views.patch import View
from quizserver.hub.touched import operations_entered, scopes_of
from quizserver.services.battles import News
from quizserver.wire.to_client import Cells

Sheet = tuple[VenueId, str]
"""A venue and a scope."""


def changed_cells(news: News) -> Iterator[tuple[Sheet, Cells]]:
    """One message for each sheet on which something was entered."""
    sheets: dict[Sheet, dict[TeamId, View]] = {}
    for operation in operations_entered(news):
        for sheet in _sheets_of(news.after, operation):
            _put(news.after, operation, sheets.setdefault(sheet, {}))
    for (venue, scope), rows in sheets.items():
        yield (venue, scope), Cells(venue=venue, scope=scope, rows=list(rows.values()))


def _sheets_of(state: BattleState, operation: Operation) -> list[Sheet]:
    """A team's sheets lie where the team is, whoever entered the mark."""
    venue = state.teams[operation.team].venue
    return [] if venue is None else [(venue, scope) for scope in scopes_of(state, operation)]


def _put(state: BattleState, operation: Operation, rows: dict[TeamId, View]) -> None:
    team = state.teams[operation.team]
    row = rows.setdefault(team.id, {"team": team.id, "name": team.name.text, "cells": {}})
    row["cells"][operation.question] = cell_part(state.cells[operation.team, operation.round, operation.question])
