"""Teams announce themselves and the host decides; only a team's name and its number of people come into the ledger."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.announcements import Announced, Fate, Said
from quizserver.battle.ids import BattleId, TeamId, VenueId
from quizserver.battle.refusals import Refused
from quizserver.battle.settings import Source
from quizserver.services import announcing as rules
from quizserver.services.announcing import Announcing, Nobody, Page
from quizserver.services.ports import StoreGone
from quizserver.spreadsheets.opened import opened
from quizserver.spreadsheets.table import Row, Table, rows_of
from tests.hub.stage import Stage, staged
from tests.spreadsheets.files import workbook
from tests.support.battles import a_round
from tests.support.fakes.announcements import FakeAnnouncements

GEESE = Said("Гуси", "Анна Орлова", 5, None, "+7 999")


@dataclass
class Scene:
    stage: Stage
    people: FakeAnnouncements
    announcing: Announcing

    @property
    def hall(self) -> VenueId:
        return VenueId(self.stage.venue)

    async def announce(self, name: str, captain: str = "Анна Орлова", venue: VenueId | None = None) -> Announced:
        token = await self.announcing.announce(self.stage.live, Said(name, captain, 5, venue))
        assert isinstance(token, str), token
        found = await self.announcing.behind(token)
        assert found and found[0] == self.stage.live.id
        return found[1]

    async def now(self, row: Announced) -> Announced:
        return next(each for each in await self.people.of_battle(self.stage.live.id) if each.id == row.id)

    async def rows(self, **wanted: str | None) -> list[str]:
        return [row["name"] for row in (await self.announcing.page(self.stage.live, Page(**wanted)))[1]]  # type: ignore[arg-type]


@asynccontextmanager
async def scene(**settings: Any) -> AsyncIterator[Scene]:
    async with staged(a_round("r1", "one", "text"), **settings) as stage:
        people, clock = FakeAnnouncements(), count(1)
        await stage.live.ask(ask.OpenRegistration(opened=True))
        yield Scene(stage, people, Announcing(people, lambda: next(clock)))


def code(outcome: object) -> str:
    assert isinstance(outcome, Refused), outcome
    return outcome.code


async def test_nobody_announces_while_registration_is_closed() -> None:
    async with scene() as here:
        await here.stage.live.ask(ask.OpenRegistration(opened=False))
        assert code(await here.announcing.announce(here.stage.live, GEESE)) == "registration_closed"
        assert await here.people.of_battle(here.stage.live.id) == []


async def test_what_a_team_says_is_kept_and_only_the_hash_of_its_link() -> None:
    async with scene() as here:
        token = await here.announcing.announce(here.stage.live, GEESE)
        [row] = await here.people.of_battle(here.stage.live.id)
        assert isinstance(token, str) and token not in str(row)
        assert row.said == GEESE
        assert code(await here.announcing.announce(here.stage.live, replace(GEESE, captain=" "))) == "captain_empty"


async def test_too_many_that_wait_are_one_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_WAITING", 1)
    async with scene() as here:
        await here.announce("Гуси")
        assert code(await here.announcing.announce(here.stage.live, GEESE)) == "too_many_waiting"


async def test_while_it_waits_it_may_be_corrected_or_withdrawn_and_then_no_more() -> None:
    async with scene() as here:
        row, live = await here.announce("Гуси"), here.stage.live
        assert await here.announcing.correct(live, row, replace(GEESE, people=8)) is None
        assert code(await here.announcing.correct(live, row, GEESE)) == "somebody_was_quicker"
        row = await here.now(row)
        assert row.said.people == 8
        assert code(await here.announcing.correct(live, row, replace(GEESE, people=0))) == "bad_people"
        assert await here.announcing.withdraw(live, row) is None
        row = await here.now(row)
        assert code(await here.announcing.withdraw(live, row)) == "announcement_is_decided"
        assert code(await here.announcing.correct(live, row, GEESE)) == "announcement_is_decided"
        assert (await here.announcing.approve(live, [row.id], "host"))["refused"][0]["code"] == "announcement_is_decided"


async def test_approved_it_is_one_team_however_often_and_nothing_of_its_people_is_in_the_ledger() -> None:
    async with scene() as here:
        online, hall = await here.announce("Гуси"), await here.announce("Лебеди", "Олег", here.hall)
        for _ in range(2):
            told = await here.announcing.approve(here.stage.live, [online.id, hall.id, hall.id, "nobody"], "host")
            assert told == {"approved": 2, "refused": [{"announced": "nobody", "code": "unknown_announcement", "detail": ""}]}
        teams = here.stage.live.known.teams
        assert {(team.name.text, team.plays, team.venue, team.people) for team in teams.values()} == {
            ("Гуси", Source.ONLINE, None, 5),
            ("Лебеди", Source.PAPER, here.hall, 5),
        }
        entries = await here.stage.running.stores.ledger.read(here.stage.live.id)
        assert not [entry for entry in entries if "Орлова".encode() in entry.body + entry.beside]
        assert code(await here.announcing.withdraw(here.stage.live, await here.now(online))) == "announcement_is_decided"


async def test_where_names_wait_for_a_look_an_approved_team_has_had_it() -> None:
    async with scene(approval=True) as here:
        row = await here.announce("Гуси")
        await here.announcing.approve(here.stage.live, [row.id], "host")
        assert here.stage.live.known.teams[TeamId(row.id)].name_is_shown


async def test_a_name_that_is_taken_is_told_with_its_line_and_a_refusal_can_be_taken_back() -> None:
    async with scene() as here:
        first, second = await here.announce("Гуси"), await here.announce("ГУСИ", "Олег")
        told = await here.announcing.approve(here.stage.live, [first.id, second.id], "host")
        assert told["refused"] == [{"announced": second.id, "code": "name_taken", "detail": "ГУСИ"}]
        assert await here.announcing.refuse(here.stage.live, [second.id]) is None
        assert code(await here.announcing.refuse(here.stage.live, [first.id])) == "announcement_is_decided"
        assert code(await here.announcing.refuse(here.stage.live, ["nobody"])) == "unknown_announcement"
        await here.people.change(here.stage.live.id, replace(await here.now(second), said=replace(second.said, name="Утки")))
        assert (await here.announcing.approve(here.stage.live, [second.id], "host"))["approved"] == 1


async def test_it_moves_between_venues_and_online_before_and_after_it_is_a_team() -> None:
    async with scene() as here:
        row, live, hall = await here.announce("Гуси"), here.stage.live, here.hall
        assert await here.announcing.move(live, row.id, hall, "host") is None
        assert (await here.now(row)).said.venue == hall
        assert code(await here.announcing.move(live, row.id, VenueId("none"), "host")) == "unknown_venue"
        assert code(await here.announcing.move(live, "nobody", None, "host")) == "unknown_announcement"
        await here.announcing.approve(live, [row.id], "host")
        assert code(await here.announcing.move(live, row.id, None, "host")) == "venue_needed"
        other = await here.announce("Лебеди", "Олег")
        await here.announcing.approve(live, [other.id], "host")
        assert await here.announcing.move(live, other.id, hall, "host") is None
        assert live.known.teams[TeamId(other.id)].venue == hall


async def test_two_that_are_one_are_merged_whatever_they_are_by_now() -> None:
    async with scene() as here:
        live = here.stage.live
        a, b, c, d = [await here.announce(name, name) for name in ("Гуси", "Утки", "Чайки", "Совы")]
        assert code(await here.announcing.merge(live, a.id, a.id, "host")) == "one_team"
        assert code(await here.announcing.merge(live, a.id, "nobody", "host")) == "unknown_announcement"
        assert await here.announcing.merge(live, a.id, b.id, "host") is None
        assert code(await here.announcing.merge(live, c.id, a.id, "host")) == "announcement_is_decided"
        await here.announcing.approve(live, [b.id, c.id], "host")
        assert await here.announcing.team(live, await here.now(a)) == b.id
        assert code(await here.announcing.merge(live, a.id, b.id, "host")) == "one_team"
        assert code(await here.announcing.merge(live, b.id, d.id, "host")) == "merge_into_team"
        assert await here.announcing.merge(live, b.id, c.id, "host") is None
        assert await here.announcing.team(live, await here.now(a)) == c.id
        assert len(live.known.teams) == 1


async def test_the_page_finds_by_name_captain_fate_and_place_and_suspects_doubles() -> None:
    async with scene() as here:
        live, hall = here.stage.live, here.hall
        a, _, c = await here.announce("Гуси"), await here.announce("Утки", venue=hall), await here.announce("Чайки", "Олег")
        await here.announcing.approve(live, [c.id], "host")
        assert await here.rows() == ["Гуси", "Утки", "Чайки"]
        assert await here.rows(find="олег") == await here.rows(only="approved") == ["Чайки"]
        assert await here.rows(at=hall) == ["Утки"]
        assert await here.rows(only="doubles", at="online") == ["Гуси"]
        _, [row] = await here.announcing.page(live, Page(find="гуси"))
        assert (row["announced"], row["is"], row["doubles"][0]["by"]) == (a.id, "waiting", "captain")


async def test_who_represents_a_venue_is_cleaned_and_in_no_entry() -> None:
    async with scene() as here:
        live, hall = here.stage.live, here.hall
        version = live.head.version
        assert await here.announcing.represent(live, hall, "  Вера   Павловна ") is None
        assert await here.people.representatives(live.id) == {hall: "Вера Павловна"}
        assert await here.announcing.represent(live, hall, " ") is None
        assert await here.people.representatives(live.id) == {}
        assert code(await here.announcing.represent(live, VenueId("none"), "Вера")) == "unknown_venue"
        assert code(await here.announcing.represent(live, hall, "x" * 61)) == "representative_too_long"
        assert code(await here.announcing.represent(live, hall, "...")) == "representative_empty"
        assert live.head.version == version


async def test_a_server_without_people_knows_nobody() -> None:
    nobody, battle = Nobody(), BattleId("b")
    assert [await nobody.of_battle(battle), await nobody.by_link("x"), await nobody.representatives(battle)] == [(), None, {}]
    assert not await nobody.change(battle, Announced("a", GEESE, 1))
    with pytest.raises(StoreGone):
        await nobody.add(battle, [])
    with pytest.raises(StoreGone):
        await nobody.name_representative(battle, VenueId("v"), "")


# --- files ---

FILE = """Команда;Капитан;Человек;Где;Телефон
Гуси;Анна Орлова;5;;+7 999
"Утки; и чайки";Олег;7;{hall};
;Вера;3;;
Совы;Вера;много;;
Сычи;Вера;4;Дворец;

