"""The schema for editors, and the guide for writers, say what the models say."""

from json import loads
from pathlib import Path
from re import DOTALL, search

from rounds.kinds import FORMS
from rounds.library import HOME, packs
from rounds.schema import FILE, schema, write
from tests.rounds.small_pack import PACKS
from tests.rounds.spoiled import told
from tests.rounds.spoiled import write as write_pack


def test_schema_is_equal_to_the_models(tmp_path: Path) -> None:
    assert FILE.read_text("utf-8") == schema(), "run rounds.schema.write()"
    write(tmp_path / "schema.json")
    assert (tmp_path / "schema.json").read_text("utf-8") == schema()


def test_each_kind_is_completed_by_its_own_form_alone() -> None:
    forms = loads(schema())["$defs"]
    assert forms["Other"]["properties"]["kind"]["not"]["enum"] == list(FORMS)
    assert forms["Choice"]["properties"]["kind"]["enum"] == ["one", "several"]
    assert forms["Number"]["properties"]["points"]["default"] == 1


def test_every_pack_tells_the_editor_where_its_schema_is() -> None:
    for folder in [*(HOME / name for name in packs()), PACKS / "small"]:
        first = (folder / "pack.yaml").read_text("utf-8").splitlines()[0]
        schema_file = first.removeprefix("# yaml-language-server: $schema=")
        assert (folder / schema_file).resolve() == FILE


def test_example_in_the_guide_is_a_pack(tmp_path: Path) -> None:
    found = search(r"```yaml\n(.*?)```", (HOME / "README.md").read_text("utf-8"), DOTALL)
    assert found
    folder = write_pack(tmp_path, found[1].replace("pack: tupolev", "pack: small").replace(", art: art.svg", ""))
    assert told(folder) == []
