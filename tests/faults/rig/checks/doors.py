"""I12: a correction has its author and its time; a code or a token that was replaced opens nothing."""

from collections.abc import Iterator

from quizserver.battle import events as did
from tests.faults.rig.checks.game import Game
from tests.faults.rig.evidence import Breach

AMENDMENTS = (
    did.PointsAdjusted,
    did.AnswerRuled,
    did.QuestionVoided,
    did.MissedAdmitted,
    did.SourceChanged,
    did.MarksAccepted,
)


def amendments_have_authors(game: Game) -> Iterator[Breach]:
    """Each says who; an answer is admitted only to a box that is sealed, and marks only after the reveal."""
    for version, ((event, _), state) in enumerate(zip(game.story, game.states, strict=True), 1):
        if isinstance(event, AMENDMENTS) and not event.by:
            yield Breach("I12", f"entry {version} ({type(event).__name__}) says of nobody that they did it")
        if isinstance(event, did.MissedAdmitted) and not state.boxes[event.question, event.opening].sealed:
            yield Breach("I12", f"entry {version} admits an answer to question {event.question}, which is not sealed")
        if isinstance(event, did.MarksAccepted) and not state.is_revealed(event.scope):
            yield Breach("I12", f"entry {version} accepts marks of {event.scope}, which is not revealed")


def codes_open_once(game: Game) -> Iterator[Breach]:
    """A screen's code is good for one screen."""
    used: dict[str, str] = {}
    for asked, answer in game.done:
        message = asked.about["message"]
        if message.get("command") == "PairScreen" and answer is not None and answer.about["ok"]:
            code = message["args"]["code"]
            if code in used:
                yield Breach("I12", f"the code {code}, which {used[code]} had used, opened once more for {asked.who}")
            used[code] = asked.who


def replaced_tokens_open_nothing(game: Game) -> Iterator[Breach]:
    """From the first use of a token on the one before it is void."""
    replaced: dict[str, str] = {}
    for line in game.lines("opened"):
        token = line.about.get("token")
        if token in replaced:
            yield Breach("I12", f"{line.who} came in with token {token}, whose successor {replaced[token]} had been used")
        if token and (before := line.about.get("replaces")):
            replaced[before] = token
