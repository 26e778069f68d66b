"""What devices do in a whole evening over the hub."""

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from tests.hub.stage import Device, Message, scorekeeper_at
from tests.hub.test_evening import answer

_counters = count(1)


async def says(phone: Device, value: Callable[[str], Any], question: str) -> None:
    """A phone's answer to a question that has opened, and its ack."""
    await phone.until(lambda: phone.view.get("questions", {}).get(question, {}).get("opening"))
    sent = answer(phone, value(question), next(_counters), question)
    ack = await phone.until(lambda: next((m for m in phone.said if m["t"] == "ack" and m["id"] == sent), None))
    assert ack["verdict"] == "recorded", ack


async def enters(desk: Device, sheets: Mapping[str, Mapping[str, str]], venue: str, playing: str) -> None:
    """A scorekeeper's marks, which are taken: by team and question."""
    done = await entered(desk, sheets, venue, playing)
    assert done["ok"], done


async def entered(desk: Device, sheets: Mapping[str, Mapping[str, str]], venue: str, playing: str) -> Message:
    """The same, and what the desk is told."""
    operations = [
        {
            "device": "desk",
            "counter": next(_counters),
            "venue": venue,
            "team": team,
            "round": playing,
            "question": question,
            "who": scorekeeper_at(venue),
            "value": value,
        }
        for team, marks in sheets.items()
        for question, value in marks.items()
    ]
    return await desk.ask("marks", operations=operations) if operations else {"ok": True}


async def collects(desk: Device, scope: str) -> None:
    """The venue's desk says that nobody writes any more, and has the key."""
    assert (await desk.ask("collected", scope=scope))["ok"]
    await desk.until(lambda: desk.view["scopes"][scope].get("key"))


async def standing(who: Device) -> list[tuple[int, str, int]]:
    """(place, team, whole points) as anybody may see it."""
    rows = (await who.ask("page", of="standing"))["page"]["rows"]
    return [(row["place"], row["name"], row["points"] // 100) for row in rows]
