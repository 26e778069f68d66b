"""Numbers on sheets of paper: round, the team's number, check digit, as `4-033-7`.

A team has its number from the moment it is first on paper, to the end of the evening: in the order in which that happened, from 1.
Blank spares are printed under numbers of the same row; whoever takes such a stack has it from then on. No number is given twice.

The check digit is Damm's (H. M. Damm, Total anti-symmetrische Quasigruppen, Marburg 2004): it finds every single wrong digit and
every pair of neighbours that changed places, also across the dashes. Luhn's does not find 09 and 90.
"""

import re
from typing import NamedTuple

from quizserver.battle.refusals import Refused, wrong
from quizserver.battle.state import Team

DAMM = (
    *("0317598642", "7092154863", "4206871359", "1750983426", "6123045978"),
    *("3674209581", "5869720134", "8945362017", "9438617205", "2581436790"),
)
"""Damm's own quasigroup of order 10, the one that everybody uses; row by what was read so far, column by the next digit."""
_WRITTEN = re.compile(r"(?:(\d{6}) )?(?:(\d{1,2})[ -](\d{3,6})[ -](\d)|(\d)(\d{3})(\d))", re.ASCII)
_DASHES = str.maketrans("‐‑‒–—−", "------")


class SheetNumber(NamedTuple):
    """`round` counts from 1, `team` is the number of a team or of a spare."""

    round: int
    team: int

    def __str__(self) -> str:
        digits = f"{self.round}{self.team:03}"
        return f"{self.round}-{self.team:03}-{check_digit(digits)}"


def check_digit(digits: str) -> int:
    """The digit that makes `digits` whole."""
    so_far = 0
    for digit in digits:
        so_far = int(DAMM[so_far][int(digit)])
    return so_far


def code_words(pin: str, number: str) -> str:
    """What the QR code on a sheet says: 14 letters as a rule, which is the smallest code there is (version 1, level M holds 20)."""
    return f"{pin} {number}"


def read(text: str, pin: str) -> SheetNumber | Refused:
    """A number as somebody typed it, or what a sheet's QR code says. Dashes may be spaces, or missing from five digits.

    Refused as `no_sheet_number`, `wrong_check_digit`, or `sheet_of_another_battle` where the code names another PIN."""
    found = _WRITTEN.fullmatch(" ".join(text.translate(_DASHES).split()))
    if found is None:
        return wrong("no_sheet_number")
    theirs, *parts = found.groups()
    playing, team, check = (part for part in parts if part is not None)
    if check_digit(playing + team) != int(check):
        return wrong("wrong_check_digit", text)
    number = SheetNumber(int(playing), int(team))
    if 0 in number or f"{number.round}{number.team:03}" != playing + team:
        return wrong("no_sheet_number")
    return wrong("sheet_of_another_battle") if theirs not in (None, pin) else number


def has_sheet(team: Team, number: SheetNumber | Refused) -> bool:
    """True if this is a sheet of this team."""
    return isinstance(number, SheetNumber) and number.team in team.sheets
