"""The phase table as a picture, so that the README cannot tell another story than the code."""

from collections.abc import Iterator

from quizserver.battle.phases import TABLE, Phase


def mermaid() -> str:
    """A Mermaid state diagram of phases.TABLE, one arrow for each pair of phases, in the table's order. No newline at its end."""
    return "\n".join(("stateDiagram-v2", f"    [*] --> {Phase.LOBBY.value}", *_arrows(), f"    {Phase.FINISHED.value} --> [*]"))


def _arrows() -> Iterator[str]:
    for here, exits in TABLE.items():
        commands: dict[Phase, list[str]] = {}
        for command, phases in exits.items():
            for there in phases:
                commands.setdefault(there, []).append(command.__name__)
        yield from (f"    {here.value} --> {there.value}: {', '.join(names)}" for there, names in commands.items())
