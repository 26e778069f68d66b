"""What a scorekeeper may touch."""

from dataclasses import replace

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.ids import TeamId, VenueId
from quizserver.battle.refusals import Refused
from quizserver.battle.settings import Source
from quizserver.battle.sheets import Operation
from quizserver.services.battles import LiveBattle
from quizserver.services.desk import confirm_collected, enter_marks
from tests.services.evening import CHOICE, FIRST, HALL, join, mark
from tests.services.processes import Store, done

BAR = VenueId("bar")


async def two_venues() -> LiveBattle:
    """Team 1 plays on paper in the hall, team 2 in the bar; the first round is closed."""
    live = await Store().begun(
        ask.AddVenue(venue=BAR, name="Bar"), join(1, Source.PAPER), replace(join(2, Source.PAPER), venue=BAR)
    )
    await done(live, ask.StartRound(), ask.ShowQuestion(), ask.ShowQuestion(), ask.CallLast(), ask.CloseAnswers())
    return live


async def test_a_desk_enters_marks_of_its_own_venue() -> None:
    live = await two_venues()
    [entered] = await done_by_desk(live, mark(1, CHOICE, "1"))
    assert isinstance(entered, did.MarksEntered)


async def done_by_desk(live: LiveBattle, *operations: Operation) -> tuple[did.Event, ...]:
    outcome = await enter_marks(live, operations, HALL, "Anna")
    assert not isinstance(outcome, Refused), outcome
    return outcome


async def refused_at_desk(live: LiveBattle, *operations: Operation) -> str:
    outcome = await enter_marks(live, operations, HALL, "Anna")
    assert isinstance(outcome, Refused)
    return outcome.code


async def test_a_desk_may_not_write_in_the_name_of_another_venue() -> None:
    live = await two_venues()
    assert await refused_at_desk(live, mark(1, CHOICE, "1"), replace(mark(2, CHOICE, "1"), venue=BAR)) == "not_your_venue"
    assert live.known.cells == {}


async def test_a_desk_may_not_mark_a_team_of_another_venue() -> None:
    assert await refused_at_desk(await two_venues(), mark(2, CHOICE, "1")) == "not_your_venue"


async def test_the_host_may_write_for_all_venues() -> None:
    live = await two_venues()
    operations = [mark(1, CHOICE, "1"), replace(mark(2, CHOICE, "1"), venue=BAR)]
    assert isinstance(await enter_marks(live, operations, None, "host"), tuple)
    assert len(live.known.cells) == 2


async def test_a_desk_may_send_again_what_it_entered_for_a_team_that_has_moved_since() -> None:
    live = await two_venues()
    await done_by_desk(live, mark(1, CHOICE, "1"))
    await done(live, ask.MoveTeam(team=TeamId("t1"), venue=BAR))
    assert await done_by_desk(live, mark(1, CHOICE, "1")) == ()
    assert await refused_at_desk(live, mark(1, CHOICE, "0", counter=2)) == "not_your_venue"


async def test_an_unknown_team_is_said_to_be_unknown() -> None:
    assert await refused_at_desk(await two_venues(), mark(7, CHOICE, "1")) == "unknown_team"


async def test_a_venue_says_that_it_has_collected() -> None:
    live = await two_venues()
    assert isinstance(await confirm_collected(live, HALL, FIRST, "Anna"), tuple)
    assert live.known.collected == {(HALL, FIRST)}
