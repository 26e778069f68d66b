"""How long a line is found to be, and what a device that lies about it can gain."""

import sys
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizserver.battle.ids import TeamId
from quizserver.battle.questions import Round
from quizserver.battle.settings import TieBreak
from quizserver.hub.round_trips import KEPT, RoundTrips
from tests.hub.stage import Device, staged
from tests.support.battles import each_round

NONCE = b"nobody knows"


def after(trips: RoundTrips, *took_ms: int) -> RoundTrips:
    for at, ms in enumerate(took_ms):
        trips.asked(NONCE, float(at))
        trips.answered(NONCE, at + ms / 1000 + 1e-6)
    return trips


def test_nothing_is_known_before_the_first_answer() -> None:
    trips = RoundTrips()
    trips.asked(NONCE, 1.0)
    assert trips.shortest_ms is None


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=30))
def test_the_shortest_of_the_last_eight_trips_is_believed(took_ms: list[int]) -> None:
    assert after(RoundTrips(), *took_ms).shortest_ms == min(took_ms[-KEPT:])


@pytest.mark.parametrize("payload", [b"", b"nobody asked", NONCE[:-1]])
def test_an_answer_to_nothing_that_was_asked_says_nothing(payload: bytes) -> None:
    trips = RoundTrips()
    trips.answered(payload, 0.5)
    trips.asked(NONCE, 1.0)
    trips.answered(payload, 1.5)
    assert trips.shortest_ms is None


def test_one_question_is_answered_once_and_an_old_one_not_at_all() -> None:
    trips = after(RoundTrips(), 70)
    trips.answered(NONCE, 0.001)
    trips.asked(b"first one", 2.0)
    trips.asked(b"later one", 3.0)
    trips.answered(b"first one", 3.001)
    assert trips.shortest_ms == 70


def a_timed_round() -> Round:
    return each_round("r1", "one", "tf", reading_ms=0)


def measured(device: Device, *took_ms: int) -> None:
    assert device.who.trips is not None
    after(device.who.trips, *took_ms)


async def test_lines_are_measured_where_speed_counts_and_only_there() -> None:
    async with staged(tie_breaks=(TieBreak.SPEED,), give_ms=150) as timed, staged(give_ms=150) as untimed:
        (one, _), (other, _) = await timed.team("A"), await untimed.team("A")
        assert one.who.trips is not None
        assert other.who.trips is None
        assert timed.host().who.trips is None


async def test_what_was_known_before_a_question_opened_is_given_for_it() -> None:
    """Of a team's devices the quickest line counts; what is measured later waits for the next question."""
    async with staged(a_timed_round(), tie_breaks=(TieBreak.SPEED,), give_ms=150, pace=1) as stage:
        host, (far, joined), (near, _) = stage.host(), await stage.team("Far"), await stage.team("Near")
        mate = stage.device()
        mate.hello()
        mate.say("join", pin=stage.pin, code=joined["code"])
        await mate.hears("mine")
        measured(mate, 120)
        measured(far, 90, 84)
        await host.do("StartRound")
        await host.do("ShowQuestion")
        measured(far, 10)
        measured(near, 500)
        box = await host.until(lambda: next((box for box in stage.live.known.boxes.values() if box.given), None))
        assert box.given == {TeamId(joined["team"]): 84}


async def test_a_liar_gains_at_most_the_cap(capsys: pytest.CaptureFixture[str]) -> None:
    """It is as slow as it likes with every pong, and quick with its answer. What it gained over an honest neighbour is printed."""
    lots = Random(11)
    delays_ms = [0, 100, 200, 300, 1000, 4900, *(lots.randrange(5000) for _ in range(14))]
    gained: list[int] = []
    for delay_ms in delays_ms:
        async with staged(a_timed_round(), tie_breaks=(TieBreak.SPEED,), give_ms=150, pace=1) as stage:
            host, (liar, joined) = stage.host(), await stage.team("Liar")
            measured(liar, *[delay_ms] * KEPT)
            await host.do("StartRound")
            await host.do("ShowQuestion")
            await host.do("Extend", by_ms=1)  # by then whatever was given is in the ledger
            box = next(iter(stage.live.known.boxes.values()))
            gained.append(box.given.get(TeamId(joined["team"]), 0))
    with capsys.disabled():
        sys.stdout.write(f"\na liar gained {max(gained)} ms at most with pongs up to {max(delays_ms)} ms late; the cap is 150 ms\n")
    assert max(gained) == 150
