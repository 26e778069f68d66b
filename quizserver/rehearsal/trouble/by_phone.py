"""What a venue without a network is told by telephone: how far the evening is, and the codes of rounds that it has collected."""

from collections.abc import Callable

from quizserver.rehearsal.console import Console
from quizserver.rehearsal.patience import Failed
from quizserver.rehearsal.trouble.plan import Moment

CLOSED = ("round_closed", "collected", "revealed", "round_end", "final", "finished")
OUT = ("round_end", "final", "finished")


class ByPhone:
    """The host, who is looked at and asked."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @property
    def phase(self) -> str:
        return str(self._console.view["phase"])

    def has_begun(self, at_round: int) -> bool:
        """A round, from 0, is on the stage or behind it."""
        return self._console.at_round >= at_round

    def is_closed(self, at_round: int) -> bool:
        """Nobody can answer any more."""
        return self._is_past(at_round, CLOSED)

    def is_past(self, moment: Moment, at_round: int = 0) -> bool:
        """False for ever where a moment never comes."""
        match moment:
            case Moment.ROUND_OVER:
                return self._is_past(at_round, OUT)
            case Moment.FINAL:
                return self.phase in ("final", "finished")
            case Moment.END:
                return self.phase == "finished"
        return False

    def _is_past(self, at_round: int, phases: tuple[str, ...]) -> bool:
        return self._console.at_round > at_round or (self._console.at_round == at_round and self.phase in phases)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Looks again at every change of the console. Has no end of its own: the evening has."""
        while not holds():
            await self._console.host.changed()

    async def code(self, venue: str, scope: str) -> str:
        """The letters that open this scope at this venue."""
        told = await self._console.press("ShowPhoneCodes", venue=venue)
        found = next((row["code"] for row in told["codes"] if row["scope"] == scope), None)
        if found is None:
            raise Failed("The host could not tell a venue without a network the code of a round that is closed.")
        return str(found)
