"""Exporting and verifying: a file proves itself, and whatever is changed in it is found and named."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.ids import TeamId
from quizserver.battle.settings import BattleSettings, TieBreak
from quizserver.battle.standings import standing
from quizserver.services.entries import Happened, canonical_json, chained
from quizserver.services.exporting import digest_line, export_lines, header_line, ledger_entries
from quizserver.services.ports import Entry, Head
from quizserver.services.verifying import Differs, verify
from tests.services.evening import BATTLE, CHOICE, Evening, creation, join, played
from tests.services.processes import Store


def lines_of(entries: Sequence[Entry], battle: str = BATTLE) -> AsyncIterator[bytes]:
    async def each() -> AsyncIterator[Entry]:
        for entry in entries:
            yield entry

    return export_lines(battle, each())


def exported(entries: Sequence[Entry], battle: str = BATTLE) -> list[bytes]:
    async def lines() -> list[bytes]:
        return [line async for line in lines_of(entries, battle)]

    return asyncio.run(lines())


@cache
def evening() -> Evening:
    return played()


@cache
def export() -> tuple[bytes, ...]:
    return tuple(exported(evening().entries()))


def with_event(kind: type[did.Event], change: Callable[[Any], did.Event]) -> list[Happened]:
    """The evening's history with the last event of a kind replaced."""
    history = list(evening().history)
    at = max(at for at, (event, _) in enumerate(history) if isinstance(event, kind))
    history[at] = (change(history[at][0]), history[at][1])
    return history


def verify_history(history: Sequence[Happened]) -> None:
    """Verifies an export whose chain is sound, whatever it tells."""
    verify(exported(chained(Head(), history)))


# --- what holds ----------------------------------------------------------------------------------------------------------


def test_an_export_gives_the_standing_of_the_ledger_and_its_code() -> None:
    verified = verify(export())
    state = evening().state
    assert state
    assert verified.places == standing(state)
    assert verified.head.version == len(evening().entries())
    assert verified.code == evening().entries()[-1].hash[:8]


def test_the_last_line_is_the_digest_of_all_before_it() -> None:
    assert json.loads(export()[-1]) == {"digest": sha256(b"".join(export()[:-1])).hexdigest()}


async def test_a_ledger_is_exported_to_its_end() -> None:
    store = Store()
    live = await store.begun(*map(join, range(3)))
    entries = [entry async for entry in ledger_entries(store.ledger(), BATTLE)]
    assert entries[-1].hash == live.head.hash and len(entries) == 4


def test_a_code_from_a_screen_is_found_among_the_entries() -> None:
    code = evening().entries()[20].hash[:8]
    assert verify(export(), f" {code.upper()} ").code != code
    with pytest.raises(Differs, match="no entry of this file has the code 00000000"):
        verify(export(), "00000000")


def test_an_export_with_blanked_names_still_verifies() -> None:
    blanked = [replace(entry, beside=b"") for entry in evening().entries()]
    verified = verify(exported(blanked))
    assert {team.name.text for team in verified.state.teams.values()} == {""}
    assert [place.points for place in verified.places] == [place.points for place in verify(export()).places]
    assert verified.code == verify(export()).code


async def with_time_given(ms: int) -> list[bytes]:
    """A question is open, and so much was given to a team for it, which at most 150 ms may be."""
    timed = Evening()
    settings = BattleSettings(tie_breaks=(TieBreak.SPEED,), give_ms=150)
    timed.ask(creation(settings), join(1), ask.StartRound(), ask.ShowQuestion())
    happened = (did.TimeGiven(question=CHOICE, opening=1, given={TeamId("t1"): ms}), timed.now_ms)
    return [line async for line in lines_of(chained(Head(), [*timed.history, happened]))]


async def test_time_that_the_battle_gives_is_in_order() -> None:
    assert verify(await with_time_given(150)).state.boxes[CHOICE, 1].given == {TeamId("t1"): 150}


# --- what does not -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ms", [151, -1])
async def test_more_time_than_the_battle_gives_is_found(ms: int) -> None:
    with pytest.raises(Differs, match="entry 6: more time was given than this battle gives"):
        verify(await with_time_given(ms))


@settings(max_examples=200, deadline=None, database=None)
@given(st.data())
def test_an_altered_byte_anywhere_is_found_and_its_entry_is_named(data: st.DataObject) -> None:
    lines = list(export())
    number = data.draw(st.integers(0, len(lines) - 1))
    at = data.draw(st.integers(0, len(lines[number]) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != lines[number][at]))
    lines[number] = lines[number][:at] + bytes([other]) + lines[number][at + 1 :]
    whole = b"".join(lines).splitlines(keepends=True)  # as a file is read
    with pytest.raises(Differs) as found:
        verify(whole)
    assert_named(str(found.value), number, len(lines))


def assert_named(sentence: str, number: int, count: int) -> None:
    """The sentence names the line that was altered, or the entry in it; at the file's end it may speak of the digest."""
    if number == count - 1:
        assert "digest" in sentence or f"line {count}" in sentence
    elif number == 0:
        assert "line 1" in sentence
    else:
        # A line feed put into a line makes two of one; an entry whose own number was altered is named by the one before it.
        named = f"entry {number} ", f"(entry {number})", f"does not continue entry {number - 1}"
        assert any(each in sentence for each in named), sentence


