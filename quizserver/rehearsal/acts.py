"""What a team's devices do: answer, repeat, lose the connection and come back."""

import asyncio
import time
from dataclasses import dataclass, field, replace
from random import Random

from quizserver.rehearsal.evening import Act, Address, Step, Value
from quizserver.rehearsal.line import Said
from quizserver.rehearsal.phone import Phone
from quizserver.rehearsal.tally import Pair, Tally


@dataclass
class Table:
    """One team with its phones. `lots` makes the ids of its answers."""

    name: str
    tally: Tally
    lots: Random
    phones: list[Phone] = field(default_factory=list)
    first: dict[Address, Said] = field(default_factory=dict)

    async def act(self, where: Address, step: Step) -> None:
        """Returns when the act is done, its ack heard included."""
        phone = self.phones[step.device]
        match step.act:
            case Act.SAY:
                await self._send(where, phone, self._tapped(where, step, phone))
            case Act.SAY_TWICE:
                said = self._tapped(where, step, phone)
                await asyncio.gather(self._send(where, phone, said), self._send(where, phone, said))
            case Act.SAY_AND_DROP:
                await self._say_and_drop(where, phone, self._tapped(where, step, phone))
            case Act.DROP:
                await phone.device.drop()
            case Act.TAP:
                self._tapped(where, step, phone)
            case Act.RETURN:
                await self._return(where, phone)
            case Act.REPEAT:
                await self._send(where, phone, self.first[where])

    def _tapped(self, where: Address, step: Step, phone: Phone) -> Said:
        """A new answer, which the phone keeps until it hears what became of it."""
        question = self.tally.questions[where]
        assert step.value is not None, step
        value = on_the_wire(step.value, {text: option for option, text in question.options.items()})
        answer_id = f"{self.lots.getrandbits(128):032x}"
        said = Said(answer_id, question.id, question.opening, value, phone.revision(question.id))
        phone.unheard[said.id] = said
        self.first.setdefault(where, said)
        return said

    async def _send(self, where: Address, phone: Phone, said: Said) -> None:
        self.tally.sent(Pair(self.name, where), said, phone.device.now_ms())
        began = time.perf_counter()
        ack = await phone.device.answer(said)
        self.tally.acked(ack, time.perf_counter() - began)
        phone.hear(ack, said.question)

    async def _say_and_drop(self, where: Address, phone: Phone, said: Said) -> None:
        self.tally.sent(Pair(self.name, where), said, phone.device.now_ms())
        await phone.device.send_only(said)
        await phone.device.drop()

    async def _return(self, where: Address, phone: Phone) -> None:
        await phone.device.come_back()
        for said in list(phone.unheard.values()):
            await self._send(where, phone, replace(said, held=True))


def on_the_wire(value: Value, ids: dict[str, str]) -> str | list[str]:
    """The answer as a device sends it: options by the ids they have in this battle."""
    if isinstance(value, tuple):
        return [ids[text] for text in value]
    return ids.get(value, value)
