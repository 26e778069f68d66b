"""The table of phases is the whole truth: what it does not name is refused, and what it names happens."""

from collections.abc import Mapping
from functools import cache

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.decide import clock, decide
from quizserver.battle.decide.rule import Outcome, rule_for
from quizserver.battle.events import EVENTS, AnswerRow, BattleCreated, Name
from quizserver.battle.evolve.effect import EFFECTS
from quizserver.battle.ids import AnswerId, BattleId, QuestionId, RoundId, ScorekeeperId, SeatId, TeamId, VenueId
from quizserver.battle.phases import ALWAYS, TABLE, Phase, may_ask
from quizserver.battle.questions import Round
from quizserver.battle.refusals import Fault, Refused
from quizserver.battle.settings import BattleSettings, Source
from quizserver.battle.state import BattleState
from tests.support.battles import COMMANDS, HALL, PRESSES, Evening, a_pack, a_round, each_round, slips_round

Q, R, T = QuestionId("r1-one"), RoundId("r1"), TeamId("A")
ROW = AnswerRow(T, AnswerId("1"), 1, 0, "r1-one-a")
SAMPLES: tuple[ask.Command, ...] = (
    *(press() for press in PRESSES),
    ask.CreateBattle(
        battle=BattleId("b2"), pin="1", pack=a_pack(a_round()), settings=BattleSettings(), venue=HALL, venue_name="Hall"
    ),
    ask.TimeUp(clock=1),
    ask.SealBox(question=Q, opening=1, rows=()),
    ask.ConfirmCollected(venue=HALL, scope="r1"),
    ask.Pause(),
    ask.Resume(),
    ask.Extend(by_ms=1000),
    ask.GiveTime(question=Q, opening=1, trips={T: 100}),
    ask.AddVenue(venue=VenueId("v"), name="V"),
    ask.RenameVenue(venue=HALL, name="W"),
    ask.JoinTeam(team=TeamId("B"), name=Name("B", "salt"), plays=Source.ONLINE),
    ask.DescribeVenue(venue=HALL, city="Омск"),
    ask.OpenRegistration(opened=True),
    ask.CountPeople(team=T, people=5),
    ask.MergeTeams(team=T, into=TeamId("B")),
    ask.TakeSeat(team=T, seat=SeatId("s"), token_hash="t"),
    ask.OfferToken(before="t", token_hash="u"),
    ask.UseToken(token_hash="u"),
    ask.RenameTeam(team=T, name=Name("C", "salt")),
    ask.MuteTeam(team=T, muted=True),
    ask.ApproveTeams(teams=(T,)),
    ask.MoveTeam(team=T, venue=HALL),
    ask.ChangeSource(team=T, round=R, question=Q, source=Source.ONLINE, only_this_round=True, reason="why"),
    ask.ReserveSpares(venue=HALL, count=1),
    ask.AssignSpare(team=T, spare=1),
    ask.LockLobby(locked=True),
    ask.AdmitStaff(role="screen", token_hash="k"),
    ask.RevokeStaff(token_hash="k"),
    ask.ShowStanding(),
    ask.ShowPlay(),
    ask.FreezeStanding(frozen=True),
    ask.StartBreak(seconds=60),
    ask.EnterMarks(operations=()),
    ask.AcceptMarks(venue=HALL, scope="r1"),
    ask.JudgeLate(verdict="v", operations=("x:1",), accepted=True, reason="why"),
    ask.NameScorekeeper(scorekeeper=ScorekeeperId("s"), venue=HALL, name=Name("S", "salt")),
    ask.VoidQuestion(question=Q, voided=True, reason="why"),
    ask.RuleAnswer(question=Q, said="x", accepted=True),
    ask.TickAnswer(question=Q, said="x", shown=True),
    ask.AdmitMissed(question=Q, opening=1, row=ROW),
    ask.AdjustPoints(team=T, points=100, reason="why"),
    ask.NoteRestored(epoch=1, upto=1, lost={}),
)
ROUNDS: Mapping[Phase, Round] = {phase: each_round("r1", "one") for phase in (Phase.CLOSED, Phase.SEALED)}


@cache
def in_phase(phase: Phase) -> BattleState:
    shown = phase is Phase.SHOWN
    evening = Evening(ROUNDS.get(phase) or a_round("r1", "one", "tf", reading_ms=None if shown else 3000))
    evening.join("A")
    if phase is Phase.ROUND_CLOSED:
        evening.join_paper("P")
    evening.until(phase)
    return evening.state


def test_there_is_a_rule_and_a_sample_for_everything_that_can_be_asked() -> None:
    assert {type(sample) for sample in SAMPLES} == set(COMMANDS)
    assert all(callable(rule_for(command)) for command in COMMANDS if command is not ask.CreateBattle)


def test_a_rule_stays_the_function_that_was_written() -> None:
    assert rule_for(ask.Pause) is clock._pause


def test_there_is_an_evolution_for_everything_that_can_happen() -> None:
    assert set(EVENTS.values()) == {BattleCreated, *EFFECTS}