Гуси;анна орлова;6;online;
Филины;;4;;
"""


async def test_a_file_is_shown_first_each_bad_line_by_its_number_and_taken_once() -> None:
    async with scene() as here:
        live = here.stage.live
        table = opened(FILE.format(hall=live.known.venues[here.hall].name).encode("cp1251"))
        shown = await here.announcing.take_in(live.id, live.known, table, really=False)
        assert (shown["new"], shown["known"]) == (2, 0)
        assert [(each["line"], each["code"], each["detail"]) for each in shown["failed"]] == [
            (4, "name_empty", ""),
            (5, "people_are_a_number", "много"),
            (6, "no_such_venue", "Дворец"),
            (8, "line_is_there_twice", ""),
            (9, "captain_empty", ""),
        ]
        assert await here.rows() == []
        assert (await here.announcing.take_in(live.id, live.known, table, really=True))["new"] == 2
        assert await here.rows() == ["Гуси", "Утки; и чайки"]
        first = (await here.people.of_battle(live.id))[0]
        await here.announcing.move(live, first.id, here.hall, "host")
        assert (await here.announcing.take_in(live.id, live.known, table, really=True))["known"] == 2
        assert await here.rows() == ["Гуси", "Утки; и чайки"]


async def test_a_file_without_a_head_has_the_usual_columns_and_a_long_one_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizserver.services.announced_tables.MOST_LINES", 2)
    async with scene() as here:
        battle, rows = here.stage.live.id, [Row(n, (f"Команда {n}", f"К{n}", "5")) for n in range(1, 5)]
        told = await here.announcing.take_in(battle, here.stage.live.known, [Table("", rows_of(rows))], really=True)
        assert (told["new"], told["failed"]) == (2, [{"tab": "", "line": 3, "code": "file_too_long", "detail": "2"}])
        assert (await here.announcing.take_in(battle, here.stage.live.known, [], really=True))["new"] == 0


async def test_every_tab_of_a_workbook_is_read_and_says_where_it_cannot_be() -> None:
    omsk = ["Команда", "Человек", "Капитан"], ["Гуси", 5, "Анна"], ["Date Night", 4.0, "Олег"], ["Совы", "=2+2", "Вера"]
    perm = ["Сычи", "Ира", 3, "online", 79991234567], [datetime(2026, 5, 12), "Иван", 4]
    async with scene() as here:
        battle, tables = here.stage.live.id, opened(workbook({"Омск": omsk, "Пусто": [], "Пермь": perm}))
        told = await here.announcing.take_in(battle, here.stage.live.known, tables, really=True)
        assert told["failed"] == [
            {"tab": "Омск", "line": 4, "code": "cell_is_a_formula", "detail": ""},
            {"tab": "Пермь", "line": 2, "code": "line_date", "detail": "2026-05-12"},
        ]
        taken = [row.said for row in await here.people.of_battle(battle)]
        assert [(each.name, each.people) for each in taken] == [("Гуси", 5), ("Date Night", 4), ("Сычи", 3)]
        assert taken[2].contact == "79991234567"


def test_what_a_host_may_still_decide_on() -> None:
    assert rules.OPEN == (Fate.WAITING, Fate.REFUSED)
