"""The real browser of the tests: where it is, and how it comes here. Nothing downloads a browser build of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
MISSING = (
    "The browser tests need Chromium: install it with `sudo apt-get install chromium` (macOS: `brew install --cask google-chrome`)."
)


def executable() -> str | None:
    """Path of a Chromium or Chrome on this machine, or None."""
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), MAC if Path(MAC).exists() else None)


def ensure() -> str | None:
    """Installs Chromium where that needs nobody's answer. Returns the sentence to show if there is none."""
    if executable() is None and sys.platform == "linux" and shutil.which("apt-get"):
        _install_from_debian()
    return None if executable() else MISSING


def _install_from_debian() -> None:
    # sudo -n: where a password were needed, nobody may be there to type it.
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-q"], ["install", "-qy", "--no-install-recommends", "chromium"]):
        print("+ apt-get", *arguments, flush=True)
        try:
            subprocess.run([*rights, "apt-get", *arguments], env=quiet, stdin=subprocess.DEVNULL, check=False)
        except FileNotFoundError:  # no sudo here
            return
