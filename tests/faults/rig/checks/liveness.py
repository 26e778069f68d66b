"""I11: when the last fault has healed, everybody who is there has it all within ten seconds, and every answer its verdict."""

from collections.abc import Iterator

from tests.faults.rig.checks.game import Game
from tests.faults.rig.checks.rooms import final_versions
from tests.faults.rig.evidence import Breach
from tests.faults.rig.history import Line

PATIENCE_NS = 10_000_000_000


def all_catch_up(game: Game) -> Iterator[Breach]:
    """Every live client reaches the version that the first of its role reached."""
    finals = {who: line for who, line in final_versions(game).items() if _is_live(game.clients[who])}
    first: dict[tuple[str, str], tuple[tuple[int, int], int]] = {}
    for line in game.lines("room"):
        if line.about["to"] is not None:
            here, version = _room(game, line), (line.about["epoch"], line.about["to"])
            if here not in first or version > first[here][0]:
                first[here] = (version, line.at)
    for who, line in finals.items():
        newest, at = first.get(_room(game, line), ((0, 0), 0))
        has = (line.about["epoch"], line.about["to"] or 0)
        if has < newest and _end(game) - max(at, _healed(game)) > PATIENCE_NS:
            yield Breach("I11", f"{who} stays at version {has[1]} of epoch {has[0]}, others have {newest[1]} of {newest[0]}")


def all_is_answered(game: Game) -> Iterator[Breach]:
    """No answer of a live client hangs for ever."""
    for id, said in game.said.items():
        last = said[-1].line
        if id not in game.told and _is_live(game.clients[last.who]) and _end(game) - max(last.at, _healed(game)) > PATIENCE_NS:
            yield Breach("I11", f"answer {id} of {last.who} never had a verdict")


def _is_live(lines: list[Line]) -> bool:
    """Greeted, and not gone again."""
    doors = [line.did for line in lines if line.did in ("opened", "closed")]
    return bool(doors) and doors[-1] == "opened"


def _room(game: Game, line: Line) -> tuple[str, str]:
    opened = next((each for each in game.clients[line.who] if each.did == "opened"), None)
    return line.role, (opened.about.get("venue") or "") if opened and line.role == "desk" else ""


def _healed(game: Game) -> int:
    return max((line.at for line in game.lines("fault")), default=0)


def _end(game: Game) -> int:
    return game.evidence.history[-1].at
