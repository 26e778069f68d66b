"""What a device may say: one class a message, known by its `t`. Whatever does not fit exactly is a WireError.

Fitting says nothing about being allowed (`allowed.py`) or being possible now (the battle). No time a client sends decides anything.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from quizserver.battle.kinds.kind import TYPED
from quizserver.battle.kinds.text import MOST_LETTERS
from quizserver.battle.sheets import MOST_LETTERS_OF_WHY
from quizserver.wire.codec import WireError
from quizserver.wire.values import (
    AnyName,
    Browser,
    Code,
    Hex128,
    Id,
    Nonce,
    Number,
    Password,
    Pin,
    Receipt,
    Scorekeeper,
    Strict,
    Time,
    Token,
    Value,
)

MOST_OPERATIONS = 100
MOST_ROWS = 100
MOST_KEYS = 500  # of an evening: one a round, or one a question where slips are collected


class Resume(Strict):
    """What the device has: nothing is sent again that it can still use."""

    battle: Id
    epoch: Number
    room: Number
    mine: Annotated[str, Field(max_length=32)] = ""


class Hello(Strict):
    """The first message of every connection. `pair`: a screen without a token asks for a code to show.

    `battle` is a console's choice; everybody else's token is good for one battle alone."""

    t: Literal["hello"]
    v: Literal[1]
    token: Token | None = None
    pair: bool = False
    resume: Resume | None = None
    battle: Id | None = None
    desk: Id | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] | None = None
    browser: Browser = ""


class SignIn(Strict):
    """A guest is a host, and says so by a password. `name`: of the host, if it has one; the rest as in a console's hello."""

    t: Literal["sign_in"]
    name: AnyName = ""
    password: Password
    battle: Id | None = None
    desk: Id | None = None
    browser: Browser = ""


class Look(Strict):
    """Is there a battle under this PIN?"""

    t: Literal["look"]
    pin: Pin


class Join(Strict):
    """A new team by its name, or a further device of a team by its code. Exactly one of the two. `id` is made by the device when
    its person asks to be let in, and kept over repeats: whoever did not hear the reply asks again, and has the seat it has."""

    t: Literal["join"]
    pin: Pin
    name: AnyName | None = None
    code: Code | None = None
    id: Hex128 | None = None


class Answer(Strict):
    """`id` is made by the device at the tap and kept over repeats.

    `seen`: the revision the device showed at the tap. `held`: the answer was kept over a lost connection. `receipt`: that of its
    ack; the answer then counts from when it was acknowledged, if it was."""

    t: Literal["answer"]
    id: Hex128
    question: Id
    opening: Number
    value: Value
    seen: Number = 0
    held: bool = False
    receipt: Receipt | None = None


class ClockAsked(Strict):
    """What is the battle time? `sent` comes back untouched, so that the device knows how long the way was."""

    t: Literal["clock"]
    sent: Time


class Do(Strict):
    """A host's press. `command` and `args` are checked by `presses.asked`. `step`: the step the console showed."""

    t: Literal["do"]
    n: Number
    command: Id
    args: dict[str, Any] = Field(default_factory=dict)
    step: Number | None = None


class _Page(Strict):
    t: Literal["page"]
    n: Number
    start: Number = 0
    count: Annotated[int, Field(ge=1, le=MOST_ROWS)] = MOST_ROWS


class StandingPage(_Page):
    """Rows of the standing: as everybody may see it, or (for a host) as it is while frozen. `own`: only teams of the venue of the
    screen that asks, each with its place among them."""

    of: Literal["standing"]
    which: Literal["total", "speed"] = "total"
    own: bool = False


class TeamsPage(_Page):
    """Teams by name; `find` keeps those whose name contains it."""

    of: Literal["teams"]
    find: Annotated[str, Field(max_length=100)] = ""


class SheetPage(_Page):
    """A venue's sheets. Who asks is then told of every cell that changes there. A desk's venue is its own, whatever it says."""

    of: Literal["sheet"]
    scope: Id
    venue: Id | None = None


class EveningPage(_Page):
    """The rounds of the evening with this desk's sheets, each with its sealed key, but for those keys of which it says to `have`
    the nonce already."""

    of: Literal["evening"]
    have: Annotated[list[Nonce], Field(max_length=MOST_KEYS)] = Field(default_factory=list)


class CellPage(_Page):
    """All that ever happened to one cell. A desk asks of teams of its own venue; `question` is `total` for the sheet's own."""

    of: Literal["cell"]
    team: Id
    round: Id
    question: Id


