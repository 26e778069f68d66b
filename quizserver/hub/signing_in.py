"""A guest becomes a host by a password. What was typed is kept nowhere and repeated to nobody."""

import logging

from quizserver.battle.refusals import Fault, Refused
from quizserver.hub.arriving import give_token, greet_host
from quizserver.hub.connection import Connection
from quizserver.hub.house import House
from quizserver.hub.replies import refuse
from quizserver.wire.from_client import SignIn

log = logging.getLogger("quizserver")
OPEN_LINE = Refused("open_line", Fault.SENDER)
TOO_MANY_GUESSES = Refused("too_many_guesses", Fault.SENDER, temporary=True)
TOO_BUSY = Refused("too_busy", Fault.SERVER, temporary=True)


def sign_in(house: House, who: Connection, said: SignIn, stamp_ms: int) -> None:
    """Nothing is hashed for whoever asks too often, is one too many, or speaks where strangers hear it."""
    if refused := _unheard(house, who):
        refuse(who, said, refused)
    else:
        who.busy = True
        house.guesses.enter()
        house.start(_look(house, who, said), who, said)


def _unheard(house: House, who: Connection) -> Refused | None:
    if who.is_open and not house.limits.passwords_in_the_open:
        return OPEN_LINE
    if house.guesses.are_many:
        return TOO_BUSY
    return None if house.doors.may_guess(who.address) else TOO_MANY_GUESSES


async def _look(house: House, who: Connection, said: SignIn) -> None:
    try:
        token = await _token(house, who, said)
    finally:
        who.busy = False
    if not isinstance(token, Refused):
        _let_in(house, who, said, token)
    elif not who.closed:
        log.warning("a password from %s was refused: %s", who.address, token.code)
        refuse(who, said, token)


async def _token(house: House, who: Connection, said: SignIn) -> str | Refused:
    """It comes before all else: who is let in without one could not come back."""
    name = await house.guesses.look(lambda: _proved(house, who, said))
    return name if isinstance(name, Refused) else await house.backstage.sign_in(said.browser, name)


async def _proved(house: House, who: Connection, said: SignIn) -> str | Refused:
    """Of whoever has gone while it waited nobody looks at the guess."""
    return TOO_BUSY if who.closed else await house.backstage.proved(said.name, said.password)


def _let_in(house: House, who: Connection, said: SignIn, token: str) -> None:
    """A battle that this server does not have is no reason to stay outside: the newest one will do."""
    if not who.closed:
        wanted = said if house.battle(said.battle) else said.model_copy(update={"battle": None})
        greet_host(house, who, wanted, lambda: give_token(house, who, token))
