"""The real process: how it starts, what it says when it cannot, and that it leaves nothing behind."""

import os
import signal
import socket
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.support import server


def said(*arguments: str | Path) -> tuple[int, str]:
    """Exit code and all words of a command that ends by itself."""
    done = subprocess.run(server.command(*arguments), capture_output=True, text=True, timeout=30)
    return done.returncode, done.stdout + done.stderr


def in_group(group: int) -> list[str]:
    """Processes of a process group, from the kernel's own list."""
    members = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[2]) == group:
            members.append(stat.parent.name)
    return members


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_is_clean_and_leaves_no_key_behind(tmp_path: Path, sign: signal.Signals) -> None:
    with server.running(tmp_path) as quiz:
        assert httpx.get(f"{quiz.url}/healthz").json()["status"] == "ok"
        assert quiz.stop(sign) == 0
    assert not (tmp_path / "host-key").exists()


def test_a_stop_does_not_wait_for_a_client_that_stays(tmp_path: Path) -> None:
    with server.running(tmp_path) as quiz, httpx.Client() as client:
        client.get(f"{quiz.url}/healthz")
        assert quiz.stop() == 0


def test_the_key_is_printed_while_the_server_runs(tmp_path: Path) -> None:
    with server.running(tmp_path) as quiz:
        code, words = said("key", "--data", tmp_path)
        assert code == 0
        assert words.endswith(f"/console#{quiz.host_key}\n")
        assert words.strip() in quiz.banner
    code, words = said("key", "--data", tmp_path)  # it was killed, its file is still there
    assert (tmp_path / "host-key").exists()
    assert (code, words.count("\n")) == (1, 1)
    assert words.startswith("No server is running")


def test_a_taken_port_is_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    with socket.create_server(("0.0.0.0", 0)) as other:
        port = other.getsockname()[1]
        code, words = said("run", "--port", str(port), "--data", tmp_path / "var")
    mend = f"python -m quizserver run --port {port + 1}"
    assert (code, words) == (1, f"Port {port} is taken by another program: start with `{mend}`.\n")
    assert not (tmp_path / "var").exists()


def test_a_foreign_interface_is_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    code, words = said("run", "--host", "203.0.113.1", "--port", "0", "--data", tmp_path)
    assert (code, words.count("\n")) == (1, 1)
    assert "run --host 0.0.0.0`" in words


def test_a_folder_that_cannot_be_used_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, words = said("run", "--port", "0", "--data", tmp_path / "file")
    assert (code, words.count("\n")) == (1, 1)
    assert "--data FOLDER" in words


def test_a_folder_that_cannot_keep_the_pictures_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "media").touch()
    code, words = said("run", "--port", "0", "--data", tmp_path)
    assert (code, words.count("\n")) == (1, 1)
    assert words.startswith(f"The folder {tmp_path} cannot keep the pack's pictures (File exists)")
    assert "--data FOLDER" in words


def test_a_disk_without_room_is_refused_in_one_sentence(tmp_path: Path) -> None:
    full = ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh", *server.command("run", "--port", "0", "--data", tmp_path)]
    done = subprocess.run(full, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith(f"The folder {tmp_path} cannot be used") and "--data FOLDER" in done.stderr


HEAD = "pack: x\nlanguages: [en]\ntitle: X\nrounds:\n  - title: A\n    questions:\n"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("pack: [\n", "pack.yaml:2: is no YAML"),
        (HEAD + "      - {kind: tf, ask: Did it fly, seconds: 20}\n", "answer: is missing"),
    ],
    ids=["broken YAML", "no solutions"],
)
def test_a_pack_that_cannot_be_played_is_refused_with_its_first_mistake(tmp_path: Path, written: str, why: str) -> None:
    (tmp_path / "pack.yaml").write_text(written)
    code, words = said("run", "--port", "0", "--data", tmp_path / "var", "--pack", tmp_path)
    assert (code, words.count("\n")) == (1, 1)
    assert f"see all with `quizserver check {tmp_path}`" in words and why in words
    code, words = said("check", tmp_path)
    assert code == 1 and why in words and words.endswith("warnings\n")


def test_a_public_url_that_is_none_is_refused_in_one_sentence(tmp_path: Path) -> None:
    code, words = said("run", "--port", "0", "--data", tmp_path, "--public-url", "quiz.example")
    assert (code, words.count("\n")) == (1, 1)
    assert "--public-url" in words


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the kernel's list of processes")
def test_ctrl_c_leaves_no_orphan(tmp_path: Path) -> None:
    port = server.free_port()
    arguments = server.command("run", "--port", str(port), "--data", tmp_path)
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stdout
        assert any("Ctrl-C" in line for line in process.stdout)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does it: to everybody in the foreground
        assert process.wait(server.STOP_S) == 0
    assert in_group(process.pid) == []
