"""The key of the receipts, in `<data>/receipt-key`: made once, the same for every server on the folder, for its owner alone."""

import contextlib
import os
import secrets
from pathlib import Path

from quizserver.services.receipts import KEY_BYTES

NAME = "receipt-key"


def receipt_key(folder: Path) -> bytes:
    """The folder's key. Raises OSError where there is none and none can be written."""
    path = folder / NAME
    with contextlib.suppress(FileNotFoundError):
        return path.read_bytes()
    unfinished = folder / f".{NAME}-{secrets.token_hex(8)}"
    file = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(file, secrets.token_bytes(KEY_BYTES))
        os.fsync(file)
        with contextlib.suppress(FileExistsError):  # of two servers that start at once one is first
            os.link(unfinished, path)
    finally:
        os.close(file)
        unfinished.unlink()
    return path.read_bytes()
