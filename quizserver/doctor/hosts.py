"""Who may come in as a host."""

from pathlib import Path

from quizserver.doctor.finding import Finding, bad, good, warning
from quizserver.services.passwords import BrokenPasswords
from quizserver.stores.host_passwords import HostPasswords


def passwords(data: Path) -> Finding:
    """Whose there are, and that they are their owner's."""
    kept = HostPasswords(data)
    try:
        names = kept.names()
        is_read_by_others = bool(names and kept.path.stat().st_mode & 0o077)
    except BrokenPasswords as sentence:
        return bad(str(sentence))
    except OSError as fault:
        return bad(f"{kept.path} cannot be read ({fault.strerror}): nobody can sign in by password until that is mended.")
    if is_read_by_others:
        return warning(f"Other users of this machine can read {kept.path}: run chmod 600 {kept.path}.")
    if not names:
        return good("No host has a password: the console opens by the key that the server prints.")
    return good(f"{_listed(names)} a password; the key that the server prints opens the console too.")


def _listed(names: tuple[str, ...]) -> str:
    """A sentence's beginning."""
    called = [*filter(None, names), *(["a host without a name"] if "" in names else [])]
    if called == ["a host without a name"]:
        return "The host has"
    return f"{', '.join(called)} {'has' if len(called) == 1 else 'have'}"
