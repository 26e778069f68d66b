"""One phone of a team: what it shows, and what the tally hears of it."""

from collections.abc import Mapping
from typing import Any

from quizserver.rehearsal.evening import Address
from quizserver.rehearsal.line import Ack, Device, Said
from quizserver.rehearsal.moments import Window
from quizserver.rehearsal.tally import SeenQuestion, Tally


class Phone:
    """`first`: the device whose results speak for the team."""

    def __init__(self, device: Device, tally: Tally, team: str, first: bool) -> None:
        self.device, self._tally, self._team, self._first = device, tally, team, first
        self.windows: dict[Address, Window] = {}
        self.last_calls: dict[int, Window] = {}
        self.unheard: dict[str, Said] = {}
        self._addresses: dict[str, Address] = {}
        self._revisions: dict[str, int] = {}
        self._stage: tuple[int, str] = (0, "")
        self._view: Mapping[str, Any] = {}
        self._mine: Mapping[str, Any] = {}
        device.on_change = self._look
        self._look()

    @property
    def phase(self) -> str:
        return str(self.device.view.get("phase", ""))

    @property
    def amended(self) -> int:
        """How often the standing has become another one after the end, as this phone shows it."""
        return int(self.device.view.get("amended", {}).get("times", 0))

    def revision(self, question: str) -> int:
        """What this phone shows as the team's revision; 0 for none."""
        own = self.device.mine.get("answers", {}).get(question, {}).get("revision", 0)
        return max(int(own), self._revisions.get(question, 0))

    def hear(self, ack: Ack, question: str) -> None:
        self.unheard.pop(ack.id, None)
        self._revisions[question] = max(self._revisions.get(question, 0), ack.revision)

    def _look(self) -> None:
        view = self.device.view
        if view is not self._view and "round" in view:
            self._view = view
            self._look_at_round(view, view["round"]["number"] - 1)
        if self._first and self.device.mine is not self._mine:
            self._mine = self.device.mine
            self._look_at_mine(self._mine)

    def _look_at_round(self, view: Mapping[str, Any], at_round: int) -> None:
        clock = view.get("clock")
        window = Window(clock["opens_at"], clock["deadline"], clock["closes"]) if clock else None
        if view.get("phase") == "last_call" and window:
            self.last_calls[at_round] = window
        for question in view.get("questions", {}).values():
            if "opening" in question:
                self._look_at_question(view, (at_round, question["number"] - 1), question, window)
        if self._first:
            for solved in view.get("solutions", {}):
                if (at := self._addresses.get(solved)) is not None:
                    self._tally.solution(self._team, at)
        stage = (at_round, view["stage"]["show"])
        if stage != self._stage and stage[1] == "standing":
            self._tally.seen("standing", at_round)
        self._stage = stage

    def _look_at_question(self, view: Mapping[str, Any], at: Address, question: Mapping[str, Any], window: Window | None) -> None:
        is_new, on_stage = at not in self.windows, view.get("question") == question["id"]
        shared = view["round"]["reveal"] == "round_end"
        if on_stage and window and not (shared and window.closes):
            self.windows[at] = window
        elif is_new:
            self.windows[at] = window or Window(0, 0, False)
        self._addresses[question["id"]] = at
        if is_new and on_stage:
            self._tally.seen("question", at)
        closes_it = window is not None and window.closes and (shared or on_stage)
        if is_new or closes_it:
            language = view["battle"]["languages"][0]
            options = {option["id"]: option["text"][language] for option in question.get("options", ())}
            deadline_ms = window.deadline_ms if window and closes_it else 0
            self._tally.shown(at, SeenQuestion(question["id"], options, question["opening"], deadline_ms))

    def _look_at_mine(self, mine: Mapping[str, Any]) -> None:
        for question, mark in mine.get("marks", {}).items():
            if (at := self._addresses.get(question)) is not None:
                self._tally.result(self._team, at, mark)
        if place := mine.get("place"):
            self._tally.told_place(self._team, place)
