"""Whose line it is: by the sheet's number, whose check digit finds slips of the pen; else by the name; else by a look-alike."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches

from quizserver.battle.names import skeleton
from quizserver.battle.refusals import Refused
from quizserver.battle.sheet_numbers import SheetNumber, read
from quizserver.battle.state import BattleState, Team
from quizserver.battle.views.pages import shown_name
from quizserver.marks_in.failed import Failed

CLOSE = 0.7  # of difflib: two letters of ten may be others


class Teams:
    """Everybody who can be meant. Made once for a file."""

    def __init__(self, state: BattleState) -> None:
        self._pin = state.pin
        self._numbers = {number: team for team in state.teams.values() for number in team.sheets}
        self._names: Mapping[str, Sequence[Team]] = _by(state, lambda name: " ".join(name.casefold().split()))
        self._skeletons: Mapping[str, Sequence[Team]] = _by(state, skeleton)

    def of(self, number: str, name: str) -> tuple[Team, int | None]:
        """The team, and the round of its number, from 1, if that says one. Raises Failed."""
        if not number and not name:
            raise Failed("line_no_team")
        sheet = read(number, self._pin) if number else None
        if isinstance(sheet, Refused) and (sheet.code != "no_sheet_number" or not name):
            raise Failed(sheet.code, sheet.detail)
        if not isinstance(sheet, SheetNumber):
            return self._named(name), None
        team = self._numbers.get(sheet.team)
        if team is None:
            raise Failed("line_nobodys_sheet", number)
        if name and skeleton(name) not in (skeleton(team.name.text), skeleton(shown_name(team))):
            raise Failed("line_two_teams", name, shown_name(team))
        return team, sheet.round

    def _named(self, name: str) -> Team:
        for known, key in ((self._names, " ".join(name.casefold().split())), (self._skeletons, skeleton(name))):
            found = known.get(key, ())
            if len(found) == 1:
                return found[0]
            if found:
                raise Failed("line_many_teams", name)
        close = get_close_matches(skeleton(name), self._skeletons, 1, CLOSE)
        raise Failed("line_unknown_team", name[:60], shown_name(self._skeletons[close[0]][0]) if close else "")


def _by(state: BattleState, key: Callable[[str], str]) -> Mapping[str, Sequence[Team]]:
    """Also under the name by which a team is shown whose own is not."""
    found: dict[str, list[Team]] = defaultdict(list)
    for team in state.teams.values():
        for words in {key(team.name.text), key(shown_name(team))} - {""}:
            found[words].append(team)
    return dict(found)
