"""What happened. Past tense, plain values only, one class an entry of the ledger; `v` rises when a class changes its meaning.

Times are battle time in milliseconds and come from the command's moment (`at_ms` stands on the ledger's entry, not here).
No personal data: the name of a team or a scorekeeper is a `Name`, which the ledger stores as a salted commitment with the text
beside it.
"""

from collections.abc import Mapping

from quizserver.battle.events.clock import ClockExtended, Paused, Resumed
from quizserver.battle.events.corrections import (
    AnswerRuled,
    AnswerTicked,
    MarksAccepted,
    MarksEntered,
    MissedAdmitted,
    PointsAdjusted,
    QuestionVoided,
    Restored,
)
from quizserver.battle.events.creation import BattleCreated
from quizserver.battle.events.event import AnswerRow, Event, Name
from quizserver.battle.events.fairness import TimeGiven
from quizserver.battle.events.flow import (
    AnswersOpened,
    AnswersRecorded,
    BoxSealed,
    LastCallStarted,
    LastCallWithdrawn,
    QuestionClosed,
    QuestionShown,
    RoundClosed,
    RoundStarted,
    WentBack,
)
from quizserver.battle.events.late import LateJudged
from quizserver.battle.events.paper import SourceChanged, SpareAssigned, SparesReserved
from quizserver.battle.events.reveals import (
    BattleFinished,
    CollectionEnded,
    PodiumShown,
    RoundEnded,
    SolutionRevealed,
    VenueCollected,
)
from quizserver.battle.events.scorekeepers import ScorekeeperNamed
from quizserver.battle.events.seats import Offer, Seat, SeatsTaken, TokensOffered, TokensUsed
from quizserver.battle.events.staff import StaffAdmitted, StaffRevoked
from quizserver.battle.events.stage import BreakStarted, PlayShown, StandingFrozen, StandingShown
from quizserver.battle.events.teams import (
    Join,
    LobbyLocked,
    PeopleCounted,
    RegistrationOpened,
    TeamMoved,
    TeamMuted,
    TeamRenamed,
    TeamsApproved,
    TeamsJoined,
    TeamsMerged,
)
from quizserver.battle.events.venues import VenueAdded, VenueDescribed, VenueRenamed

__all__ = [
    "EVENTS",
    "AnswerRow",
    "AnswerRuled",
    "AnswerTicked",
    "AnswersOpened",
    "AnswersRecorded",
    "BattleCreated",
    "BattleFinished",
    "BoxSealed",
    "BreakStarted",
    "ClockExtended",
    "CollectionEnded",
    "Event",
    "Join",
    "LastCallStarted",
    "LastCallWithdrawn",
    "LateJudged",
    "LobbyLocked",
    "MarksAccepted",
    "MarksEntered",
    "MissedAdmitted",
    "Name",
    "Offer",
    "Paused",
    "PeopleCounted",
    "PlayShown",
    "PodiumShown",
    "PointsAdjusted",
    "QuestionClosed",
    "QuestionShown",
    "QuestionVoided",
    "RegistrationOpened",
    "Restored",
    "Resumed",
    "RoundClosed",
    "RoundEnded",
    "RoundStarted",
    "ScorekeeperNamed",
    "Seat",
    "SeatsTaken",
    "SolutionRevealed",
    "SourceChanged",
    "SpareAssigned",
    "SparesReserved",
    "StaffAdmitted",
    "StaffRevoked",
    "StandingFrozen",
    "StandingShown",
    "TeamMoved",
    "TeamMuted",
    "TeamRenamed",
    "TeamsApproved",
    "TeamsJoined",
    "TeamsMerged",
    "TimeGiven",
    "TokensOffered",
    "TokensUsed",
    "VenueAdded",
    "VenueCollected",
    "VenueDescribed",
    "VenueRenamed",
    "WentBack",
]

EVENTS: Mapping[str, type[Event]] = {cls.__name__: cls for cls in Event.__subclasses__()}
"""Every kind of entry by the name under which the ledger stores it."""
