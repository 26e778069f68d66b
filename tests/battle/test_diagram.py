"""The README's picture of the phases is made from the table."""

from pathlib import Path

from quizserver.battle.diagram import mermaid
from quizserver.battle.phases import TABLE

README = Path(__file__).parents[2] / "README.md"
MARKER = "<!-- phases -->"


def test_the_diagram_has_one_arrow_for_each_pair_of_phases_with_all_its_commands() -> None:
    arrows = [line.strip() for line in mermaid().splitlines() if ": " in line]
    drawn = {(pair, name) for pair, names in (arrow.split(": ") for arrow in arrows) for name in names.split(", ")}
    assert drawn == {
        (f"{here.value} --> {there.value}", command.__name__)
        for here, exits in TABLE.items()
        for command, phases in exits.items()
        for there in phases
    }
    assert len({arrow.split(": ")[0] for arrow in arrows}) == len(arrows)


def test_the_diagram_begins_in_the_lobby_and_ends_when_all_is_finished() -> None:
    lines = mermaid().splitlines()
    assert (lines[0], lines[1].strip(), lines[-1].strip()) == ("stateDiagram-v2", "[*] --> lobby", "finished --> [*]")


def test_the_readme_shows_the_diagram_of_the_table() -> None:
    parts = README.read_text(encoding="utf-8").split(MARKER)
    assert parts[1].strip() == f"```mermaid\n{mermaid()}\n```"
