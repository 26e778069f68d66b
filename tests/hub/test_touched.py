"""What a step of the ledger concerns, held against evenings in which anybody asks anything."""

from hypothesis import settings
from hypothesis.stateful import invariant

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.evolve import evolve
from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.scoring import scores
from quizserver.battle.sheets import TOTAL
from quizserver.battle.standings import shown_standing
from quizserver.battle.state import BattleState, Place
from quizserver.battle.views import team_view
from quizserver.battle.views.mine import own_marks
from quizserver.hub.cells import changed_sheets
from quizserver.hub.touched import brings_results, is_urgent, scopes_of, teams_may_see, teams_touched, texts_judged
from quizserver.services.battles import News
from tests.battle.test_random_evenings import AnyEvening
from tests.support.battles import HALL, Evening, a_round, slips_round


class Listening(AnyEvening):
    """The laws that let a hub not look, and not send."""

    heard: tuple[int, BattleState | None] = (0, None)

    @invariant()
    def every_step_is_heard_by_those_whom_it_concerns(self) -> None:
        known, before = self.heard
        for event, at_ms in self.evening.history[known:]:
            after = evolve(before, event, at_ms)
            if before is not None:
                check(News(after.battle, before, after, (event,)))
            before = after
        self.heard = len(self.evening.history), before


def check(news: News) -> None:
    before, after = news.before, news.after
    assert before is not None
    if not teams_may_see(news):
        assert team_view(before) == team_view(after), news.events
    if before.step != after.step:
        assert is_urgent(news)
    if not brings_results(news):
        untouched = before.teams.keys() - teams_touched(news)
        for team in untouched:
            assert own(before, after, team) == own(after, before, team), (team, news.events)
        if after.phase in (Phase.FINAL, Phase.FINISHED):
            assert places(before) == {team: row for team, row in places(after).items() if team in before.teams}, news.events


def own(state: BattleState, other: BattleState, team: TeamId) -> object:
    """What may not change without the team being told: the marks it is shown before and after, its points, its name, its venue."""
    marks, others = own_marks(state, team), own_marks(other, team)
    me = state.teams[team]
    return {each: marks[each] for each in marks.keys() & others.keys()}, scores(state)[team].points, me.name, me.venue


def places(state: BattleState) -> dict[TeamId, Place]:
    """What nothing else would tell any more once the podium is shown."""
    return {row.team: row for row in shown_standing(state)}


TestListening = Listening.TestCase
TestListening.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)


def test_a_total_stands_on_every_sheet_of_its_round_and_a_mark_on_its_own() -> None:
    evening = Evening(a_round("r1"), slips_round("r2", "one", "text"))
    team = evening.join_paper("Бумага")
    for asked, scopes in (("r1-one", ["r1"]), ("r1", ["r1"]), ("r2-one", ["r2-one"]), ("r2", ["r2-one", "r2-text"])):
        operation = evening.operation(team, asked, "1")
        assert scopes_of(evening.state, (team, operation.round, operation.question)) == scopes
        assert (operation.question == TOTAL) is (asked in ("r1", "r2"))


def test_a_sheets_total_concerns_its_team_though_it_gives_no_marks() -> None:
    evening = Evening(a_round("r1", "one"))
    team, other = evening.join_paper("Бумага"), evening.join_paper("Перо")
    evening.until(Phase.REVEALED)
    before = evening.state
    events = evening.do(ask.EnterMarks(operations=(evening.operation(team, "r1", "1"),)))
    assert scores(before)[team].points != scores(evening.state)[team].points
    assert teams_touched(News(before.battle, before, evening.state, events)) == {team} != {other}


def test_a_total_that_begins_to_count_is_told_to_its_team() -> None:
    evening = Evening(slips_round("r1", "one", "text"))
    team = evening.join_paper("Бумага")
    evening.until(Phase.REVEALED)
    evening.do(ask.VoidQuestion(question=evening.shown, voided=True, reason="two solutions"))
    evening.do(ask.EnterMarks(operations=(evening.operation(team, "r1", "1"),)))
    evening.until(Phase.ROUND_END)
    before, told = None, []
    for event, at_ms in evening.history:
        after = evolve(before, event, at_ms)
        if before is not None and team in before.teams and scores(before)[team].points != scores(after)[team].points:
            told.append(teams_touched(News(after.battle, before, after, (event,))))
        before = after
    assert told == [{team}]


def test_a_mark_for_a_question_that_was_taken_out_is_shown_to_its_team_all_the_same() -> None:
    evening = Evening(a_round("r1", "number"))
    team = evening.join_paper("Бумага")
    evening.until(Phase.REVEALED)
    evening.do(ask.VoidQuestion(question=QuestionId("r1-number"), voided=True, reason="two solutions"))
    before = evening.state
    events = evening.do(ask.EnterMarks(operations=(evening.operation(team, "r1-number", "1"),)))
    assert own_marks(before, team) != own_marks(evening.state, team)
    assert teams_touched(News(before.battle, before, evening.state, events)) == {team}


def test_a_solution_shown_again_is_no_result() -> None:
    evening = Evening(a_round("r1", "one"))
    shown = (did.SolutionRevealed(question=evening.state.plan.questions[0][1].id, again=True),)
    assert not brings_results(News(evening.state.battle, evening.state, evening.state, shown))


def test_a_typed_text_is_told_again_once_its_venue_has_collected_and_when_it_is_ruled_upon() -> None:
    evening = Evening(a_round("r1", "text", "one"))
    paper = [evening.join_paper(name) for name in ("Бумага", "Перо", "Мел")]
    paper.append(evening.join_paper("Чернила", evening.add_venue("club")))
    evening.until(Phase.ROUND_CLOSED)
    evening.seal()
    for team, value in zip(paper, ("=Ил-18", "=Ту-104", "1", "=ил 18"), strict=True):
        venue = evening.state.teams[team].venue
        assert venue is not None
        evening.mark(team, "r1-text", value, venue=venue)
    evening.mark(paper[0], "r1-one", "1")
    asked = QuestionId("r1-text")
    for command, told in (
        (ask.ConfirmCollected(venue=HALL, scope="r1"), {*paper[:2]}),
        (ask.RuleAnswer(question=asked, said="ил 18", accepted=True), {paper[0], paper[1], paper[3]}),
    ):
        before = evening.state
        events = evening.do(command)
        news = News(before.battle, before, evening.state, events)
        assert {key[0] for key in texts_judged(news)} == told
        changed = {team for sheet in changed_sheets(news).values() for team in sheet.cells}
        assert changed == told


def test_a_standing_that_is_amended_after_the_end_concerns_everybody_and_a_team_that_comes_late_nobody_else() -> None:
    evening = Evening(a_round("r1", "one"))
    team = evening.join_paper("Бумага")
    evening.until(Phase.FINAL)
    before = evening.state
    evening.join("Гость")
    assert not brings_results(News(before.battle, before, evening.state, ()))
    evening.until(Phase.FINISHED)
    before, late = evening.state, evening.mark(team, "r1-one", "1")
    assert not brings_results(News(before.battle, before, evening.state, ()))
    before = evening.state
    events = evening.do(ask.JudgeLate(verdict="v", operations=(late.name,), accepted=True, reason="no network"))
    assert brings_results(News(before.battle, before, evening.state, events))
