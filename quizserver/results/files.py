"""Results as files. README.md says what is in them; whoever changes a column changes it there."""

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from quizserver.results.outcome import Result, Results
from quizserver.results.words import decimal_mark, words
from quizserver.spreadsheets.csv_out import written_csv
from quizserver.spreadsheets.table import Cell, Leaf
from quizserver.spreadsheets.xlsx_out import written_xlsx

FORMAT = "quizserver results"
VERSION = 1
Rows = list[Sequence[Cell]]


def standing_rows(results: Results) -> Rows:
    """A head, then a row a team in the order of the standing."""
    say = words(results.language)
    rounds = [f"{say['round']} {n}" for n in range(1, len(results.rounds) + 1)]
    who = [say["place"], say["team"], say["venue"], say["people"]]
    head: Sequence[Cell] = [*who, *rounds, say["points"], *_when(results, say["possible"])]
    return [head, *(_standing_row(results, each, say["online"]) for each in results.teams)]


def mask_rows(results: Results) -> Rows:
    """A row a team and round; what is imported again changes nothing."""
    say = words(results.language)
    head: Sequence[Cell] = [say["number"], say["team"], say["round"], say["mask"]]
    rows: Rows = [
        [each.sheets[at], each.name, at + 1, each.masks[at]] for at, _ in enumerate(results.rounds) for each in results.teams
    ]
    return [head, *rows]


def as_xlsx(results: Results) -> bytes:
    """The standing and the masks, each on its tab under a line that says what it is."""
    say = words(results.language)
    about = f"{results.title}. {say['provisional'] if results.provisional else say['final']}"
    figures = say["figures"].format(**results.figures)
    wide = (8, 40, 24, 10, *(10 for _ in results.rounds), 10, 18)
    return written_xlsx(
        [
            Leaf(say["standing"], [[about], [figures], *standing_rows(results)], 2, wide),
            Leaf(say["masks"], [[about], [say["legend"]], *mask_rows(results)], 2, (14, 40, 8, 24)),
        ]
    )


def as_csv(results: Results) -> bytes:
    """The standing. While it is provisional, a last column says which places are possible."""
    return written_csv(standing_rows(results), decimal_mark(results.language))


def as_masks(results: Results) -> bytes:
    """CSV: number of the sheet, team, round, mask."""
    return written_csv(mask_rows(results))


def as_json(results: Results) -> bytes:
    """Points are numbers; a round of which nothing is revealed is null."""
    about = {"format": FORMAT, "v": VERSION, "battle": results.battle, "pin": results.pin, "title": results.title}
    about |= {"figures": results.figures}
    when = {"provisional": results.provisional, "at_ms": results.at_ms, "rounds": list(results.rounds)}
    teams = [_team(each) for each in results.teams]
    return (json.dumps(about | when | {"teams": teams}, ensure_ascii=False, indent=1) + "\n").encode()


FORMATS: Mapping[str, tuple[Callable[[Results], bytes], str]] = {
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "json": (as_json, "application/json"),
    "masks": (as_masks, "text/csv; charset=utf-8"),
}
"""By name: who writes it, and what it is."""


def _standing_row(results: Results, each: Result, online: str) -> Sequence[Cell]:
    possible = f"{each.best}–{each.worst}" if each.best < each.worst else str(each.place)
    return [each.place, each.name, each.venue or online, each.people or None, *each.rounds, each.points, *_when(results, possible)]


def _when(results: Results, cell: str) -> Sequence[Cell]:
    return [cell] if results.provisional else []


def _team(each: Result) -> Mapping[str, object]:
    place = {"place": each.place, "best": each.best, "worst": each.worst}
    who = {"team": each.team, "name": each.name, "people": each.people or None, "sheets": list(each.sheets)}
    where = {"venue": each.venue or None, "city": each.city or None}
    points = {"points": _number(each.points), "rounds": list(map(_number, each.rounds))}
    return place | who | where | points | {"masks": list(each.masks)}


def _number(points: Decimal | None) -> int | float | None:
    return None if points is None else int(points) if points == points.to_integral() else float(points)
