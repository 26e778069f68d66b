"""What may be asked of a battle. Imperatives; ids and salts are made by whoever asks, since the battle itself draws no lots.

`by` says who asked (a device or a clock). `seen_step` is the step the host's page showed: of two presses made on the same step
one takes effect and the other is refused as `stale`. None means that it does not matter.
"""

from quizserver.battle.commands.clock import Extend, Pause, Resume
from quizserver.battle.commands.command import Command, Press
from quizserver.battle.commands.corrections import (
    AcceptMarks,
    AdjustPoints,
    AdmitMissed,
    EnterMarks,
    NoteRestored,
    RuleAnswer,
    TickAnswer,
    VoidQuestion,
)
from quizserver.battle.commands.creation import CreateBattle
from quizserver.battle.commands.fairness import GiveTime
from quizserver.battle.commands.flow import (
    CallLast,
    CloseAnswers,
    GoBack,
    OpenAnswers,
    Reopen,
    SealBox,
    ShowQuestion,
    StartRound,
    TimeUp,
)
from quizserver.battle.commands.late import JudgeLate
from quizserver.battle.commands.paper import AssignSpare, ChangeSource, ReserveSpares
from quizserver.battle.commands.reveals import ConfirmCollected, EndRound, Finish, GoOnUncollected, Reveal, ShowPodium
from quizserver.battle.commands.scorekeepers import NameScorekeeper
from quizserver.battle.commands.seats import OfferToken, TakeSeat, UseToken
from quizserver.battle.commands.staff import AdmitStaff, RevokeStaff
from quizserver.battle.commands.stage import FreezeStanding, ShowPlay, ShowStanding, StartBreak
from quizserver.battle.commands.teams import (
    ApproveTeams,
    CountPeople,
    JoinTeam,
    LockLobby,
    MergeTeams,
    MoveTeam,
    MuteTeam,
    OpenRegistration,
    RenameTeam,
)
from quizserver.battle.commands.venues import AddVenue, DescribeVenue, RenameVenue

__all__ = [
    "AcceptMarks",
    "AddVenue",
    "AdjustPoints",
    "AdmitMissed",
    "AdmitStaff",
    "ApproveTeams",
    "AssignSpare",
    "CallLast",
    "ChangeSource",
    "CloseAnswers",
    "Command",
    "ConfirmCollected",
    "CountPeople",
    "CreateBattle",
    "DescribeVenue",
    "EndRound",
    "EnterMarks",
    "Extend",
    "Finish",
    "FreezeStanding",
    "GiveTime",
    "GoBack",
    "GoOnUncollected",
    "JoinTeam",
    "JudgeLate",
    "LockLobby",
    "MergeTeams",
    "MoveTeam",
    "MuteTeam",
    "NameScorekeeper",
    "NoteRestored",
    "OfferToken",
    "OpenAnswers",
    "OpenRegistration",
    "Pause",
    "Press",
    "RenameTeam",
    "RenameVenue",
    "Reopen",
    "ReserveSpares",
    "Resume",
    "Reveal",
    "RevokeStaff",
    "RuleAnswer",
    "SealBox",
    "ShowPlay",
    "ShowPodium",
    "ShowQuestion",
    "ShowStanding",
    "StartBreak",
    "StartRound",
    "TakeSeat",
    "TickAnswer",
    "TimeUp",
    "UseToken",
    "VoidQuestion",
]
