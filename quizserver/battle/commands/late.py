"""What the host says of marks that came after their gate."""

from dataclasses import dataclass

from quizserver.battle.commands.command import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeLate(Command):
    """The host's word on operations that came after their gate, by name, always with a reason. `verdict`: the id of this word;
    `over`: the verdicts that the host saw on them and replaces."""

    verdict: str
    operations: tuple[str, ...]
    accepted: bool
    reason: str
    over: tuple[str, ...] = ()
