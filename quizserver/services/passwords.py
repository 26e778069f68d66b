"""What a host's password must be, and what a host is called: rules without a file or a hash."""

from unicodedata import category, normalize

from quizserver.battle.names import MOST_LETTERS as LONGEST_NAME
from quizserver.battle.names import clean_name

LEAST_LETTERS = 10  # guesses at a server are slowed to some a minute; who has stolen the file is slowed by the hash alone
MOST_LETTERS = 128  # a long sentence; more is a mistake


class BrokenPasswords(Exception):
    """What is kept of them is nothing of ours: what to do, in one sentence."""


def prepared(password: str) -> str:
    """As it is hashed and compared: one system writes й in one piece, another in two."""
    return normalize("NFC", password)


def fault_of(password: str) -> str:
    """Why it will not do and what will, in one sentence; "" if it will."""
    letters = prepared(password)
    if len(letters) < LEAST_LETTERS:
        return f"A password has at least {LEAST_LETTERS} letters, digits or signs: three or four words that go together are good."
    if len(letters) > MOST_LETTERS:
        return f"A password has at most {MOST_LETTERS} letters: choose a shorter one."
    if any(category(letter) == "Cc" for letter in letters):
        return "A password holds no control characters: choose one that can be typed on any keyboard."
    return ""


def host_name(raw: str) -> str:
    """As it is shown in the list of consoles; "" for a host without a name. Raises ValueError with a sentence."""
    if not raw:
        return ""
    try:
        return clean_name(raw)
    except ValueError:
        raise ValueError(f"A host's name has 1 to {LONGEST_NAME} letters.") from None


def called(names: tuple[str, ...], typed: str) -> str | None:
    """The one of these names that was typed, in capitals or not; None if it is none of them."""
    try:
        wanted = host_name(typed).casefold()
    except ValueError:
        return None
    return next((name for name in names if name.casefold() == wanted), None)
