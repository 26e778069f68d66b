"""The host's one key: what it would do now, or what it waits for. (That it is never stuck: test_random_evenings.)"""

from collections.abc import Callable

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.ids import QuestionId, RoundId, TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.primary import Primary, primary
from quizserver.battle.questions import Round
from quizserver.battle.settings import Source
from quizserver.battle.views import host_view
from tests.support.battles import Evening, a_round, each_round, slips_round


def pressed(evening: Evening) -> list[str]:
    """What the key said, all evening long, while everything that is waited for happens."""
    said = []
    while evening.state.phase is not Phase.FINISHED:
        step = primary(evening.state)
        said.append(step.command or step.waits)
        evening.press()
    return [*said, primary(evening.state).waits]


END = ["EndRound", "ShowStanding", "ShowPodium", "Finish", "finished"]


def test_the_key_leads_through_a_round_that_is_revealed_at_its_end() -> None:
    evening = Evening(a_round("r1", "one", "tf"))
    evening.join_paper("P")
    steps = "StartRound ShowQuestion ShowQuestion CallLast CloseAnswers collecting sealing Reveal Reveal"
    assert pressed(evening) == [*steps.split(), *END]


def test_the_key_leads_through_a_round_that_reveals_each() -> None:
    steps = "StartRound ShowQuestion CloseAnswers sealing Reveal ShowQuestion CloseAnswers sealing Reveal"
    assert pressed(Evening(each_round("r1", "one", "tf"))) == [*steps.split(), *END]


def test_the_key_opens_by_hand_where_questions_are_read_aloud_and_waits_for_slips() -> None:
    evening = Evening(slips_round("r1", "one", reading_ms=None))
    evening.join_paper("P")
    steps = "StartRound ShowQuestion OpenAnswers CloseAnswers sealing collecting Reveal"
    assert pressed(evening) == [*steps.split(), *END]


def test_at_a_round_s_end_the_standing_comes_before_the_next_round() -> None:
    evening = Evening(each_round("r1", "one"), each_round("r2", "one"))
    evening.until(Phase.ROUND_END)
    assert primary(evening.state) == Primary("ShowStanding")
    evening.press()
    assert primary(evening.state) == Primary("StartRound")


@pytest.mark.parametrize(
    ("before", "key"),
    [
        (lambda evening: evening.do(ask.StartBreak(seconds=60)), "ShowPlay"),
        (lambda evening: evening.do(ask.ShowStanding()), "ShowPlay"),
        (lambda evening: (evening.until(Phase.OPEN), evening.do(ask.Pause())), "Resume"),
    ],
    ids=["break", "standing", "pause"],
)
def test_what_covers_the_play_is_taken_away_first(before: Callable[[Evening], object], key: str) -> None:
    evening = Evening(each_round("r1", "one"))
    before(evening)
    assert primary(evening.state) == Primary(key)


@pytest.mark.parametrize("playing", [a_round("r1", "one"), slips_round("r1", "one")], ids=["sheets", "slips"])
def test_with_nobody_left_to_wait_for_the_key_goes_on_itself(playing: Round) -> None:
    evening = Evening(playing)
    paper = evening.join_paper("P")
    evening.until(Phase.SEALED if playing.collect == "question" else Phase.ROUND_CLOSED)
    assert primary(evening.state) == Primary("", "collecting")
    change = ask.ChangeSource(
        team=paper, round=RoundId("r1"), question=QuestionId("r1-one"), source=Source.ONLINE, only_this_round=True, reason="phones"
    )
    evening.do(change)
    assert primary(evening.state) == Primary("GoOnUncollected")


def test_the_key_says_why_the_next_round_cannot_begin() -> None:
    evening = Evening(each_round("r1", "one"))
    evening.join("A")
    change = ask.ChangeSource(
        team=TeamId("A"), round=RoundId("r1"), question=QuestionId("r1-one"), source=Source.PAPER, only_this_round=True, reason="x"
    )
    evening.do(change)
    assert primary(evening.state) == Primary("", "paper_needs_slips")
    assert host_view(evening.state)["primary"] == {"command": "", "waits": "paper_needs_slips"}
