"""Finds packs: those that come with the server by the name of their folder, and any other by its path."""

from difflib import get_close_matches
from pathlib import Path

from rounds.check import check
from rounds.findings import Finding, PackError, Severity, has_errors
from rounds.written import FILE, Written, read

HOME = Path(__file__).parent


def packs(home: Path = HOME) -> list[str]:
    """The names of all packs in a folder, in order."""
    return sorted(folder.name for folder in home.iterdir() if (folder / FILE).is_file())


def find(name: str, home: Path = HOME) -> Path:
    """The folder of a pack: by name among those of `home`, else by a path to its folder or its pack.yaml.

    Raises PackError, which names what there is.
    """
    if name in packs(home):
        return home / name
    path = Path(name).parent if Path(name).name == FILE else Path(name)
    if path.is_dir() and (path / FILE).is_file():
        return path
    raise PackError([Finding(Severity.ERROR, name, 0, "", _nowhere(name, packs(home)))])


def load(name: str, home: Path = HOME) -> Written:
    """A pack that can be played. Raises PackError with all findings if one is an error; warnings do not stop it."""
    folder = find(name, home)
    findings = check(folder)
    if has_errors(findings):
        raise PackError(findings)
    return read(folder)


def _nowhere(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}" if known else "there are none here"
    return f"is neither a pack nor a folder with a {FILE}; {hint}"
