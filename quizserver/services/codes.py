"""What is derived from a battle's secret, in no ledger and the same in every process: the codes by which a team's further devices
find it, and the tokens of devices that name their wish.

Of ten thousand teams two may well have the same digest, so a code is taken by the team that joined first, and the next one has
another: the order of teams is the ledger's, so this too is the same everywhere.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterator

from quizserver.battle.ids import TeamId
from quizserver.battle.state import BattleState

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is read as another
CODE_LENGTH = 6


class Codes:
    """All codes of one battle; made when they are first asked for."""

    def __init__(self, secret: bytes, length: int = CODE_LENGTH) -> None:
        self._secret, self._length = secret, length
        self._teams: dict[str, TeamId] = {}
        self._codes: dict[TeamId, str] = {}

    def of(self, state: BattleState, team: TeamId) -> str:
        """The code of a team of this battle. Raises KeyError for any other."""
        if team not in self._codes:
            self._make(state)
        return self._codes[team]

    def team(self, state: BattleState, code: str) -> TeamId | None:
        """Whose code this is; spaces around it and case do not count. A team that was another one has kept its code."""
        self._make(state)
        team = self._teams.get(code.strip().upper())
        return team and state.team_now(team)

    def token(self, once: str) -> str:
        """What a device that calls its wish so is known by: as random as `once` is, to whoever does not know the secret."""
        return urlsafe_b64encode(hmac.digest(self._secret, f"joins {once}".encode(), "sha256")[:24]).decode()

    def _make(self, state: BattleState) -> None:
        for team in state.ever_joined():
            if team not in self._codes:
                code = next(code for code in self._tried(team) if code not in self._teams)
                self._codes[team], self._teams[code] = code, team

    def _tried(self, team: TeamId) -> Iterator[str]:
        """One after another, without end."""
        digest = team.encode()
        while True:
            digest = hmac.digest(self._secret, digest, "sha256")
            yield self._letters(int.from_bytes(digest, "big"))

    def _letters(self, number: int) -> str:
        letters = []
        for _ in range(self._length):
            number, at = divmod(number, len(CODE_LETTERS))
            letters.append(CODE_LETTERS[at])
        return "".join(letters)
