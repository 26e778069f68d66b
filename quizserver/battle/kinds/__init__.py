"""The kinds of question. One module a kind: what a team may answer, how it is marked, what the reveal shows.

A new kind is one module here (and its picture in the pages): it subclasses `Kind` and is registered below.
"""

from quizserver.battle.kinds.choice import OneChoice, SeveralChoices, TrueOrFalse
from quizserver.battle.kinds.kind import Kind, Problem, UnknownKind, kind_of, kinds, register
from quizserver.battle.kinds.number import Number
from quizserver.battle.kinds.text import FreeText

__all__ = ["Kind", "Problem", "UnknownKind", "kind_of", "kinds", "register"]

for _kind in (OneChoice(), SeveralChoices(), TrueOrFalse(), FreeText(), Number()):
    register(_kind)
