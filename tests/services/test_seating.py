"""Joining: teams, devices, staff, and the codes and tokens by which they are known."""

import asyncio
import re

from quizserver.battle import commands as ask
from quizserver.battle.ids import TeamId, VenueId
from quizserver.battle.refusals import Refused
from quizserver.battle.settings import Source
from quizserver.services.codes import CODE_LENGTH, CODE_LETTERS, Codes
from quizserver.services.seating import Seated, Seating, new_id, new_name, new_token, token_hash
from tests.services.evening import BATTLE, HALL, Evening, creation, join
from tests.services.processes import Store, done


async def joined(store: Store, name: str = "Gulls") -> tuple[Seating, Seated]:
    seating = Seating(store.secrets)
    seated = await seating.join(await store.begun(), name)
    assert isinstance(seated, Seated)
    return seating, seated


async def test_a_team_joins_with_its_first_device() -> None:
    store = Store()
    _, seated = await joined(store, " Gulls ")
    state = (await store.live()).known
    team = state.teams[seated.team]
    assert (team.name.text, team.plays) == ("Gulls", Source.ONLINE)
    assert state.seats[token_hash(seated.token)][:2] == (seated.team, seated.seat)


async def test_a_further_device_joins_by_the_teams_code_in_any_process() -> None:
    store = Store()
    _, seated = await joined(store)
    other = await Seating(store.secrets).add_device(await store.live(), f" {seated.code.lower()} ")
    assert isinstance(other, Seated)
    assert (other.team, other.code) == (seated.team, seated.code)
    assert other.seat != seated.seat and other.token != seated.token
    assert len((await store.live()).known.seats) == 2


async def test_an_unknown_code_is_refused_whatever_letters_it_has() -> None:
    store = Store()
    seating, _ = await joined(store)
    for code in ("", "AAAAAA", "ЖЖЖЖЖЖ", "A" * 1000):
        refused = await seating.add_device(await store.live(), code)
        assert isinstance(refused, Refused) and refused.code == "unknown_code"


async def test_a_taken_name_seats_nobody() -> None:
    store = Store()
    seating, _ = await joined(store)
    refused = await seating.join(await store.live(), "gulls")
    assert isinstance(refused, Refused) and refused.code == "name_taken"
    assert len((await store.live()).known.seats) == 1


async def test_a_wish_that_is_said_again_has_the_seat_it_has() -> None:
    store = Store()
    live, other = await store.begun(), await store.live()
    seating = Seating(store.secrets)
    seated = await seating.join(live, "Gulls", once="0" * 32)
    again = await Seating(store.secrets).join(other, "Gulls", once="0" * 32)
    assert isinstance(seated, Seated) and again == seated
    mate = await seating.add_device(live, seated.code, once="1" * 32)
    assert await seating.add_device(live, seated.code, once="1" * 32) == mate != seated
    assert len(live.known.teams) == 1 and len(live.known.seats) == 2


async def test_the_same_wish_at_two_processes_at_once_has_one_seat() -> None:
    store = Store()
    lives = [await store.begun(), await store.live()]
    both = await asyncio.gather(*(Seating(store.secrets).join(live, "Gulls", once="0" * 32) for live in lives))
    assert isinstance(both[0], Seated) and both[0] == both[1]
    assert len((await store.live()).known.seats) == 1


async def test_another_wish_for_a_taken_name_is_refused_and_may_be_said_for_another_name() -> None:
    store = Store()
    seating, _ = await joined(store)
    live = await store.live()
    refused = await seating.join(live, "Gulls", once="0" * 32)
    assert isinstance(refused, Refused) and refused.code == "name_taken"
    assert isinstance(await seating.join(live, "Terns", once="0" * 32), Seated)


async def test_nobody_makes_a_token_of_a_wish_without_the_battles_secret() -> None:
    tokens = set()
    for secret in (b"a" * 32, b"b" * 32):
        store = Store()
        await store.secrets.put_back(BATTLE, secret)
        seated = await Seating(store.secrets).join(await store.begun(), "Gulls", once="0" * 32)
        assert isinstance(seated, Seated)
        tokens.add(seated.token)
    assert len(tokens) == 2 and all(len(token) == len(new_token()) for token in tokens)


