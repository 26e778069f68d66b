"""Redis's files are deleted between two runs of the server: the archive brings the evening back, and everybody finds the way in."""

import asyncio
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest

from quizserver.battle.ids import BattleId
from quizserver.stores.archive import SqlArchive
from quizserver.stores.sql_source import archive_url
from quizserver.wire import closing
from tests.support.driving import drive
from tests.support.server import Server, free_port, running
from tests.support.sockets import Device

PACK = str(Path(__file__).parents[1] / "rounds" / "packs" / "small")
TEAMS = ("Ан-2", "Бе-200", "Ил-62")
PLAYED = 2  # questions, when the server is stopped


class Evening:
    """A host, phones and a screen."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.host, self.screen = Device(server.socket, server.host_key), Device(server.socket)
        self.phones = [Device(server.socket) for _ in TEAMS]
        self.battle, self.pin, self.code = "", "", ""
        self.said: list[dict[str, Any]] = [{} for _ in TEAMS]

    async def begin(self) -> None:
        await self.host.come()
        self.battle = (await self.host.do("CreateBattle", pack=PACK, pace=60))["battle"]
        await self.console()
        self.pin = self.host.view["battle"]["pin"]
        for phone, name in zip(self.phones, TEAMS, strict=True):
            await (await phone.come()).join(self.pin, name)
        self.code = (await self.phones[0].hears(lambda message: message["t"] == "joined"))["code"]
        self.screen.token = (await self.host.do("AdmitStaff", role="screen"))["token"]
        await self.screen.come()

    async def console(self) -> None:
        self.host.view = {}
        await self.host.come(battle=self.battle)
        await self.host.until(lambda: self.host.view.get("battle", {}).get("id") == self.battle)

    async def answer(self) -> None:
        """The first team knows every choice, the second the first one, the third none; the nearest number is everybody's."""
        asked = self.host.view["question"]
        right = asked["solution"]["is"].get("right", [])
        wrong = [each["id"] for each in asked["options"] if each["id"] not in right] or ["1"]
        await asyncio.sleep(0.3)  # 3 s of reading at pace 60, and what a busy machine adds
        for number, phone in enumerate(self.phones):
            await phone.until(lambda phone=phone: phone.view.get("questions", {}).get(asked["id"], {}).get("opening"))  # type: ignore[misc]
            knows = right and (number == 0 or (number, asked["number"]) == (1, 1))
            known = [each["id"] for each in asked["options"] if each["id"] in right] if knows else wrong[:1]
            chosen = known if asked["kind"] == "several" else known[0]
            sent = await phone.answer(asked["id"], 1, chosen)
            ack = await phone.hears(lambda message, sent=sent: message.get("id") == sent)  # type: ignore[misc]
            assert ack["verdict"] == "recorded", ack
            self.said[number][asked["id"]] = chosen

    def has(self, number: int) -> bool:
        """Whether a phone has been told all that it had said, and nothing else."""
        answers = self.phones[number].mine.get("answers", {})
        return {question: answer["value"] for question, answer in answers.items()} == self.said[number]

    async def go(self) -> None:
        for device in (self.host, self.screen, *self.phones):
            await device.go()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
async def test_an_evening_goes_on_from_the_archive_and_everybody_finds_the_way_in(tmp_path: Path, sign: signal.Signals) -> None:
    port, log = free_port(), list[str]()
    with running(tmp_path, "--pack", PACK, port=port) as server:
        evening = Evening(server)
        await evening.begin()
        await drive(evening.host, "round_intro")
        for _ in range(PLAYED):
            await evening.host.do("ShowQuestion")
            await evening.host.until(lambda: evening.host.view["phase"] == "open")
            await evening.answer()
        if sign is signal.SIGKILL:
            await archived(tmp_path, evening.battle, PLAYED * len(TEAMS))
        await asyncio.to_thread(server.stop, sign)
        await evening.go()
    shutil.rmtree(tmp_path / "redis")

    with running(tmp_path, "--pack", PACK, port=port, log=log) as server:
        evening.server = server
        for number, phone in enumerate(evening.phones):
            assert (await phone.come()).welcome["role"] == "team"
            await phone.until(lambda number=number: evening.has(number))  # type: ignore[misc]
        assert (await evening.screen.come()).welcome["role"] == "screen"
        await the_host_needs_the_key_of_this_start(evening)
        restored = evening.host.view["attention"]["restored"]
        assert [(each["number"], each["answers"]) for each in restored["open"]] == [(1, len(TEAMS)), (2, len(TEAMS))]
        await the_code_is_what_the_phones_show(evening)
        await drive(evening.host, answering=evening.answer)
        await evening.screen.until(lambda: evening.screen.view["phase"] == "finished")
        rows = (await evening.screen.ask("page", of="standing"))["page"]["rows"]
        told = [(row["place"], row["name"], row["points"]) for row in rows]
        assert told == [(1, "Ан-2", 500), (2, "Бе-200", 150), (3, "Ил-62", 50)]
        await evening.go()
    [line] = [line for line in log if f"(PIN {evening.pin}) came back from the archive" in line]
    assert line.count(f"{len(TEAMS)} of question") == PLAYED, line


async def archived(data: Path, battle: str, answers: int) -> None:
    """Until the archive has so many answers in open boxes; it may be two seconds behind."""
    archive = SqlArchive(archive_url(data, None))
    async with asyncio.timeout(5):
        while sum(map(len, (await archive.answers(BattleId(battle))).values())) < answers:
            await asyncio.sleep(0.05)
    await archive.close()


async def the_host_needs_the_key_of_this_start(evening: Evening) -> None:
    """The console's own token was in Redis alone. It is told so, and the key is on the terminal."""
    assert evening.host.token not in (None, evening.server.host_key)
    assert (await evening.host.come()).ended == closing.UNKNOWN_TOKEN.code
    evening.host.token = evening.server.host_key
    await evening.console()


async def the_code_is_what_the_phones_show(evening: Evening) -> None:
    """A further phone, or one that has lost everything, comes back to its team."""
    team = evening.phones[0].welcome["team"]
    assert (await evening.host.do("ShowTeamCode", team=team))["code"] == evening.code
    phone = await Device(evening.server.socket).come()
    await phone.say("join", pin=evening.pin, code=evening.code)
    assert (await phone.hears(lambda message: message["t"] in ("joined", "refused"))).get("team") == team
    await phone.until(lambda: bool(phone.mine))
    assert phone.mine["answers"].keys() == evening.said[0].keys()
    await phone.go()
