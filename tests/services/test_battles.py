"""A battle as processes know it: no leader, group commit, lost races, a store that goes away or comes back as another."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any

import pytest

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.ids import AnswerId, SeatId, TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.refusals import Fault, Refused
from quizserver.services import battles
from quizserver.services.battles import LedgerLost, LiveBattle, News
from quizserver.services.clock import BattleClock
from quizserver.services.entries import chained
from quizserver.services.ports import BrokenChain, Entry, Head, Offered
from tests.services.evening import BATTLE, TEXT, creation, join
from tests.services.processes import Store, done
from tests.support.fakes.ledger import FakeLedger

START = (ask.StartRound(), ask.ShowQuestion())


async def both(store: Store, *commands: ask.Command) -> tuple[LiveBattle, LiveBattle]:
    """Two processes that know a battle after these commands."""
    first = await store.begun(*commands)
    return first, await store.live()


async def versions(store: Store) -> list[int]:
    return [entry.version for entry in await store.ledger().read(BATTLE)]


# --- one process ---------------------------------------------------------------------------------------------------------


async def test_a_command_is_in_the_ledger_before_it_is_answered() -> None:
    store = Store()
    live = await store.begun()
    [joined] = await done(live, join(1))
    assert isinstance(joined, did.TeamsJoined)
    assert await store.ledger().head(BATTLE) == live.head == Head(0, 2, live.head.hash)


async def test_a_refusal_and_what_has_happened_already_write_nothing() -> None:
    live = await (store := Store()).begun(join(1))
    assert isinstance(await live.ask(ask.Finish()), Refused)
    assert await live.ask(join(1)) == ()
    assert await versions(store) == [1, 2]


async def test_joins_that_wait_together_go_into_one_entry() -> None:
    live = await (store := Store()).begun()
    outcomes = await asyncio.gather(*(live.ask(join(number)) for number in range(50)))
    assert all(isinstance(outcome, tuple) and len(outcome) == 1 for outcome in outcomes)
    assert len(live.known.teams) == 50
    assert await versions(store) == [1, 2]


async def test_what_is_asked_while_an_append_is_on_its_way_goes_together_in_the_next() -> None:
    live = await (store := Store()).begun()
    first = asyncio.create_task(live.ask(join(0)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.gather(first, *(live.ask(join(number)) for number in range(1, 20)))
    assert await versions(store) == [1, 2, 3]


async def test_no_more_than_five_hundred_commands_go_together() -> None:
    live = await (store := Store()).begun()
    await asyncio.gather(*(live.ask(join(number)) for number in range(501)))
    assert await versions(store) == [1, 2, 3]
    assert len(live.known.teams) == 501


async def test_who_asked_may_go_and_the_command_still_counts() -> None:
    live = await Store().begun()
    gone = asyncio.create_task(live.ask(join(1)))
    stays = asyncio.create_task(live.ask(join(2)))
    await asyncio.sleep(0)
    gone.cancel()
    await stays
    assert len(live.known.teams) == 2


async def test_a_battle_without_its_first_entry_is_not_known() -> None:
    live = LiveBattle(BATTLE, (store := Store()).ledger(), await store.clock())
    with pytest.raises(LookupError):
        _ = live.known
    refused = await live.ask(join(1))
    assert refused == Refused("no_battle", Fault.SENDER)


async def test_idle_waits_for_what_was_asked() -> None:
    live = await Store().begun()
    await LiveBattle(BATTLE, Store().ledger(), await Store().clock()).idle()
    asked = asyncio.create_task(live.ask(join(1)))
    await asyncio.sleep(0)
    await live.idle()
    assert asked.done() and len(live.known.teams) == 1


# --- listeners -----------------------------------------------------------------------------------------------------------


async def test_a_listener_hears_each_step_once_with_the_state_before_and_after() -> None:
    live = await Store().begun()
    heard: list[News] = []
    live.listeners.append(heard.append)
    lobby = live.state
    await done(live, *START)
    assert heard[0].events == (did.RoundStarted(round=live.known.pack.rounds[0].id),)
    assert heard[0].before is lobby and heard[0].after is heard[1].before and heard[1].after is live.state


async def test_a_listener_that_fails_hides_nothing_from_the_others_and_from_who_asked(caplog: pytest.LogCaptureFixture) -> None:
    live = await Store().begun()
    heard: list[News] = []

    def deaf(news: News) -> None:
        raise ValueError("deaf")

    live.listeners += [deaf, heard.append]
    assert isinstance(await live.ask(join(1)), tuple)
    assert len(heard) == 1
    assert "a listener failed at entry 2" in caplog.text


# --- two processes -------------------------------------------------------------------------------------------------------


async def test_of_two_equal_presses_in_one_moment_exactly_one_takes_effect() -> None:
    for _ in range(20):
        first, second = await both(store := Store())
        step = first.known.step
        presses = [ask.StartRound(by=by, seen_step=step) for by in ("left console", "right console")]
        outcomes = await asyncio.gather(first.ask(presses[0]), second.ask(presses[1]))
        assert [each.code for each in outcomes if isinstance(each, Refused)] == ["stale"]
        assert await versions(store) == [1, 2]


async def test_two_presses_that_are_the_same_to_the_byte_are_one_press() -> None:
    """Of one console, asked in one millisecond by way of two processes: both are told that it happened, and it happened once."""
    first, second = await both(store := Store())
    now_ms = first.known.at_ms + 1_000
    for live in (first, second):
        live._clock = StandingClock(now_ms)
    outcomes = await asyncio.gather(first.ask(ask.StartRound(by="a")), second.ask(ask.StartRound(by="a")))
    assert outcomes[0] == outcomes[1] != ()
    assert await versions(store) == [1, 2]


class StandingClock(BattleClock):
    """Always the same moment."""

    def __init__(self, now_ms: int) -> None:
        self._now_ms = now_ms

    def now_ms(self) -> int:
        return self._now_ms


async def test_of_many_presses_by_many_consoles_the_evening_moves_one_step_a_time() -> None:
    first, second = await both(Store())
    for kind in (ask.StartRound, ask.ShowQuestion, ask.ShowQuestion):
        step = first.known.step
        presses = [live.ask(kind(by=f"{at}", seen_step=step)) for at, live in enumerate([first, second] * 5)]
        outcomes = await asyncio.gather(*presses)
        assert sum(isinstance(outcome, tuple) for outcome in outcomes) == 1
        await asyncio.gather(first.catch_up(), second.catch_up())
    assert first.state == second.state
    assert first.known.phase is Phase.OPEN


async def test_a_lost_race_catches_up_and_decides_again() -> None:
    first, second = await both(Store())
    await asyncio.gather(*(live.ask(join(number + at)) for number in range(0, 40, 2) for at, live in enumerate((first, second))))
    await asyncio.gather(first.catch_up(), second.catch_up())
    assert len(first.known.teams) == 40
    assert first.state == second.state and first.head == second.head


async def test_a_race_that_was_lost_by_more_than_one_reply_holds_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = await both(Store())
    for number in range(6):
        await done(first, join(number))
    monkeypatch.setattr("tests.support.fakes.ledger.MOST_MISSING", 2)
    monkeypatch.setattr(battles, "READ_AT_ONCE", 3)
    await done(second, join(7))
    assert len(second.known.teams) == 7


async def test_a_follower_may_bring_us_forward_while_we_lose_a_race() -> None:
    store = Store()
    first, second = await both(store)
    losing = asyncio.create_task(second.ask(join(2)))
    await asyncio.sleep(0)  # it has decided, and its append is on its way
    await store.ledger().append(BATTLE, first.head, chained(first.head, [(did.LobbyLocked(locked=False), 0)]), [])
    second.absorb(await store.ledger().read(BATTLE))
    await losing
    assert await versions(store) == [1, 2, 3]


async def test_our_own_entries_may_come_by_the_feed_before_their_answer() -> None:
    store = Store()
    live = await store.begun()
    heard: list[News] = []
    live.listeners.append(heard.append)
    asked = asyncio.create_task(live.ask(join(1)))
    while live.head.version < 2:
        await asyncio.sleep(0)
        live.absorb(await store.ledger().read(BATTLE))
    assert isinstance(await asked, tuple)
    assert len(heard) == 1


async def test_closing_never_cuts_off_an_answer_that_was_accepted() -> None:
    store = Store()
    live = await store.begun(join(1), *START)
    await play_to_text(live)
    stamp_ms = live.known.at_ms + 10_000  # another process's clock is ahead of ours
    offered = Offered(AnswerId("b" * 32), TeamId("t1"), SeatId("s1"), TEXT, 1, "tungsten", stamp_ms)
    await store.boxes.offer(BATTLE, [offered])
    closed, _ = await done(live, ask.CloseAnswers())
    assert isinstance(closed, did.QuestionClosed) and closed.cut_off_ms == stamp_ms


async def play_to_text(live: LiveBattle) -> None:
    """Plays to the open question of the second round, which closes by itself."""
    await done(live, ask.ShowQuestion(), ask.CallLast(), ask.CloseAnswers())
    for box in list(live.known.boxes.values()):
        await done(live, ask.SealBox(question=box.question, opening=1, rows=()))
    await done(live, ask.Reveal(), ask.Reveal(), ask.EndRound(), *START)


# --- a store that is gone ------------------------------------------------------------------------------------------------


async def test_a_store_that_is_gone_is_a_temporary_refusal_and_one_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    store = Store()
    live = await store.begun()
    store.memory.gone = True
    for number in range(3):
        refused = await live.ask(join(number))
        assert refused == Refused("store_gone", Fault.SERVER, temporary=True)
    store.memory.gone = False
    assert isinstance(await live.ask(join(1)), tuple)
    assert len(caplog.records) == 2
    assert "waits: The fake store is gone." in caplog.messages[0] and "goes on" in caplog.messages[1]


async def test_an_append_whose_answer_was_lost_takes_effect_once() -> None:
    store = Store()
    ledger = store.ledger()
    await ledger.register(BATTLE, "1")
    live = LiveBattle(BATTLE, ledger, await store.clock())
    await done(live, creation())
    ledger.lose_answers = 1
    assert isinstance(await live.ask(join(1)), Refused)
    assert isinstance(await live.ask(join(1)), tuple)
    assert len(live.known.teams) == 1
    assert await versions(store) == [1, 2]


async def test_one_command_that_cannot_be_written_takes_no_other_with_it() -> None:
    live = await Store().begun(join(1))
    broken = ask.RenameVenue(venue=next(iter(live.known.venues)), name="Hall 2")
    object.__setattr__(broken, "by", object())  # a bug somewhere before us
    outcomes = await asyncio.gather(live.ask(join(2)), live.ask(broken), live.ask(join(3)), return_exceptions=True)
    assert isinstance(outcomes[1], Exception) and isinstance(outcomes[0], tuple) and isinstance(outcomes[2], tuple)
    assert len(live.known.teams) == 3


async def test_a_command_that_cannot_be_written_and_that_nobody_waits_for_is_forgotten() -> None:
    live = await Store().begun(join(1))
    broken = ask.LockLobby(locked=True)
    object.__setattr__(broken, "by", object())
    asked = asyncio.create_task(live.ask(broken))
    await asyncio.sleep(0)
    asked.cancel()
    await live.idle()
    assert not live.known.lobby_locked


# --- a ledger that is another one ----------------------------------------------------------------------------------------


def rewritten(store: Store, epoch: int, entries: Sequence[Entry]) -> None:
    """The store comes back with this ledger."""
    store.memory.logs[BATTLE].epoch, store.memory.logs[BATTLE].entries = epoch, list(entries)


async def another_past(count: int) -> list[Entry]:
    """A ledger of the same battle that went otherwise."""
    live = await (store := Store()).begun(*(join(100 + number) for number in range(count)))
    assert live.head.version == count + 1
    return list(await store.ledger().read(BATTLE))


@pytest.fixture(params=["a later epoch", "as many", "more"])
def another(request: pytest.FixtureRequest) -> tuple[int, int]:
    """(epoch, teams) of the ledger that comes back, where ours had three."""
    cases: dict[str, tuple[int, int]] = {"a later epoch": (1, 1), "as many": (0, 3), "more": (0, 5)}
    return cases[request.param]


async def test_a_ledger_with_another_past_is_read_anew_and_ours_is_dropped(another: tuple[int, int]) -> None:
    epoch, teams = another
    store = Store()
    live = await store.begun(*(join(number) for number in range(3)))
    heard: list[News] = []
    live.listeners.append(heard.append)
    rewritten(store, epoch, await another_past(teams))
    await done(live, ask.LockLobby(locked=True))
    assert {team.name.text for team in live.known.teams.values()} == {f"Team {100 + number}" for number in range(teams)}
    assert (live.head.epoch, live.head.version) == (epoch, teams + 2)
    assert heard[0].before is None and heard[0].events == ()
    assert heard[-1].after.lobby_locked


async def test_what_is_known_stays_until_the_new_past_is_read_to_its_end() -> None:
    store = Store()
    live = await store.begun(join(1))
    before = live.state
    reading = asyncio.create_task(live.reload())
    for _ in range(3):
        assert live.state is before
        await asyncio.sleep(0)
    await reading
    assert live.state == before


async def test_a_battle_whose_ledger_is_empty_is_kept_and_refuses_for_the_time_being() -> None:
    store = Store()
    live = await store.begun(join(1))
    store.memory.logs.clear()
    assert await live.ask(join(2)) == Refused("store_gone", Fault.SERVER, temporary=True)
    assert len(live.known.teams) == 1


async def test_a_battle_is_never_played_on_from_before_what_people_have_seen() -> None:
    store = Store()
    live = await store.begun(join(1), join(2))
    rewritten(store, 0, store.memory.logs[BATTLE].entries[:-1])
    assert await live.ask(ask.LockLobby(locked=True)) == Refused("store_gone", Fault.SERVER, temporary=True)
    for read_again in (live.catch_up, live.reload):
        with pytest.raises(LedgerLost, match="ends at entry 2"):
            await read_again()
    assert len(live.known.teams) == len(store.memory.logs[BATTLE].entries) == 2


@pytest.mark.parametrize("read_again", [LiveBattle.catch_up, LiveBattle.reload])
async def test_what_is_appended_while_the_ledger_is_asked_for_its_end_is_no_loss(
    read_again: Callable[[LiveBattle], Awaitable[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store()
    live = await store.begun(join(1))
    name = "head" if read_again is LiveBattle.catch_up else "read"
    reply = getattr(FakeLedger, name)

    async def answers_late(*asked: Any) -> Any:
        """What was so when it was asked for; by the time it is told, somebody has joined."""
        if not (found := await reply(*asked)) or name == "head":
            monkeypatch.undo()
            await live.ask(join(2))
        return found

    monkeypatch.setattr(FakeLedger, name, answers_late)
    await read_again(live)
    assert len(live.known.teams) == 2 and live.head == await store.ledger().head(BATTLE)


async def test_entries_that_do_not_continue_change_nothing() -> None:
    live = await Store().begun(join(1))
    before, head = live.state, live.head
    good, bad = chained(live.head, [(did.LobbyLocked(locked=True), 1), (did.PodiumShown(), 1)])
    with pytest.raises(BrokenChain):
        live.absorb([good, Entry(bad.version, bad.body, "0" * 64)])
    assert live.state is before and live.head == head


async def test_a_ledger_that_is_broken_refuses_for_the_time_being() -> None:
    store = Store()
    live = await store.begun(join(1))
    log = store.memory.logs[BATTLE]
    log.entries = [*log.entries, Entry(3, b"{}", "0" * 64)]
    assert await live.ask(join(2)) == Refused("store_gone", Fault.SERVER, temporary=True)


async def test_every_process_reads_the_same_state_from_the_ledger() -> None:
    first, second = await both(Store(), join(1), *START)
    assert second.state == first.state and second.head == first.head


@pytest.fixture(autouse=True)
def heard_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.INFO, "quizserver")
    yield
