"""The games. Each is played by hand, step by step, and asserts nothing: what it was worth is the checker's to say."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from quizserver.stores import clients
from quizserver.stores.asking import ask
from quizserver.stores.data_folder import DataFolder
from tests.faults.directed.stage import Stage, close_now, first_question, is_ack, says, sends, to_the_end
from tests.faults.directed.writing import WritingDevice

STORE_WAITS_MS = 200  # under the half second after which an outage moves clocks
VENUES_EACH = 4
GROWN_OLD_S = 1.6  # a little more than tokens take for it here
PATIENCE_S = 1.0  # with a server that is beyond answering

Play = Callable[[Stage], Awaitable[None]]


async def evening(stage: Stage) -> None:
    """Host, screen and teams, a round from its beginning to its end."""
    host = await stage.host()
    await stage.screen(host)
    teams = await stage.teams(2)
    await first_question(host, teams)
    await asyncio.gather(*map(says, teams))
    await to_the_end(host)
    for device in (host, *teams):
        await device.ask("page", of="standing")


async def closed_after_the_ack(stage: Stage) -> None:
    """Answers are acknowledged, and closed at once."""
    host = await stage.host()
    teams = await stage.teams(2)
    await first_question(host, teams)
    await asyncio.gather(*map(says, teams))
    await close_now(host)
    await to_the_end(host)


async def said_twice(stage: Stage) -> None:
    """An answer comes again under its id, as after a lost ack."""
    host = await stage.host()
    [team] = await stage.teams(1)
    await first_question(host, [team])
    first = await says(team)
    await says(team, id=first["id"])
    await to_the_end(host)


async def all_at_once(stage: Stage) -> None:
    """Several teams answer in one moment, so that their answers go to the store together."""
    host = await stage.host()
    teams = await stage.teams(5)
    await first_question(host, teams)
    sent = [await sends(team) for team in teams]
    for team, id in zip(teams, sent, strict=True):
        await team.hears(is_ack(id))
    await to_the_end(host)


async def after_the_close(stage: Stage) -> None:
    """One team is in time, the other answers when the host has closed."""
    host = await stage.host()
    prompt, late = await stage.teams(2)
    await first_question(host, [prompt, late])
    await says(prompt)
    await close_now(host)
    await says(late)
    await to_the_end(host)


async def slow_store(stage: Stage) -> None:
    """The store takes its time with an answer that was read at once."""
    host = await stage.host()
    [team] = await stage.teams(1)
    await first_question(host, [team])
    async with clients.for_commands(DataFolder(stage.data.resolve()).url) as redis:
        await ask(redis, "CLIENT", "PAUSE", STORE_WAITS_MS, "WRITE")
    sent = await sends(team)
    await team.said_is_read()
    await team.hears(is_ack(sent))
    await to_the_end(host)


async def corrected(stage: Stage) -> None:
    """A question is void after its points were given."""
    host = await stage.host()
    right, wrong = await stage.teams(2)
    await first_question(host, [right, wrong])
    await says(right)
    await says(wrong, "no")
    await to_the_end(host)
    await host.ask("page", of="standing")
    asked = host.view["run_sheet"][0]["questions"][0]["id"]
    await host.do("VoidQuestion", question=asked, voided=True, reason="It has two answers")
    for device in (host, right, wrong):
        await device.ask("page", of="standing")


async def two_hosts(stage: Stage) -> None:
    """Two consoles on two servers press in the same moments; whoever is refused may be."""
    one, other = await stage.host("host-1"), await stage.host("host-2", server=-1)
    for number in range(VENUES_EACH):
        await _both(one, other, "AddVenue", name=f"Venue {number}")
    for command in ("StartRound", "ShowQuestion"):
        await _both(one, other, command, step=one.view["step"])


async def _both(one: WritingDevice, other: WritingDevice, command: str, step: int | None = None, **args: str) -> None:
    at = {} if step is None else {"step": step}
    asking = [asyncio.create_task(host.ask("do", command=command, args=args, **at)) for host in (one, other)]
    _, hanging = await asyncio.wait(asking, timeout=PATIENCE_S)
    for task in hanging:
        task.cancel()
    await asyncio.gather(*asking, return_exceptions=True)


async def paper(stage: Stage) -> None:
    """A desk waits for its round to close, collects, and marks."""
    host = await stage.host()
    venue = next(iter(host.view["venues"]))
    team = (await host.do("JoinTeam", name="Paper", venue=venue))["team"]
    key = (await host.do("AdmitStaff", role="desk", venue=venue))["token"]
    desk = stage.device("desk", "desk", key)
    await desk.come()
    phones = await stage.teams(1)
    await first_question(host, phones)
    await says(phones[0])
    await close_now(host)
    scope = host.view["run_sheet"][0]["id"]
    await desk.until(lambda: desk.view["scopes"][scope]["closed"])
    desk.trusted = True
    await desk.ask("sit", scorekeeper="a" * 16, name="Anna")
    await desk.ask("collected", scope=scope)
    questions = desk.view["scopes"][scope]["questions"]
    about = {"device": "desk", "venue": venue, "team": team, "round": scope, "who": "a" * 16, "value": "1"}
    operations = [{**about, "counter": at, "question": question} for at, question in enumerate(questions)]
    await desk.ask("marks", operations=operations)
    await desk.ask("marks", operations=operations)  # a desk may send all it has, twice
    await to_the_end(host)


async def one_code_twice(stage: Stage) -> None:
    """A code that a screen was paired by is typed once more."""
    host = await stage.host()
    _, code = await stage.screen(host)
    await host.ask("do", command="PairScreen", args={"code": code})


async def one_token_after_another(stage: Stage) -> None:
    """A device comes back with a token that has grown old, gets another, and uses it; then a copy of the old one comes."""
    host = await stage.host()
    [team] = await stage.teams(1)
    copied = team.token
    await asyncio.sleep(GROWN_OLD_S)
    while team.token == copied:
        await team.come()
        await asyncio.sleep(PATIENCE_S / 10)
    await team.come()
    team.shows(replaces=copied)
    thief = stage.device("thief", "team", copied)
    await thief.come()
    if thief.welcome:
        thief.shows()
    await to_the_end(host)


GAMES: Mapping[str, Play] = {
    game.__name__: game
    for game in (
        evening,
        closed_after_the_ack,
        said_twice,
        all_at_once,
        after_the_close,
        slow_store,
        corrected,
        two_hosts,
        paper,
        one_code_twice,
        one_token_after_another,
    )
}  # fmt: skip
