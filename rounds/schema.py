"""The JSON Schema of the pack format, for editors. `write()` makes it anew; a test holds it equal to the models."""

from json import dumps
from pathlib import Path

from rounds.pack import WrittenPack

FILE = Path(__file__).with_name("schema.json")


def schema() -> str:
    """The schema as the file holds it."""
    written = WrittenPack.model_json_schema(mode="validation")
    for part in written["$defs"].values():
        if "enum" in part:
            del part["description"]  # the battle's own words, for its readers
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return dumps(dialect | written, ensure_ascii=False, indent=1) + "\n"


def write(file: Path = FILE) -> None:
    """Writes the schema anew, after the models have changed."""
    file.write_text(schema(), encoding="utf-8")
