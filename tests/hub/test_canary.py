"""A random marker in every solution is in no frame to a team, a screen or an uncollected desk before its reveal."""

import asyncio
from collections.abc import Mapping

import pytest

from quizserver.battle.ids import QuestionId, VenueId
from quizserver.battle.questions import Round
from quizserver.wire.codec import Encoding
from tests.hub.stage import Device, Stage, staged
from tests.hub.test_bounds import MANY
from tests.hub.test_evening import answer
from tests.support.battles import KINDS, a_round, each_round, right_answer, slips_round
from tests.support.canaries import planted


def questions_in(owner: Mapping[str, QuestionId], frames: list[bytes]) -> set[QuestionId]:
    """The questions of whose solution something is in these frames, in either encoding."""
    said = b"\n".join(frames)
    return {question for canary, question in owner.items() if canary.encode() in said}


def leaks(
    stage: Stage, owner: Mapping[str, QuestionId], public: list[Device], desks: list[tuple[VenueId, Device]]
) -> set[QuestionId]:
    state = stage.live.known
    found = {question for device in public for question in questions_in(owner, device.frames)} - state.revealed
    for venue, desk in desks:
        scopes = [scope for at, scope in state.collected if at == venue]
        collected = {state.plan.questions[position][1].id for scope in scopes for position in state.plan.scopes[scope]}
        found |= questions_in(owner, desk.frames) - collected
    return found


@pytest.mark.parametrize("playing", [a_round, each_round, slips_round], ids=["round_end", "each", "slips"])
async def test_no_solution_is_heard_before_its_time(playing: object) -> None:
    rules = {"reading_ms": 0, "grace_ms": 0, "last_call_seconds": 60}
    rounds: list[Round] = [playing("r1", **rules), playing("r2", "text", "one", **rules)]  # type: ignore[operator]
    plan = planted(*rounds)
    async with staged(pack=plan.pack, limits=MANY) as stage:
        public, desks, host = await everybody(stage, paper=playing is not each_round)
        for _ in range(300):
            assert leaks(stage, plan.owner, public, desks) == set()
            if stage.live.known.phase.value == "finished":
                break
            await press(stage, host, public, desks)
        else:
            raise AssertionError(f"the evening stands still: {host.view['primary']}")
        assert stage.live.known.revealed == set(plan.owner.values())
        heard = {question for device in public for question in questions_in(plan.owner, device.frames)}
        assert heard == stage.live.known.revealed  # the canaries sing where they may


async def everybody(stage: Stage, paper: bool) -> tuple[list[Device], list[tuple[VenueId, Device]], Device]:
    """Phones in both encodings, a screen, and the desks of two venues of which one is never asked to collect."""
    host = stage.host()
    phones = [(await stage.team(f"Team {encoding.name}", encoding=encoding))[0] for encoding in Encoding]
    other = VenueId((await host.do("AddVenue", name="Вторая"))["venue"])
    venues = [VenueId(stage.venue), other]
    if paper:
        for number, venue in enumerate(venues):
            await host.do("JoinTeam", name=f"Paper {number}", venue=venue)
    desks = [(venue, await stage.staff("desk", venue=venue)) for venue in venues]
    return [*phones, await stage.staff("screen")], desks, host


async def press(stage: Stage, host: Device, public: list[Device], desks: list[tuple[VenueId, Device]]) -> None:
    """The host's key; phones answer and ask for the standing, desks for the evening; the first venue collects, the second is gone
    over."""
    step = host.view["primary"]
    phone = public[0]
    if host.view["phase"] == "open" and step["command"] in ("CloseAnswers", "ShowQuestion", "CallLast"):
        await phone.until(lambda: phone.view.get("question"))
        shown = phone.view["question"]
        if shown in phone.view.get("questions", {}) and phone.view["questions"][shown].get("opening"):
            answer(phone, right_answer(shown) if shown.endswith(("one", "several", "tf")) else "1", hash(shown) % 2**32, shown)
    await phone.ask("page", of="standing")
    for _, desk in desks:
        await desk.ask("page", of="evening")
    if step["command"]:
        before = host.view["step"], host.view["stage"]
        await host.do(step["command"])
        await host.until(lambda: (host.view["step"], host.view["stage"]) != before or None)
    elif step["waits"] == "collecting":
        scope = host.view["venues"][desks[0][0]]["scope"]
        await desks[0][1].ask("collected", scope=scope)
        await host.do("GoOnUncollected")
        await host.until(lambda: host.view["primary"] != step or None)
    else:
        await host.until(lambda: host.view["primary"] != step or None)
    await asyncio.sleep(0.01)


def test_the_evening_has_every_kind() -> None:
    assert set(KINDS) == {"one", "several", "tf", "text", "number"}
