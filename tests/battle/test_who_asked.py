"""The ledger says of everything that happened who asked for it."""

from dataclasses import replace
from typing import Any

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.decide.rule import Outcome
from quizserver.battle.decide.seats import RENEWED_AFTER_MS
from quizserver.battle.events import AnswerRow, Name
from quizserver.battle.ids import AnswerId, QuestionId, RoundId, SeatId, TeamId, VenueId
from quizserver.battle.phases import Phase
from quizserver.battle.refusals import Refused
from quizserver.battle.settings import Source, TieBreak
from tests.support.battles import COMMANDS, HALL, Evening, a_round, each_round, slips_round

A, B, P = (TeamId(name) for name in "ABP")
ONE, TF = QuestionId("r1-one"), QuestionId("r1-tf")


class Signed(Evening):
    """Everybody signs what they ask for, and looks for the signature under whatever that makes happen."""

    def __init__(self, *rounds: Any, **settings: Any) -> None:
        self.heard: set[type[ask.Command]] = set()
        super().__init__(*rounds, **settings)

    def attempt(self, command: ask.Command) -> Outcome:
        signed = f"{type(command).__name__} of Галина"
        outcome = super().attempt(replace(command, by=signed))
        for event in () if isinstance(outcome, Refused) else outcome:
            nobody_on_paper = isinstance(event, did.CollectionEnded) and isinstance(command, ask.CloseAnswers | ask.TimeUp)
            assert event.by == ("" if nobody_on_paper else signed), event
            self.heard.add(type(command))
        return outcome


def test_whatever_happens_says_who_asked_for_it() -> None:
    assert people() | play() | by_hand() | slips() | corrections() == set(COMMANDS)


def people() -> set[type[ask.Command]]:
    evening = Signed(a_round("r1", "one", "tf"), approval=True)
    evening.join("A")
    evening.join("B")
    evening.join_paper("P")
    evening.add_venue("club")
    evening.do(ask.MergeTeams(team=B, into=A))
    evening.do(
        ask.RenameVenue(venue=HALL, name="Клуб"),
        ask.TakeSeat(team=A, seat=SeatId("s"), token_hash="t"),
        ask.ApproveTeams(teams=(A,)),
        ask.RenameTeam(team=A, name=Name("Вихрь", "salt")),
        ask.MuteTeam(team=A, muted=True),
        ask.MoveTeam(team=A, venue=VenueId("club")),
        ask.ChangeSource(team=A, round=RoundId("r1"), question=ONE, source=Source.PAPER, only_this_round=True, reason="no network"),
        ask.LockLobby(locked=True),
        ask.AdmitStaff(role="screen", token_hash="k"),
        ask.RevokeStaff(token_hash="k"),
        ask.ReserveSpares(venue=HALL, count=1),
    )
    evening.do(ask.AssignSpare(team=P, spare=min(evening.state.spares)))
    evening.wait(RENEWED_AFTER_MS)
    evening.do(ask.OfferToken(before="t", token_hash="u"), ask.UseToken(token_hash="u"))
    evening.do(ask.DescribeVenue(venue=HALL, city="Омск"), ask.OpenRegistration(opened=True), ask.CountPeople(team=P, people=6))
    return evening.heard


def play() -> set[type[ask.Command]]:
    evening = Signed(a_round("r1", "one", "tf"))
    evening.join("A")
    evening.do(ask.StartRound(), ask.GoBack(), ask.ShowStanding(), ask.ShowPlay(), ask.StartBreak(seconds=60))
    evening.do(ask.StartRound(), ask.ShowQuestion(), ask.Pause(), ask.Resume(), ask.Extend(by_ms=1000))
    evening.do(ask.ShowQuestion(), ask.GoBack(), ask.ShowQuestion(), ask.CallLast(), ask.GoBack(), ask.CallLast())
    evening.time_up()
    evening.do(ask.Reopen(), ask.CloseAnswers())
    evening.seal()
    evening.do(ask.Reveal(), ask.FreezeStanding(frozen=True))
    evening.until(Phase.FINAL)
    evening.do(ask.GoBack(), ask.ShowPodium(), ask.Finish(), ask.NoteRestored(epoch=1, upto=1, lost={}))
    return evening.heard


def by_hand() -> set[type[ask.Command]]:
    evening = Signed(each_round("r1", "one", "tf", reading_ms=None), tie_breaks=(TieBreak.SPEED,), give_ms=150)
    evening.join("A")
    evening.do(ask.StartRound(), ask.ShowQuestion(), ask.OpenAnswers())
    evening.do(ask.GiveTime(question=ONE, opening=1, trips={A: 100}))
    evening.time_up()
    evening.do(ask.Reopen(), ask.CloseAnswers())
    evening.until(Phase.REVEALED, TF)
    evening.do(ask.GoBack(), ask.ShowQuestion(), to_paper(A))
    evening.until(Phase.FINISHED)
    return evening.heard


def to_paper(team: TeamId) -> ask.ChangeSource:
    round_id = RoundId("r1")
    return ask.ChangeSource(team=team, round=round_id, question=ONE, source=Source.PAPER, only_this_round=True, reason="no network")


def slips() -> set[type[ask.Command]]:
    evening = Signed(slips_round("r1", "one", "tf"), a_round("r2", "tf"))
    evening.join_paper("P")
    evening.until(Phase.SEALED)
    evening.do(ask.GoOnUncollected(), ask.Reveal(), ask.AcceptMarks(venue=HALL, scope=ONE))
    evening.until(Phase.SEALED, TF)
    evening.do(ask.ConfirmCollected(venue=HALL, scope=TF))
    evening.until(Phase.FINISHED)
    return evening.heard


def corrections() -> set[type[ask.Command]]:
    evening = Signed(a_round("r1", "one", "tf"))
    evening.join("A")
    evening.join_paper("P")
    evening.until(Phase.LAST_CALL)
    evening.answer(A, "r1-one-a", ONE)
    missed = AnswerRow(A, AnswerId("f" * 32), 1, evening.now_ms, "r1-tf-a")
    evening.until(Phase.REVEALED)
    evening.mark(P, ONE, "1")
    evening.do(
        ask.AdmitMissed(question=TF, opening=1, row=missed),
        ask.VoidQuestion(question=ONE, voided=True, reason="a typo"),
        ask.RuleAnswer(question=ONE, said="r1-one-a", accepted=True),
        ask.TickAnswer(question=ONE, said="r1-one-a", shown=True),
        ask.AdjustPoints(team=A, points=100, reason="a song"),
        ask.ChangeSource(team=A, round=RoundId("r1"), question=ONE, source=Source.PAPER, only_this_round=True, reason="no network"),
    )
    evening.until(Phase.FINISHED)
    late = evening.mark(P, TF, "1")
    evening.do(ask.JudgeLate(verdict="v", operations=(late.name,), accepted=True, reason="the courier"))
    return evening.heard
