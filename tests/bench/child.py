"""A child process that is told what to do by lines on its stdin and answers by lines on its stdout."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.bench import machine
from tests.bench.compiled import ROOT

GOODBYE_S = 10.0
NOT_OURS = ("REDIS_URL", "QUIZ_REDIS_URL", "DATABASE_URL", "QUIZ_DATABASE_URL", "QUIZ_DATA", "QUIZ_PORT", "QUIZ_HOST")
"""Settings of another server. QUIZ_TRANSPORT stays: it says which transport is measured."""

Reply = dict[str, Any]


class Child:
    """Runs on one core from its first moment to its last."""

    def __init__(self, command: Sequence[str | Path], core: int, env: Mapping[str, str] | None = None) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        self._name = Path(command[-1] if len(command) < 3 else command[2]).name
        with machine.on_core(core):
            self.process = subprocess.Popen(
                list(map(str, command)),
                cwd=ROOT,
                env={**kept, **(env or {})},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )

    def tell(self, line: str) -> None:
        """Says a line and waits for nothing."""
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def hear(self) -> str:
        """The next line. Raises CannotMeasure: a child that has ended has said why on our own stderr."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            code = self.process.wait(GOODBYE_S)
            raise machine.CannotMeasure(f"{self._name} ended with code {code} before it had answered; its last words stand above.")
        return line.strip()

    def hear_until(self, word: str) -> list[str]:
        """The words of the next line that begins with this one; others are passed over."""
        while True:
            words = self.hear().split()
            if words[:1] == [word]:
                return words

    def reply(self) -> Reply:
        """The next line that is JSON."""
        while not (line := self.hear()).startswith("{"):
            pass
        reply: Reply = json.loads(line)
        return reply

    def ask(self, line: str) -> Reply:
        """Says a line and waits for its answer."""
        self.tell(line)
        return self.reply()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Ends it whatever happened."""
        assert self.process.stdin and self.process.stdout
        self.process.terminate()
        try:
            self.process.wait(GOODBYE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
