"""Anybody may ask anything at any moment: what holds all the same."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from quizserver.battle import commands as ask
from quizserver.battle.champion import champion_is_certain
from quizserver.battle.decide import decide
from quizserver.battle.decide.rule import Outcome
from quizserver.battle.evolve import evolve, fold
from quizserver.battle.ids import BattleId, TeamId, VenueId
from quizserver.battle.marking import mark_question
from quizserver.battle.phases import ALWAYS, TABLE, Phase
from quizserver.battle.possible import possible_at_the_end
from quizserver.battle.primary import primary
from quizserver.battle.questions import Counts, Round
from quizserver.battle.refusals import Refused
from quizserver.battle.settings import Gate, Source, TieBreak
from quizserver.battle.standings import STANDINGS, standing
from quizserver.battle.state import BattleState, collects
from quizserver.battle.views import host_view
from quizserver.battle.views.late import judgement, late_sheets
from tests.support.battles import HALL, PRESSES, Evening, a_round, each_round, right_answer, slips_round, wrong_answer
from tests.support.canaries import desk_views, holds_null, leaks, planted, public_views

TEAMS = [TeamId(name) for name in ("Ант", "Буран", "Вихрь", "Гром")]
VENUES = [HALL, VenueId("dom")]
SHAPES: Mapping[str, tuple[Round, ...]] = {
    "sheets, then taps": (a_round("r1", "text", "number"), each_round("r2", "one", "tf")),
    "slips, then sheets": (slips_round("r1", "number", "several"), a_round("r2", "tf", reading_ms=None)),
    "taps, then slips": (each_round("r1", "one", "text", reading_ms=None, counts=Counts.FIRST), slips_round("r2", "text")),
}
pick = st.sampled_from
GATES = st.tuples(pick(Gate), pick(Gate))
ANEW = count()  # a name that nothing is remembered under
VALUES = ["1", "0", "-", "?", "", "42", "x", "=Ту-104", "=Ил-18", "=ил 18"]


class AnyEvening(RuleBasedStateMachine):
    """Commands of every kind in every order, against the rules that hold in every state."""

    evening: Evening

    @initialize(
        shape=pick(sorted(SHAPES)), breaks=pick([(), (TieBreak.DIFFICULTY, TieBreak.SPEED)]), twice=st.booleans(), gates=GATES
    )
    def begin(self, shape: str, breaks: tuple[TieBreak, ...], twice: bool, gates: tuple[Gate, Gate]) -> None:
        self.planted = planted(*SHAPES[shape])
        rules: dict[str, Any] = {"double_entry": twice, "sheets_until": gates[0], "corrections_until": gates[1]}
        self.evening = Evening(pack=self.planted.pack, tie_breaks=breaks, **rules)
        self.evening.do(ask.AddVenue(venue=VENUES[1], name="Дом культуры"))
        self.evening.join(TEAMS[0])
        self.a_team_joins(TEAMS[1], True, HALL)
        self.questions = [asked.id for _, asked in self.state.plan.questions]

    @property
    def state(self) -> BattleState:
        return self.evening.state

    def attempt(self, command: ask.Command) -> Outcome:
        """Asks, and looks whether the step that it was is one of the table's."""
        before, known = self.state, len(self.evening.history)
        outcome = self.evening.attempt(command)
        after = self.state
        assert after.version == before.version + len(self.evening.history) - known
        assert after.at_ms >= before.at_ms
        if isinstance(outcome, Refused) or not outcome:
            assert after is before
        elif after.phase is not before.phase or before.phase not in ALWAYS.get(type(command), ()):
            assert after.phase in TABLE[before.phase][type(command)]
        return outcome

    # --- the host ---

    @rule(command=pick(PRESSES))
    def host_presses_any_key(self, command: type[ask.Press]) -> None:
        self.attempt(command())

    @rule()
    def host_presses_the_key_twice(self) -> None:
        step = primary(self.state)
        command = getattr(ask, step.command or "Reveal")
        if issubclass(command, ask.Press):
            seen = self.state.step
            first = self.attempt(command(seen_step=seen))
            second = self.attempt(command(seen_step=seen))
            assert isinstance(first, Refused) or isinstance(second, Refused) or second == ()

    @rule(times=st.integers(1, 4))
    def the_evening_goes_on(self, times: int) -> None:
        for _ in range(times):
            self.go_on()

    @rule(command=pick([ask.Pause(), ask.Resume(), ask.Extend(by_ms=5000), ask.ShowStanding(), ask.ShowPlay()]))
    def host_does_what_changes_no_phase(self, command: ask.Command) -> None:
        self.attempt(command)

    @rule(frozen=st.booleans(), seconds=pick([5, 60]))
    def host_freezes_and_breaks(self, frozen: bool, seconds: int) -> None:
        self.attempt(ask.FreezeStanding(frozen=frozen))
        self.attempt(ask.StartBreak(seconds=seconds))

    @rule(data=st.data(), voided=st.booleans(), accepted=pick([True, False, None]))
    def host_corrects(self, data: st.DataObject, voided: bool, accepted: bool | None) -> None:
        asked, team = data.draw(pick(self.questions)), data.draw(pick(TEAMS))
        self.attempt(ask.VoidQuestion(question=asked, voided=voided, reason="two right options"))
        self.attempt(ask.RuleAnswer(question=asked, said="ил 18", accepted=accepted))
        self.attempt(ask.AdjustPoints(team=team, points=50, reason="a song"))
        self.attempt(ask.AcceptMarks(venue=data.draw(pick(VENUES)), scope=data.draw(pick([*self.state.plan.scopes]))))

    @rule(data=st.data(), source=pick(Source), once=st.booleans())
    def host_changes_a_source(self, data: st.DataObject, source: Source, once: bool) -> None:
        playing, asked = data.draw(pick(self.state.plan.questions))
        team, venue = data.draw(pick(TEAMS)), data.draw(pick([None, *VENUES]))
        self.attempt(
            ask.ChangeSource(
                team=team, round=playing.id, question=asked.id, source=source, only_this_round=once, reason="Wi-Fi", venue=venue
            )
        )
        self.attempt(ask.MoveTeam(team=team, venue=data.draw(pick([None, *VENUES]))))

    # --- everybody else ---

    @rule(team=pick(TEAMS), paper=st.booleans(), venue=pick(VENUES))
    def a_team_joins(self, team: TeamId, paper: bool, venue: VenueId) -> None:
        if team not in self.state.teams and self.state.phase is not Phase.FINISHED:
            paper = paper and all(map(collects, self.state.pack.rounds))
            self.evening.join_paper(team, venue) if paper else self.evening.join(team)

    @rule(data=st.data(), right=st.booleans())
    def a_team_answers(self, data: st.DataObject, right: bool) -> None:
        team = data.draw(pick(TEAMS))
        for box in self.state.boxes.values():
            in_time = box.opens_at_ms <= self.evening.now_ms and (box.cut_off_ms is None or self.evening.now_ms <= box.cut_off_ms)
            if team in self.state.teams and in_time and not box.paused and not box.sealed:
                value: Any = right_answer(box.question) if right else wrong_answer(box.question)
                self.evening.answer(team, value, box.question)

    @rule(data=st.data(), value=pick(VALUES), who=pick(["Anna", "Boris"]))
    def a_desk_enters_a_mark(self, data: st.DataObject, value: str, who: str) -> None:
        team = data.draw(pick([team for team in self.state.teams.values() if team.been_at] or [*self.state.teams.values()]))
        asked = data.draw(pick([*self.questions, *(playing.id for playing in self.state.pack.rounds)]))
        over = data.draw(pick([[], [name for cell in self.state.cells.values() for name in cell]]))
        operation = self.evening.operation(team.id, asked, value, who, data.draw(pick([*team.been_at, *VENUES])), over)
        self.attempt(ask.EnterMarks(operations=(operation,)))

    @rule(data=st.data(), accepted=st.booleans(), saw=st.booleans())
    def host_judges_what_is_late(self, data: st.DataObject, accepted: bool, saw: bool) -> None:
        if self.state.late:
            names = data.draw(st.lists(pick(sorted(self.state.late)), min_size=1, max_size=3))
            over = tuple(self.state.verdicts) if saw else ()
            word = f"verdict {next(ANEW)}"
            self.attempt(ask.JudgeLate(verdict=word, operations=tuple(names), accepted=accepted, reason="a reason", over=over))

    @rule(data=st.data(), venue=pick(VENUES))
    def a_venue_confirms(self, data: st.DataObject, venue: VenueId) -> None:
        self.attempt(ask.ConfirmCollected(venue=venue, scope=data.draw(pick([*self.state.plan.scopes]))))

    @rule(ms=pick([1, 200, 3000, 40_000]))
    def time_passes(self, ms: int) -> None:
        self.evening.wait(ms)

    @rule()
    def the_clock_runs_out(self) -> None:
        if (clock := self.state.clock) is not None:
            self.evening.now_ms = max(self.evening.now_ms, clock.cut_off_ms)
            self.attempt(ask.TimeUp(clock=clock.id))
        self.attempt(ask.TimeUp(clock=-1))

    @rule(at=st.integers(0, 5))
    def a_box_is_sealed(self, at: int) -> None:
        for question, opening in list(self.state.boxes)[at : at + 1]:
            rows = tuple(self.evening.boxes.get((question, opening), ()))
            self.attempt(ask.SealBox(question=question, opening=opening, rows=rows))

    # --- what holds ---

    @invariant()
    def marks_are_what_they_would_be_if_made_anew(self) -> None:
        sealed = [asked for asked in self.questions if any(self.state.sealed_boxes(asked))]
        assert {asked: dict(self.state.marks[asked]) for asked in self.state.marks} == {
            asked: mark_question(self.state, asked) for asked in sealed
        }

    @invariant()
    def what_is_remembered_is_what_would_be_made_anew(self) -> None:
        unheard_of = replace(self.state, battle=BattleId(f"battle {next(ANEW)}"))
        for which in STANDINGS:
            assert standing(self.state, which) == standing(unheard_of, which)
        assert champion_is_certain(self.state) is champion_is_certain(unheard_of)
        said, anew = host_view(self.state), host_view(unheard_of)
        assert said | {"battle": {}} == anew | {"battle": {}}

    @invariant()
    def every_place_is_one_of_those_that_are_possible(self) -> None:
        at_the_end = possible_at_the_end(self.state)
        for row in standing(self.state):
            for own in filter(None, (row.possible, at_the_end.get(row.team))):
                assert own.best <= row.place <= own.worst and own.least <= row.points <= own.most

    @invariant()
    def what_a_press_would_change_is_what_it_then_changes(self) -> None:
        for (venue, team, playing), operations in late_sheets(self.state).items():
            names = tuple(each.name for each in operations)
            told = judgement(self.state, (venue, team, playing), operations)
            press = ask.JudgeLate(verdict="v", operations=names, accepted=True, reason="?", over=tuple(told["over"]))
            happened = decide(self.state, press, self.evening.now_ms)
            assert not isinstance(happened, Refused)
            after = self.state
            for event in happened:
                after = evolve(after, event, self.evening.now_ms)
            rows = {row.team: row for row in standing(after)}
            assert (told["then"]["place"], told["then"]["points"]) == (rows[team].place, rows[team].points)
            before = {row.team: row.place for row in standing(self.state)}
            assert told["others"] == sum(before[each] != row.place for each, row in rows.items() if each != team)
            assert not {*names} & after.kept_out

    @invariant()
    def nothing_is_revealed_before_it_is_sealed_and_collected(self) -> None:
        for asked in self.state.revealed:
            playing, _ = self.state.plan.questions[self.state.plan.positions[asked]]
            assert all(box.sealed for box in self.state.boxes_of(asked))
            assert not collects(playing) or self.state.scope(playing, asked) in self.state.collection_ended

    @invariant()
    def no_solution_is_told_too_early(self) -> None:
        assert leaks(self.planted.owner, self.state) == set()

    @invariant()
    def no_view_holds_a_null(self) -> None:
        desks = [view for venue in self.state.venues for view in desk_views(self.state, venue)]
        assert not any(map(holds_null, [host_view(self.state), *public_views(self.state), *desks]))

    @invariant()
    def the_host_always_has_a_next_step(self) -> None:
        step, now_ms = primary(self.state), self.evening.now_ms
        if step.command:
            assert not isinstance(decide(self.state, getattr(ask, step.command)(), now_ms), Refused)
        else:
            assert step.waits == "finished" or any(
                not isinstance(decide(self.state, way_out, now_ms), Refused) for way_out in self.ways_out(step.waits)
            )

    def ways_out(self, waits: str) -> list[ask.Command]:
        """What would end the waiting."""
        match waits:
            case "sealing":
                closed = [key for key, box in self.state.boxes.items() if box.closed and not box.sealed]
                return [ask.SealBox(question=question, opening=opening, rows=()) for question, opening in closed]
            case "collecting":
                return [ask.GoOnUncollected()]
        return [self.back_online(team) for team in self.state.teams]

    def back_online(self, team: TeamId) -> ask.ChangeSource:
        playing, asked = self.state.plan.questions[0]
        return ask.ChangeSource(
            team=team, round=playing.id, question=asked.id, source=Source.ONLINE, only_this_round=False, reason="no slips"
        )

    def go_on(self) -> None:
        match primary(self.state).waits:
            case "paper_needs_slips":
                for team in self.state.teams:
                    self.attempt(self.back_online(team))
            case "finished":
                pass
            case _:
                self.evening.press()

    def teardown(self) -> None:
        """Wherever it was left, it comes to its end, and its ledger tells the same once more."""
        for _ in range(200):
            self.go_on()
        assert self.state.phase is Phase.FINISHED
        again = fold(self.evening.history)
        assert again == self.state
        assert standing(again) == standing(self.state)
        self.no_solution_is_told_too_early()


AnyEvening.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
TestAnyEvening = AnyEvening.TestCase
