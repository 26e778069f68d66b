"""Servers with one defect each, seen from their clients: what the rehearsal's checker is there to find."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from quizserver.rehearsal.line import Ack, Desk, Device, Host, Operations, Refusal, Said, View
from quizserver.rehearsal.services_line import ServicesLines
from quizserver.rehearsal.services_staff import ServicesDesk, ServicesHost
from quizserver.rehearsal.services_team import Reply, ServicesDevice

UNLUCKY = 3  # every so manieth answer, phone or row is struck


class _Defective(ServicesLines):
    phone: type[ServicesDevice] = ServicesDevice
    console: type[ServicesHost] = ServicesHost

    async def device(self) -> Device:
        return self.phone(self.next_process, self.reply_s)

    async def host(self) -> Host:
        return self.console(self.next_process(), self.reply_s)


# --- answers ---


class _ForgetfulPhone(ServicesDevice):
    count = 0

    async def answer(self, said: Said) -> Ack:
        _ForgetfulPhone.count += 1
        if _ForgetfulPhone.count % UNLUCKY:
            return await super().answer(said)
        return Ack(said.id, "recorded", 1)


class AcksAndForgets(_Defective):
    """Acknowledges some answers that never reach a box."""

    phone = _ForgetfulPhone


class _NewEachTime(ServicesDevice):
    count = 0

    async def answer(self, said: Said) -> Ack:
        _NewEachTime.count += 1
        ack = await super().answer(replace(said, id=f"{_NewEachTime.count:032x}"))
        return replace(ack, id=said.id)


class KnowsNoRepeats(_Defective):
    """Takes a repeated answer for a new one."""

    phone = _NewEachTime


class _TurnedAway(ServicesDevice):
    count = 0

    async def answer(self, said: Said) -> Ack:
        _TurnedAway.count += 1
        return await super().answer(said) if _TurnedAway.count % UNLUCKY else Ack(said.id, "late", 0)


class RefusesInTime(_Defective):
    """Calls answers late that are not."""

    phone = _TurnedAway


class _Deaf(ServicesDevice):
    def _receive(self, said: Said, reply: Callable[[Reply], None]) -> None:
        pass


class NeverAcks(_Defective):
    """Hangs at the first answer."""

    phone = _Deaf


class _Stuck(ServicesHost):
    def show(self, view: View, mine: View) -> None:
        if view["phase"] in ("lobby", "round_intro"):
            super().show(view, mine)


class NeverGoesOn(_Defective):
    """A console that shows nothing any more after the first question."""

    console = _Stuck


# --- what a team is told ---


class _Misled(ServicesDevice):
    """`change` is what a subclass does to the own document."""

    def show(self, view: View, mine: View) -> None:
        super().show(view, self.change(mine) if mine is not self.mine else mine)

    def change(self, mine: View) -> View:
        return mine


class _MarkedWrong(_Misled):
    def change(self, mine: View) -> View:
        marks = {question: {**mark, "mark": "wrong", "points": 0} for question, mark in mine.get("marks", {}).items()}
        return {**mine, "marks": marks}


class TellsWrongMarks(_Defective):
    """Tells teams that all they said was wrong; the ledger knows better."""

    phone = _MarkedWrong


class _Flattered(_Misled):
    def change(self, mine: View) -> View:
        return {**mine, "place": {**mine["place"], "place": 0}} if "place" in mine else mine


class TellsOtherPlaces(_Defective):
    """Tells teams places that they do not have."""

    phone = _Flattered


class _Blind(ServicesDevice):
    """Shows nothing while solutions are on the stage."""

    def show(self, view: View, mine: View) -> None:
        if view["phase"] != "revealed":
            super().show(view, mine)


class TellsNoSolutions(_Defective):
    """Tells nobody of any solution before it is gone again."""

    phone = _Blind


class TellsSomeTooLate(_Defective):
    """No defect: every so manieth phone is with a process that lags, and hears of solutions when they are gone."""

    count = 0

    async def device(self) -> Device:
        self.count += 1
        return await super().device() if self.count % UNLUCKY else _Blind(self.next_process, self.reply_s)


# --- standing and export ---


class _Generous(ServicesHost):
    async def standing(self) -> list[View]:
        return [{**row, "points": row["points"] + 100 * (at == UNLUCKY)} for at, row in enumerate(await super().standing())]


class ServesAnotherStanding(_Defective):
    """Shows a standing that the ledger does not give."""

    console = _Generous


class _CutOff(ServicesHost):
    async def export(self) -> list[bytes]:
        return (await super().export())[:-2]


class ExportsHalf(_Defective):
    """Exports a file without its end."""

    console = _CutOff


# --- sheets ---


def _name(operation: Mapping[str, Any]) -> str:
    return f"{operation['device']}:{operation['counter']}"


def _cell(operation: Mapping[str, Any]) -> str:
    return f"{operation['device']} {operation['team']} {operation['question']}"


class _AtOtherDesks(_Defective):
    """`desk_as` is what a subclass puts on the tables."""

    desk_as: type[ServicesDesk]

    async def desk(self, venue: str, key: str) -> Desk:
        kept = await super().desk(venue, key)
        assert isinstance(kept, ServicesDesk)
        await kept.leave()
        return self.desk_as(kept.process, kept.venue, self.reply_s, self.next_process)


class _Careless(ServicesDesk):
    async def marks(self, operations: Operations) -> Refusal | Sequence[str]:
        return await super().marks(operations[:-1])


class LosesAMark(_AtOtherDesks):
    """Acknowledges marks of a sheet and keeps all but the last."""

    desk_as = _Careless


class _Forgetful(ServicesDesk):
    corrected: ClassVar[dict[str, str]] = {}

    async def marks(self, operations: Operations) -> Refusal | Sequence[str]:
        """`corrected`: by cell, the first correction."""
        first = [self.corrected.setdefault(_cell(each), _name(each)) if each["over"] else _name(each) for each in operations]
        return await super().marks([each for each, name in zip(operations, first, strict=True) if name == _name(each)])


class DropsSecondCorrections(_AtOtherDesks):
    """Acknowledges a correction of what was corrected before, and drops it."""

    desk_as = _Forgetful


class _Renaming(ServicesDesk):
    count = 0

    async def marks(self, operations: Operations) -> Refusal | Sequence[str]:
        _Renaming.count += 1
        known = self.process.live.known.entered
        again = [each for each in operations if _name(each) in known]
        renamed = [{**each, "counter": each["counter"] + 1000 * _Renaming.count} if each in again else each for each in operations]
        return await super().marks(renamed)


class RenamesRepeats(_AtOtherDesks):
    """Takes marks that are sent again for other ones."""

    desk_as = _Renaming


class _Deafened(ServicesDevice):
    def show(self, view: View, mine: View) -> None:
        super().show(view, self.mine if view.get("phase") == "finished" and self.mine else mine)


class TellsNoAmendments(_Defective):
    """Tells no team of a place that it has come to after the end."""

    phone = _Deafened
