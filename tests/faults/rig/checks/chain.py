"""I1 and I9: the ledger is one chain without holes, in which every entry was appended to the last one; epochs only rise."""

from collections.abc import Iterator

from quizserver.battle import events as did
from quizserver.battle.evolve import evolve
from quizserver.battle.state import BattleState
from quizserver.services.entries import decode, link
from quizserver.services.ports import BrokenChain
from tests.faults.rig.checks.game import Game
from tests.faults.rig.evidence import Breach, Evidence


def read(evidence: Evidence) -> tuple[Game, list[Breach]]:
    """The game up to the first entry that does not continue the one before it, and what is wrong there."""
    story, states = list[tuple[did.Event, int]](), list[BattleState]()
    version, head, state = 0, "", None
    breaches: list[Breach] = []
    for entry in evidence.ledger:
        if entry.version <= version:
            breaches.append(Breach("I9", f"entry {entry.version} was appended where entry {version} was the last already"))
        if entry.version != version + 1:
            breaches.append(Breach("I1", f"entry {version} is followed by entry {entry.version}"))
        elif entry.hash != link(head, entry.body):
            breaches.append(Breach("I1", f"the hash of entry {entry.version} does not continue that of entry {version}"))
        if breaches:
            break
        try:
            event, at_ms = decode(entry)
            state = evolve(state, event, at_ms)
        except (BrokenChain, ValueError, LookupError) as broken:
            breaches.append(Breach("I1", f"entry {entry.version} cannot be folded: {broken}"))
            break
        version, head = entry.version, entry.hash
        story.append((event, at_ms))
        states.append(state)
    if not evidence.ledger:
        breaches.append(Breach("I1", "the ledger is empty"))
    return Game(evidence, story, states), breaches


def epochs(game: Game) -> Iterator[Breach]:
    """I1: a restore raises the epoch and nothing else does; nobody at one server hears of an older one again."""
    last = 0
    for version, (event, _) in enumerate(game.story, 1):
        if isinstance(event, did.Restored):
            if event.epoch <= last:
                yield Breach("I1", f"entry {version} restores to epoch {event.epoch} after epoch {last}")
            last = event.epoch
    if last != game.evidence.epochs:
        yield Breach("I1", f"the ledger's epoch is {game.evidence.epochs}, its last restore raised it to {last}")
    known: dict[tuple[str, str], int] = {}
    server: dict[str, str] = {}
    for line in game.lines("opened", "room"):
        if line.did == "opened":
            server[line.who] = str(line.about.get("server"))
            continue
        here, epoch = (line.who, server.get(line.who, "")), line.about["epoch"]
        if epoch < known.get(here, 0):
            yield Breach("I1", f"{line.who} heard of epoch {epoch} after epoch {known[here]}")
        known[here] = max(epoch, known.get(here, 0))


def moments(game: Game) -> Iterator[Breach]:
    """I9: whoever slept appends nothing that happened before what stands there."""
    for version, ((_, before_ms), (event, at_ms)) in enumerate(zip(game.story, game.story[1:], strict=False), 2):
        if at_ms < before_ms:
            yield Breach("I9", f"entry {version} ({type(event).__name__}) is {before_ms - at_ms} ms older than the one before it")
