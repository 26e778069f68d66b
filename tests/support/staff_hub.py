"""A hub of one process and no network: it answers the staff pages' socket out of an evening in the pure core.

It speaks the real language (the real allow-lists and views), decides by the real core, and can be told to be slow, deaf or gone.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import msgpack  # type: ignore[import-untyped]
from playwright.async_api import Page, WebSocketRoute

from quizserver.battle import commands as ask
from quizserver.battle.events import Name
from quizserver.battle.ids import QuestionId, RoundId, ScorekeeperId, TeamId, VenueId
from quizserver.battle.refusals import Refused
from quizserver.battle.settings import Source
from quizserver.battle.sheet_numbers import SheetNumber, read
from quizserver.battle.sheets import Operation
from quizserver.battle.standings import standing
from quizserver.battle.views import desk_view, host_view
from quizserver.battle.views.cells import history_page
from quizserver.battle.views.double_entry import entry_rows
from quizserver.battle.views.evening import evening_row, evening_scopes
from quizserver.battle.views.late import judgement, late_sheets
from quizserver.battle.views.pages import sheet_page, sheet_row, standing_page, team_page
from quizserver.hub.connection import NOBODY
from quizserver.services.sealed_keys import seal
from quizserver.wire.from_client import understood
from quizserver.wire.presses import asked
from tests.support.staff_states import BEGINS_MS, Evening

KEY = "host-key-of-the-tests-0000"
SESSION = "session-of-a-host-0000000000"  # what a console keeps instead of the key
SECRET = b"of the battle of these tests...."
Message = dict[str, Any]


@dataclass
class Connection:
    socket: WebSocketRoute
    role: str = "guest"
    venue: VenueId | None = None
    sheet: tuple[VenueId, str] | None = None
    sits: ScorekeeperId = NOBODY
    referee: bool = False

    @property
    def reader(self) -> ScorekeeperId | None:
        return self.sits if self.role == "desk" and not self.referee else None


@dataclass
class Hub:
    """`said` keeps every message of the pages, clocks left out. `deaf`: types of messages that get no answer. `rows`: of pages that are
    not the battle's, where a test wants others."""

    evening: Evening
    said: list[Message] = field(default_factory=list)
    deaf: set[str] = field(default_factory=set)
    gone: bool = False
    keys: dict[str, tuple[str, VenueId | None]] = field(default_factory=lambda: {KEY: ("host", None)})
    connections: list[Connection] = field(default_factory=list)
    rows: dict[str, list[Message]] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)
    refuses: str = ""  # a code, whatever password comes

    def __post_init__(self) -> None:
        self.version = 1
        self._work: set[asyncio.Task[None]] = set()
        self.evening.listeners.append(self._changed)

    def play(self, evening: Evening) -> None:
        """Goes on with another evening, as if much had happened at once."""
        self.evening = evening
        evening.listeners.append(self._changed)
        self._changed()

    async def route(self, page: Page) -> None:
        await page.route_web_socket("**/ws", self._connected)

    def _connected(self, socket: WebSocketRoute) -> None:
        if self.gone:
            self._close(socket, 4004, "store_gone")
            return
        who = Connection(socket)
        self.connections.append(who)
        socket.on_message(lambda data: self._heard(who, data))
        socket.on_close(lambda code, reason: self._left(who))

    def _close(self, socket: WebSocketRoute, code: int, reason: str) -> None:
        task = asyncio.create_task(socket.close(code=code, reason=reason))
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    def _left(self, who: Connection) -> None:
        if who in self.connections:
            self.connections.remove(who)

    async def cut(self, gone: bool = True) -> None:
        """Ends every connection; while `gone` nobody gets a new one."""
        self.gone = gone
        for who in list(self.connections):
            self._left(who)
            await who.socket.close(code=4000, reason="restarting")

    async def end(self, code: int, reason: str) -> None:
        """Ends every connection for good."""
        for who in list(self.connections):
            self._left(who)
            await who.socket.close(code=code, reason=reason)

    def tell(self, message: Message) -> None:
        for who in self.connections:
            self._send(who, message)

    def _send(self, who: Connection, message: Message) -> None:
        who.socket.send(msgpack.packb(message))

    def _heard(self, who: Connection, data: str | bytes) -> None:
        message = msgpack.unpackb(data if isinstance(data, bytes) else data.encode())
        kind = message["t"]
        if kind == "clock":
            self._send(who, {"t": "clock", "sent": message["sent"], "now": self.evening.now_ms})
            return
        self.said.append(message)
        if kind not in self.deaf:
            answer = getattr(self, f"_{kind}")(who, message)
            if answer is not None:
                self._send(who, answer)

    def of(self, kind: str) -> list[Message]:
        return [message for message in self.said if message["t"] == kind]

    # --- what is said ---

    def _hello(self, who: Connection, message: Message) -> None:
        if "token" not in message:
            self._send(who, {"t": "welcome", "role": "guest", "now": self.evening.now_ms})
            return
        found = self.keys.get(message["token"])
        if found is None:
            self._close(who.socket, 4500, "unknown_token")
            return
        who.role, who.venue = found
        if message.get("desk"):
            who.role, who.venue, who.referee = "desk", VenueId(message["desk"]), True
        self._welcome(who, new_token=message["token"] == KEY)

    def _welcome(self, who: Connection, new_token: bool) -> None:
        state = self.evening.state
        welcome = {"t": "welcome", "role": who.role, "now": self.evening.now_ms, "battle": state.battle, "epoch": 1}
        if new_token:
            welcome["token"] = SESSION
            self.keys[SESSION] = ("host", None)
        self._send(who, welcome | ({"venue": who.venue} if who.venue else {}))
        self._snapshot(who)

    def _sign_in(self, who: Connection, message: Message) -> Message | None:
        understood(message)
        right = self.passwords.get(message["name"]) == message["password"]
        if self.refuses or not right:
            return {"t": "refused", "to": "sign_in", "code": self.refuses or "wrong_password", "fault": "sender"}
        who.venue = VenueId(message["desk"]) if message.get("desk") else None
        who.role = "desk" if who.venue else "host"
        self._welcome(who, new_token=True)
        return None

    def _snapshot(self, who: Connection) -> None:
        self._send(who, {"t": "snapshot", "epoch": 1, "to": self.version, "view": self.view(who)})

    def view(self, who: Connection) -> Mapping[str, Any]:
        state = self.evening.state
        return host_view(state, "7c1f03ab9e") if who.venue is None else desk_view(state, who.venue)

    def _changed(self) -> None:
        self.version += 1
        for who in self.connections:
            if who.role in ("host", "desk"):
                self._snapshot(who)

    def _leave(self, who: Connection, message: Message) -> None:
        return None

    def _done(self, message: Message, refused: Refused | None, result: Mapping[str, Any] | None = None) -> Message:
        if refused is not None:
            why = {"code": refused.code, "detail": refused.detail, "fault": refused.fault.value, "temporary": refused.temporary}
            return {"t": "done", "n": message["n"], "ok": False, "refused": why}
        return {"t": "done", "n": message["n"], "ok": True, **({"result": dict(result)} if result else {})}

    def _do(self, who: Connection, message: Message) -> Message:
        name, result = message["command"], None
        if name in _OWN:
            return self._done(message, None, _OWN[name])
        press = asked(understood(message))  # type: ignore[arg-type]
        args = dict(press.args)
        match name:
            case "AddVenue":
                args["venue"] = VenueId(f"v{len(self.evening.state.venues)}")
                result = {"venue": args["venue"]}
            case "JoinTeam":
                team = TeamId(f"n{len(self.evening.state.teams)}")
                args |= {
                    "team": team,
                    "name": Name(args["name"], "0" * 32),
                    "plays": Source.PAPER,
                    "spare": self._spare(args["spare"]),
                }
            case "AssignSpare":
                args["spare"] = self._spare(args["spare"])
            case "RenameTeam":
                args["name"] = Name(args["name"], "0" * 32)
            case "JudgeLate":
                names = {key: tuple(args[key]) for key in ("operations", "over")}
                args |= names | {"verdict": f"verdict{len(self.evening.state.verdicts)}", "by": "host"}
            case "ChangeSource":
                args["source"] = Source(args["source"])
            case "AdmitStaff":
                result = {"token": f"desk-key-{len(self.evening.state.staff):016}"}
                args["token_hash"] = f"of {result['token']}"
                self.keys[result["token"]] = (args["role"], args["venue"])
        assert press.command
        if issubclass(press.command, ask.Press):
            args["seen_step"] = press.step
        return self._done(message, self.evening.asked(press.command(**args)), result)

    def _spare(self, text: str | None) -> int:
        number = read(text or "", self.evening.state.pin)
        return number.team if isinstance(number, SheetNumber) else 0

    def _sit(self, who: Connection, message: Message) -> Message:
        understood(message)
        venue, sits = who.venue or VenueId(message["venue"]), ScorekeeperId(message["scorekeeper"])
        name = Name(message.get("name", ""), "0" * 32)
        refused = self.evening.asked(ask.NameScorekeeper(scorekeeper=sits, venue=venue, name=name))
        if refused is None:
            who.sits = self.evening.state.scorekeepers[sits].person
        return self._done(message, refused, {"scorekeeper": who.sits})

    def _collected(self, who: Connection, message: Message) -> Message:
        venue = who.venue or VenueId(message["venue"])
        return self._done(message, self.evening.asked(ask.ConfirmCollected(venue=venue, scope=message["scope"])))

    def _marks(self, who: Connection, message: Message) -> Message:
        understood(message)
        operations = tuple(Operation(**{**each, "over": tuple(each["over"])}) for each in message["operations"])
        refused = self.evening.asked(ask.EnterMarks(operations=operations))
        if refused is None:
            self.tell_cells({operation.team for operation in operations})
        late = [each.name for each in operations if each.name in self.evening.state.late]
        return self._done(message, refused, {"late": late} if late else None)

    def tell_cells(self, teams: set[str]) -> None:
        """What changed, to everybody who looks at that sheet."""
        for who in self.connections:
            if who.sheet:
                venue, scope = who.sheet
                rows = [sheet_row(self.evening.state, TeamId(team), scope, who.reader) for team in teams]
                self._send(who, {"t": "cells", "venue": venue, "scope": scope, "rows": rows})

    def _page(self, who: Connection, message: Message) -> Message:
        return {"t": "page", "n": message["n"], "page": self._rows(who, message)}

    def _rows(self, who: Connection, message: Message) -> Mapping[str, Any]:
        state, start, count = self.evening.state, message.get("start", 0), message.get("count", 100)
        match message["of"]:
            case "standing":
                return standing_page(state, standing(state, message["which"]), start, count)
            case "teams":
                return team_page(state, start, count, message["find"])
            case "sheet":
                who.sheet = (who.venue or VenueId(message["venue"]), message["scope"])
                return sheet_page(state, *who.sheet, start, count, who.reader)
            case "cell":
                key = (TeamId(message["team"]), RoundId(message["round"]), QuestionId(message["question"]))
                return history_page(state, key, who.reader, start, count)
            case "evening":
                return self._evening(who, message)
            case "late":
                sheets = list(late_sheets(state).items())
                return {"start": 0, "of": len(sheets), "rows": [judgement(state, *each) for each in sheets[:count]]}
            case "entry":
                return {"start": 0, "of": len(state.venues), "rows": entry_rows(state)}
            case other:
                rows = self.rows.get(other, _PAGES[other])
                return {"start": 0, "of": len(rows), "rows": rows}

    def _evening(self, who: Connection, message: Message) -> Mapping[str, Any]:
        """As hub/pages.py answers it, with the keys sealed by a secret of these tests."""
        assert who.venue
        state, has = self.evening.state, {*message["have"]}
        rows: list[dict[str, Any]] = []
        for scope in evening_scopes(state, who.venue):
            rows.append(dict(evening_row(state, who.venue, scope)))
            if (who.venue, scope) not in state.collected:
                key = seal(SECRET, state, who.venue, scope)
                rows[-1]["key"] = {"nonce": key.nonce} if key.nonce in has else asdict(key)
        return {"start": 0, "of": len(rows), "rows": rows[message["start"] : message["start"] + message["count"]]}


