"""What a host may ask with `do`, and with which arguments. THE allow-list: a command that is not here cannot come from a socket.

Names are those of battle/commands, and a few that are not the battle's but the server's own. Ids, salts and keys of new things
are not arguments: the server makes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, create_model

from quizserver.battle import commands as ask
from quizserver.battle.settings import MOST_GIVEN_MS, MOST_LEAD_MS
from quizserver.battle.sheets import MOST_LETTERS_OF_WHY
from quizserver.wire.codec import WireError
from quizserver.wire.from_client import Do, place_of
from quizserver.wire.values import AnyName, Code, Hex128, Id, Number, SheetText, Strict, Words

Fields = Mapping[str, Any]
"""Argument -> type, or (type, default)."""

Source = Literal["online", "paper"]
Said = Annotated[str, Field(max_length=1000)]
Title = Annotated[str, Field(max_length=100)]
Teams = Annotated[list[Id], Field(min_length=1, max_length=100)]
Pace = Annotated[int, Field(ge=1, le=60)]
Lead = Annotated[int, Field(ge=0, le=MOST_LEAD_MS)]
Given = Annotated[int, Field(ge=0, le=MOST_GIVEN_MS)]
Gate = Literal["round_end", "next_round_end", "final", "finish"]
TimeOfDay = Annotated[str, Field(max_length=5)]
Minutes = Annotated[int, Field(ge=-1440, le=1440)]
Names = Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=100)]
TieBreaks = Annotated[list[Literal["difficulty", "speed"]], Field(max_length=2)]

STEPS: tuple[type[ask.Command], ...] = (
    ask.StartRound,
    ask.ShowQuestion,
    ask.OpenAnswers,
    ask.CloseAnswers,
    ask.CallLast,
    ask.Reveal,
    ask.EndRound,
    ask.ShowPodium,
    ask.Finish,
    ask.GoBack,
    ask.Reopen,
    ask.GoOnUncollected,
)
"""Steps of the evening: no arguments, and of two presses on one step one takes effect."""

OTHERS: Mapping[type[ask.Command], Fields] = {
    ask.Pause: {},
    ask.Resume: {},
    ask.Extend: {"by_ms": Number},
    ask.AddVenue: {"name": AnyName},
    ask.RenameVenue: {"venue": Id, "name": AnyName},
    ask.DescribeVenue: {"venue": Id, "city": (AnyName, ""), "starts": (TimeOfDay, ""), "zone_min": (Minutes, 0)},
    ask.OpenRegistration: {"opened": bool},
    ask.JoinTeam: {"name": AnyName, "venue": Id, "spare": (SheetText | None, None), "people": (Number, 0)},
    ask.CountPeople: {"team": Id, "people": Number},
    ask.MergeTeams: {"team": Id, "into": Id},
    ask.RenameTeam: {"team": Id, "name": AnyName},
    ask.MuteTeam: {"team": Id, "muted": bool},
    ask.ApproveTeams: {"teams": Teams},
    ask.MoveTeam: {"team": Id, "venue": (Id | None, None)},
    ask.ChangeSource: {
        "team": Id,
        "round": Id,
        "question": Id,
        "source": Source,
        "only_this_round": bool,
        "reason": Words,
        "venue": (Id | None, None),
    },
    ask.ReserveSpares: {"venue": Id, "count": Number},
    ask.AssignSpare: {"team": Id, "spare": SheetText},
    ask.LockLobby: {"locked": bool},
    ask.AdmitStaff: {"role": Literal["desk", "screen"], "venue": (Id | None, None)},
    ask.RevokeStaff: {"key": Id},
    ask.ShowStanding: {"which": (Literal["total", "speed"], "total")},
    ask.ShowPlay: {},
    ask.FreezeStanding: {"frozen": bool},
    ask.StartBreak: {"seconds": Number},
    ask.AcceptMarks: {"venue": Id, "scope": Id},
    ask.JudgeLate: {
        "operations": Names,
        "accepted": bool,
        "reason": Annotated[str, Field(max_length=MOST_LETTERS_OF_WHY)],
        "over": (Names, []),
    },
    ask.VoidQuestion: {"question": Id, "voided": bool, "reason": Words},
    ask.RuleAnswer: {"question": Id, "said": Said, "accepted": bool | None},
    ask.TickAnswer: {"question": Id, "said": Said, "shown": bool},
    ask.AdmitMissed: {"question": Id, "opening": Number, "answer": Hex128},
    ask.AdjustPoints: {"team": Id, "points": int, "reason": Words},
}
"""Everything else that a battle may be asked by a host."""

SERVERS_OWN: Mapping[str, Fields] = {
    "CreateBattle": {
        "pack": Words,
        "title": (Title, ""),
        "language": (Literal["ru", "en"], "ru"),
        "online_only": (bool, False),
        "approval": (bool, False),
        "pace": (Pace, 1),
        "ties": (Literal["1224", "1223"], "1224"),
        "tie_breaks": (TieBreaks, []),
        "lead_ms": (Lead, MOST_LEAD_MS),
        "give_ms": (Given, MOST_GIVEN_MS),
        "double_entry": (bool, False),
        "sheets_until": (Gate, "next_round_end"),
        "corrections_until": (Gate, "final"),
    },
    "OfferAddress": {"origin": Words},
    "SignOut": {"console": Id},
    "SignOutOthers": {"console": Id},
    "PairScreen": {"code": Code, "venue": (Id | None, None)},
    "ShowTeamCode": {"team": Id},
    "ShowPhoneCodes": {"venue": Id},
    "NameRepresentative": {"venue": Id, "name": AnyName},
    "ApproveAnnounced": {"announced": Teams},
    "RefuseAnnounced": {"announced": Teams},
    "MoveAnnounced": {"announced": Id, "venue": (Id | None, None)},
    "MergeAnnounced": {"announced": Id, "into": Id},
}
"""Not the battle's affair: making one, the address that is offered, who is signed in as host, a screen's code, a team's code, the
codes that open a desk's sealed keys, and people: those who represent venues, and teams that have announced themselves."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A press that fits its table. `command` is the battle's class, None for the server's own."""

    name: str
    command: type[ask.Command] | None
    args: Mapping[str, Any]
    step: int | None


COMMANDS: Mapping[str, type[ask.Command]] = {command.__name__: command for command in (*STEPS, *OTHERS)}


def asked(message: Do) -> Asked:
    """A press with its arguments checked. Raises WireError: unknown_command, invalid."""
    model = _MODELS.get(message.command)
    if model is None:
        raise WireError("unknown_command")
    try:
        args = model.model_validate(message.args).model_dump()
    except ValidationError as faults:
        raise WireError("invalid", f"{message.command}.{place_of(faults)}".rstrip(".")) from None
    return Asked(message.command, COMMANDS.get(message.command), args, message.step)


def _model(name: str, fields: Fields) -> type[Strict]:
    shaped: dict[str, Any] = {key: kind if isinstance(kind, tuple) else (kind, ...) for key, kind in fields.items()}
    return create_model(name, __base__=Strict, **shaped)


_MODELS: Mapping[str, type[Strict]] = {
    **{command.__name__: _model(command.__name__, {}) for command in STEPS},
    **{command.__name__: _model(command.__name__, fields) for command, fields in OTHERS.items()},
    **{name: _model(name, fields) for name, fields in SERVERS_OWN.items()},
}
