"""The evenings of this suite. Each group is played once, its evenings beside each other."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from quizserver.rehearsal.many_rounds import write_pack
from quizserver.rehearsal.patience import Patience
from tests.rehearsal import defects
from tests.rehearsal.playing import Case, Played, play, wish
from tests.rounds.small_pack import PACKS
from tests.support.redis_servers import running

HASTY = Patience(reply_s=2.0, step_s=3.0)
LATER_CUT_OFF_MS = 2_500  # where the pack says 300: whoever is late by up to two seconds is taken


@pytest.fixture(scope="session")
def evenings(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Played]:
    """Evenings on sound servers."""
    with running("bundled", tmp_path_factory.mktemp("redis")) as url:
        return play({
            "fakes": Case(wish()),
            "again": Case(wish()),
            "another": Case(wish(seed=2)),
            "real store": Case(wish(), redis_url=url),
            "online only": Case(wish(online=12, paper=0, edge=True)),
            "paper only": Case(wish(online=0, paper=6, venues=3)),
        })  # fmt: skip


@pytest.fixture(scope="session")
def defective() -> Mapping[str, Played]:
    """Evenings on servers with one defect each."""
    small = wish(online=8, paper=3, venues=1)
    return play({
        "acks and forgets": Case(small, lines=defects.AcksAndForgets),
        "knows no repeats": Case(small, lines=defects.KnowsNoRepeats),
        "accepts late": Case(small, grace_ms=LATER_CUT_OFF_MS),
        "refuses in time": Case(small, lines=defects.RefusesInTime),
        "tells wrong marks": Case(small, lines=defects.TellsWrongMarks),
        "tells no solutions": Case(small, lines=defects.TellsNoSolutions),
        "tells some too late": Case(small, lines=defects.TellsSomeTooLate),
        "tells other places": Case(small, lines=defects.TellsOtherPlaces),
        "serves another standing": Case(small, lines=defects.ServesAnotherStanding),
        "exports half": Case(small, lines=defects.ExportsHalf),
        "loses a mark": Case(small, lines=defects.LosesAMark, patience=HASTY),
        "never acks": Case(small, lines=defects.NeverAcks, patience=HASTY),
        "never goes on": Case(small, lines=defects.NeverGoesOn, patience=HASTY),
    })  # fmt: skip


SEEDS = (1, 2, 3)


@pytest.fixture(scope="session")
def three_rounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small pack, parted into rounds of two questions: gates lie between them."""
    return write_pack(tmp_path_factory.mktemp("packs"), [PACKS / "small"], most=2)


@pytest.fixture(scope="session")
def troubled(three_rounds: Path) -> Mapping[str, Played]:
    """Evenings of several seeds in trouble, one of them with perfect networks too; and some in trouble on servers with one defect
    each."""
    wishes = {seed: wish(online=4 if seed == 1 else 0, paper=8, venues=4, seed=seed) for seed in SEEDS}
    trouble = {f"trouble {seed}": Case(each, pack=three_rounds, venue_trouble=True) for seed, each in wishes.items()}
    perfect = {"perfect 1": replace(trouble["trouble 1"], venue_trouble=False)}
    planted = {
        "drops a queued mark": replace(trouble["trouble 1"], lines=defects.DropsSecondCorrections),
        "renames repeats": replace(trouble["trouble 1"], lines=defects.RenamesRepeats),
        "tells no amendments": replace(trouble["trouble 1"], lines=defects.TellsNoAmendments),
    }
    one_venue = Case(wish(online=0, paper=2, venues=1), pack=three_rounds, venue_trouble=True)
    return play({**perfect, **trouble, "one venue": one_venue, **planted})