_OWN: Mapping[str, Mapping[str, Any]] = {
    "CreateBattle": {"battle": "battle1"},
    "OfferAddress": {},
    "SignOut": {},
    "RevokeStaff": {},
    "SignOutOthers": {},
    "PairScreen": {},
    "ShowTeamCode": {"code": "K7QM2X"},
    "ShowPhoneCodes": {
        "codes": [{"scope": "r1", "round": "r1", "number": 1, "title": {"ru": "Начало", "en": "Beginning"}, "code": "7K3M 0QRT 9XWA 2HDE"}],
    },
}
_PAGES: Mapping[str, list[Mapping[str, Any]]] = {
    "arrivals": [],
    "announced": [],
    "battles": [
        {"battle": "battle1", "pin": "418027", "title": "Битва технологий", "phase": "lobby", "round": 0, "rounds": 1, "teams": 21},
        {
            "battle": "battle0",
            "pin": "903311",
            "title": {"ru": "Сделано в Москве", "en": "Made in Moscow"},
            "phase": "finished",
            "round": 1,
            "rounds": 1,
            "teams": 8,
        },
    ],
    "packs": [
        {
            "pack": "tupolev",
            "title": {"ru": "Туполев. Сто лет", "en": "Tupolev. One hundred years"},
            "languages": ["ru", "en"],
            "rounds": 1,
            "questions": 12,
            "online_only": True,
        },
        {
            "pack": "industry",
            "title": {"ru": "Сделано в Москве", "en": "Made in Moscow"},
            "languages": ["ru", "en"],
            "rounds": 1,
            "questions": 7,
            "online_only": True,
        },
    ],
    "addresses": [{"origin": "http://192.168.1.20:8000", "offered": True}, {"origin": "http://10.0.0.7:8000", "offered": False}],
    "health": [{"part": "redis"}, {"part": "archive", "lag_ms": 430}],
    "desks": [],
    "representatives": [{"venue": "v0", "name": "Нина Орлова"}],
    "screens": [{"number": 1, "connected": True, "since": BEGINS_MS, "venue": "v0"}],
    "consoles": [
        {"console": "c1", "since": BEGINS_MS, "seen": BEGINS_MS, "connected": True, "browser": "Firefox, Linux", "this": True},
        {
            "console": "c2",
            "since": BEGINS_MS,
            "seen": BEGINS_MS + 60_000,
            "connected": False,
            "browser": "Safari, iPad",
            "name": "Пётр",
        },
    ],
    "keys": [{"key": "k1", "role": "desk", "venue": "v0", "since": BEGINS_MS, "connected": True}],
    "missed": [{"answer": "0" * 32, "team": "t011", "name": "Пятая ось", "value": "Ту-104", "at": 0}],
}
