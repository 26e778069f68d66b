"""The key of the receipts, in `<data>/receipt-key`: made once, the same for every server on the folder, for its owner alone."""

import contextlib
import os
import secrets
from pathlib import Path

from quizserver.services.receipts import KEY_BYTES
from quizserver.stores.private_file import new_private_file

NAME = "receipt-key"


def receipt_key(folder: Path) -> bytes:
    """The folder's key. Raises OSError where there is none and none can be written."""
    path = folder / NAME
    with contextlib.suppress(FileNotFoundError):
        return path.read_bytes()
    unfinished = folder / f".{NAME}-{secrets.token_hex(8)}"
    try:
        with new_private_file(unfinished) as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):  # of two servers that start at once one is first
            os.link(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path.read_bytes()
