"""What teams have said in boxes that are not sealed yet, as every process knows it: for a team's own devices and for the counts."""

from collections import Counter
from collections.abc import Iterable, Mapping

from quizserver.battle.ids import BattleId, QuestionId, TeamId
from quizserver.battle.state import BattleState
from quizserver.services.ports import Boxes, Recorded, TeamAnswer, Verdict

Key = tuple[QuestionId, int]


class OpenAnswers:
    """One a battle. Fed by this process's own offers and by the feed; hearing of an answer twice changes nothing."""

    def __init__(self, battle: BattleId, boxes: Boxes) -> None:
        self._battle, self._boxes = battle, boxes
        self._answers: dict[Key, dict[TeamId, TeamAnswer]] = {}

    async def load(self, state: BattleState) -> list[Recorded]:
        """Reads the open boxes anew, after a start or a gap in the feed; returns what is news. Raises StoreGone."""
        changed: list[Recorded] = []
        for key in [key for key, box in state.boxes.items() if not box.sealed]:
            changed += self.hear(_recorded(answer, key) for answer in await self._boxes.standing(self._battle, *key))
        return changed

    async def lost(self, state: BattleState) -> bool:
        """Whether an answer that stood in an open box is there no more, nor a later one: the store came back without its
        last writes.

        Raises StoreGone."""
        known = {key: dict(teams) for key, teams in self._answers.items()}  # what is recorded while we read is no loss
        for key in [key for key, box in state.boxes.items() if not box.sealed and key in known]:
            there = {each.team: (each.stamp_ms, each.id) for each in await self._boxes.standing(self._battle, *key)}
            if any((each.stamp_ms, each.id) > there.get(each.team, (0, "")) for each in known[key].values()):
                return True
        return False

    def forget(self) -> None:
        """Knows nothing, as at the beginning: the ledger is another one."""
        self._answers.clear()

    def hear(self, results: Iterable[Recorded]) -> list[Recorded]:
        """Takes in what boxes recorded; returns those that changed a team's standing answer or its revision."""
        return [result for result in results if result.verdict is Verdict.RECORDED and self._changed(result)]

    def _changed(self, result: Recorded) -> bool:
        teams = self._answers.setdefault((result.question, result.opening), {})
        known = teams.get(result.team)
        if known is None or (result.stamp_ms, result.id) > (known.stamp_ms, known.id):
            revision = max(result.revision, known.revision if known else 0)
            teams[result.team] = TeamAnswer(result.team, result.id, result.value, revision, result.stamp_ms)
            return True
        if result.revision > known.revision:
            teams[result.team] = TeamAnswer(known.team, known.id, known.value, result.revision, known.stamp_ms)
            return True
        return False

    def forget_sealed(self, state: BattleState) -> None:
        """What is sealed stands in the ledger; it need not be known twice."""
        for key in [key for key in self._answers if (box := state.boxes.get(key)) is not None and box.sealed]:
            del self._answers[key]

    def all(self) -> list[Recorded]:
        """The standing answers of all teams in all open boxes."""
        return [_recorded(answer, key) for key, teams in self._answers.items() for answer in teams.values()]

    def count(self, key: Key) -> int:
        """How many teams have said something in this box."""
        return len(self._answers.get(key, ()))

    def fell(self, key: Key) -> Mapping[str, int]:
        """How often each option is chosen in this box right now; a team with several choices counts for each."""
        values = (answer.value for answer in self._answers.get(key, {}).values())
        return Counter(str(one) for value in values for one in (value if isinstance(value, tuple | list) else (value,)))

    def of_team(self, team: TeamId, openings: Mapping[QuestionId, int]) -> Mapping[QuestionId, TeamAnswer]:
        """A team's standing answers in the present openings, by question."""
        found = ((question, self._answers.get((question, opening), {}).get(team)) for question, opening in openings.items())
        return {question: answer for question, answer in found if answer is not None}


def _recorded(answer: TeamAnswer, key: Key) -> Recorded:
    return Recorded(Verdict.RECORDED, answer.id, answer.team, key[0], key[1], answer.revision, answer.stamp_ms, answer.value)
