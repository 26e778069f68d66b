"""What can be wrong with the ledger and the standing."""

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from quizserver.battle import standings
from quizserver.battle.ids import BattleId, TeamId
from quizserver.battle.state import BattleState, Place
from quizserver.hub import pages
from quizserver.services.battles import LiveBattle
from tests.faults.rig.defects.scripts import rewrite


def appends_without_a_look_at_the_head() -> None:
    """Whoever comes, writes; where the number is taken, under the same number."""
    rewrite(
        "append",
        ("if epoch ~= ARGV[1] or version ~= ARGV[2] or hash ~= ARGV[3] then", "if false then"),
        ('redis.call("XADD", KEYS[1], version .. "-0"', 'redis.call("XADD", KEYS[1], version .. "-*"'),
    )


def increments_the_standing() -> None:
    """Points are added when a mark is made, and nobody takes them away again."""
    totals: dict[BattleId, Counter[TeamId]] = defaultdict(Counter)
    take = LiveBattle._take

    def adding(self: LiveBattle, forward: Any) -> None:
        before = self.state.marks if self.state else {}
        for question, marks in forward.state.marks.items():
            if marks is not before.get(question):
                totals[self.id].update({team: marked.points for team, marked in marks.items()})
        take(self, forward)

    def served(look: Callable[[BattleState, str], tuple[Place, ...]]) -> Callable[[BattleState, str], tuple[Place, ...]]:
        return lambda state, which: tuple(row._replace(points=totals[state.battle][row.team]) for row in look(state, which))

    LiveBattle._take = adding  # type: ignore[method-assign]
    pages.standing = served(standings.standing)  # type: ignore[assignment,attr-defined]
    pages.shown_standing = served(standings.shown_standing)  # type: ignore[assignment,attr-defined]
