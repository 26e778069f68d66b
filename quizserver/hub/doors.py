"""How many may come in from one address, how often they may guess, how fast they may join.

Only what fails is counted as a guess: a hall full of phones behind one router knows the PIN, and nobody waits for somebody else's
mistakes: also while a thousand addresses guess at once, an address that was not wrong of late may try. This machine's own address
may join as fast as it likes: the rehearsal does.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address

from quizserver.battle.ids import BattleId
from quizserver.hub.credits import Credits
from quizserver.hub.limits import Limits
from quizserver.wire import closing
from quizserver.wire.closing import Closing

CROWDED_MS = 5_000, 15_000
SHORTEST_MS, LONGEST_MS = 100, 2_000  # a server that starts again is there in about a second
COME_BACK_EACH_S = 2_500  # devices that one process lets in while it plays on
MOST_KNOWN = 10_000  # addresses; beyond it those with nothing to remember are forgotten


def crowded() -> Closing:
    """For whoever is one too many: away, for a time of its own."""
    return closing.CROWDED.after(random.randint(*CROWDED_MS))


def sent_off(why: Closing, crowd: int) -> Closing:
    """For everybody: each comes back at a moment of its own, a crowd of so many no faster than it can be let in."""
    return why.after(random.randint(SHORTEST_MS, max(LONGEST_MS, crowd * 1000 // COME_BACK_EACH_S)))


@dataclass(slots=True)
class _Address:
    tries: Credits
    tokens: Credits
    joins: Credits
    guesses: Credits
    announced: Credits
    guests: int = 0

    def has_nothing_to_remember(self, now_s: float) -> bool:
        every = (self.tries, self.tokens, self.joins, self.guesses, self.announced)
        return not self.guests and all(one.is_full(now_s) for one in every)


class Doors:
    """One a server."""

    def __init__(self, limits: Limits, now_s: Callable[[], float]) -> None:
        self._limits, self._now_s = limits, now_s
        self._known: dict[str, _Address] = {}
        self._most_known = MOST_KNOWN
        self._tries = Credits(limits.wrong_tries_in_all, now_s())
        self._tokens = Credits(limits.unknown_tokens_in_all, now_s())
        self._guesses = Credits(limits.guesses_in_all, now_s())
        self._battles: dict[BattleId, Credits] = {}
        self._announced: dict[BattleId, Credits] = {}
        self._guests = 0

    def let_in(self, address: str) -> bool:
        """Counts one more guest, or refuses: too many of them have not said who they are."""
        known = self._of(address)
        if self._guests >= self._limits.guests or (known.guests >= self._limits.guests_of_one and not _is_here(address)):
            return False
        known.guests += 1
        self._guests += 1
        return True

    def settled(self, address: str) -> None:
        """A guest has become somebody, or has gone."""
        self._of(address).guests -= 1
        self._guests -= 1

    def may_try(self, address: str) -> bool:
        """False for an address that was wrong too often of late, even if it is right now."""
        return self._is_open(self._of(address).tries, self._tries)

    def was_wrong(self, address: str) -> None:
        """A PIN or a code that nobody knows."""
        self._of(address).tries.take(self._now_s())
        self._tries.take(self._now_s())

    def may_show_a_token(self, address: str) -> bool:
        """False for an address that brought too many unknown ones of late. Apart from PINs: an old one harms no newcomer."""
        return self._is_open(self._of(address).tokens, self._tokens)

    def was_unknown(self, address: str) -> None:
        """A token."""
        self._of(address).tokens.take(self._now_s())
        self._tokens.take(self._now_s())

    def may_guess(self, address: str) -> bool:
        """Takes one guess at a password, before anybody looks whether it is right."""
        guesses = self._of(address).guesses
        if not self._is_open(guesses, self._guesses):
            return False
        self._guesses.take(self._now_s())
        return guesses.take(self._now_s())

    def may_join(self, address: str) -> bool:
        """Takes one join of this address."""
        return _is_here(address) or self._of(address).joins.take(self._now_s())

    def has_room(self, battle: BattleId, address: str) -> bool:
        """Takes one new team of this battle, whose address may join."""
        now_s = self._now_s()
        return _is_here(address) or self._battles.setdefault(battle, Credits(self._limits.joins_of_battle, now_s)).take(now_s)

    def may_announce(self, battle: BattleId, address: str) -> bool:
        """Takes one announcement of this address, and of this battle."""
        now_s = self._now_s()
        if _is_here(address):
            return True
        of_battle = self._announced.setdefault(battle, Credits(self._limits.announced_of_battle, now_s))
        return self._of(address).announced.take(now_s) and of_battle.take(now_s)

    def _is_open(self, its_own: Credits, in_all: Credits) -> bool:
        now_s = self._now_s()
        return its_own.any_left(now_s) if in_all.any_left(now_s) else its_own.is_full(now_s)

    def _of(self, address: str) -> _Address:
        key, now_s = neighbourhood(address), self._now_s()
        if key not in self._known:
            if len(self._known) >= self._most_known:
                self._forget(now_s)
            limits = self._limits
            rates = limits.wrong_tries, limits.unknown_tokens, limits.joins, limits.guesses, limits.announced
            tries, tokens, joins, guesses, announced = (Credits(rate, now_s) for rate in rates)
            self._known[key] = _Address(tries, tokens, joins, guesses, announced)
        return self._known[key]

    def _forget(self, now_s: float) -> None:
        self._known = {key: each for key, each in self._known.items() if not each.has_nothing_to_remember(now_s)}
        self._most_known = max(MOST_KNOWN, 2 * len(self._known))  # or a flood from many addresses would search them all each time


@lru_cache(1024)
def neighbourhood(address: str) -> str:
    """What counts as one address: of IPv6 its first half, since everybody owns the second."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)


@lru_cache(1024)
def _is_here(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
