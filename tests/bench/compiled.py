"""The two C programs, compiled when they are needed: the load client and the floor."""

import subprocess
from pathlib import Path

from tests.bench.machine import CannotMeasure

ROOT = Path(__file__).parent.parent.parent
BUILD = ROOT / "build" / "bench"
NATIVE = Path(__file__).parent / "native"
SOURCES = {"client": ("client.c", "connections.c", "frames.c"), "floor": ("floor.c", "frames.c")}


def program(name: str) -> Path:
    """The compiled program; it is compiled anew when a source is younger. Raises CannotMeasure with the compiler's words."""
    made = BUILD / name
    sources = [NATIVE / source for source in SOURCES[name]]
    if made.exists() and made.stat().st_mtime > max(file.stat().st_mtime for file in NATIVE.iterdir()):
        return made
    BUILD.mkdir(parents=True, exist_ok=True)
    fresh = made.with_suffix(".fresh")
    done = subprocess.run(["cc", "-O2", "-Wall", "-o", fresh, *sources], capture_output=True, text=True)
    if done.returncode != 0:
        raise CannotMeasure(f"{name} does not compile here, perhaps for want of `sudo apt install libc6-dev`:\n{done.stderr}")
    fresh.rename(made)
    return made
