"""I10: the evening takes as many steps as presses were accepted, however many hosts press; of two on one step one takes effect."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from quizserver.battle import events as did
from tests.faults.rig.checks.game import Game
from tests.faults.rig.evidence import Breach

STEPS: Mapping[str, Callable[[did.Event], bool]] = {
    "StartRound": lambda event: isinstance(event, did.RoundStarted),
    "ShowQuestion": lambda event: isinstance(event, did.QuestionShown) or (isinstance(event, did.SolutionRevealed) and event.again),
    "CallLast": lambda event: isinstance(event, did.LastCallStarted),
    "ShowPodium": lambda event: isinstance(event, did.PodiumShown),
    "Finish": lambda event: isinstance(event, did.BattleFinished),
}
"""Presses that make one entry each, and which."""


def advances_are_presses(game: Game) -> Iterator[Breach]:
    """Between the presses that were accepted and those that may have been: an answer can be lost on its way."""
    accepted, unknown = Counter[str](), Counter[str]()
    for asked, answer in game.done:
        if (command := asked.about["message"].get("command")) in STEPS:
            unknown[command] += answer is None
            accepted[command] += answer is not None and bool(answer.about["ok"])
    for command, is_its in STEPS.items():
        made = sum(is_its(event) and event.by == "host" for event, _ in game.story)
        if not accepted[command] <= made <= accepted[command] + unknown[command] and not game.evidence.epochs:
            yield Breach("I10", f"{accepted[command]} presses of {command} were accepted, and the ledger has {made} of them")


def one_of_two_presses(game: Game) -> Iterator[Breach]:
    """A step that two consoles showed is taken once."""
    taken: dict[int, str] = {}
    for asked, answer in game.done:
        message = asked.about["message"]
        if message.get("step") is None or message.get("command") not in STEPS or answer is None or not answer.about["ok"]:
            continue
        if (step := message["step"]) in taken:
            yield Breach("I10", f"on step {step} {taken[step]} pressed and {asked.who} too, and both had it")
        taken[step] = asked.who
