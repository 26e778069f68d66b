"""Evenings whose standing is on the stage, and their finals."""

from collections.abc import Callable

from quizserver.battle import commands as ask
from quizserver.battle.ids import TeamId
from quizserver.battle.phases import Phase
from tests.support.page_evenings import NAMES, ON_PAPER, PageEvening
from tests.support.page_moments import at


def standing(many: int = 213, sheets: int = 2) -> Callable[[], PageEvening]:
    """The round has ended, some sheets are in, the standing is on the stage."""

    def make() -> PageEvening:
        evening = PageEvening(many=many)
        evening.to(Phase.ROUND_CLOSED, 12)
        evening.confirm()
        evening.enter_sheets(sheets)
        evening.to(Phase.ROUND_END, 12)
        evening.do(ask.ShowStanding())
        return evening

    return make


def ended(leads: TeamId) -> Callable[[], PageEvening]:
    """The round has ended, no sheet is in, this team leads by a point."""

    def make() -> PageEvening:
        evening = at(Phase.ROUND_END, 12)()
        evening.do(ask.AdjustPoints(team=leads, points=100, reason="a song"))
        return evening

    return make


def possible(many: int = 213) -> Callable[[], PageEvening]:
    """Two teams whose sheets are missing stand high by what they had before; the first three places nobody can take any more."""
    made = standing(many)

    def make() -> PageEvening:
        evening = made()
        bonuses = dict(zip(NAMES[:3], (3_000, 2_900, 2_800), strict=True)) | {ON_PAPER[2]: 1050, ON_PAPER[3]: 1000}
        for name, points in bonuses.items():
            evening.do(ask.AdjustPoints(team=TeamId(name), points=points, reason="an evening before"))
        return evening

    return make


def ahead(make: Callable[[], PageEvening]) -> Callable[[], PageEvening]:
    """A team whose sheet is not in might still be first."""

    def made() -> PageEvening:
        evening = make()
        evening.do(ask.AdjustPoints(team=TeamId(ON_PAPER[3]), points=300, reason="a song"))
        return evening

    return made


def silent(make: Callable[[], PageEvening]) -> Callable[[], PageEvening]:
    """The desk of the hall has been gone for three minutes."""

    def made() -> PageEvening:
        evening = make()
        evening.silent = dict.fromkeys(evening.state.venues, evening.now_ms - 180_000)
        return evening

    return made


def podium_of(make: Callable[[], PageEvening]) -> Callable[[], PageEvening]:
    made = make

    def final() -> PageEvening:
        evening = made()
        evening.do(ask.ShowPodium())
        return evening

    return final


def tied(*leads: int) -> Callable[[], PageEvening]:
    """A final in which the first teams lead by so many points: equal ones share a place."""
    made = standing(many=30, sheets=4)

    def final() -> PageEvening:
        evening = made()
        names = (*NAMES[6:8], *NAMES[:4])
        for name, lead in zip(names, leads, strict=False):
            given = evening.mine(TeamId(name))["place"]["points"]
            evening.do(ask.AdjustPoints(team=TeamId(name), points=10_000 + 100 * lead - given, reason="a prize"))
        evening.do(ask.ShowPodium())
        return evening

    return final
