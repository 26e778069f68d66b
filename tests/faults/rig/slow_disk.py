"""A disk whose every fsync takes longer: a small library in front of the kernel's calls, for the server and its Redis."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent / "native" / "slow_fsync.c"


@contextmanager
def slow_disk(folder: Path, by_s: float) -> Iterator[None]:
    """Processes that are started in the block have it. Skips the test where nothing can be built or put in front."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("no C compiler, or a system without LD_PRELOAD")
    library = folder / "slow_fsync.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"], check=True, timeout=60)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LD_PRELOAD", str(library))
        patch.setenv("SLOW_FSYNC_US", str(int(by_s * 1_000_000)))
        yield
