"""Holds what the clients saw against the ledger and the script, and counts what was lost, counted twice, or counted though late."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from quizserver.rehearsal.counts import Counts, same, told
from quizserver.rehearsal.evening import Evening
from quizserver.rehearsal.exported import Folded, Recorded
from quizserver.rehearsal.losses import count_lost
from quizserver.rehearsal.moments import GUARD_MS
from quizserver.rehearsal.tally import Pair, SentAnswer, Tally

TOO_LATE = ("late", "missed")
CLOCK_ERROR_MS = 5  # by which a phone's idea of battle time may be wrong; no late answer of the script is so near to a cut-off


def count_answers(tally: Tally, evening: Evening, rows: Iterable[Recorded], folded: Folded) -> Counts:
    """`rows`: all recorded answers of the export."""
    answers = tally.answers.values()
    unsaved = [answer for answer in answers if answer.verdicts and not answer.saved]
    counts = Counts(len(answers), sum(answer.saved for answer in answers), len(unsaved))
    counts.refusals.update(answer.verdicts[-1] for answer in unsaved)
    by_pair = _by_pair(tally, rows, counts)
    standing = {pair: max(recorded, key=lambda row: (row.opening, row.stamp_ms, row.id)) for pair, recorded in by_pair.items()}
    counts.counted = len(standing)
    count_lost(counts, tally, evening, standing, folded)
    _count_duplicated(counts, tally, by_pair)
    _count_late(counts, tally, evening, standing)
    _count_turned_away(counts, unsaved, tally, evening)
    return counts


def _by_pair(tally: Tally, rows: Iterable[Recorded], counts: Counts) -> Mapping[Pair, list[Recorded]]:
    """Recorded answers by team and question; one that no phone of ours has sent is told at once."""
    addresses = {seen.id: where for where, seen in tally.questions.items()}
    found: dict[Pair, list[Recorded]] = defaultdict(list)
    for row in rows:
        pair = Pair(tally.teams.get(row.team, row.team), addresses.get(row.question, (-1, -1)))
        found[pair].append(row)
        if (
            row.id not in tally.answers
            or tally.answers[row.id].pair != pair
            or not same(tally.answers[row.id].said.value, row.value)
        ):
            counts.wrong.append(f"{told(pair)}: the ledger holds an answer that nobody sent, {row.value!r}")
    return found


def _count_duplicated(counts: Counts, tally: Tally, by_pair: Mapping[Pair, list[Recorded]]) -> None:
    twice_told = {answer.pair for answer in tally.answers.values() if len(answer.revisions) > 1}
    for pair in sorted(by_pair.keys() | twice_told):
        rows = by_pair.get(pair, [])
        ids, revisions = Counter(row.id for row in rows), Counter((row.opening, row.revision) for row in rows)
        if pair in twice_told or any(number > 1 for number in (*ids.values(), *revisions.values())):
            counts.duplicated += 1
            counts.wrong.append(f"{told(pair)}: one answer was recorded more than once")


def _count_late(counts: Counts, tally: Tally, evening: Evening, standing: Mapping[Pair, Recorded]) -> None:
    """First sent after the cut-off that phones were shown, and counted in the ledger or in the team's own result."""
    for pair in sorted(standing.keys() | tally.results.keys()):
        if (cut_off_ms := _cut_off_ms(pair, tally, evening)) is None:
            continue
        sent_ms = max((answer.first_sent_ms for answer in _counting(tally, pair, standing)), default=0)
        if sent_ms > cut_off_ms + CLOCK_ERROR_MS:
            counts.late_accepted += 1
            counts.wrong.append(f"{told(pair)}: an answer counts that was sent {sent_ms - cut_off_ms} ms after the cut-off")


def _count_turned_away(counts: Counts, unsaved: Iterable[SentAnswer], tally: Tally, evening: Evening) -> None:
    """Refused as too late, though it was sent in good time. Where server or machine stood still that long, the team lost it."""
    for answer in unsaved:
        cut_off_ms = _cut_off_ms(answer.pair, tally, evening)
        if cut_off_ms is None or answer.verdicts[-1] not in TOO_LATE:
            continue
        if (ahead_ms := cut_off_ms - answer.first_sent_ms) >= GUARD_MS:
            counts.turned_away += 1
            counts.wrong.append(f"{told(answer.pair)}: was refused as late, sent {ahead_ms} ms before the cut-off")


def _cut_off_ms(pair: Pair, tally: Tally, evening: Evening) -> int | None:
    """As phones were shown it; None if they never saw a clock that closes this question."""
    seen = tally.questions.get(pair.question)
    return seen.deadline_ms + evening.rounds[pair.question[0]].grace_ms if seen and seen.deadline_ms else None


def _counting(tally: Tally, pair: Pair, standing: Mapping[Pair, Recorded]) -> list[SentAnswer]:
    """The answers of a team that count somewhere: in the ledger by their id, in the team's own result by their words."""
    row, own = standing.get(pair), tally.results.get(pair)
    counting = [tally.answers[row.id]] if row is not None and row.id in tally.answers else []
    if own is not None and own.said is not None and not (row is not None and same(own.said, row.value)):
        counting += [answer for answer in tally.answers.values() if answer.pair == pair and same(answer.said.value, own.said)]
    return counting