@pytest.mark.parametrize(
    ("phase", "command"),
    [(phase, command) for phase in Phase for command in SAMPLES if not may_ask(phase, type(command))],
    ids=lambda each: each.value if isinstance(each, Phase) else type(each).__name__,
)
def test_what_neither_the_table_nor_the_always_list_names_is_refused(phase: Phase, command: ask.Command) -> None:
    outcome = decide(in_phase(phase), command, 10**9)
    if isinstance(command, ask.CreateBattle):
        assert outcome == Refused("battle_exists")
    else:
        assert outcome == Refused("not_in_this_phase", Fault.MOMENT, False, phase.value)


@pytest.mark.parametrize("phase", Phase)
def test_no_command_has_two_masters_in_one_phase(phase: Phase) -> None:
    assert not [command for command in TABLE[phase] if phase in ALWAYS.get(command, ())]


def test_every_phase_is_in_the_table_and_only_the_end_has_no_exit() -> None:
    assert set(TABLE) == set(Phase)
    assert [phase for phase, exits in TABLE.items() if not exits] == [Phase.FINISHED]


class Watched(Evening):
    """Remembers each step of the table that it took."""

    def attempt(self, command: ask.Command) -> Outcome:
        before = self.state.phase if self.history else None
        outcome = super().attempt(command)
        if before and outcome and not isinstance(outcome, Refused) and type(command) in TABLE[before]:
            self.taken.add((before, type(command), self.state.phase))
        return outcome

    def __init__(self, *rounds: Round) -> None:
        self.taken: set[tuple[Phase, type[ask.Command], Phase]] = set()
        super().__init__(*rounds)


def test_every_exit_of_the_table_is_taken_by_some_evening() -> None:
    taken = a_round_revealed_at_its_end() | a_round_without_paper() | a_round_that_reveals_each() | a_round_opened_by_hand()
    assert taken == {
        (phase, command, there) for phase, exits in TABLE.items() for command, phases in exits.items() for there in phases
    }


Taken = set[tuple[Phase, type[ask.Command], Phase]]


def a_round_revealed_at_its_end() -> Taken:
    evening = Watched(a_round("r1", "one", "tf"), a_round("r2", "one"))
    evening.join_paper("P")
    evening.join_paper("Q", evening.add_venue("second"))
    first, second, third = (VenueId(name) for name in ("hall", "second", "third"))
    evening.add_venue("third")
    evening.do(ask.StartRound(), ask.GoBack(), ask.StartRound(), ask.ShowQuestion(), ask.ShowQuestion(), ask.GoBack())
    evening.do(ask.ShowQuestion(), ask.CallLast(), ask.GoBack(), ask.CallLast(), ask.CloseAnswers())
    evening.do(ask.SealBox(question=Q, opening=1, rows=()), ask.Reopen())
    evening.do(ask.SealBox(question=QuestionId("r1-tf"), opening=1, rows=()), ask.GoBack())
    again = evening.state.openings[Q]
    evening.do(ask.CallLast())
    evening.time_up()
    evening.do(ask.Reopen(), ask.GoBack(), ask.SealBox(question=Q, opening=again, rows=()))
    evening.do(ask.CallLast(), ask.CloseAnswers(), ask.GoOnUncollected())
    evening.do(ask.SealBox(question=Q, opening=again + 1, rows=()), ask.Reopen(), ask.CloseAnswers())
    for venue in (third, second, first):
        evening.do(ask.ConfirmCollected(venue=venue, scope="r1"))
    evening.seal()
    evening.do(ask.Reveal(), ask.Reveal(), ask.GoBack(), ask.Reveal(), ask.EndRound(), ask.GoBack(), ask.EndRound())
    evening.do(ask.StartRound(), ask.GoBack(), ask.ShowPodium(), ask.GoBack(), ask.ShowPodium(), ask.Finish())
    return evening.taken


def a_round_without_paper() -> Taken:
    evening = Watched(a_round("r1", "one"))
    evening.until(Phase.LAST_CALL)
    evening.time_up()
    evening.do(ask.Reopen(), ask.CloseAnswers())
    return evening.taken


def a_round_that_reveals_each() -> Taken:
    evening = Watched(slips_round("r1", "one", "tf"))
    evening.join_paper("P")
    evening.do(ask.StartRound(), ask.ShowQuestion())
    evening.time_up()
    evening.do(ask.Reopen(), ask.CloseAnswers(), ask.SealBox(question=Q, opening=2, rows=()))
    evening.do(ask.SealBox(question=Q, opening=1, rows=()), ask.GoOnUncollected(), ask.Reopen())
    evening.until(Phase.REVEALED)
    evening.until(Phase.REVEALED, "r1-tf")
    evening.do(ask.GoBack(), ask.ShowQuestion())
    return evening.taken


def a_round_opened_by_hand() -> Taken:
    evening = Watched(each_round("r1", "one", "tf", reading_ms=None), a_round("r2", "one", "tf", reading_ms=None))
    evening.do(ask.StartRound(), ask.ShowQuestion(), ask.GoBack(), ask.ShowQuestion(), ask.OpenAnswers())
    evening.until(Phase.REVEALED)
    evening.do(ask.ShowQuestion(), ask.GoBack())
    evening.until(Phase.ROUND_END)
    evening.do(ask.StartRound(), ask.ShowQuestion(), ask.OpenAnswers(), ask.ShowQuestion(), ask.GoBack())
    return evening.taken
