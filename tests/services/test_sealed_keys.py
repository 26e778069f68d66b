"""A round's key by phone: which code opens what, that nothing else does, and that nothing shows through."""

import json
from base64 import b64decode
from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given
from hypothesis import strategies as st

from quizserver.battle import commands as ask
from quizserver.battle.ids import VenueId
from quizserver.battle.questions import Solution
from quizserver.battle.settings import Source
from quizserver.battle.state import BattleState
from quizserver.battle.views.desk import scope_key
from quizserver.services.phone_codes import LENGTH, LETTERS, in_groups, phone_code
from quizserver.services.sealed_keys import BYTES_A_QUESTION, Sealed, SealedKeys, opening_key, seal
from tests.services.evening import BATTLE, CHOICE, FIRST, HALL, TEXT, Evening, creation, join
from tests.support.fakes.memory import Memory
from tests.support.fakes.secrets import FakeSecrets

SECRET = bytes(range(32))
BAR = VenueId("bar")


def battle(*commands: ask.Command) -> BattleState:
    evening = Evening()
    evening.ask(creation(), ask.AddVenue(venue=BAR, name="Bar"), join(1, Source.PAPER), *commands)
    assert evening.state
    return evening.state


def opened(sealed: Sealed, code: str, venue: str = HALL, scope: str = FIRST) -> object:
    salt, nonce, box = (b64decode(part) for part in (sealed.salt, sealed.nonce, sealed.sealed))
    plain = ChaCha20Poly1305(opening_key(code, salt)).decrypt(nonce, box, f"{BATTLE}\0{venue}\0{scope}".encode())
    return json.loads(plain)


def test_a_code_opens_the_key_of_its_round_as_the_desk_would_be_told_it() -> None:
    state = battle()
    assert opened(seal(SECRET, state, HALL, FIRST), phone_code(SECRET, HALL, FIRST)) == scope_key(state, FIRST)


@pytest.mark.parametrize(("venue", "scope"), [(BAR, FIRST), (HALL, TEXT)])
def test_a_code_opens_no_other_round_and_no_other_venue(venue: VenueId, scope: str) -> None:
    sealed = seal(SECRET, battle(), HALL, FIRST)
    with pytest.raises(InvalidTag):
        opened(sealed, phone_code(SECRET, venue, scope))
    with pytest.raises(InvalidTag):
        opened(sealed, phone_code(SECRET, HALL, FIRST), venue, scope)


@given(at=st.integers(0, LENGTH - 1), letter=st.sampled_from(LETTERS))
def test_a_code_with_one_wrong_letter_opens_nothing(at: int, letter: str) -> None:
    code = phone_code(SECRET, HALL, FIRST)
    if code[at] != letter:
        with pytest.raises(InvalidTag):
            opened(seal(SECRET, battle(), HALL, FIRST), code[:at] + letter + code[at + 1 :])


@given(secret=st.binary(min_size=32, max_size=32))
def test_a_code_is_sixteen_letters_none_of_which_is_read_as_another(secret: bytes) -> None:
    code = phone_code(secret, HALL, FIRST)
    assert len(code) == 16 and not set(code) - set(LETTERS) and not set("ILOU") & set(LETTERS) and len(set(LETTERS)) == 32
    assert in_groups(code).replace(" ", "") == code and [len(group) for group in in_groups(code).split()] == [4, 4, 4, 4]


def test_every_bit_of_a_code_is_drawn() -> None:
    seen = [set(letters) for letters in zip(*(phone_code(SECRET, HALL, f"round {n}") for n in range(400)), strict=True)]
    assert all(letters == set(LETTERS) for letters in seen)


def test_the_length_tells_nothing_of_the_solution() -> None:
    state = battle()
    long = Solution(TEXT, {"accept": {"en": tuple(f"a long answer, variant {n}" for n in range(30))}})
    other = replace(state, pack=replace(state.pack, solutions={**state.pack.solutions, TEXT: long}))
    one, two = seal(SECRET, state, HALL, TEXT), seal(SECRET, other, HALL, TEXT)
    assert one.sealed != two.sealed and len(one.sealed) == len(two.sealed)
    assert len(b64decode(one.sealed)) == BYTES_A_QUESTION + 16


def test_a_key_that_does_not_fit_is_sealed_whole() -> None:
    state = battle()
    long = Solution(TEXT, {"accept": {"en": tuple(f"variant {n}" for n in range(500))}})
    other = replace(state, pack=replace(state.pack, solutions={**state.pack.solutions, TEXT: long}))
    sealed = seal(SECRET, other, HALL, TEXT)
    assert opened(sealed, phone_code(SECRET, HALL, TEXT), scope=TEXT) == scope_key(other, TEXT)


def test_the_same_key_is_sealed_into_the_same_bytes_and_another_under_another_nonce() -> None:
    before = battle()
    ruled = battle(ask.RuleAnswer(question=CHOICE, said="that", accepted=True))
    voided = battle(ask.VoidQuestion(question=CHOICE, voided=True, reason="ambiguous"))
    one = seal(SECRET, before, HALL, FIRST)
    assert seal(SECRET, before, HALL, FIRST) == one
    assert len({one.nonce, seal(SECRET, ruled, HALL, FIRST).nonce, seal(SECRET, voided, HALL, FIRST).nonce}) == 3
    assert seal(SECRET, ruled, HALL, FIRST).salt == one.salt


def test_playing_a_question_makes_no_other_key_of_it() -> None:
    assert seal(SECRET, battle(), HALL, FIRST) == seal(SECRET, battle(ask.StartRound(), ask.ShowQuestion()), HALL, FIRST)


async def test_every_process_has_the_same_codes_and_so_has_the_next_server() -> None:
    memory = Memory()
    codes = {await SealedKeys(FakeSecrets(memory)).code(BATTLE, HALL, FIRST) for _ in range(2)}
    assert len(codes) == 1
    secret = await FakeSecrets(memory).of_battle(BATTLE)
    elsewhere = FakeSecrets(Memory())
    await elsewhere.put_back(BATTLE, secret)  # as a restore from the archive does
    assert {await SealedKeys(elsewhere).code(BATTLE, HALL, FIRST)} == codes
