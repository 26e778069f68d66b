"""Which of a team's revisions stands, and what a seal says of a box."""

from hashlib import sha256
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.answers import MOST_ROWS, canonical, digest_of_rows, parts, plain_text, with_rows
from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import AnswerId, QuestionId, TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Plain
from tests.support.battles import RIGHT, Evening, a_round, each_round

ROWS = st.lists(
    st.builds(
        AnswerRow,
        team=st.sampled_from([TeamId("A"), TeamId("B")]),
        id=st.text("0123", min_size=1, max_size=3).map(AnswerId),
        revision=st.integers(1, 64),
        stamp_ms=st.integers(0, 3),
        value=st.sampled_from(["a", "b"]),
    ),
    unique_by=lambda row: (row.team, row.id),
    max_size=12,
)
PLAIN: st.SearchStrategy[Plain] = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text("a1i:[]{},=", max_size=3),
    lambda inner: st.lists(inner, max_size=2).map(tuple) | st.dictionaries(st.text("ab,=", max_size=2), inner, max_size=2),
    max_leaves=5,
)


@given(rows=ROWS, shuffled=st.randoms())
def test_which_revision_stands_does_not_depend_on_the_order_of_arrival(rows: list[AnswerRow], shuffled: Random) -> None:
    again = list(rows)
    shuffled.shuffle(again)
    assert canonical(again) == canonical(rows)
    assert with_rows({}, again) == with_rows({}, rows)
    assert digest_of_rows(canonical(again)) == digest_of_rows(canonical(rows))


@given(ROWS)
def test_the_greatest_stamp_stands_and_of_equal_stamps_the_greatest_id(rows: list[AnswerRow]) -> None:
    for team, standing in with_rows({}, rows).items():
        assert (standing.stamp_ms, standing.id) == max((row.stamp_ms, row.id) for row in rows if row.team == team)


@given(ROWS)
def test_the_standing_answer_has_the_latest_revision_of_its_team_whichever_row_stands(rows: list[AnswerRow]) -> None:
    for team, standing in with_rows({}, rows).items():
        assert standing.revision == max(row.revision for row in rows if row.team == team)


@given(ROWS, ROWS)
def test_different_boxes_have_different_digests(one: list[AnswerRow], other: list[AnswerRow]) -> None:
    same = canonical(one) == canonical(other)
    assert (digest_of_rows(canonical(one)) == digest_of_rows(canonical(other))) is same


@given(PLAIN, PLAIN)
def test_a_plain_value_has_one_text_and_no_other_value_has_it(one: Plain, other: Plain) -> None:
    assert (plain_text(one) == plain_text(other)) is (one == other and repr(one) == repr(other))


@given(st.dictionaries(st.text("abc", max_size=2), st.integers(), max_size=4), st.randoms())
def test_the_order_of_a_maps_fields_does_not_matter(fields: dict[str, int], shuffled: Random) -> None:
    pairs = list(fields.items())
    shuffled.shuffle(pairs)
    assert plain_text(dict(pairs)) == plain_text(fields)


def test_a_plain_value_and_a_box_s_digest_are_written_as_ever_for_exports_are_verified_by_them_years_later() -> None:
    value: Plain = {"b": ("x", 12, None), "a": {"c": True}}
    assert plain_text(value) == "{s1:a={s1:c=True},s1:b=[s1:x,i12,None]}"
    rows = [
        AnswerRow(TeamId("A"), AnswerId("1f"), 2, 1500, "Ту-104"),
        AnswerRow(TeamId("B"), AnswerId("2f"), 1, 1600, ("a", "b")),
    ]
    written = "A 1f 2 1500 s6:Ту-104\nB 2f 1 1600 [s1:a,s1:b]\n"
    assert digest_of_rows(rows) == sha256(written.encode()).hexdigest()


def test_lists_and_tuples_are_the_same_value() -> None:
    assert plain_text(["a", 1]) == plain_text(("a", 1))  # type: ignore[arg-type]


def test_a_large_box_goes_into_the_ledger_in_parts() -> None:
    rows = canonical(AnswerRow(TeamId(f"t{at}"), AnswerId(f"{at:032x}"), 1, at, "a") for at in range(2 * MOST_ROWS + 1))
    assert [len(part) for part in parts(rows)] == [MOST_ROWS, MOST_ROWS, 1]
    assert [row for part in parts(rows) for row in part] == list(rows)
    assert list(parts(list(rows[:2]))) == [rows[:2]]
    assert list(parts(())) == []


def test_a_seal_records_all_rows_in_canonical_order_with_their_count_and_digest() -> None:
    evening = Evening(each_round("r1", "one"))
    team = evening.join("A")
    evening.until(Phase.CLOSED)
    rows = [AnswerRow(team, AnswerId(f"{at}"), at, 100 - at, "r1-one-a") for at in range(1, 4)]
    recorded, sealed = evening.do(ask.SealBox(question=QuestionId("r1-one"), opening=1, rows=tuple(rows)))
    assert isinstance(recorded, did.AnswersRecorded)
    assert recorded.rows == tuple(reversed(rows))
    assert isinstance(sealed, did.BoxSealed)
    assert (sealed.count, sealed.digest) == (3, digest_of_rows(recorded.rows))


def test_a_box_is_sealed_once_and_not_before_it_is_closed() -> None:
    evening = Evening(each_round("r1", "one"))
    seal = ask.SealBox(question=QuestionId("r1-one"), opening=1, rows=())
    evening.until(Phase.OPEN)
    assert evening.refused(seal) == "not_closed"
    evening.until(Phase.CLOSED)
    assert evening.refused(ask.SealBox(question=QuestionId("r1-one"), opening=2, rows=())) == "not_closed"
    evening.do(seal)
    assert evening.refused(seal) == "not_in_this_phase"


def test_sealing_a_sealed_box_again_is_no_news() -> None:
    evening = Evening(a_round("r1", "one", "tf"))
    evening.until(Phase.COLLECTED)
    seal = ask.SealBox(question=QuestionId("r1-one"), opening=1, rows=())
    evening.do(seal)
    assert evening.do(seal) == ()


def test_a_box_in_many_parts_stands_like_one_in_a_single_part() -> None:
    """A team's revisions may lie in different entries."""
    evening = Evening(each_round("r1", "one"))
    team = evening.join("A")
    evening.until(Phase.CLOSED)
    rows = [AnswerRow(team, AnswerId(f"{at:04}"), at + 1, at, "r1-one-a") for at in range(MOST_ROWS)]
    last = AnswerRow(team, AnswerId("last"), MOST_ROWS + 1, MOST_ROWS, "r1-one-b")
    evening.do(ask.SealBox(question=QuestionId("r1-one"), opening=1, rows=(last, *rows)))
    assert evening.mark_of(team, "r1-one") == RIGHT


def test_an_answer_of_a_team_nobody_knows_counts_for_nobody() -> None:
    """A restored ledger may have lost a join."""
    evening = Evening(each_round("r1", "one"))
    evening.join("A")
    evening.until(Phase.OPEN)
    evening.answer(TeamId("ghost"), "r1-one-b")
    evening.until(Phase.FINISHED)
    assert evening.standing() == [(1, "A", 0)]
