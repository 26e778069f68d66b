"""What a scorekeeper may touch."""

from dataclasses import replace

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.ids import ScorekeeperId, TeamId, VenueId
from quizserver.battle.refusals import Refused, wrong
from quizserver.battle.settings import Source
from quizserver.battle.sheets import Operation
from quizserver.services.battles import LiveBattle
from quizserver.services.desk import confirm_collected, enter_marks, late_among, sit_down
from tests.services.evening import CHOICE, FIRST, HALL, NUMBER, join, mark, sits
from tests.services.processes import Store, done

BAR = VenueId("bar")
BORIS = ScorekeeperId("b" * 16)


async def two_venues() -> LiveBattle:
    """Team 1 plays on paper in the hall, team 2 in the bar; the first round is closed."""
    live = await Store().begun(
        ask.AddVenue(venue=BAR, name="Bar"), join(1, Source.PAPER), replace(join(2, Source.PAPER), venue=BAR),
        sits(), sits(BORIS, BAR, "Boris"),
    )  # fmt: skip
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
    operations = [mark(1, CHOICE, "1"), replace(mark(2, CHOICE, "1", counter=2), venue=BAR, who=BORIS)]
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


async def test_who_sits_down_is_a_person_of_this_venue_whichever_device_it_is() -> None:
    live = await two_venues()
    first, second = ScorekeeperId("c" * 16), ScorekeeperId("d" * 16)
    assert await sit_down(live, HALL, first, "Вера", "desk") == first
    assert await sit_down(live, HALL, second, " вера", "desk") == first
    assert await sit_down(live, HALL, second, "", "desk") == first
    assert [await sit_down(live, HALL, who, name, "desk") for who, name in ((ScorekeeperId("e" * 16), ""), (BORIS, "Boris"))] == [
        wrong("unknown_scorekeeper"),
        wrong("not_your_venue"),
    ]


async def test_a_mark_of_a_second_device_is_one_of_the_same_person() -> None:
    live = await two_venues()
    laptop, phone = ScorekeeperId("c" * 16), ScorekeeperId("d" * 16)
    for who in (laptop, phone):
        await sit_down(live, HALL, who, "Вера", "desk")
    again = replace(mark(1, CHOICE, "1"), device="phone", who=phone)
    await done_by_desk(live, again)
    assert await done_by_desk(live, again) == ()
    [known] = live.known.cells.values()
    assert [operation.who for operation in known.values()] == [laptop]


async def test_a_desk_is_told_which_of_its_marks_came_too_late() -> None:
    live = await two_venues()
    await done(live, *(ask.SealBox(question=each, opening=1, rows=()) for each in (CHOICE, NUMBER)), ask.GoOnUncollected())
    await done(live, ask.Reveal(), ask.Reveal(), ask.EndRound(), ask.ShowStanding())
    in_time = mark(1, CHOICE, "1")
    await done_by_desk(live, in_time)
    assert late_among(live, [in_time]) == []
    state = live.known
    live.state = replace(state, ended=(*state.ended, state.pack.rounds[1].id))
    late = mark(1, NUMBER, "104", counter=2)
    await done_by_desk(live, late)
    assert late_among(live, [in_time, late]) == [late.name]
