"""One line in the log when something is gone, and one when it is there again, however often it is tried in between."""

import logging

log = logging.getLogger("quizserver")


class Outage:
    """One thing that can be gone. `what` begins its sentences."""

    def __init__(self, what: str) -> None:
        self._what = what
        self.why = ""
        """Why it is gone now; "" while it is there."""

    def begins(self, why: object) -> None:
        """It is gone; said again it is no news."""
        sentence = str(why) or type(why).__name__
        if not self.why:
            log.warning("%s waits: %s", self._what, sentence)
        self.why = sentence

    def ends(self) -> None:
        """It is there, as it was or again."""
        if self.why:
            log.warning("%s goes on", self._what)
        self.why = ""
