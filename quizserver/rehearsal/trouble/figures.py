"""Holds what desks typed against the ledger: everything is in it, once, as it was typed, and all that came late was judged; and
whether the trouble was what it was meant to be, since an evening in which nothing goes wrong proves nothing."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from quizserver.battle.kinds.number import canonical
from quizserver.rehearsal.evaluation import Seen
from quizserver.rehearsal.judge import DEVICE as HOST
from quizserver.rehearsal.report import Report
from quizserver.rehearsal.tally import Tally
from quizserver.rehearsal.trouble.notebook import Operation, name_of
from quizserver.rehearsal.trouble.plan import Trouble, Why
from quizserver.rehearsal.trouble.venues import TroubledVenues

REFUSED_AS = "not_a_mark"
AS_TYPED = ("venue", "team", "round", "question")


@dataclass(slots=True)
class Figures:
    """`typed` marks of all desks; of these some `sent_again` after an ack that was lost, and `carried`. `late` ones, the host's own
    among them, are `let_in` or `turned_away`."""

    outages: int = 0
    reconnects: int = 0
    torn: int = 0
    typed: int = 0
    sent_again: int = 0
    refused: int = 0
    late: int = 0
    late_sheets: int = 0
    let_in: int = 0
    turned_away: int = 0
    disputes: int = 0
    files: int = 0
    carried: int = 0


@dataclass(frozen=True, slots=True)
class Entered:
    """The ledger's marks: each operation as often as it stands there, names of late ones, and by name the host's last word."""

    operations: list[Operation]
    late: set[str]
    words: Mapping[str, bool]


def figures(report: Report, venues: TroubledVenues, tally: Tally, seen: Seen) -> Mapping[str, int]:
    """Adds to the report what is wrong."""
    entered, books = _entered(seen.export), [desk.notebook for desk in venues.desks.values()]
    typed = {name: operation for book in books for name, operation in book.typed.items()}
    refused = {name: code for book in books for name, code in book.refused.items()}
    late = [each for each in entered.operations if name_of(each) in entered.late]
    found = Figures(
        outages=venues.outages,
        reconnects=sum(desk.reconnects for desk in venues.desks.values()),
        torn=sum(desk.torn for desk in venues.desks.values()),
        typed=len(typed),
        sent_again=sum(book.sent_again for book in books),
        refused=len(refused),
        late=len(entered.late),
        late_sheets=len({(each["team"], each["round"]) for each in late}),
        let_in=sum(entered.words.get(name, False) for name in entered.late),
        turned_away=sum(not entered.words.get(name, True) for name in entered.late),
        disputes=sum(each["device"] == HOST for each in entered.operations),
        files=venues.brought.files,
        carried=venues.brought.marks,
    )
    report.wrong += _not_as_typed(typed, refused, entered)
    report.wrong += [f"The late mark {name} was never judged" for name in sorted(entered.late - entered.words.keys())]
    report.wrong += [
        f"A desk could not say that {scope} is collected: {code}"
        for desk in venues.desks.values()
        for scope, code in desk.not_collected.items()
    ]
    report.wrong += _wrongly_refused(venues.trouble, refused.values())
    report.wrong += [f"No trouble worth the name: {what} is 0" for what in _missing(venues.trouble, found)]
    return asdict(found)


def _entered(lines: Iterable[bytes]) -> Entered:
    operations: list[Operation] = []
    late: set[str] = set()
    words: dict[str, bool] = {}
    for body in _bodies(lines):
        if body.get("type") == "MarksEntered":
            operations += body["operations"]
            late.update(body["late"])
        elif body.get("type") == "LateJudged":
            words.update(dict.fromkeys(body["verdict"]["operations"], body["verdict"]["accepted"]))
    return Entered(operations, late, words)


def _bodies(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    return (json.loads(json.loads(line).get("body", "{}")) for line in lines)


def _not_as_typed(typed: Mapping[str, Operation], refused: Mapping[str, str], entered: Entered) -> Iterator[str]:
    times = Counter(map(name_of, entered.operations))
    for name in sorted(typed.keys() - refused.keys() - times.keys()):
        yield f"The mark {name} was typed and is not in the ledger"
    for name in sorted(name for name, number in times.items() if number > 1):
        yield f"The mark {name} was entered {times[name]} times"
    for each in entered.operations:
        name = name_of(each)
        if each["device"] == HOST:
            continue
        if name not in typed or name in refused:
            yield f"The mark {name} is in the ledger, and no desk has it"
        elif _as_typed(typed[name]) != _as_typed(each):
            yield f"The mark {name} is not in the ledger as it was typed"


def _as_typed(operation: Operation) -> tuple[object, ...]:
    value, over = operation["value"], sorted(operation["over"])
    return *(operation[part] for part in AS_TYPED), value if value in ("", "-", "?") else canonical(value), over


def _wrongly_refused(trouble: Trouble, codes: Iterable[str]) -> list[str]:
    meant, came = Counter({REFUSED_AS: len(trouble.extras_of(Why.NO_MARK))}), Counter(codes)
    others = sorted(code for code in {*meant, *came} if meant[code] != came[code])
    return [f"Of the marks of desks {came[code]} were refused as {code}, not {meant[code]}" for code in others]


def _missing(trouble: Trouble, found: Figures) -> list[str]:
    """What every evening of so many venues has, whatever the seed."""
    wanted = ["outages", "typed", "late", "late_sheets", "let_in", "turned_away", "files", "carried"]
    if trouble.extras_of(Why.NO_MARK):
        wanted.append("refused")
    if len(trouble.venues) > 1:
        wanted += ["reconnects", "torn", "sent_again"]
    if _differ_in_time(trouble):
        wanted.append("disputes")
    return [what for what in wanted if not getattr(found, what)]


def _differ_in_time(trouble: Trouble) -> bool:
    """Somebody has a second opinion before the last round, where networks are gone for no more than minutes."""
    opinions = [extra for each in trouble.venues if each.outages[0][-1].back is None for extra in each.extras]
    last = max((extra.after_round for each in trouble.venues for extra in each.extras), default=0)
    return any(extra.why is Why.SECOND_OPINION and extra.after_round < last for extra in opinions)
