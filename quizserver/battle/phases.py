"""Where a battle can be, and what may be asked there. THE table; nothing else decides what follows what.

A battle is a row of rounds between a lobby and a podium. A round is played in one of two ways. Where the solution is revealed
after each question, a question is shown, opened for answers, closed when its time is up, sealed when nothing in time can still be
on its way, and then revealed. Where all is revealed at the end, questions are shown and opened one after another and stay editable;
a last call starts the one clock they share; when it has run out the round is closed, its boxes are sealed, the venues confirm that
no paper team can write any more (collected), and only then the solutions are revealed one by one. Nothing is revealed before it is
sealed. The clock moves as people do: TimeUp and SealBox are commands like the host's, any process may give them, and one of them
wins. What is on the stage beside that (a standing, a break) and a pause change no phase.
"""

from collections.abc import Mapping
from enum import StrEnum

from quizserver.battle import commands as ask


class Phase(StrEnum):
    """Where the battle is. The value is the word the pages use."""

    LOBBY = "lobby"
    ROUND_INTRO = "round_intro"
    SHOWN = "shown"
    OPEN = "open"
    CLOSED = "closed"
    SEALED = "sealed"
    REVEALED = "revealed"
    LAST_CALL = "last_call"
    ROUND_CLOSED = "round_closed"
    COLLECTED = "collected"
    ROUND_END = "round_end"
    FINAL = "final"
    FINISHED = "finished"


P = Phase
Exits = Mapping[type[ask.Command], tuple[Phase, ...]]

TABLE: Mapping[Phase, Exits] = {
    P.LOBBY: {ask.StartRound: (P.ROUND_INTRO,)},
    P.ROUND_INTRO: {ask.ShowQuestion: (P.SHOWN, P.OPEN), ask.GoBack: (P.LOBBY, P.ROUND_END)},
    P.SHOWN: {ask.OpenAnswers: (P.OPEN,), ask.GoBack: (P.ROUND_INTRO, P.REVEALED, P.OPEN)},
    P.OPEN: {
        ask.CloseAnswers: (P.CLOSED,),
        ask.TimeUp: (P.CLOSED,),
        ask.ShowQuestion: (P.SHOWN, P.OPEN),
        ask.CallLast: (P.LAST_CALL,),
        ask.GoBack: (P.OPEN,),
        ask.SealBox: (P.OPEN,),
    },
    P.CLOSED: {ask.SealBox: (P.SEALED, P.CLOSED), ask.Reopen: (P.OPEN,)},
    P.SEALED: {ask.Reveal: (P.REVEALED,), ask.Reopen: (P.OPEN,), ask.GoOnUncollected: (P.SEALED,)},
    P.REVEALED: {
        ask.ShowQuestion: (P.SHOWN, P.OPEN, P.REVEALED),
        ask.Reveal: (P.REVEALED,),
        ask.EndRound: (P.ROUND_END,),
        ask.GoBack: (P.REVEALED,),
    },
    P.LAST_CALL: {
        ask.CloseAnswers: (P.ROUND_CLOSED, P.COLLECTED),
        ask.TimeUp: (P.ROUND_CLOSED, P.COLLECTED),
        ask.GoBack: (P.OPEN,),
        ask.SealBox: (P.LAST_CALL,),
    },
    P.ROUND_CLOSED: {
        ask.SealBox: (P.ROUND_CLOSED,),
        ask.ConfirmCollected: (P.ROUND_CLOSED, P.COLLECTED),
        ask.GoOnUncollected: (P.COLLECTED,),
        ask.Reopen: (P.LAST_CALL,),
    },
    P.COLLECTED: {ask.SealBox: (P.COLLECTED,), ask.Reveal: (P.REVEALED,), ask.Reopen: (P.LAST_CALL,)},
    P.ROUND_END: {ask.StartRound: (P.ROUND_INTRO,), ask.ShowPodium: (P.FINAL,), ask.GoBack: (P.REVEALED,)},
    P.FINAL: {ask.Finish: (P.FINISHED,), ask.GoBack: (P.ROUND_END,)},
    P.FINISHED: {},
}

ANSWERS_OPEN = frozenset({P.OPEN, P.LAST_CALL})
"""Phases in which a clock may run."""

PEOPLE: tuple[type[ask.Command], ...] = (
    ask.AddVenue,
    ask.RenameVenue,
    ask.DescribeVenue,
    ask.OpenRegistration,
    ask.JoinTeam,
    ask.CountPeople,
    ask.MergeTeams,
    ask.TakeSeat,
    ask.OfferToken,
    ask.UseToken,
    ask.RenameTeam,
    ask.MuteTeam,
    ask.ApproveTeams,
    ask.MoveTeam,
    ask.ChangeSource,
    ask.ReserveSpares,
    ask.AssignSpare,
    ask.LockLobby,
    ask.AdmitStaff,
    ask.RevokeStaff,
    ask.NameScorekeeper,
)
STAGE: tuple[type[ask.Command], ...] = (ask.ShowStanding, ask.ShowPlay, ask.FreezeStanding, ask.StartBreak)
CLOCK: tuple[type[ask.Command], ...] = (ask.Pause, ask.Resume, ask.Extend)
CORRECTIONS: tuple[type[ask.Command], ...] = (
    ask.EnterMarks,
    ask.AcceptMarks,
    ask.JudgeLate,
    ask.VoidQuestion,
    ask.RuleAnswer,
    ask.TickAnswer,
    ask.AdmitMissed,
    ask.AdjustPoints,
    ask.NoteRestored,
)

ALWAYS: Mapping[type[ask.Command], frozenset[Phase]] = {
    # Marks, rulings and corrections are taken as long as anybody may still hold a sheet: an evening's last word comes after it.
    **dict.fromkeys(PEOPLE + STAGE + CORRECTIONS, frozenset(Phase)),
    **dict.fromkeys((ask.JoinTeam, ask.StartBreak), frozenset(Phase) - {P.FINISHED}),
    # A venue that had no network confirms when it is back; where that may move the round on, its row above says so.
    ask.ConfirmCollected: frozenset(Phase) - {P.ROUND_CLOSED},
    **dict.fromkeys(CLOCK, ANSWERS_OPEN),
    ask.GiveTime: frozenset(Phase),  # an open box is all it needs
}
"""Commands that change no phase, and where they may be asked."""


def may_ask(phase: Phase, command: type[ask.Command]) -> bool:
    """True if the table knows this command in this phase; whether it is then refused for another reason is decide's affair."""
    return command in TABLE[phase] or phase in ALWAYS.get(command, ())
