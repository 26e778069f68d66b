"""How much of anything one connection, one address, one room may have. Every number with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from quizserver.wire.allowed import Role


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then `each_s` a second."""

    burst: float
    each_s: float


_PEOPLE = Rate(20, 5)  # a person who taps as fast as thumbs go, and what was kept over a lost connection
_STAFF = Rate(100, 40)  # a desk that is back from an offline evening brings 29 messages of 100 operations
MESSAGES: Mapping[Role, Rate] = {role: _STAFF if role in (Role.DESK, Role.HOST) else _PEOPLE for role in Role}


@dataclass(frozen=True, slots=True)
class Limits:
    """Those of one server. A test may have others."""

    # Seconds from connecting to hello. Bad Wi-Fi needs two, a socket that says nothing needs none.
    hello_s: float = 5.0
    # Seconds between two messages of the kinds that many cause: counts, screens, consoles.
    pulse_s: float = 0.25
    # Seconds in which a connection must take something.
    takes_nothing_s: float = 10.0
    # Messages of one connection by its role.
    messages: Mapping[Role, Rate] = field(default_factory=lambda: MESSAGES)
    # Messages of all devices of one team: twelve that come back after an outage and resend a round, then four thumbs a second.
    messages_of_team: Rate = Rate(240, 20)
    # Messages over their rate before the connection is closed: a stuck key is no attack.
    floods: int = 100
    # Messages that are none, or not this role's, before the connection is closed.
    strikes: int = 3
    # Wrong PINs and codes from one address: 10 at once, 10 a minute.
    wrong_tries: Rate = Rate(10, 10 / 60)
    # The same from all addresses: whoever guesses from many of them. Beyond it an address has one try, not ten, so that a hall
    # of people who know the PIN still comes in.
    wrong_tries_in_all: Rate = Rate(1000, 10)
    # Tokens from one address that nobody knows: they cannot be guessed, but phones that remember last week's battle bring theirs,
    # and must not shut the door on newcomers beside them; it costs a look at the store.
    unknown_tokens: Rate = Rate(100, 100 / 60)
    unknown_tokens_in_all: Rate = Rate(1000, 10)
    # Guesses at a host's password from one address, right ones too: 5 at once, 5 a minute. Apart from PINs, so that a hall that
    # mistypes those does not keep its host out.
    guesses: Rate = Rate(5, 5 / 60)
    # The same from all addresses: half a minute's worth at once, then one in two seconds; beyond it an address has one try.
    guesses_in_all: Rate = Rate(30, 0.5)
    # Guesses that are looked at or wait for it: one after the other, a tenth of a second each.
    guesses_at_once: int = 8
    # Whether a password may be said where strangers on the way can read it: plain HTTP on a public address.
    passwords_in_the_open: bool = False
    # New teams and devices from one address: a hall behind one router has some hundred.
    joins: Rate = Rate(500, 20)
    # New teams of one battle, from wherever: a hall of thousands comes within minutes, thousands of bots at once.
    joins_of_battle: Rate = Rate(1000, 50)
    # Announcements of teams from one address: a school announces some twenty classes at once.
    announced: Rate = Rate(30, 0.2)
    # The same for one battle, from wherever: whoever hires a thousand addresses fills no list that nobody can read any more.
    announced_of_battle: Rate = Rate(300, 2)
    # Guests (no token yet) from one address, and in all: below the 20,000 descriptors a process may have.
    guests_of_one: int = 1000
    guests: int = 8000
    # Seconds until a console that was signed out at another server notices; here it is at once.
    consoles_s: float = 2.0
    # Seconds that a screen's code is good for: a walk to the console and back.
    pairing_s: int = 600
