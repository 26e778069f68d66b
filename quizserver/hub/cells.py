"""Cells of sheets that changed, for those who look at them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from quizserver.battle.ids import TeamId, VenueId
from quizserver.battle.sheets import CellKey
from quizserver.battle.state import BattleState
from quizserver.battle.views.cells import Reader, cell_part
from quizserver.battle.views.pages import sheet_head, sheet_row
from quizserver.battle.views.patch import View
from quizserver.hub.touched import cells_touched, heads_changed, scopes_of, texts_judged
from quizserver.services.battles import News
from quizserver.wire.to_client import Cells

Sheet = tuple[VenueId, str]
"""A venue and a scope."""


@dataclass(slots=True)
class Changed:
    """What is different on one sheet: single cells of a team, or the whole of its sheet."""

    cells: dict[TeamId, list[CellKey]] = field(default_factory=dict)
    whole: dict[TeamId, None] = field(default_factory=dict)


def changed_sheets(news: News) -> Mapping[Sheet, Changed]:
    """The sheets on which something was entered, let in or ruled upon, of which a team plays other questions online than before, or
    that have one number more."""
    sheets: dict[Sheet, Changed] = {}
    for key in dict.fromkeys([*cells_touched(news), *texts_judged(news)]):
        for sheet in _sheets_of(news.after, key):
            sheets.setdefault(sheet, Changed()).cells.setdefault(key[0], []).append(key)
    for team in heads_changed(news):
        if (venue := news.after.teams[team].venue) is not None:
            for scope in news.after.plan.scopes:
                sheets.setdefault((venue, scope), Changed()).whole[team] = None
    return sheets


def told(state: BattleState, sheet: Sheet, changed: Changed, reader: Reader) -> Cells:
    """What this reader is told of it: of a cell that is hidden from it, no more than that it was entered."""
    venue, scope = sheet
    rows = {team: _row(state, team, keys, scope, reader) for team, keys in changed.cells.items()}
    rows |= {team: sheet_row(state, team, scope, reader) for team in changed.whole}
    return Cells(venue=venue, scope=scope, rows=list(rows.values()))


def _row(state: BattleState, team: TeamId, keys: list[CellKey], scope: str, reader: Reader) -> View:
    return {**sheet_head(state, team, scope), "cells": {key[2]: cell_part(state, key, reader) for key in keys}}


def _sheets_of(state: BattleState, key: CellKey) -> Iterator[Sheet]:
    """A team's sheets lie where the team is, whoever entered the mark."""
    venue = state.teams[key[0]].venue
    return ((venue, scope) for scope in scopes_of(state, key)) if venue is not None else iter(())
