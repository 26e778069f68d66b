"""One line in the log when something is gone, and one when it is there again: however often it is tried in between, and however
many wait for it."""

import logging

log = logging.getLogger("quizserver")


class Outages:
    """Those of one process, by what is gone: whoever begins to wait for what others wait for already says nothing new."""

    def __init__(self) -> None:
        self._waiting: dict[str, dict[Outage, None]] = {}
        self._told: dict[str, str] = {}

    def of(self, what: str) -> "Outage":
        """Of something that may have to wait. `what` begins its sentences."""
        return Outage(what, self)

    def begins(self, outage: "Outage", cause: str, sentence: str) -> None:
        """One more that waits for this cause."""
        waiting = self._waiting.setdefault(cause, {})
        if not waiting:
            self._told[cause] = outage.what
            log.warning("%s waits: %s", outage.what, sentence)
        waiting[outage] = None

    def ends(self, outage: "Outage", cause: str) -> None:
        """It goes on; with the last of them the outage is over."""
        waiting = self._waiting[cause]
        del waiting[outage]
        if not waiting:
            log.warning("%s goes on", self._told.pop(cause))


class Outage:
    """One thing that waits now and then."""

    def __init__(self, what: str, among: Outages | None = None) -> None:
        self.what, self._among = what, among or Outages()
        self._cause = ""
        self.why = ""
        """Why it waits now; "" while it does not."""

    def begins(self, why: Exception) -> None:
        """It waits; said again it is no news."""
        sentence = str(why) or type(why).__name__
        if not self.why:
            self._cause = getattr(why, "store", "") or sentence
            self._among.begins(self, self._cause, sentence)
        self.why = sentence

    def ends(self) -> None:
        """It goes on, as it did or again."""
        if self.why:
            self._among.ends(self, self._cause)
        self.why = ""
