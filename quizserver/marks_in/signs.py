"""What stands in one cell of a file, as a mark: letters that only look like a sign are that sign."""

from quizserver.battle.kinds.kind import MARK_HALF
from quizserver.battle.masks import BLANK, HALF, REMOVED, UNKNOWN, WRONG
from quizserver.marks_in.failed import Failed
from quizserver.spreadsheets.table import DATE, UNCOUNTED

_LOOKALIKES = {
    **dict.fromkeys("xXхХ×", REMOVED),
    **dict.fromkeys("oOоО", WRONG),
    **dict.fromkeys("–—−‐‑", BLANK),
    **dict.fromkeys("._·…", UNKNOWN),
    **dict.fromkeys("？", "?"),
    HALF: MARK_HALF,
}


def understood(text: str, where: str) -> str:
    """A sign of a mask, or the text as it stands there. Raises Failed. `where`: the number of its question."""
    if text.startswith(DATE):
        raise Failed("line_date", f"{where}: {text.removeprefix(DATE).removesuffix(' 00:00:00')}")
    if text == UNCOUNTED:
        raise Failed("line_formula", where)
    return _LOOKALIKES.get(text, text)


def signs_of(mask: str, questions: int) -> dict[int, str]:
    """A mask by the numbers of its questions; blanks between signs do not count. Raises Failed."""
    text = understood("".join(mask.split()), "")
    if len(text) != questions:
        raise Failed("line_mask_length", f"{len(text)} ≠ {questions}")
    return {number: understood(sign, str(number)) for number, sign in enumerate(text, 1)}
