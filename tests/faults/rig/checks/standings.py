"""I5: what was served as a standing is the fold of the ledger at that moment, the archive is the ledger, a cell its operations."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from quizserver.battle import events as did
from quizserver.battle.ids import QuestionId, RoundId, TeamId
from quizserver.battle.sheets import Operation, cell, merged
from quizserver.battle.standings import digest, shown_standing, standing
from quizserver.battle.state import Place
from quizserver.battle.verdicts import Verdict, kept_out
from tests.faults.rig.checks.game import Game
from tests.faults.rig.evidence import Breach
from tests.faults.rig.history import Line


def served_is_the_fold(game: Game) -> Iterator[Breach]:
    """A page is of some moment between the version that its client had before it and the one that it was told next."""
    tables: dict[tuple[str, bool], Sequence[Sequence[Place]]] = {}
    for who, lines in game.clients.items():
        next_to = len(game.states)
        next_epoch = game.evidence.epochs
        for line in reversed(lines):
            if line.did == "room":
                next_to, next_epoch = line.about["to"] or next_to, line.about["epoch"]
            if line.did != "standing" or line.about["epoch"] != next_epoch or not game.is_known(next_epoch, next_to):
                continue
            kind = (line.about["which"], line.role == "host")
            if kind not in tables:
                tables[kind] = _tables(game, *kind)
            first = line.about["to"] or 1
            if not _was_ever(line, tables[kind][first - 1 : next_to]):
                yield Breach("I5", f"{who} was served a standing that the ledger gives at no version from {first} to {next_to}")


def told_places_are_the_fold(game: Game) -> Iterator[Breach]:
    """Place and points in a team's own document are some that the team really had."""
    if not any(line.about.get("place") is not None for line in game.lines("mine")) or game.evidence.epochs:
        return
    had: dict[str, set[tuple[int, int]]] = defaultdict(set)
    last: object = None
    for table in _tables(game, "total", False):
        if table is not last:
            last = table
            for row in table:
                had[row.team].add((row.place, row.points))
    for who, lines in game.clients.items():
        team = ""
        for line in lines:
            team = line.about.get("team") or team if line.did == "opened" else team
            if line.did == "mine" and line.about.get("place") is not None:
                own = (line.about["place"], line.about["points"])
                if own not in had[team]:
                    yield Breach("I5", f"{who} was told place {own[0]} with {own[1]} points, which team {team} never had")


def recorded_digests_are_the_fold(game: Game) -> Iterator[Breach]:
    """A round's end and the finish carry the digest of the standing as it was."""
    for version, (event, _) in enumerate(game.story, 1):
        if not isinstance(event, did.RoundEnded | did.BattleFinished) or (isinstance(event, did.RoundEnded) and event.again):
            continue
        if event.standing != digest(standing(game.states[version - 2])):
            yield Breach("I5", f"entry {version} ({type(event).__name__}) records a standing that the ledger does not give")


def archive_is_the_ledger(game: Game) -> Iterator[Breach]:
    """The archive after the stop has every entry that the store had before it, to the byte."""
    for ours, archived in zip_longest(game.evidence.ledger, game.evidence.archive[: len(game.evidence.ledger)]):
        if archived is None:
            yield Breach("I5", f"the archive ends at entry {len(game.evidence.archive)}, the ledger at {len(game.evidence.ledger)}")
            return
        if (ours.version, ours.body, ours.hash) != (archived.version, archived.body, archived.hash):
            yield Breach("I5", f"entry {ours.version} in the archive is not that in the ledger")
            return


def cells_are_their_operations(game: Game) -> Iterator[Breach]:
    """A cell is the same function of its operations and of the host's verdicts, in whatever order they came."""
    found: dict[tuple[TeamId, RoundId, QuestionId], list[Operation]] = defaultdict(list)
    late, verdicts = set[str](), list[Verdict]()
    for event, _ in game.story:
        if isinstance(event, did.MarksEntered):
            late |= {*event.late}
            for each in event.operations:
                found[each.team, each.round, each.question].append(each)
        elif isinstance(event, did.LateJudged):
            verdicts.append(event.verdict)
    out = kept_out(merged({}, reversed(verdicts)), late)
    for key in found.keys() | game.end.cells.keys():
        counted = (each for each in reversed(found[key]) if each.name not in out)
        if cell(merged({}, counted)) != cell(game.end.counting(key)):
            yield Breach("I5", f"the cell of team {key[0]} at question {key[2]} is not what its operations make")


def _tables(game: Game, which: str, host: bool) -> Sequence[Sequence[Place]]:
    look = standing if host else shown_standing
    return [look(state, which) for state in game.states]


def _was_ever(line: Line, tables: Sequence[Sequence[Place]]) -> bool:
    start, rows = line.about["start"], [tuple(row) for row in line.about["rows"]]
    last: object = None
    for table in tables:
        if table is not last:
            last = table
            if [(row.team, row.place, row.points) for row in table[start : start + len(rows)]] == rows:
                return True
    return False
