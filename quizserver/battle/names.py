"""Names people choose: cleaned so that a screen can show them, and compared so that no two teams look alike."""

from functools import lru_cache
from unicodedata import category, combining, normalize

MOST_LETTERS = 40  # one line on a screen at the smallest standing size
MOST_MARKS = 2  # combining marks on one letter; more is a tower of accents
_BLANKS = "\u115f\u1160\u2800"  # letters and signs that nobody sees
NUMBER_SIGN = "№"
_LOOKALIKES = str.maketrans("авекмнорстухіјѕԁһԛԝοαρνι01i|з", "abekmhopctyxljsdhqwoapvlolll3")


def clean_name(raw: str, most: int = MOST_LETTERS) -> str:
    """The name as it will be shown: NFKC, no control or direction characters, single spaces, no towers of accents, `most` letters.

    Raises ValueError("name_empty") or ValueError("name_too_long"): the sender's fault.
    """
    if len(raw) > 20 * most:
        raise ValueError("name_too_long")
    seen = (char for char in _folded(raw) if category(char) != "Cf")
    text = "".join(" " if char in _BLANKS or category(char).startswith("C") else char for char in seen)
    name = " ".join(_without_towers(_folded(text)).split())
    if not any(category(char)[0] in "LNS" for char in name):
        raise ValueError("name_empty")
    if len(name) > most:
        raise ValueError("name_too_long")
    return name


def _folded(text: str) -> str:
    """NFKC, but for the number sign: in Russian names «№ 8» is as common as a dash, and NFKC would write «No 8»."""
    return NUMBER_SIGN.join(normalize("NFKC", part) for part in text.split(NUMBER_SIGN))


def _without_towers(text: str) -> str:
    """At most MOST_MARKS on a letter, and none on nothing."""
    kept: list[str] = []
    marks = MOST_MARKS
    for char in text:
        is_mark = bool(combining(char)) or category(char) in ("Mn", "Me")
        marks = marks + 1 if is_mark else MOST_MARKS if char.isspace() else 0
        if not is_mark or marks <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)


@lru_cache(8_192)  # the names of an evening of 3,000 announcements and their captains, which are compared again and again
def skeleton(name: str) -> str:
    """What a name looks like from ten metres: equal skeletons are look-alikes. Case, spaces, accents and alphabets do not count."""
    bare = "".join(char for char in normalize("NFD", name.casefold()) if not combining(char))
    return "".join(char for char in bare if category(char)[0] in "LNS").translate(_LOOKALIKES)
