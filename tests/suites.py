"""The test command: the checks, then each suite within its share of the time on two cores.

A suite that needs more than its share is named, one that needs more than twice its share is stopped and fails. Tests that fail
beside others, which keep both cores busy with browsers and servers, are played once more alone; those that pass then are named too.
The last line is pytest's own kind of closing line, with the sums of all suites.
"""

import ast
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from tests.support import chromium  # noqa: E402

CHECKS = {
    "lint-imports": ("lint-imports", "--no-cache"),
    "mypy": ("mypy",),
    "tsc": ("python", "-m", "tests.support.tsc"),
    "ruff": ("ruff", "check", "."),
}
AGAIN = ("--last-failed", "--last-failed-no-failures=none", "-n", "0")
COVERED = {"quizserver/battle": "tests/battle", "quizserver/wire": "tests/wire"}
"""Whose every branch must be walked, and by which tests: to count them slows all that is played meanwhile."""
FEW = 5  # tests of a suite that are tried again: whatever fails more of them is no busy machine
LAST_WORDS_S = 20  # that a suite gets after Ctrl-C, to say which test stood still


@dataclass(frozen=True)
class Suite:
    name: str
    share_min: float
    folders: tuple[str, ...]
    options: tuple[str, ...] = ()
    again: bool = True  # what failed beside others is played alone; never where branches are counted, for that would not be

    @property
    def present(self) -> list[str]:
        return [folder for folder in self.folders if any((ROOT / folder).rglob("test_*.py"))]


def suites() -> Iterator[Suite]:
    unit = "rounds services stores hub transports pages printing spreadsheets marks_in results architecture attacks/hub mutants"
    spread = ("--dist", "worksteal")
    yield Suite("rules", 1.25, tuple(COVERED.values()), ("-n", "4", *spread, *coverage()), again=False)
    yield Suite("unit and contract", 2.5, tuple(f"tests/{name}" for name in unit.split()), ("-n", "4", *spread))
    # These wait for clocks and for other processes half of the time, hence more of them than cores.
    yield Suite("chromium", 5.5, ("tests/e2e", "tests/js", "tests/attacks/pages"), ("-n", "4", *spread))
    yield Suite("faults", 4.25, ("tests/faults", "tests/attacks/sockets"), ("-n", "4", *spread))
    yield Suite("rehearsal and bench", 2, ("tests/rehearsal", "tests/bench"), ("-n", "3", "--dist", "loadfile"))


def coverage() -> list[str]:
    """Every branch of the pure core and of the language must be walked, as soon as there is any code in them."""
    covered = [folder for folder in COVERED if any(map(has_code, (ROOT / folder).rglob("*.py")))]
    return [*(f"--cov={folder}" for folder in covered), "--cov-fail-under=100"] if covered else []


def has_code(file: Path) -> bool:
    body = ast.parse(file.read_text(encoding="utf-8")).body
    return any(not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)) for node in body)


@dataclass
class Report:
    counts: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def add(self, name: str, words: str, *, failed: bool = False) -> None:
        self.lines.append(f"{name:<20} {words}")
        if failed:
            self.failed.append(name)

    def passed_alone(self, names: list[str]) -> None:
        """They are counted as failed, and have passed since."""
        self.lines += [f"{'':<20} passed alone only: {name}" for name in names]
        self.counts["failed"] -= len(names)
        self.counts["passed"] += len(names)

    def count(self, results: Path) -> None:
        """Adds what pytest wrote down; nothing if it did not get that far."""
        if not results.exists():
            return
        for suite in ElementTree.parse(results).getroot().iter("testsuite"):
            bad = {"failed": int(suite.get("failures", 0)), "error": int(suite.get("errors", 0))}
            skipped = int(suite.get("skipped", 0))
            self.counts.update(bad | {"skipped": skipped})
            self.counts["passed"] += int(suite.get("tests", 0)) - skipped - sum(bad.values())


def check(report: Report) -> None:
    for name, command in CHECKS.items():
        print("\n+", *command, flush=True)
        began = time.monotonic()
        bad = subprocess.run([Path(sys.executable).with_name(command[0]), *command[1:]], cwd=ROOT).returncode
        report.add(name, f"{time.monotonic() - began:6.1f} s", failed=bad != 0)


def play(suite: Suite, report: Report) -> None:
    if not suite.present:
        report.add(suite.name, "no tests yet")
        return
    if suite.name == "chromium" and (sentence := chromium.ensure()):
        print(sentence)  # its tests fail with the same sentence; they are not skipped
    share_s = suite.share_min * 60
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder, "results.xml")
        code = pytest([*suite.present, *suite.options, f"--junit-xml={results}"], 2 * share_s)
        report.count(results)
        names = failed_in(results)
        alone = suite.again and code == 1 and 0 < len(names) <= FEW and pytest([*suite.present, *AGAIN], share_s) == 0
    took = time.monotonic() - began
    verdict = "" if took <= share_s else " TOO SLOW" if took <= 2 * share_s else " FAR TOO SLOW, stopped"
    report.add(suite.name, f"{took:6.1f} s of {share_s:.0f} s{verdict}", failed=not (code == 0 or alone) or took > 2 * share_s)
    if alone:
        report.passed_alone(names)


def failed_in(results: Path) -> list[str]:
    """The tests that failed, by file and name; none if pytest did not get that far."""
    if not results.exists():
        return []
    cases = ElementTree.parse(results).getroot().iter("testcase")
    return [f"{case.get('classname')}::{case.get('name')}" for case in cases if case.find("failure") is not None]


def pytest(arguments: list[str], limit_s: float) -> int:
    command = [sys.executable, "-m", "pytest", *arguments]
    print("\n+ pytest", *arguments, flush=True)
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL)
    try:
        return process.wait(limit_s)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
        return stopped(process)
    except KeyboardInterrupt:  # the terminal has told pytest as well
        stopped(process)
        raise


def stopped(process: subprocess.Popen[bytes]) -> int:
    try:
        return process.wait(LAST_WORDS_S)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def closing_line(report: Report, took_s: float) -> str:
    words = ("failed", "passed", "skipped", "error")
    said = ", ".join(f"{report.counts[word]} {word}" for word in words if report.counts[word])
    return f" {said or 'no tests ran'} in {took_s:.2f}s ".center(80, "=")


def main(arguments: list[str]) -> int:
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    began = time.monotonic()
    report = Report()
    check(report)
    if arguments != ["--only", "lint"]:
        for suite in suites():
            play(suite, report)
    print("\nTime taken", *report.lines, sep="\n  ")
    print("Failed: " + ", ".join(report.failed) if report.failed else "All good.")
    if report.counts:
        print(closing_line(report, time.monotonic() - began))
    return 1 if report.failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
