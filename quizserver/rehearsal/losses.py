"""What was acknowledged and is not there."""

from collections import defaultdict
from collections.abc import Mapping

from quizserver.rehearsal.counts import Counts, in_words, same, told
from quizserver.rehearsal.evening import Address, Evening, Value
from quizserver.rehearsal.expected import right_teams
from quizserver.rehearsal.exported import Folded, Recorded
from quizserver.rehearsal.tally import Pair, SentAnswer, Tally


def count_lost(counts: Counts, tally: Tally, evening: Evening, standing: Mapping[Pair, Recorded], folded: Folded) -> None:
    """Acknowledged last answers whose mark is missing or wrong in the team's own result or in the export.

    A process that lags behind the others may hear of a solution and of the round's end in one step: its phones never show that
    result, so it is not held against the server. That some phone shows it is."""
    last, shown = _last_saved(tally), {pair.question for pair in tally.solved}
    marks = _marks(tally, evening, last)
    for pair, answer in last.items():
        row, own = standing.get(pair), tally.results.get(pair)
        asked = evening.rounds[pair.question[0]].questions[pair.question[1]]
        may_be = [("right", asked.points), ("wrong", -asked.penalty)] if asked.mode == "nearest" else [marks[pair]]
        if row is None or row.id != answer.said.id or folded.marks.get(pair) != marks[pair]:
            counts.wrong.append(f"{told(pair)}: {answer.said.value!r} was acknowledged and is not what the ledger counts")
        elif own is None and pair.question in shown and pair not in tally.solved:
            counts.unseen += 1
            continue
        elif own is None or not same(own.said, answer.said.value) or (own.mark, own.points) not in may_be:
            counts.wrong.append(f"{told(pair)}: {answer.said.value!r} was acknowledged and is not in the team's own result")
        else:
            continue
        counts.lost += 1


def _last_saved(tally: Tally) -> dict[Pair, SentAnswer]:
    """The answer that stands for its team: of the acknowledged ones the last that was first sent."""
    saved = sorted((answer for answer in tally.answers.values() if answer.saved), key=lambda answer: answer.first_sent_ms)
    return {answer.pair: answer for answer in saved}


def _marks(tally: Tally, evening: Evening, last: Mapping[Pair, SentAnswer]) -> dict[Pair, tuple[str, int]]:
    """The mark each of these answers should have in the end, paper teams considered where the nearest number wins."""
    marks: dict[Pair, tuple[str, int]] = {}
    said: dict[Address, dict[str, Value]] = defaultdict(dict)
    for pair, answer in last.items():
        said[pair.question][pair.team] = in_words(answer.said.value, tally.questions[pair.question].options)
    for where, values in said.items():
        asked = evening.rounds[where[0]].questions[where[1]]
        on_paper = {team.name: team.sheets[where[0]].written[where[1]] for team in evening.paper}
        right = right_teams(asked, values | {name: value for name, value in on_paper.items() if value is not None})
        for team in values:
            marks[Pair(team, where)] = ("right", asked.points) if team in right else ("wrong", -asked.penalty)
    return marks