class PaperPage(_Page):
    """Late sheets with what letting each in would change; and how often two people's entries differed, by venue."""

    of: Literal["late", "entry"]


class HousePage(_Page):
    """What the server has beside this battle: battles, packs, addresses it can be reached under; how it is; who is signed in."""

    of: Literal["battles", "packs", "addresses", "health", "consoles"]


class HallPage(_Page):
    """Who is here: the screens of this battle, and whether they are there; whether a flood of teams arrives."""

    of: Literal["screens", "arrivals"]


class DesksPage(_Page):
    """The venues with teams on paper: how many sheets they owe, and whether their desks are there."""

    of: Literal["desks"]


class AnnouncedPage(_Page):
    """Teams that announced themselves, newest last. `find`: in a name or a captain's; `only`: what has become of them, or those
    that may be somebody else; `at`: a venue's id, or `online`."""

    of: Literal["announced"]
    find: Annotated[str, Field(max_length=100)] = ""
    only: Literal["waiting", "approved", "refused", "withdrawn", "merged", "doubles", ""] = ""
    at: Id | None = None


class RepresentativesPage(_Page):
    """Who represents each venue."""

    of: Literal["representatives"]


class KeysPage(_Page):
    """The keys of this battle's desks and screens, and which of them are in use here."""

    of: Literal["keys"]


class MissedPage(_Page):
    """Answers that were in time and came after the seal."""

    of: Literal["missed"]
    question: Id
    opening: Number


class Operation(Strict):
    """A mark as a desk enters it; what it means stands in battle/sheets.py."""

    device: Id
    counter: Number
    venue: Id
    team: Id
    round: Id
    question: Id
    who: Scorekeeper
    value: Annotated[str, Field(max_length=len(TYPED) + MOST_LETTERS)]
    over: Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=64)] = Field(default_factory=list)
    why: Annotated[str, Field(max_length=MOST_LETTERS_OF_WHY)] = ""


class Sit(Strict):
    """Who sits at this desk, said again after every hello. `scorekeeper` is an id of the device's making, or of somebody the room
    names; the `name` may be left out for one whom the battle knows. `venue` is a host's to say; a desk's is its own."""

    t: Literal["sit"]
    n: Number
    scorekeeper: Scorekeeper
    name: AnyName = ""
    venue: Id | None = None


class Marks(Strict):
    """What a desk entered. It may send all it has, twice, in any order."""

    t: Literal["marks"]
    n: Number
    operations: Annotated[list[Operation], Field(min_length=1, max_length=MOST_OPERATIONS)]


class Collected(Strict):
    """No team of the venue can write any more in this scope. `venue` is a host's to say; a desk's is its own."""

    t: Literal["collected"]
    n: Number
    scope: Id
    venue: Id | None = None


class Leave(Strict):
    """Goodbye: the device closes its page and does not come back by itself."""

    t: Literal["leave"]


PaperPages = SheetPage | EveningPage | CellPage | PaperPage | DesksPage
HostPages = TeamsPage | MissedPage | HallPage | KeysPage | HousePage | AnnouncedPage | RepresentativesPage
AnyPage = StandingPage | PaperPages | HostPages
FromClient = Hello | SignIn | Look | Join | Answer | ClockAsked | Do | AnyPage | Sit | Marks | Collected | Leave
MESSAGES = ("hello", "sign_in", "look", "join", "answer", "clock", "do", "page", "sit", "marks", "collected", "leave")
"""Every `t` a client may send."""

_page = Annotated[AnyPage, Field(discriminator="of")]
_any: TypeAdapter[FromClient] = TypeAdapter(
    Annotated[
        Hello | SignIn | Look | Join | Answer | ClockAsked | Do | _page | Sit | Marks | Collected | Leave, Field(discriminator="t")
    ]
)


def understood(message: dict[str, Any]) -> FromClient:
    """The message a decoded map is. Raises WireError: unknown_message, invalid (with the place of the first fault)."""
    if message.get("t") not in MESSAGES:
        raise WireError("unknown_message")
    try:
        said = _any.validate_python(message)
    except ValidationError as faults:
        raise WireError("invalid", place_of(faults)) from None
    if isinstance(said, Join) and (said.name is None) is (said.code is None):
        raise WireError("invalid", "join")
    return said


def place_of(faults: ValidationError) -> str:
    """Where the first fault is, in our own words only: never what the client wrote there, and never a key it made up."""
    first = faults.errors(include_url=False, include_context=False, include_input=False)[0]
    place = first["loc"][:-1] if first["type"] == "extra_forbidden" else first["loc"]
    return ".".join(str(part) for part in place)[:80]
