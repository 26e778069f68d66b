"""No rule knows which day it is: battle time is a number, and only sentences for people turn it into a date, always in UTC.

So an evening may go on past midnight, a change of the clocks or a new year.
"""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("quizserver", "rounds", "host_console", "player_web")
SAYS_DATES = {"quizserver/exports.py", "quizserver/services/restoring.py"}
CALENDAR = {"datetime", "calendar", "zoneinfo", "localtime", "gmtime", "mktime", "strftime", "ctime", "asctime", "tzset"}


def asks_the_calendar(source: str) -> bool:
    """True if a module names anything that knows days."""
    for node in ast.walk(ast.parse(source)):
        names = {
            ast.Import: lambda node: [alias.name for alias in node.names],
            ast.ImportFrom: lambda node: [node.module or "", *(alias.name for alias in node.names)],
            ast.Attribute: lambda node: [node.attr],
        }.get(type(node), lambda node: [])(node)
        if CALENDAR & set(names):
            return True
    return False


def test_only_sentences_for_people_know_the_calendar() -> None:
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py")]
    asking = {file.relative_to(ROOT).as_posix() for file in files if asks_the_calendar(file.read_text(encoding="utf-8"))}
    assert asking == SAYS_DATES
