"""Names people choose: cleaned so that a screen can show them, and compared so that no two teams look alike."""

from unicodedata import category, combining, normalize

MOST_LETTERS = 40  # one line on a screen at the smallest standing size
MOST_MARKS = 2  # combining marks on one letter; more is a tower of accents
_LOOKALIKES = str.maketrans("авекмнорстухіјѕԁһԛԝοαρνι01i|з", "abekmhopctyxljsdhqwoapvlolll3")


def clean_name(raw: str) -> str:
    """The name as it will be shown: NFKC, no control or direction characters, single spaces, no towers of accents.

    Raises ValueError("name_empty") or ValueError("name_too_long"): the sender's fault.
    """
    if len(raw) > 20 * MOST_LETTERS:
        raise ValueError("name_too_long")
    text = "".join(char if not category(char).startswith("C") else " " for char in normalize("NFKC", raw) if category(char) != "Cf")
    name = " ".join(_without_towers(text).split())
    if not any(category(char)[0] in "LNS" for char in name):
        raise ValueError("name_empty")
    if len(name) > MOST_LETTERS:
        raise ValueError("name_too_long")
    return name


def _without_towers(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if combining(char) or category(char) in ("Mn", "Me") else 0
        if marks <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def skeleton(name: str) -> str:
    """What a name looks like from ten metres: equal skeletons are look-alikes. Case, spaces, accents and alphabets do not count."""
    bare = "".join(char for char in normalize("NFD", name.casefold()) if not combining(char))
    return "".join(char for char in bare if category(char)[0] in "LNS").translate(_LOOKALIKES)
