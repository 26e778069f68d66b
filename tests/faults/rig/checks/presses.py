"""I10: the evening takes as many steps as presses were accepted, however many hosts press; of two on one step one takes effect."""

from collections.abc import Callable, Iterator, Mapping

from quizserver.battle import events as did
from tests.faults.rig.checks.game import Game
from tests.faults.rig.evidence import Breach
from tests.faults.rig.history import Line

STEPS: Mapping[str, Callable[[did.Event], bool]] = {
    "StartRound": lambda event: isinstance(event, did.RoundStarted),
    "ShowQuestion": lambda event: isinstance(event, did.QuestionShown) or (isinstance(event, did.SolutionRevealed) and event.again),
    "CallLast": lambda event: isinstance(event, did.LastCallStarted),
    "ShowPodium": lambda event: isinstance(event, did.PodiumShown),
    "Finish": lambda event: isinstance(event, did.BattleFinished),
}
"""Presses that make one entry each, and which."""


def advances_are_presses(game: Game) -> Iterator[Breach]:
    """Between the presses that were accepted and those that may have been: an answer can be lost on its way.

    Presses on one step count as one. Two servers that decide the same in the same millisecond make the same entry, hash and all;
    it stands once, and both consoles are told that it does."""
    if game.evidence.epochs:
        return  # what a restore could not bring back was accepted too
    for command, is_its in STEPS.items():
        asked = [(line, answer) for line, answer in game.done if line.about["message"].get("command") == command]
        accepted = {_press(line) for line, answer in asked if answer is not None and answer.about["ok"]}
        possible = accepted | {_press(line) for line, answer in asked if answer is None}
        made = sum(is_its(event) and event.by == "host" for event, _ in game.story)
        if not len(accepted) <= made <= len(possible):
            yield Breach("I10", f"{len(accepted)} presses of {command} were accepted, and the ledger has {made} of them")


def _press(line: Line) -> object:
    step = line.about["message"].get("step")
    return (line.who, line.about["message"]["n"]) if step is None else step
