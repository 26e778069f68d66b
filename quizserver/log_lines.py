"""The log as lines that nobody can forge: what comes from outside has no control characters in it by the time it is written."""

import logging
import sys
from unicodedata import category


class Lines(logging.Formatter):
    """One line a message, whatever is in it; a traceback keeps its lines, indented, so that none of them looks like a message."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """The line itself."""
        return escaped(super().formatMessage(record))

    def formatException(self, ei: object) -> str:  # noqa: N802
        """The lines below it."""
        lines = super().formatException(ei).splitlines()  # type: ignore[arg-type]
        return "\n".join(f"  {escaped(line)}" for line in lines)


def escaped(text: str) -> str:
    """Control, direction and line characters as Python writes them."""
    return "".join(char if _is_plain(char) else char.encode("unicode_escape").decode("ascii") for char in text)


def begin() -> None:
    """All of this process to standard error, from warnings on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


def _is_plain(char: str) -> bool:
    return category(char)[0] != "C" and category(char) not in ("Zl", "Zp")
