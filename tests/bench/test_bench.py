"""The benchmark itself, quickly: everything is delivered, acknowledged and measured. How long it takes is no test's business."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.plan import QUICK
from tests.bench.results import faults

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.skipif(sys.platform != "linux", reason="the load client needs Linux's epoll")
def test_everything_is_delivered_acknowledged_and_measured(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "tests.bench", "--quick", "--out", tmp_path], cwd=ROOT, timeout=170)
    assert done.returncode == 0
    assert faults(json.loads((tmp_path / "bench.json").read_text()), QUICK) == []
    assert (tmp_path / "bench.svg").read_text().startswith("<svg")