async def test_too_many_devices_of_a_team_are_refused() -> None:
    store = Store()
    seating, seated = await joined(store)
    live = await store.live()
    outcomes = [await seating.add_device(live, seated.code) for _ in range(12)]
    assert [isinstance(outcome, Seated) for outcome in outcomes] == [True] * 11 + [False]


async def test_tokens_and_codes_are_in_no_ledger() -> None:
    store = Store()
    seating, seated = await joined(store)
    live = await store.live()
    second = await seating.add_device(live, seated.code)
    staff = await seating.admit_staff(live, "screen", None)
    assert isinstance(second, Seated) and isinstance(staff, str)
    everything = b"".join(entry.body + entry.beside for entry in await store.ledger().read(BATTLE))
    for secret in (seated.token, second.token, staff, seated.code, (await store.secrets.of_battle(BATTLE)).hex()):
        assert secret.encode() not in everything
    assert token_hash(seated.token).encode() in everything


async def test_a_paper_team_has_a_venue_and_no_device() -> None:
    store = Store()
    live = await store.begun()
    team = await Seating(store.secrets).add_paper_team(live, "Pencils", HALL)
    assert isinstance(team, str)
    assert live.known.teams[TeamId(team)].venue == HALL and live.known.seats == {}
    refused = await Seating(store.secrets).add_paper_team(live, "Pens", VenueId("nowhere"))
    assert isinstance(refused, Refused) and refused.code == "unknown_venue"


async def test_staff_are_admitted_by_the_hash_of_their_token() -> None:
    store = Store()
    live = await store.begun()
    seating = Seating(store.secrets)
    token = await seating.admit_staff(live, "desk", HALL)
    assert isinstance(token, str) and live.known.staff[token_hash(token)].venue == HALL
    refused = await seating.admit_staff(live, "juggler", None)
    assert isinstance(refused, Refused) and refused.code == "unknown_role"


async def test_every_process_names_the_same_code() -> None:
    store = Store()
    live = await store.begun(join(1), join(2))
    other = await store.live()
    for team in live.known.teams:
        assert await Seating(store.secrets).code(live, team) == await Seating(store.secrets).code(other, team)


def test_tokens_ids_and_salts_are_random_and_long_enough() -> None:
    assert len({new_token() for _ in range(100)}) == 100
    assert len(new_token()) * 6 >= 128
    assert re.fullmatch("[a-z2-7]{16}", new_id())
    assert new_name("x").salt != new_name("x").salt and len(new_name("x").salt) == 32


# --- codes ---------------------------------------------------------------------------------------------------------------


def lobby(teams: int) -> Evening:
    evening = Evening()
    evening.ask(creation(), *map(join, range(teams)))
    return evening


def test_a_code_has_six_letters_that_nobody_takes_for_others() -> None:
    state = lobby(1).state
    assert state
    code = Codes(b"secret").of(state, TeamId("t0"))
    assert len(code) == CODE_LENGTH and set(code) <= set(CODE_LETTERS)
    assert not set(CODE_LETTERS) & set("01IOL")


def test_no_two_teams_have_the_same_code_and_earlier_teams_keep_theirs() -> None:
    """One letter is too short for it not to happen."""
    few, many = lobby(10), lobby(25)
    assert few.state and many.state
    early, late = Codes(b"secret", 1), Codes(b"secret", 1)
    codes = [late.of(many.state, team) for team in many.state.teams]
    assert len(set(codes)) == 25
    assert [early.of(few.state, team) for team in few.state.teams] == codes[:10]
    assert [late.team(many.state, code) for code in codes] == list(many.state.teams)
    assert [early.of(many.state, team) for team in many.state.teams] == codes


async def test_a_code_of_a_team_that_joined_meanwhile_is_known() -> None:
    store = Store()
    seating, _ = await joined(store)
    live = await store.live()
    await done(live, ask.JoinTeam(team=TeamId("t"), name=new_name("Terns"), plays=Source.ONLINE))
    assert isinstance(await seating.add_device(live, await seating.code(live, TeamId("t"))), Seated)
