"""What `quizserver password` does: sets a host's password in the data folder, or takes it away, while a server runs or not."""

from pathlib import Path

from quizserver.services.passwords import BrokenPasswords, fault_of, host_name
from quizserver.stores.host_passwords import HostPasswords

STILL_IN = "Consoles that are signed in stay so: the console's list of who is signed in ends them."


class CannotSet(Exception):
    """The sentence for the person at the keyboard."""


def named(name: str) -> str:
    """As the console will show it. Raises CannotSet."""
    try:
        return host_name(name)
    except ValueError as sentence:
        raise CannotSet(str(sentence)) from sentence


def set_to(data: Path, name: str, password: str) -> str:
    """What was done. Raises CannotSet."""
    if fault := fault_of(password):
        raise CannotSet(fault)
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        HostPasswords(data).set(name, password)
    except OSError as fault_of_disk:
        why = f"The folder {data} cannot be used ({fault_of_disk.strerror})"
        raise CannotSet(f"{why}: choose another with --data FOLDER.") from fault_of_disk
    except BrokenPasswords as sentence:
        raise CannotSet(str(sentence)) from sentence
    return f"{_of(name)} is set in {data}. {STILL_IN}"


def remove(data: Path, name: str) -> str:
    """What was done. Raises CannotSet."""
    passwords = HostPasswords(data)
    try:
        if passwords.remove(named(name)):
            return f"{_of(name)} is gone from {data}. {STILL_IN}"
        known = ", ".join(each or "a host without a name" for each in passwords.names())
    except FileNotFoundError:
        known = ""
    except OSError as fault:
        raise CannotSet(f"{passwords.path} cannot be changed ({fault.strerror}): mend that.") from fault
    except BrokenPasswords as sentence:
        raise CannotSet(str(sentence)) from sentence
    raise CannotSet(f"{_of(name)} is not in {data}: {f'there is one of {known}' if known else 'there is none at all'}.")


def _of(name: str) -> str:
    return f"The password of {name}" if name else "The host's password"
