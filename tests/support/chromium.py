"""The real browser of the tests: where it is, and how it comes here. Nothing downloads a browser build of its own."""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
MISSING = (
    "The browser tests need Chromium: install it with `sudo apt-get install chromium` (macOS: `brew install --cask google-chrome`)."
)


def executable() -> str | None:
    """Path of a Chromium or Chrome on this machine, or None."""
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), MAC if Path(MAC).exists() else None)


def ensure() -> str | None:
    """Installs Chromium where that needs nobody's answer, as Debian's headless shell where there is one: it draws for a fifth of
    the CPU time. Returns the sentence to show if there is no browser at all."""
    if sys.platform == "linux" and shutil.which("apt-get") and not shutil.which(SHELL):
        if is_missing := executable() is None:
            _apt_get("update", "-q")
        if (is_known := _is_known(SHELL)) or is_missing:
            _apt_get("install", "-qy", "--no-install-recommends", SHELL if is_known else "chromium")
    return None if executable() else MISSING


def _is_known(package: str) -> bool:
    return subprocess.run(["apt-cache", "show", package], capture_output=True, check=False).returncode == 0


def _apt_get(*arguments: str) -> None:
    # sudo -n: where a password were needed, nobody may be there to type it.
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    print("+ apt-get", *arguments, flush=True)
    with suppress(FileNotFoundError):  # no sudo here
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([*rights, "apt-get", *arguments], env=environment, stdin=subprocess.DEVNULL, check=False)
