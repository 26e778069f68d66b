"""From what was seen in an evening to its report."""

from collections.abc import Iterable
from dataclasses import dataclass

from quizserver.rehearsal.counting import count_answers
from quizserver.rehearsal.evening import Evening
from quizserver.rehearsal.expected import Row, expected
from quizserver.rehearsal.exported import folded, recorded
from quizserver.rehearsal.line import View
from quizserver.rehearsal.report import Report, Sheets
from quizserver.rehearsal.standing import decimal, served
from quizserver.rehearsal.tally import Tally
from quizserver.services.verifying import Differs


@dataclass(frozen=True, slots=True)
class Seen:
    """What the host saw and fetched when all was over. By round: ids of the revealed `questions`, rows of all `sheets`.

    `no_export`: why there is none."""

    standing: list[View]
    export: list[bytes]
    questions: list[list[str]]
    sheets: list[list[View]]
    no_export: str = ""


def evaluate(report: Report, evening: Evening, tally: Tally, seen: Seen) -> None:
    """Fills in everything that is found out afterwards."""
    rows, script = served(seen.standing), expected(evening)
    report.questions, report.latency_ms = sum(map(len, seen.questions)), tally.latencies
    report.sheets = _sheets(report, evening, tally, seen)
    report.wrong += [f"This machine is too slow for this pace: {line} too late" for line in tally.behind]
    report.wrong += [f"{row['name']} is still pending" for row in seen.standing if row["pending"]]
    report.wrong += [f"{name} was not told that its place is certain" for name in sorted(tally.uncertain)]
    report.standing_equals_script = rows == script
    report.wrong += _first_difference(rows, script, "the script")
    if seen.no_export:
        report.wrong.append(seen.no_export)
        return
    try:
        fold = folded(seen.export)
    except Differs as difference:
        report.wrong.append(f"The exported evening does not verify: {difference}")
        return
    report.standing_equals_fold = rows == fold.rows and _own_places_fit(report, tally, rows)
    report.wrong += _first_difference(rows, fold.rows, "the ledger")
    report.answers = count_answers(tally, evening, recorded(seen.export), fold)


def _own_places_fit(report: Report, tally: Tally, rows: Iterable[Row]) -> bool:
    """What every phone said last about its own place."""
    others = [row for row in rows if tally.places.get(row.name, (row.place, row.points)) != (row.place, row.points)]
    report.wrong += [f"{row.name} was told place {tally.places[row.name][0]} and has place {row.place}" for row in others]
    return not others


def _sheets(report: Report, evening: Evening, tally: Tally, seen: Seen) -> Sheets:
    """A sheet is applied if every cell of it holds, without dispute, what is written on the paper."""
    shown = {(row["name"], at_round): row["cells"] for at_round, rows in enumerate(seen.sheets) for row in rows}
    applied = {
        (team.name, at_round)
        for team in evening.paper
        for at_round, sheet in enumerate(team.sheets)
        if _values(shown.get((team.name, at_round), {}), seen.questions[at_round]) == list(sheet.marks)
    }
    report.wrong += [f"The sheet of {name} is not in" for name, _ in sorted(tally.sheets_sent - applied)]
    return Sheets(len(tally.sheets_sent), len(applied & tally.sheets_sent), len(tally.sheets_disputed))


def _values(cells: View, questions: Iterable[str]) -> list[str]:
    """What stands in each cell; a disputed or an empty one has no value."""
    return [cells.get(question, {"value": ""})["value"] for question in questions]


def _first_difference(rows: list[Row], others: list[Row], whose: str) -> list[str]:
    for mine in rows:
        theirs = next((row for row in others if row.name == mine.name), None)
        if theirs != mine:
            says = "nothing" if theirs is None else f"place {theirs.place} with {decimal(theirs.points)}"
            return [f"{mine.name} has place {mine.place} with {decimal(mine.points)} points, {whose} says {says}"]
    return [f"{whose} knows {len(others)} teams, the standing {len(rows)}"] if len(rows) != len(others) else []
