"""Packs are found by name or by path, and what is not found is helped with."""

from pathlib import Path

import pytest

from rounds.findings import PackError
from rounds.library import find, load, packs
from tests.rounds.small_pack import PACKS


def test_packs_that_come_along_are_known_by_name() -> None:
    assert packs() == ["industry", "tupolev"]
    assert load("tupolev").pack.pack == "tupolev"


def test_any_folder_is_a_pack_by_its_path_or_its_file() -> None:
    small = PACKS / "small"
    assert find(str(small)) == find(str(small / "pack.yaml")) == find("small", PACKS) == small


@pytest.mark.parametrize(
    ("name", "home", "sentence"),
    [
        ("tupolew", None, "is neither a pack nor a folder with a pack.yaml; did you mean 'tupolev'?"),
        ("xyz", None, "is neither a pack nor a folder with a pack.yaml; there are industry, tupolev"),
        ("xyz", "empty", "is neither a pack nor a folder with a pack.yaml; there are none here"),
        (str(PACKS), None, "is neither a pack nor a folder with a pack.yaml; there are industry, tupolev"),
    ],
)
def test_unknown_pack_names_what_there_is(tmp_path: Path, name: str, home: str | None, sentence: str) -> None:
    with pytest.raises(PackError) as caught:
        find(name, tmp_path) if home else find(name)
    assert str(caught.value) == f"{name}: {sentence}"
