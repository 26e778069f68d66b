"""Cells of sheets that changed, for those who look at them."""

from collections.abc import Iterator

from quizserver.battle.ids import TeamId, VenueId
from quizserver.battle.sheets import Operation
from quizserver.battle.state import BattleState
from quizserver.battle.views.pages import cell_part, sheet_head, sheet_row
from quizserver.battle.views.patch import View
from quizserver.hub.touched import heads_changed, operations_entered, scopes_of
from quizserver.services.battles import News
from quizserver.wire.to_client import Cells

Sheet = tuple[VenueId, str]
"""A venue and a scope."""


def changed_cells(news: News) -> Iterator[tuple[Sheet, Cells]]:
    """One message for each sheet on which something was entered, of which a team plays other questions online than before, or
    that has one number more."""
    sheets: dict[Sheet, dict[TeamId, View]] = {}
    for operation in operations_entered(news):
        for sheet in _sheets_of(news.after, operation):
            _put(news.after, operation, sheet[1], sheets.setdefault(sheet, {}))
    for team in heads_changed(news):
        if (venue := news.after.teams[team].venue) is not None:
            for scope in news.after.plan.scopes:
                sheets.setdefault((venue, scope), {})[team] = sheet_row(news.after, team, scope)
    for (venue, scope), rows in sheets.items():
        yield (venue, scope), Cells(venue=venue, scope=scope, rows=list(rows.values()))


def _sheets_of(state: BattleState, operation: Operation) -> list[Sheet]:
    """A team's sheets lie where the team is, whoever entered the mark."""
    venue = state.teams[operation.team].venue
    return [] if venue is None else [(venue, scope) for scope in scopes_of(state, operation)]


def _put(state: BattleState, operation: Operation, scope: str, rows: dict[TeamId, View]) -> None:
    row = rows.setdefault(operation.team, {**sheet_head(state, operation.team, scope), "cells": {}})
    row["cells"][operation.question] = cell_part(state, state.cells[operation.team, operation.round, operation.question])
