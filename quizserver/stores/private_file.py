"""Files that hold a secret."""

import os
import secrets
from pathlib import Path
from typing import BinaryIO


def new_private_file(path: Path) -> BinaryIO:
    """For its owner's eyes only. Raises OSError, also where there is one already."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def replace_private_file(path: Path, content: bytes) -> None:
    """Whoever reads it finds the old content or the new one, whole. Raises OSError, and then the old one stays."""
    unfinished = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    try:
        with new_private_file(unfinished) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
