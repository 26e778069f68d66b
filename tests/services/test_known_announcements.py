"""What consoles look at every other second is read and compared again only when it has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.announcements import Announced, Double, Fate, Said, doubles
from quizserver.battle.ids import BattleId
from quizserver.battle.state import BattleState
from quizserver.services import known_announcements
from quizserver.services.known_announcements import KnownAnnouncements
from tests.support.battles import Evening, a_round
from tests.support.fakes.announcements import FakeAnnouncements

GEESE, SWANS = Announced("g", Said("Гуси", "Анна", 5), 1), Announced("s", Said("Лебеди", "Анна", 7), 2)
BATTLE = BattleId("one")


class Counted(FakeAnnouncements):
    reads = 0

    async def of_battle(self, battle: BattleId) -> Sequence[Announced]:
        self.reads += 1
        return await super().of_battle(battle)


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows were compared, each time."""
    times = list[int]()

    def counted(state: BattleState, rows: Sequence[Announced]) -> Mapping[str, Sequence[Double]]:
        times.append(len(rows))
        return doubles(state, rows)

    monkeypatch.setattr(known_announcements, "doubles", counted)
    return times


async def test_rows_and_look_alikes_are_found_once_until_an_announcement_or_a_team_changes(compared: list[int]) -> None:
    people, evening = Counted(), Evening(a_round("r1", "one"))
    known = KnownAnnouncements(people)
    await people.add(BATTLE, [GEESE, SWANS])
    for _ in range(3):
        rows, alike = await known.alike(BATTLE, evening.state)
        assert (rows, {*alike}) == ([GEESE, SWANS], {"g", "s"})
    evening.do(ask.OpenRegistration(opened=True))
    assert await known.alike(BATTLE, evening.state) == (rows, alike)
    assert (people.reads, compared) == (1, [2])
    team = evening.join("Гуси")
    assert team in {each.id for each in (await known.alike(BATTLE, evening.state))[1]["g"]}
    assert (people.reads, compared) == (1, [2, 2])
    await people.change(BATTLE, replace(SWANS, fate=Fate.WITHDRAWN))
    rows, alike = await known.alike(BATTLE, evening.state)
    assert (rows[1].fate, {*alike}, people.reads) == (Fate.WITHDRAWN, {"g"}, 2)


async def test_battles_that_nobody_looks_at_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_announcements, "MOST_BATTLES", 1)
    people = Counted()
    known = KnownAnnouncements(people)
    for battle in ("a", "b", "a"):
        await known.rows(BattleId(battle))
    assert people.reads == 3
