"""How a message is told that it was not done: in its own kind of reply, with the same words."""

from quizserver.battle.refusals import Fault, Refused
from quizserver.hub.connection import Connection
from quizserver.wire.from_client import Answer, FromClient
from quizserver.wire.to_client import Ack, Done, denied, refusal

BUSY = Refused("not_yet", Fault.MOMENT, temporary=True)
UNAVAILABLE = Refused("store_gone", Fault.SERVER, temporary=True)
BROKEN = Refused("our_fault", Fault.SERVER)


def refuse(who: Connection, said: FromClient, refused: Refused) -> None:
    """Tells it."""
    n = getattr(said, "n", None)
    if isinstance(said, Answer):
        refuse_answer(who, said.id, refused)
    elif n is not None:
        who.say(Done(n=n, ok=False, refused=refusal(refused)))
    else:
        who.say(denied(said.t, refused))


def refuse_answer(who: Connection, id: str, refused: Refused) -> None:
    """The same where all that is kept of an answer is its id."""
    who.say(Ack(id=id, verdict="refused", code=refused.code, temporary=refused.temporary))
