"""I2, I3 and I8: what was acknowledged is in the ledger once, at its revision; and nothing is that nobody said."""

from collections import defaultdict
from collections.abc import Iterator

from quizserver.battle import events as did
from quizserver.battle.answers import canonical, digest_of_rows, plain_text
from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import QuestionId
from quizserver.battle.kinds import kind_of
from quizserver.battle.sheets import Operation
from tests.faults.rig.checks.game import BoxKey, Game, Invocation, Logged, Told
from tests.faults.rig.evidence import Breach

FINAL = ("late", "locked", "limit")
"""Refusals after which a device lets an answer go."""


def acked_once(game: Game) -> Iterator[Breach]:
    """I2: every acknowledged answer is in the ledger exactly once, and no answer is there more often. An unsealed box is not told
    of yet, and a restored ledger owns up to what it lost."""
    for id, logged in game.logged.items():
        if len(logged) > 1:
            yield Breach("I2", f"answer {id} is in the ledger {len(logged)} times, in entries {[each.version for each in logged]}")
    for id, told in game.told.items():
        acked = [each for each in told if each.verdict == "recorded"]
        if acked and id not in game.logged and _is_sealed(game, id) and not game.lost_since(acked[-1].epoch):
            yield Breach("I2", f"answer {id} of {acked[0].line.who} was acknowledged and is not in the ledger")


def marks_once(game: Game) -> Iterator[Breach]:
    """I2: marks that were acknowledged are in the ledger, each operation once."""
    known: set[str] = set()
    for version, operation in _operations(game):
        if operation.name in known:
            yield Breach("I2", f"the mark {operation.name} is entered again in entry {version}")
        known.add(operation.name)
    for asked, answer in game.done:
        if answer is None or not answer.about["ok"] or asked.about["message"]["t"] != "marks" or game.evidence.epochs:
            continue
        for each in asked.about["message"]["operations"]:
            if (name := f"{each['device']}:{each['counter']}") not in known:
                yield Breach("I2", f"the mark {name} of {asked.who} was acknowledged and is not in the ledger")


def no_phantoms(game: Game) -> Iterator[Breach]:
    """I3: what the ledger holds is what somebody said, to the byte; and nothing of it was refused."""
    for id, logged in game.logged.items():
        for each in logged:
            if not any(_is_what_was_said(game, said, each) for said in game.said.get(id, ())):
                yield Breach("I3", f"answer {id} in entry {each.version} is nothing that team {each.row.team} said")
        last = game.told[id][-1] if id in game.told else None
        if last and _refused_for_good(game, last) and not any(told.verdict == "recorded" for told in game.told[id]):
            yield Breach("I3", f"answer {id} of {last.line.who} was refused as {last.verdict} and is in the ledger")
    said = {_shape(each) for asked, _ in game.done if asked.about["message"]["t"] == "marks" for each in _sent(asked.about)}
    for version, operation in _operations(game):
        if (operation.name, operation.team, operation.question, operation.who) not in said:
            yield Breach("I3", f"the mark {operation.name} in entry {version} is nothing that a desk entered")


def revisions_hold(game: Game) -> Iterator[Breach]:
    """I8: an answer keeps the revision of its ack, no two of a team have the same, and a client never sees an older one again."""
    for id, told in game.told.items():
        acked = [each for each in told if each.verdict == "recorded"]
        for each in acked[1:]:
            if each.revision != acked[0].revision and each.epoch == acked[0].epoch:
                yield Breach("I8", f"answer {id} was acknowledged as revision {acked[0].revision}, then as {each.revision}")
        row = game.logged[id][0].row if id in game.logged else None
        if row and acked and acked[-1].revision != row.revision and not game.lost_since(acked[-1].epoch):
            yield Breach("I8", f"answer {id} was acknowledged as revision {acked[-1].revision}, its row is {row.revision}")
    taken: dict[tuple[BoxKey, str, int], str] = {}
    for id, found in game.logged.items():
        for one in found:
            other = taken.setdefault((one.box, one.row.team, one.row.revision), id)
            if other != id and one.row.revision:  # admitted ones have none
                yield Breach("I8", f"answers {other} and {id} of team {one.row.team} are both revision {one.row.revision}")
    yield from _own_documents(game)


def seals_hold(game: Game) -> Iterator[Breach]:
    """I8: a seal counts and digests exactly the rows before it, and none comes after it."""
    rows: dict[BoxKey, list[AnswerRow]] = defaultdict(list)
    sealed: dict[BoxKey, int] = {}
    for version, (event, _) in enumerate(game.story, 1):
        match event:
            case did.AnswersRecorded():
                rows[event.question, event.opening] += event.rows
                if at := sealed.get((event.question, event.opening)):
                    yield Breach("I8", f"entry {version} adds answers to question {event.question}, sealed in entry {at}")
            case did.BoxSealed():
                box = rows[event.question, event.opening]
                if event.count != len(box) or event.digest != digest_of_rows(canonical(box)):
                    yield Breach("I8", f"the seal in entry {version} is not that of the {len(box)} answers before it")
                sealed[event.question, event.opening] = version


def _own_documents(game: Game) -> Iterator[Breach]:
    """`mine` never shows an older revision than what its client was told; a new opening begins anew."""
    for who, lines in game.clients.items():
        seen: dict[tuple[int, str], int] = {}
        epoch = 0
        for line in lines:
            match line.did:
                case "opened" | "room":
                    epoch = line.about.get("epoch") or 0
                case "ack" if line.about["verdict"] == "recorded" and (said := game.said.get(line.about["id"])):
                    question = said[0].message["question"]
                    seen[epoch, question] = max(seen.get((epoch, question), 0), line.about["revision"])
                case "mine":
                    for question, revision in (line.about.get("answers") or {}).items():
                        known = seen.get((epoch, question), 0)
                        if revision < known and game.end.openings.get(QuestionId(question), 0) < 2:
                            yield Breach("I8", f"{who} was told revision {known} of question {question}, then shown {revision}")
                        seen[epoch, question] = max(known, revision)


def _is_sealed(game: Game, id: str) -> bool:
    if id not in game.said:
        return True  # an ack for nothing that was said is wrong in any case
    message = game.said[id][0].message
    box = game.end.boxes.get((message["question"], message["opening"]))
    return box is None or box.sealed


def _is_what_was_said(game: Game, said: Invocation, logged: Logged) -> bool:
    message, (question, opening) = said.message, logged.box
    if (message["question"], message["opening"], said.team) != (question, opening, logged.row.team):
        return False
    asked = game.end.plan.questions[game.end.plan.positions[question]][1]
    try:
        return plain_text(kind_of(asked).read(asked, message["value"])) == plain_text(logged.row.value)
    except ValueError:
        return False


def _refused_for_good(game: Game, last: Told) -> bool:
    return last.verdict in FINAL and all(said.line.at < last.line.at for said in game.said.get(last.id, ()))


def _operations(game: Game) -> Iterator[tuple[int, Operation]]:
    for version, (event, _) in enumerate(game.story, 1):
        if isinstance(event, did.MarksEntered):
            yield from ((version, operation) for operation in event.operations)


def _sent(about: object) -> list[dict[str, str]]:
    sent: list[dict[str, str]] = about["message"]["operations"]  # type: ignore[index]
    return sent


def _shape(operation: dict[str, str]) -> tuple[str, str, str, str]:
    return f"{operation['device']}:{operation['counter']}", operation["team"], operation["question"], operation["who"]
