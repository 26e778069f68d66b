"""How many teams have answered: absolute numbers for screens and consoles, at most four times a second."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from quizserver.battle.ids import QuestionId
from quizserver.battle.settings import Source
from quizserver.battle.state import BattleState
from quizserver.hub.frames import Frame
from quizserver.hub.pulse import Pulse
from quizserver.services.battles import LiveBattle
from quizserver.services.open_answers import OpenAnswers
from quizserver.wire.to_client import Counts

Box = tuple[QuestionId, int]
Tell = Callable[[Frame, str], None]
"""Says a frame to those who are counted for, under the name of its slot."""


class Counting:
    """Of one battle. Consoles are told besides how the answers fall; screens must not be."""

    def __init__(self, live: LiveBattle, answers: OpenAnswers, pulse_s: float, tell_screens: Tell, tell_hosts: Tell) -> None:
        self._live, self._answers, self._tell_screens, self._tell_hosts = live, answers, tell_screens, tell_hosts
        self._changed: dict[Box, None] = {}
        self._pulse = Pulse(self._tell_all, pulse_s)

    def close(self) -> None:
        """Counts no more."""
        self._pulse.stop()

    def changed(self, boxes: Iterable[Box]) -> None:
        """These boxes have other counts than before, or somebody has not heard them yet."""
        self._changed.update(dict.fromkeys(boxes))
        self._pulse.touch()

    def on_stage(self, state: BattleState) -> None:
        """The question on the stage is counted from its opening on, at zero too."""
        question = state.current_question
        box = state.box(question.id) if question else None
        if box is not None:
            self.changed([(box.question, box.opening)])

    def _tell_all(self) -> None:
        state = self._live.state
        boxes, self._changed = list(self._changed), {}
        for box in boxes if state else ():
            known = state.boxes.get(box) if state else None
            if state is not None and known is not None and not known.sealed:
                counts = self._counts(state, box)
                self._tell_screens(Frame(counts), f"counts {box[0]}")
                self._tell_hosts(Frame(self._with_options(state, counts)), f"counts {box[0]}")

    def _counts(self, state: BattleState, box: Box) -> Counts:
        question, opening = box
        position = state.plan.positions[question]
        online = sum(1 for team in state.teams.values() if team.source(position) is Source.ONLINE)
        return Counts(question=question, opening=opening, answered=self._answers.count(box), of=online)

    def _with_options(self, state: BattleState, counts: Counts) -> Counts:
        """For a question that has options; texts are judged, not counted, before they are sealed."""
        question = QuestionId(counts.question)
        _, asked = state.plan.questions[state.plan.positions[question]]
        return replace(counts, fell=self._answers.fell((question, counts.opening))) if asked.options else counts
