"""What a rehearsal came to: one JSON for machines, one table for a host, one exit code for both."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from quizserver.rehearsal.counts import Counts

LATENCIES = ("join", "question", "ack", "standing")
SHARES = (50, 95, 99)
MOST_TOLD = 10


@dataclass(frozen=True, slots=True)
class Sheets:
    sent: int = 0
    applied: int = 0
    disputed: int = 0


@dataclass(slots=True)
class Report:
    """`trouble`: figures of what went wrong at venues, empty where nothing was to. `wrong`: one line each for a person; empty if
    all is well."""

    title: str
    teams_online: int
    teams_paper: int
    venues: int
    people: int
    questions: int = 0
    answers: Counts = field(default_factory=Counts)
    sheets: Sheets = Sheets()
    standing_equals_fold: bool = False
    standing_equals_script: bool = False
    latency_ms: Mapping[str, Sequence[float]] = field(default_factory=dict)
    seconds: float = 0.0
    trouble: Mapping[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @property
    def all_is_well(self) -> bool:
        counts = self.answers
        nothing_lost = not (counts.lost or counts.duplicated or counts.late_accepted or counts.turned_away)
        return nothing_lost and self.standing_equals_fold and self.standing_equals_script and not self.wrong

    def as_json(self) -> dict[str, Any]:
        """The figures, in the order in which they are asked for."""
        figures = ("sent", "acked", "refused", "counted", "lost", "duplicated", "late_accepted")
        return {
            "teams_online": self.teams_online,
            "teams_paper": self.teams_paper,
            "people": self.people,
            "questions": self.questions,
            "answers": {name: getattr(self.answers, name) for name in figures},
            "sheets": {name: getattr(self.sheets, name) for name in ("sent", "applied", "disputed")},
            "standing_equals_fold": self.standing_equals_fold,
            "standing_equals_script": self.standing_equals_script,
            "latency_ms": {name: percentiles(self.latency_ms.get(name, ())) for name in LATENCIES},
            "seconds": round(self.seconds, 1),
            **({"trouble": dict(self.trouble)} if self.trouble else {}),
        }

    def as_table(self) -> str:
        """For a host."""
        return "\n".join([*_figures(self), "", *_verdict(self)])


def percentiles(values: Iterable[float]) -> dict[str, float]:
    """Nearest-rank percentiles, to a tenth of a millisecond; zeros where nothing was measured."""
    ranked = sorted(values)
    return {f"p{share}": round(ranked[max(0, ceil(len(ranked) * share / 100) - 1)], 1) if ranked else 0.0 for share in SHARES}


def _figures(report: Report) -> list[str]:
    counts, sheets = report.answers, report.sheets
    refused = ", ".join(f"{number} {code}" for code, number in counts.refusals.most_common()) or "none"
    return [
        f"{report.title}: {report.teams_online} teams online, {report.teams_paper} on paper in {report.venues} venues, "
        f"about {report.people} people, {report.questions} questions, {report.seconds:.0f} s",
        "",
        _line("Answers sent", f"{counts.sent}, saved {counts.acked}, refused {counts.refused} ({refused})"),
        _line("Lost", counts.lost),
        _line("Counted twice", counts.duplicated),
        _line("Counted though late", counts.late_accepted),
        _line("Refused though in time", counts.turned_away),
        _line("Sheets", f"{sheets.sent} typed, {sheets.applied} in the standing, {sheets.disputed} disputed and settled"),
        *([_line("Results gone before shown", counts.unseen)] if counts.unseen else []),
        *_trouble(report.trouble),
        _line("Standing is the ledger's sum", _yes(report.standing_equals_fold)),
        _line("Standing is the script's", _yes(report.standing_equals_script)),
        *(_line(words, _took(report.latency_ms.get(name, ()))) for name, words in _WORDS.items()),
    ]


def _trouble(found: Mapping[str, int]) -> list[str]:
    return [_line(words, figures.format_map(found)) for words, figures in _WORDS_OF_TROUBLE] if found else []


_WORDS_OF_TROUBLE = (
    ("Networks that went", "{outages}; {reconnects} returns, {torn} messages torn"),
    ("Marks typed at desks", "{typed}; {sent_again} sent again after an ack that was lost"),
    ("Past their gates", "{late} marks on {late_sheets} sheets: {let_in} let in, {turned_away} turned away"),
    ("Disputes settled", "{disputes}"),
    ("Carried in files", "{carried} marks in {files} files, each brought twice"),
    ("Refused and kept at desks", "{refused}"),
)
_WORDS = {
    "join": "From name to seat",
    "question": "From key to question",
    "ack": "From tap to saved",
    "standing": "From key to standing",
}


def _line(words: str, figure: object) -> str:
    return f"  {words:<30} {figure}"


def _yes(holds: bool) -> str:
    return "yes" if holds else "NO"


def _took(values: Sequence[float]) -> str:
    took = percentiles(values)
    return f"half within {took['p50']:.0f} ms, 95 % within {took['p95']:.0f} ms, 99 % within {took['p99']:.0f} ms"


def _verdict(report: Report) -> list[str]:
    if report.all_is_well:
        return ["All is well: everything that was saved counts, once, and nothing that was late."]
    lines = [*report.wrong, *report.answers.wrong]
    more = [f"... and {len(lines) - MOST_TOLD} more"] if len(lines) > MOST_TOLD else []
    return ["This evening did not go well:", *(f"  {line}" for line in (lines[:MOST_TOLD] + more))]
