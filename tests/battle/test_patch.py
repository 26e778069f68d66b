"""The difference of two views, as a page applies it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizserver.battle.views import apply_patch, merge_patch
from quizserver.battle.views.patch import View

KEYS = st.sampled_from(["a", "b", "c"])
VIEWS: st.SearchStrategy[View] = st.dictionaries(
    KEYS,
    st.recursive(
        st.integers(0, 2) | st.booleans() | st.text("x", max_size=1),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=3),
        max_leaves=6,
    ),
    max_size=3,
)


@given(VIEWS, VIEWS)
def test_a_patch_turns_the_old_view_into_the_new_one(old: View, new: View) -> None:
    assert apply_patch(old, merge_patch(old, new)) == new


@given(VIEWS, VIEWS)
def test_equal_views_have_an_empty_patch_and_only_they(old: View, new: View) -> None:
    assert merge_patch(old, old) == {}
    assert (merge_patch(old, new) == {}) is (old == new)


@given(VIEWS, VIEWS, VIEWS)
def test_one_patch_after_the_other_is_the_way_of_a_page_that_missed_nothing(first: View, second: View, third: View) -> None:
    page = first
    for old, new in ((first, second), (second, third)):
        page = apply_patch(page, merge_patch(old, new))
    assert page == third


@given(VIEWS, VIEWS)
def test_applying_a_patch_changes_no_view_that_somebody_holds(old: View, new: View) -> None:
    before = repr(old)
    apply_patch(old, merge_patch(old, new))
    assert repr(old) == before


@pytest.mark.parametrize(
    ("old", "patch", "new"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        ({"e": 1}, {"a": 1}, {"e": 1, "a": 1}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
        ({"a": 1}, {"a": {"b": 2}}, {"a": {"b": 2}}),
        ({"a": 1}, {"b": None}, {"a": 1}),
    ],
)
def test_the_examples_of_rfc_7396_hold(old: View, patch: View, new: View) -> None:
    assert apply_patch(old, patch) == new
