"""What is made of the very same objects is made once.

States share whatever an event left alone, so that most of what is said of a state was said of the one before it. Still pure: the
same arguments give the same result, only sooner.
"""

from collections.abc import Callable, Hashable
from functools import wraps
from operator import is_
from typing import TypeVar, TypeVarTuple

from quizserver.battle.state import BattleState

Ts = TypeVarTuple("Ts")
R = TypeVar("R")

Parts = tuple[object, ...]
"""All that a result depends on beside its pack, compared by identity: frozen values that nobody ever changes."""

MOST = 256  # results of one function, over all battles: each is small, or there are few of it


def remembered(
    parts_of: Callable[[BattleState, *Ts], Parts],
) -> Callable[[Callable[[BattleState, *Ts], R]], Callable[[BattleState, *Ts], R]]:
    """The latest result of every battle and further arguments, which are hashable, is kept for as long as its parts are the same.

    Results are shared: whoever gets one must not change it."""

    def keeping(work: Callable[[BattleState, *Ts], R]) -> Callable[[BattleState, *Ts], R]:
        kept: dict[Hashable, tuple[Parts, R]] = {}

        @wraps(work)
        def once(state: BattleState, *args: *Ts) -> R:
            key = (state.battle, args)
            parts = (state.pack, *parts_of(state, *args))
            known = kept.pop(key, None)
            if known is None or not same(known[0], parts):
                known = (parts, work(state, *args))
            kept[key] = known
            if len(kept) > MOST:
                del kept[next(iter(kept))]
            return known[1]

        return once

    return keeping


def same(before: Parts, now: Parts) -> bool:
    """True if these are the very same objects."""
    return len(before) == len(now) and all(map(is_, before, now))
