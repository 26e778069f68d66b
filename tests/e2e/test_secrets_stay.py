"""A whole evening on a real server: what stands in the solutions is in no frame and no reply before its reveal, and the evening can
be taken home in a file that proves itself."""

import json
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support import canary_pack, server
from tests.support.canary_pack import CanaryPack
from tests.support.crawler import Crawler
from tests.support.driving import drive, where
from tests.support.server import Server, running
from tests.support.sockets import Device

ANNA = "a" * 16
MARKS = {"one": "1", "text": "1"}


def heard(device: Device) -> str:
    return json.dumps(device.said, ensure_ascii=False)


def media_in(device: Device) -> Iterator[str]:
    """Addresses of the pictures that a device has been told of."""

    def files(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            yield from (f"/media/{each}" for key, each in value.items() if key in ("file", "art") and each)
            for each in value.values():
                yield from files(each)
        elif isinstance(value, list):
            for each in value:
                yield from files(each)

    return files(device.said)


@dataclass
class Hall:
    """Everybody of the evening. The desk of the first venue never collects; that of the second one does."""

    server: Server
    pack: CanaryPack
    host: Device
    phone: Device
    screen: Device
    late: Device
    prompt: Device
    paper: list[str]

    @classmethod
    async def open(cls, server: Server, pack: CanaryPack) -> "Hall":
        host = await Device(server.socket, server.host_key).come()
        battle = (await host.do("CreateBattle", pack=str(pack.folder), pace=60, language="en", lead_ms=0))["battle"]
        await host.come(battle=battle)
        await host.until(lambda: host.view.get("battle", {}).get("id") == battle)
        first = next(iter(host.view["venues"]))
        venues = [first, (await host.do("AddVenue", name="Second"))["venue"]]
        paper = [(await host.do("JoinTeam", name=f"Paper {number}", venue=venue))["team"] for number, venue in enumerate(venues)]
        keys = [await host.do("AdmitStaff", role="desk", venue=venue) for venue in venues]
        late, prompt = [await Device(server.socket, key["token"]).come() for key in keys]
        screen = await Device(server.socket).come(pair=True)
        await host.do("PairScreen", code=(await screen.hears(lambda message: message["t"] == "pairing"))["code"])
        await screen.until(lambda: bool(screen.view))
        phone = await (await Device(server.socket).come()).join(host.view["battle"]["pin"], "Online")
        return cls(server, pack, host, phone, screen, late, prompt, paper)

    @property
    def pin(self) -> str:
        pin: str = self.host.view["battle"]["pin"]
        return pin

    @property
    def devices(self) -> tuple[Device, ...]:
        return self.host, self.phone, self.screen, self.late, self.prompt

    @property
    def questions(self) -> list[str]:
        """Ids in the order of the pack."""
        return [question["id"] for playing in self.host.view["run_sheet"] for question in playing["questions"]]

    def numbers(self, states: Iterable[str]) -> set[int]:
        """Numbers of the questions that are in one of these states."""
        told = [question["is"] for playing in self.host.view["run_sheet"] for question in playing["questions"]]
        return {number for number, state in enumerate(told) if state in states}

    async def answer(self) -> None:
        """The phone answers what it sees, the text and the number wrongly."""
        asked = self.host.view["question"]
        await self.phone.until(lambda: self.phone.view.get("questions", {}).get(asked["id"], {}).get("opening"))
        right = next((each["id"] for each in asked["options"] if each["id"] in asked["solution"]["is"].get("right", ())), "7")
        sent = await self.phone.answer(asked["id"], self.phone.view["questions"][asked["id"]]["opening"], right)
        await self.phone.hears(lambda message: message.get("id") == sent and message["verdict"] == "recorded")

    async def collect(self) -> None:
        """The second venue collects and marks its paper right; the host goes on over the first."""
        scope = next(each["scope"] for each in self.host.view["venues"].values() if each["missing"])
        before = where(self.host)
        await self.prompt.ask("collected", scope=scope)
        await self.prompt.until(lambda: "key" in self.prompt.view["scopes"][scope])
        key = self.prompt.view["scopes"][scope]["key"]
        operations = [
            {
                "device": "desk",
                "counter": self.questions.index(asked["id"]),
                "venue": self.prompt.view["venue"]["id"],
                "team": self.paper[1],
                "round": self.prompt.view["scopes"][scope]["round"],
                "question": asked["id"],
                "who": ANNA,
                "value": MARKS.get(asked["kind"]) or asked["solution"]["is"]["value"],
            }
            for asked in key
        ]
        assert (await self.prompt.ask("sit", scorekeeper=ANNA, name="Anna"))["ok"]
        assert (await self.prompt.ask("marks", operations=operations))["ok"]
        await self.host.do("GoOnUncollected")
        await self.host.until(lambda: where(self.host) != before)

    def leaks(self, fetched: str = "") -> set[int]:
        """Questions of whose solution somebody has heard who may not have."""
        public = "\n".join((fetched, heard(self.phone), heard(self.screen)))
        return (self.pack.sung(public) - self.numbers(["revealed"])) | self.pack.sung(heard(self.late))


async def test_no_solution_is_in_any_frame_or_reply_before_its_reveal_and_the_evening_can_be_verified(tmp_path: Path) -> None:
    pack = canary_pack.write(tmp_path / "canaries")
    with running(tmp_path / "var", "--pack", str(pack.folder)) as server:
        hall = await Hall.open(server, pack)
        own_names = [path.relative_to(pack.folder).as_posix() for path in pack.folder.rglob("*") if path.is_file()]
        guesses = [f"/{root}{name}" for root in ("", "media/", "rounds/canaries/", "var/media/") for name in own_names]
        guesses = [each for each in guesses if not pack.sung(each)] + [f"/media/{number}-answer.svg" for number in range(1, 7)]
        crawler = Crawler(server.url, hall.pin, guesses)
        public = (hall.phone, hall.screen, hall.late)

        async def answering() -> None:
            await hall.answer()
            await hall.phone.ask("page", of="standing")
            assert hall.leaks() == set()

        async def collecting() -> None:
            pictures = {each for device in public for each in media_in(device)}
            assert hall.leaks(await crawler.crawl(pictures)) == set()
            assert pictures and pictures <= crawler.found  # those of what was asked are there
            await hall.collect()
            assert hall.leaks() == set()

        await drive(hall.host, "round_end", answering=answering, collecting=collecting)
        assert hall.leaks() == set()
        await hall.screen.until(lambda: bool(hall.screen.view.get("head")))
        code = hall.screen.view["head"]
        await drive(hall.host, answering=answering, collecting=collecting)

        await hall.screen.until(lambda: hall.screen.view["phase"] == "finished")
        pictures = {each for device in public for each in media_in(device)}
        singing = "\n".join((heard(hall.phone), heard(hall.screen), await crawler.crawl(pictures)))
        assert hall.pack.sung(singing) == set(range(6))  # they sing where they may
        assert all(any(mark in singing for mark in marks if mark in drawn(pack)) for marks in pack.marks)  # in pictures too
        rows = (await hall.phone.ask("page", of="standing"))["page"]["rows"]
        assert [(row["place"], row["name"], row["points"]) for row in rows] == [
            (1, "Paper 1", 600),
            (2, "Online", 200),
            (3, "Paper 0", 0),
        ]
        exported_and_verified(tmp_path, hall.pin, code, pack)
        for device in hall.devices:
            await device.go()


def drawn(pack: CanaryPack) -> str:
    """What is written in the pack's pictures."""
    return "\n".join(file.read_text() for file in pack.folder.rglob("*.svg"))


def exported_and_verified(folder: Path, pin: str, code: str, pack: CanaryPack) -> None:
    """The command line on the evening while its server runs."""
    file, spoiled = folder / "evening.jsonl", folder / "spoiled.jsonl"
    exported = said("export", pin, file, "--data", folder / "var")
    assert exported == (0, exported[1]) and "read from the running server" in exported[1]
    status, words = said("verify", file, "--expect", code)
    assert status == 0 and "Paper 1" in words and "6.00" in words
    assert said("verify", file, "--expect", "00000000")[0] == 1
    lines = file.read_bytes().splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if b"AnswersRecorded" in line)
    lines[at] = lines[at].replace(b"7", b"8", 1) if b'"7' in lines[at] else lines[at].replace(b"1", b"2", 1)
    spoiled.write_bytes(b"".join(lines))
    status, words = said("verify", spoiled)
    assert status == 1 and f"entry {at}" in words and "Traceback" not in words


def said(*arguments: str | Path) -> tuple[int, str]:
    """Exit code and words of a command that ends by itself."""
    done = subprocess.run(server.command(*arguments), capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr
