"""Entries: events as lines of a hash chain, and back."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizserver.battle.events import EVENTS, Join, LobbyLocked, Name, PodiumShown, ScorekeeperNamed, TeamRenamed, TeamsJoined
from quizserver.battle.ids import TeamId
from quizserver.battle.settings import Source
from quizserver.services.entries import NAMED, Happened, canonical_json, chained, commitment, decode, encode, followed, link
from quizserver.services.ports import BrokenChain, Entry, Head
from tests.services.kinds_of_events import events

HISTORY: list[Happened] = [(PodiumShown(by="a"), 10), (LobbyLocked(by="b", locked=True), 11), (PodiumShown(), 11)]
TU = Name("Ту-104", "5a" * 16)


@pytest.mark.parametrize("name", EVENTS)
def test_every_kind_of_event_is_read_as_it_was_written(name: str) -> None:
    @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(event=events(name), at_ms=st.integers(min_value=0))
    def round_trip(event: Any, at_ms: int) -> None:
        body, beside = encode(event, at_ms)
        assert decode(Entry(7, body, "", beside)) == (event, at_ms)

    round_trip()


def test_equal_events_are_equal_bytes() -> None:
    assert encode(PodiumShown(by="я"), 5) == ('{"at":5,"by":"я","type":"PodiumShown","v":1}'.encode(), b"")


def test_no_float_that_is_no_number_is_written() -> None:
    with pytest.raises(ValueError):
        canonical_json({"x": float("nan")})


# --- the chain -----------------------------------------------------------------------------------------------------------


def test_entries_continue_a_head_one_by_one() -> None:
    entries = chained(Head(2, 41, "aa"), HISTORY)
    assert [entry.version for entry in entries] == [42, 43, 44]
    assert entries[0].hash == link("aa", entries[0].body)
    assert entries[1].hash == link(entries[0].hash, entries[1].body)


def test_following_a_chain_gives_each_new_head_with_its_event_and_time() -> None:
    entries = chained(Head(2, 41, "aa"), HISTORY)
    heads, told, times = zip(*followed(Head(2, 41, "aa"), entries), strict=True)
    assert [head.version for head in heads] == [42, 43, 44]
    assert heads[-1] == Head(2, 44, entries[-1].hash)
    assert list(zip(told, times, strict=True)) == HISTORY


@pytest.mark.parametrize(
    "broken",
    [
        lambda entry: replace(entry, version=44),
        lambda entry: replace(entry, hash="0" * 64),
        lambda entry: replace(entry, body=entry.body.replace(b"true", b"null")),
    ],
)
def test_an_entry_that_does_not_continue_the_one_before_it_is_named(broken: Any) -> None:
    first, second, third = chained(Head(2, 41, "aa"), HISTORY)
    with pytest.raises(BrokenChain, match=r"entry 4[34] does not continue entry 42"):
        list(followed(Head(2, 41, "aa"), [first, broken(second), third]))


# --- names ---------------------------------------------------------------------------------------------------------------


def joined(name: Name = TU) -> Entry:
    event = TeamsJoined(joins=(Join(TeamId("t1"), name, Source.ONLINE),))
    return chained(Head(), [(event, 5)])[0]


def test_the_chain_knows_only_a_commitment_of_a_name() -> None:
    entry = joined()
    assert TU.text.encode() not in entry.body and TU.salt.encode() not in entry.body
    assert commitment(TU.text, TU.salt).encode() in entry.body
    assert json.loads(entry.beside) == {commitment(TU.text, TU.salt): {"text": TU.text, "salt": TU.salt}}


def test_a_blanked_name_still_continues_the_chain() -> None:
    entry = joined()
    [(head, event, _)] = followed(Head(), [replace(entry, beside=b"")])
    assert head.hash == entry.hash
    assert isinstance(event, TeamsJoined)
    assert event.joins[0].name == Name("", "")


def test_of_several_names_one_alone_can_be_blanked() -> None:
    joins = tuple(Join(TeamId(text), Name(text, text), Source.ONLINE) for text in ("a", "b"))
    entry = chained(Head(), [(TeamsJoined(joins=joins), 5)])[0]
    names = json.loads(entry.beside)
    del names[commitment("a", "a")]
    event, _ = decode(replace(entry, beside=canonical_json(names)))
    assert isinstance(event, TeamsJoined)
    assert [join.name.text for join in event.joins] == ["", "b"]


@pytest.mark.parametrize(
    ("altered", "to"),
    [("Ту-104", "Ту-144"), ("5a5a", "5b5a"), ("text", "test"), (commitment(TU.text, TU.salt), "0" * 64), ('":', '": ')],
)
def test_an_altered_name_is_found(altered: str, to: str) -> None:
    entry = joined()
    spoilt = replace(entry, beside=entry.beside.decode().replace(altered, to, 1).encode())
    assert spoilt != entry
    with pytest.raises(BrokenChain, match="entry 1 cannot be read"):
        list(followed(Head(), [spoilt]))


def test_names_beside_an_entry_that_has_none_are_found() -> None:
    [entry] = chained(Head(), HISTORY[:1])
    with pytest.raises(BrokenChain, match="entry 1 cannot be read"):
        decode(replace(entry, beside=joined().beside))


def test_a_name_that_nothing_commits_to_is_found() -> None:
    entry, other = joined(), joined(Name("x", "y"))
    both = canonical_json(json.loads(entry.beside) | json.loads(other.beside))
    with pytest.raises(BrokenChain, match="entry 1 cannot be read"):
        decode(replace(entry, beside=both))


def test_only_events_that_hold_names_are_searched_for_them() -> None:
    """An answer that looks like a name must stay an answer, so an event with names can hold no plain values."""
    holders = {cls for cls in EVENTS.values() if Name in _types_in(cls)}
    assert holders == set(NAMED) == {ScorekeeperNamed, TeamRenamed, TeamsJoined}
    assert not any(Any in _types_in(cls) or "Plain" in map(str, _types_in(cls)) for cls in holders)


def _types_in(kind: Any) -> Iterator[Any]:
    yield kind
    for inner in get_args(kind):
        yield from _types_in(inner)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        for field in fields(kind):
            yield from _types_in(hints[field.name])


# --- what is none of ours ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"7",
        b"\xff",
        b"[" * 100_000,
        b'{"at":1,"by":"","type":"Nothing","v":1}',
        b'{"by":"","type":"PodiumShown","v":1}',
        b'{"at":"1","by":"","type":"PodiumShown","v":1}',
        b'{"at":1,"by":"","type":"PodiumShown","v":2}',
        b'{"at":1,"by":"","type":"LobbyLocked","v":1}',
        b'{"at":1,"by":"","locked":"perhaps","type":"LobbyLocked","v":1}',
        b'{"at":1,"by":"","team":"t","name":{"name":{}},"type":"TeamRenamed","v":1}',
    ],
)
def test_a_body_that_is_no_event_is_a_broken_chain(body: bytes) -> None:
    with pytest.raises(BrokenChain, match="entry 3 cannot be read"):
        decode(Entry(3, body, ""))


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_no_bytes_raise_anything_but_a_broken_chain(body: bytes, beside: bytes) -> None:
    with pytest.raises(BrokenChain):
        decode(Entry(3, body, "", beside))
