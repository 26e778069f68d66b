"""A small battle, and an evening of it played without any store: what tests need that do not care which battle it is."""

from quizserver.battle import commands as ask
from quizserver.battle.commands import Command
from quizserver.battle.decide import decide
from quizserver.battle.events import AnswerRow, Event, Name
from quizserver.battle.evolve import evolve
from quizserver.battle.ids import AnswerId, BattleId, OptionId, QuestionId, RoundId, ScorekeeperId, SeatId, TeamId, VenueId
from quizserver.battle.questions import Collect, Option, Pack, Question, Reveal, Round, Solution
from quizserver.battle.refusals import Refused
from quizserver.battle.settings import BattleSettings, Source
from quizserver.battle.sheets import Operation
from quizserver.battle.state import BattleState
from quizserver.services.entries import Happened, chained
from quizserver.services.ports import Entry, Head

BATTLE, PIN, HALL = BattleId("battle1"), "123456", VenueId("hall")
FIRST, SECOND = RoundId("first"), RoundId("second")
CHOICE, NUMBER, TEXT = QuestionId("choice"), QuestionId("number"), QuestionId("text")
RIGHT, WRONG = OptionId("right"), OptionId("wrong")
ANNA = ScorekeeperId("a" * 16)
BEGIN_MS = 1_700_000_000_000


def small_pack() -> Pack:
    """Two rounds: two questions revealed at the end of the round, one revealed at once with slips for paper."""
    choice = Question(CHOICE, "one", {"en": "Which?"}, 20, (Option(RIGHT, {"en": "this"}), Option(WRONG, {"en": "that"})))
    number = Question(NUMBER, "number", {"en": "How many?"}, 20)
    text = Question(TEXT, "text", {"en": "What?"}, 20)
    solutions = {
        CHOICE: Solution(CHOICE, {"right": (RIGHT,)}),
        NUMBER: Solution(NUMBER, {"value": "104", "mode": "nearest"}),
        TEXT: Solution(TEXT, {"accept": {"en": ("tungsten",)}}),
    }
    rounds = (
        Round(FIRST, {"en": "First"}, (choice, number), reading_ms=0),
        Round(SECOND, {"en": "Second"}, (text,), Reveal.EACH, collect=Collect.QUESTION, reading_ms=0),
    )
    return Pack("small", {"en": "A small pack"}, ("en",), rounds, solutions)


def creation(settings: BattleSettings | None = None) -> ask.CreateBattle:
    """The first command of the battle."""
    chosen = settings or BattleSettings(title="Evening", language="en")
    return ask.CreateBattle(battle=BATTLE, pin=PIN, pack=small_pack(), settings=chosen, venue=HALL, venue_name="Hall")


def join(number: int, plays: Source = Source.ONLINE) -> ask.JoinTeam:
    """Team `t<number>`, named `Team <number>`."""
    team, name = TeamId(f"t{number}"), Name(f"Team {number}", f"{number:032x}")
    if plays is Source.PAPER:
        return ask.JoinTeam(team=team, name=name, plays=plays, venue=HALL)
    return ask.JoinTeam(team=team, name=name, plays=plays, seat=SeatId(f"s{number}"), token_hash=f"{number:064x}")


def row(number: int, stamp_ms: int, value: str, revision: int = 1) -> AnswerRow:
    """An answer of team `t<number>`."""
    return AnswerRow(TeamId(f"t{number}"), AnswerId(f"{number:016x}{revision:016x}"), revision, stamp_ms, value)


def mark(team: int, question: QuestionId, value: str, counter: int = 1, playing: RoundId = FIRST) -> Operation:
    """What the desk of the hall enters for team `t<team>`."""
    return Operation("desk", counter, HALL, TeamId(f"t{team}"), playing, question, ANNA, value)


def sits(scorekeeper: ScorekeeperId = ANNA, venue: VenueId = HALL, name: str = "Anna Petrovna") -> ask.NameScorekeeper:
    """Somebody sits down at a desk."""
    return ask.NameScorekeeper(scorekeeper=scorekeeper, venue=venue, name=Name(name, "5" * 32))


class Evening:
    """Commands one by one on a battle that nobody else plays; a refusal is a failed test."""

    def __init__(self) -> None:
        self.state: BattleState | None = None
        self.now_ms = BEGIN_MS
        self.history: list[Happened] = []

    def ask(self, *commands: Command) -> tuple[Event, ...]:
        """The events of the last command."""
        events: tuple[Event, ...] = ()
        for command in commands:
            outcome = decide(self.state, command, self.now_ms)
            assert not isinstance(outcome, Refused), outcome
            events = outcome
            for event in events:
                self.state = evolve(self.state, event, self.now_ms)
                self.history.append((event, self.now_ms))
        return events

    def pass_s(self, seconds: float) -> None:
        self.now_ms += int(seconds * 1000)

    def time_up(self) -> None:
        """Waits for the clock and calls it out."""
        assert self.state and self.state.clock
        self.now_ms = self.state.clock.cut_off_ms + 1
        self.ask(ask.TimeUp(clock=self.state.clock.id))

    def entries(self) -> list[Entry]:
        """The ledger of it."""
        return chained(Head(), self.history)


def played() -> Evening:
    """A whole evening: two teams online, one on paper; the two rounds' standings are in it."""
    evening = Evening()
    evening.ask(creation(), join(1), join(2), join(3, Source.PAPER))
    evening.ask(ask.StartRound(), ask.ShowQuestion(), ask.ShowQuestion())
    first_ms = evening.now_ms
    evening.pass_s(5)
    evening.ask(ask.CallLast())
    evening.time_up()
    evening.ask(ask.SealBox(question=CHOICE, opening=1, rows=(row(1, first_ms + 1, WRONG), row(1, first_ms + 2, RIGHT, 2))))
    evening.ask(ask.SealBox(question=NUMBER, opening=1, rows=(row(1, first_ms + 3, "100"), row(2, first_ms + 4, "105"))))
    evening.ask(ask.ConfirmCollected(venue=HALL, scope=FIRST), ask.Reveal(), ask.Reveal())
    evening.ask(sits(), ask.EnterMarks(operations=(mark(3, CHOICE, "1"), mark(3, NUMBER, "104", 2))), ask.EndRound())
    evening.ask(ask.StartRound(), ask.ShowQuestion())
    evening.pass_s(2)
    evening.ask(ask.CloseAnswers())
    evening.ask(ask.SealBox(question=TEXT, opening=1, rows=(row(2, evening.now_ms - 1, "Wolfram"),)))
    evening.ask(ask.ConfirmCollected(venue=HALL, scope=TEXT), ask.Reveal())
    evening.ask(ask.RuleAnswer(question=TEXT, said="wolfram", accepted=True))
    evening.ask(ask.AdjustPoints(team=TeamId("t1"), points=-50, reason="shouted"), ask.EndRound())
    evening.ask(ask.ShowPodium(), ask.Finish())
    return evening