@pytest.mark.parametrize("last", [digest_line("0" * 64), b'{"digest": 1}\n'])
def test_a_digest_that_is_not_that_of_the_lines_is_found(last: bytes) -> None:
    with pytest.raises(Differs, match="the digest at the end is not that of the lines before it"):
        verify([*export()[:-1], last])


@pytest.mark.parametrize("cut", [1, 2, 10])
def test_a_file_that_was_cut_off_is_found(cut: int) -> None:
    with pytest.raises(Differs, match="cut off"):
        verify(export()[:-cut])


def test_a_file_that_goes_on_after_its_digest_is_found() -> None:
    with pytest.raises(Differs, match=f"line {len(export()) + 1}: the file goes on"):
        verify([*export(), export()[-1]])


def test_a_missing_line_is_found_at_the_entry_behind_it() -> None:
    with pytest.raises(Differs, match="entry 9 does not continue entry 7"):
        verify([*export()[:8], *export()[9:]])


@pytest.mark.parametrize(
    ("first", "sentence"),
    [
        (b"", "is not a line of an export"),
        (b"[1]\n", "is not a line of an export"),
        (b"[" * 100_000, "is not a line of an export"),
        (b'{"format":"another"}\n', "this is not an exported battle"),
        (b'{"battle":"b","format":"quizserver battle","v":2}\n', "the export is of version 2, this program reads 1"),
        (b'{"battle":"b", "format":"quizserver battle","v":1}\n', "not written as an export writes it"),
    ],
)
def test_a_file_that_is_no_export_is_refused_at_its_first_line(first: bytes, sentence: str) -> None:
    with pytest.raises(Differs, match=f"line 1.*{sentence}"):
        verify([first, *export()[1:]])


@pytest.mark.parametrize(
    "line",
    [
        b"{}\n",
        b'{"version":"1","hash":"","body":""}\n',
        b'{"version":1,"hash":7,"body":""}\n',
        b'{"version":1,"hash":""}\n',
        b'{"version":1,"hash":"","body":"\\ud800"}\n',
        b'{"body":"","hash":"","version":1,"more":0}\n',
        b'{"digest":"","version":1}\n',
    ],
)
def test_a_line_that_is_no_entry_is_named(line: bytes) -> None:
    with pytest.raises(Differs, match=r"line 2 \(entry 1\) is not"):
        verify([export()[0], line])


def test_an_empty_battle_is_no_battle() -> None:
    with pytest.raises(Differs, match="no entry"):
        verify(exported([]))


def test_a_header_of_another_battle_is_found() -> None:
    with pytest.raises(Differs, match="line 1: these are not entries of the battle another"):
        verify(exported(evening().entries(), "another"))


# --- a sound chain that tells lies -------------------------------------------------------------------------------------------


def test_a_seal_over_other_answers_is_found() -> None:
    history = with_event(did.AnswersRecorded, lambda event: replace(event, rows=event.rows[1:]))
    with pytest.raises(Differs, match=r"entry \d+: the sealed answers are not those"):
        verify_history(history)


@pytest.mark.parametrize("kind", [did.RoundEnded, did.BattleFinished])
def test_a_standing_that_is_not_the_fold_of_the_entries_is_found(kind: type[did.Event]) -> None:
    history = with_event(kind, lambda event: replace(event, standing="0" * 64))
    with pytest.raises(Differs, match=r"entry \d+: the standing is not"):
        verify_history(history)


def test_an_entry_whose_time_falls_is_found() -> None:
    history = list(evening().history)
    history[-1] = (history[-1][0], 0)
    with pytest.raises(Differs, match=f"entry {len(history)}: its time is before"):
        verify_history(history)


@pytest.mark.parametrize(
    "impossible",
    [
        did.TeamMuted(team=TeamId("nobody"), muted=True),
        did.QuestionClosed(question=CHOICE, opening=1, cut_off_ms=0),
        did.WentBack(phase="nowhere", round=0, question=None),
        did.RoundStarted(round="nowhere"),  # type: ignore[arg-type]
    ],
)
def test_an_entry_that_cannot_have_happened_is_found(impossible: did.Event) -> None:
    lobby = Evening()
    lobby.ask(creation())
    with pytest.raises(Differs, match=f"entry 2: {type(impossible).__name__} cannot have happened"):
        verify_history([*lobby.history, (impossible, lobby.now_ms)])


def test_a_ledger_that_does_not_begin_with_its_battle_is_found() -> None:
    with pytest.raises(Differs, match="entry 1: PodiumShown cannot have happened"):
        verify_history([(did.PodiumShown(), 1)])


def test_a_seal_of_an_empty_box_and_an_unfinished_battle_verify() -> None:
    short = Evening()
    short.ask(creation(), ask.StartRound(), ask.ShowQuestion(), ask.ShowQuestion(), ask.CallLast())
    short.time_up()
    short.ask(ask.SealBox(question=CHOICE, opening=1, rows=()))
    assert verify(exported(short.entries())).places == ()


def test_a_digest_line_and_a_header_line_are_canonical() -> None:
    assert header_line("b") == canonical_json({"battle": "b", "format": "quizserver battle", "v": 1}) + b"\n"
    assert digest_line("d") == b'{"digest":"d"}\n'
