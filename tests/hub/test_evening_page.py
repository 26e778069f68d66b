"""What a desk keeps of the evening: sheets and sealed keys, renewed when they change; and the codes, which the host alone sees."""

import json
from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from quizserver.services.sealed_keys import opening_key
from tests.hub.stage import Device, Message, Stage, staged
from tests.support.battles import a_round
from tests.support.canaries import planted

AT_ONCE: dict[str, Any] = {"reading_ms": 0, "grace_ms": 0}


@asynccontextmanager
async def a_desk() -> AsyncIterator[tuple[Stage, Device, Device]]:
    plan = planted(a_round("r1", "one", "text", **AT_ONCE), a_round("r2", "number", **AT_ONCE))
    async with staged(pack=plan.pack) as stage:
        host = stage.host()
        await host.do("JoinTeam", name="Бумага", venue=stage.venue)
        yield stage, host, await stage.staff("desk", venue=stage.venue)


async def evening(desk: Device, **asked: Any) -> list[Message]:
    rows: list[Message] = (await desk.ask("page", of="evening", **asked))["page"]["rows"]
    return rows


async def close_round(host: Device) -> None:
    for command in ("StartRound", "ShowQuestion", "ShowQuestion", "CallLast", "CloseAnswers"):
        await host.do(command)
    await host.sees("round_closed")


async def test_a_desk_has_the_rounds_to_come_with_its_sheets_and_nothing_of_what_is_asked() -> None:
    async with a_desk() as (_, _, desk):
        first, second = await evening(desk)
        assert [row["name"] for row in first["teams"]] == ["Бумага"] and first["teams"][0]["sheets"] != second["teams"][0]["sheets"]
        assert {key: second[key] for key in ("round", "number", "questions")} == {"round": "r2", "number": 2, "questions": 1}
        assert set(first) == {"scope", "round", "number", "title", "questions", "teams", "key"}
        assert set(first["key"]) == {"salt", "nonce", "sealed"}


async def test_a_key_comes_once_and_again_when_it_is_another_one() -> None:
    async with a_desk() as (stage, host, desk):
        first, second = await evening(desk)
        have = [first["key"]["nonce"], second["key"]["nonce"]]
        assert [set(row["key"]) for row in await evening(desk, have=have)] == [{"nonce"}, {"nonce"}]
        heard = len(desk.said)
        await host.do("RuleAnswer", question="r1-text", said="почти", accepted=True)
        await desk.hears("evening", since=heard)
        again = await evening(desk, have=have)
        assert [set(row["key"]) for row in again] == [{"salt", "nonce", "sealed"}, {"nonce"}]
        heard = len(desk.said)
        await host.do("JoinTeam", name="Ещё бумага", venue=stage.venue)
        await desk.hears("evening", since=heard)
        assert len((await evening(desk))[0]["teams"]) == 2


async def test_a_phone_that_joins_is_no_news_to_desks() -> None:
    async with a_desk() as (stage, host, desk):
        heard = len(desk.said)
        await stage.team("На телефонах")
        await host.do("RenameTeam", team=next(iter(stage.live.known.teams)), name="Картон")
        await desk.hears("evening", since=heard)
        assert desk.kinds(since=heard).count("evening") == 1


async def test_a_code_is_shown_to_the_host_once_the_round_is_closed_and_opens_the_desks_key() -> None:
    async with a_desk() as (stage, host, desk):
        [first, _] = await evening(desk)
        assert (await host.do("ShowPhoneCodes", venue=stage.venue))["codes"] == []
        await close_round(host)
        [shown] = (await host.do("ShowPhoneCodes", venue=stage.venue))["codes"]
        assert (shown["scope"], shown["number"], len(shown["code"])) == ("r1", 1, 19)
        salt, nonce, sealed = (b64decode(first["key"][part]) for part in ("salt", "nonce", "sealed"))
        where = "\0".join((stage.live.id, stage.venue, "r1")).encode()
        code = shown["code"].replace(" ", "")
        key = json.loads(ChaCha20Poly1305(opening_key(code, salt)).decrypt(nonce, sealed, where))
        assert (await desk.ask("collected", scope="r1"))["ok"]
        await desk.until(lambda: desk.view["scopes"]["r1"].get("key"))
        told = desk.view["scopes"]["r1"]["key"]
        assert key == [{name: part for name, part in question.items() if name != "opening"} for question in told]
        assert "key" not in (await evening(desk))[0]  # its room has it


async def test_no_code_is_ever_in_a_frame_to_a_desk_or_in_the_ledger() -> None:
    async with a_desk() as (stage, host, desk):
        await close_round(host)
        [shown] = (await host.do("ShowPhoneCodes", venue=stage.venue))["codes"]
        await evening(desk)
        said = b"".join(desk.frames) + repr(stage.memory.__dict__).encode()
        assert shown["code"].encode() not in said and shown["code"].replace(" ", "").encode() not in said


async def test_a_venue_of_another_name_has_other_codes_and_none_without_paper() -> None:
    async with a_desk() as (stage, host, _):
        other = (await host.do("AddVenue", name="Вторая"))["venue"]
        await close_round(host)
        assert (await host.do("ShowPhoneCodes", venue=other))["codes"] == []
        await host.do("JoinTeam", name="Там", venue=other)
        here, there = [(await host.do("ShowPhoneCodes", venue=venue))["codes"][0]["code"] for venue in (stage.venue, other)]
        assert here != there
