"""What the host said of marks that came after their gate."""

from dataclasses import dataclass

from quizserver.battle.events.event import Event
from quizserver.battle.verdicts import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class LateJudged(Event):
    """The host let late operations count, or turned them away."""

    verdict: Verdict
