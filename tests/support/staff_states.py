"""Evenings for the staff pages: the pure core driven to every place a host or scorekeeper can be in. No server, no clock."""

from base64 import b32encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path
from random import Random

from quizserver.battle import commands as ask
from quizserver.battle.decide import decide
from quizserver.battle.events import AnswerRow, Name
from quizserver.battle.evolve import evolve
from quizserver.battle.ids import AnswerId, BattleId, ScorekeeperId, SeatId, TeamId, VenueId
from quizserver.battle.kinds import kind_of
from quizserver.battle.questions import Plain, Question
from quizserver.battle.refusals import Refused
from quizserver.battle.settings import BattleSettings, Source
from quizserver.battle.sheets import Operation
from quizserver.battle.standings import standing
from quizserver.battle.state import BattleState, reveals_at_end
from rounds.freeze import Frozen, freeze
from rounds.library import load

BEGINS_MS = 1_648_742_000_000
VENUES = ("Технопарк «Калибр»", "ДК «Прожектор»", "Библиотека № 155", "Колледж № 26")
PAPER = (
    "Бригада № 8",
    "Лонжерон",
    "Нержавейка",
    "ОТК не пропустит",
    "Сборная третьего цеха и все, кто рядом",
    "Флаттер",
    "Гайка М8",
    "7А и физрук",
    "Точка росы",
)
ONLINE = (
    "Допуск и посадка",
    "Два мешка с песком",
    "Red Wing Machinists",
    "Чугунная логика",
    "Ы",
    "<b>Жирные</b> & “злые”",
    "Пятая ось",
    "Рейсшина",
    "Кульман и партнёры",
    "Вектор тяги",
    "Сопромат сдан",
    "Четыре мотора",
)
PAPER_TEAMS = len(PAPER) + 4  # the first venue has the named ones, the others share the rest
WRONG_TEXTS = ("Ту сто четыре А", "ИЛ-62", "<script>alert(1)</script>", "Ту-124")


def pack_of(name: str, online_only: bool = False) -> Frozen:
    numbers = count()
    return freeze(load(name), lambda: f"q{next(numbers):03}", Random(1).shuffle, online_only)


@dataclass
class Evening:
    """A battle that is asked for things and moves on. Battle time stands still until `wait`."""

    frozen: Frozen
    online_only: bool = False
    approval: bool = False
    double_entry: bool = False
    now_ms: int = BEGINS_MS
    numbers: "count[int]" = field(default_factory=count)
    listeners: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._state: BattleState | None = None
        settings = BattleSettings(
            title="Битва технологий",
            language="ru",
            online_only=self.online_only,
            approval=self.approval,
            double_entry=self.double_entry,
        )
        self.do(
            ask.CreateBattle(
                battle=BattleId("battle1"),
                pin="418027",
                pack=self.frozen.pack,
                settings=settings,
                venue=VenueId("v0"),
                venue_name=VENUES[0],
            )
        )

    @property
    def state(self) -> BattleState:
        assert self._state
        return self._state

    @property
    def question(self) -> Question:
        assert self.state.current_question
        return self.state.current_question

    def asked(self, command: ask.Command) -> Refused | None:
        """Does it, or says why not; whoever listens is told of a change."""
        outcome = decide(self._state, command, self.now_ms)
        if isinstance(outcome, Refused):
            return outcome
        for event in outcome:
            self._state = evolve(self._state, event, self.now_ms)
        for tell in self.listeners if outcome else ():
            tell()
        return None

    def do(self, *commands: ask.Command) -> "Evening":
        for command in commands:
            refused = self.asked(command)
            assert refused is None, (type(command).__name__, refused)
        return self

    def wait(self, ms: int) -> "Evening":
        self.now_ms += ms
        return self

    # --- people ---

    def people(self, paper: int = PAPER_TEAMS, online: int = len(ONLINE), venues: int = len(VENUES)) -> "Evening":
        """Venues, then teams: paper ones mostly in the first venue."""
        for at in range(1, venues if paper else 1):
            self.do(ask.AddVenue(venue=VenueId(f"v{at}"), name=VENUES[at]))
        for at in range(paper):
            name = PAPER[at] if at < len(PAPER) else f"Цех {at + 1}"
            self.join(name, Source.PAPER, VenueId("v0" if at < len(PAPER) or venues == 1 else f"v{at % venues}"))
        for at in range(online):
            self.join(ONLINE[at] if at < len(ONLINE) else f"Команда {at + 1}", Source.ONLINE)
        return self

    def join(self, name: str, plays: Source, venue: VenueId | None = None) -> TeamId:
        team = TeamId(f"t{next(self.numbers):03}")
        seat = SeatId(f"s{team}") if plays is Source.ONLINE else None
        self.do(ask.JoinTeam(team=team, name=Name(name, "0" * 32), plays=plays, venue=venue, seat=seat, token_hash=f"h{team}"))
        return team

    # --- answers ---

    def says(self, question: Question, at: int) -> Plain:
        """What the online team number `at` answers: mostly right, some all wrong in the same words."""
        solution = self.state.solution(question.id)
        if question.options:
            right = solution.key["right"]
            assert isinstance(right, tuple)
            said = list(right) if at % 3 else [question.options[at % len(question.options)].id]
            return kind_of(question).read(question, said if question.kind == "several" else said[0])
        if question.kind == "number":
            return str(int(str(solution.key["value"])) + (0 if at % 3 else at))
        accept = solution.key["accept"]
        assert isinstance(accept, Mapping)
        variants = accept["ru"]
        assert isinstance(variants, tuple)
        return str(variants[0]) if at % 2 else WRONG_TEXTS[(at // 2) % len(WRONG_TEXTS)]

    def seal(self) -> "Evening":
        """Every closed box gets its answers and its seal."""
        online = [team for team in self.state.teams.values() if team.plays is Source.ONLINE]
        for (question, opening), box in list(self.state.boxes.items()):
            if box.sealed or not box.closed:
                continue
            _, asked = self.state.plan.questions[self.state.plan.positions[question]]
            rows = tuple(
                AnswerRow(team.id, AnswerId(f"{at:032x}"), 1, box.opens_at_ms + 1000 + at, self.says(asked, at))
                for at, team in enumerate(online)
                if at % 7 != 6
            )
            self.do(ask.SealBox(question=question, opening=opening, rows=rows))
        return self

    # --- steps ---

    def start_round(self) -> "Evening":
        return self.do(ask.StartRound())

    def show(self) -> "Evening":
        """The next question, its reading time over."""
        return self.do(ask.ShowQuestion()).wait(5_000)

    def play_round(self) -> "Evening":
        """All questions of a round that is revealed at its end, up to the last one being open."""
        playing = self.state.pack.rounds[self.state.round]
        assert reveals_at_end(playing)
        for _ in playing.questions:
            self.show()
        return self

    def close_round(self) -> "Evening":
        return self.do(ask.CallLast()).wait(20_000).do(ask.CloseAnswers())

    def collect(self, *venues: str) -> "Evening":
        scope = self.state.pack.rounds[self.state.round].id
        return self.do(*(ask.ConfirmCollected(venue=VenueId(venue), scope=scope) for venue in venues))

    def collect_all(self) -> "Evening":
        return self.collect(*self.state.venues)

    def reveal(self, times: int = 1) -> "Evening":
        for _ in range(times):
            self.do(ask.Reveal())
        return self

    def mark(
        self,
        team: int,
        question: int,
        value: str,
        who: str = "Анна",
        device: str = "desk-a",
        over: tuple[str, ...] = (),
        why: str = "",
    ) -> str:
        """A desk's mark in the first round; the operation's name. `question` -1: the sheet's total."""
        playing = self.state.pack.rounds[0]
        paper = [each for each in self.state.teams.values() if each.plays is Source.PAPER][team]
        at = playing.questions[question].id if question >= 0 else "total"
        number = next(self.numbers) + 1
        assert paper.venue
        sits = self.sits(who, paper.venue)
        self.do(
            ask.EnterMarks(
                operations=(
                    Operation(device, number, paper.venue, paper.id, playing.id, at, sits, value, over, why),  # type: ignore[arg-type]
                )
            )
        )
        return f"{device}:{number}"

    def sits(self, name: str, venue: VenueId) -> ScorekeeperId:
        """Somebody at a venue's desk, always under the same id."""
        sits = ScorekeeperId(b32encode(sha256(f"{name} {venue}".encode()).digest()[:10]).decode().lower())
        self.do(ask.NameScorekeeper(scorekeeper=sits, venue=venue, name=Name(name, "0" * 32)))
        return sits

    def sheets(self, teams: int) -> "Evening":
        """Whole sheets of the first so many paper teams."""
        for team in range(teams):
            for at, question in enumerate(self.state.pack.rounds[0].questions):
                takes_value = kind_of(question).paper_takes_value(question, self.state.solution(question.id))
                self.mark(team, at, str(10_000 + team) if takes_value else "1" if (team + at) % 3 else "0")
        return self


def paper_evening(paper: int = PAPER_TEAMS, online: int = len(ONLINE)) -> Evening:
    """Phones and sheets together: answers are revealed at the round's end."""
    return Evening(pack_of("tupolev")).people(paper, online)


def online_evening() -> Evening:
    """Phones alone: every answer is revealed at once."""
    return Evening(pack_of("tupolev", online_only=True), online_only=True).people(paper=0)


def _closed() -> Evening:
    return paper_evening().start_round().play_round().close_round()


def _revealed(times: int) -> Evening:
    return _closed().seal().collect_all().sheets(4).reveal(times)


def _each(questions: int) -> Evening:
    """Online only, with this many questions revealed."""
    evening = online_evening().start_round()
    for _ in range(questions):
        evening.show().do(ask.CloseAnswers()).seal().reveal()
    return evening


def _mixed() -> Evening:
    """Paper teams of the first venue that went over to their phones in the middle of the round; one had written on paper too."""
    evening = _closed()
    paper = [team.id for team in evening.state.teams.values() if team.plays is Source.PAPER]
    playing = evening.state.pack.rounds[0]
    for team, start in ((paper[1], 5), (paper[4], 9)):
        evening.do(
            ask.ChangeSource(
                team=team,
                round=playing.id,
                question=playing.questions[start].id,
                source=Source.ONLINE,
                only_this_round=False,
                reason="Сеть вернулась",
            )
        )
    return evening.seal().collect_all().sheets(2)


def _ended() -> Evening:
    return _revealed(12).do(ask.EndRound())


def _open_winner() -> Evening:
    """A team whose sheet is missing has a bonus, and might still be first."""
    evening = _ended()
    missing = next(row.team for row in standing(evening.state) if row.pending)
    return evening.do(ask.AdjustPoints(team=missing, points=100, reason="Песня"), ask.ShowStanding())


def _final() -> Evening:
    return _ended().do(ask.ShowStanding(), ask.ShowPodium())


def _disputed() -> Evening:
    evening = _closed().seal().collect_all().sheets(5)
    evening.mark(3, 6, "1", "Борис", "desk-b")
    evening.mark(3, 6, "0", "Вера", "desk-c")
    evening.mark(2, -1, "6")
    return evening


def _blind() -> Evening:
    """Two people enter every sheet: Anna has been through four of them, Boris through two, and they read one cell differently."""
    evening = Evening(pack_of("tupolev"), double_entry=True).people().start_round().play_round().close_round()
    evening.seal().collect_all().sheets(4)
    for team in range(2):
        for at in range(len(evening.state.pack.rounds[0].questions) - 1):
            evening.mark(team, at, "0" if (team, at) == (1, 4) else "1" if (team + at) % 3 else "0", "Борис", "desk-b")
    return evening


def _late() -> Evening:
    """After the end a courier brings a sheet, and somebody corrects a mark."""
    evening = _closed().seal().collect_all().sheets(4)
    evening.reveal(12).do(ask.EndRound(), ask.ShowStanding(), ask.ShowPodium(), ask.Finish()).wait(600_000)
    for at in range(11):
        evening.mark(5, at, "1" if at % 4 else "0", "Борис", "desk-b")
    old = evening.state.cells[_paper(evening)[1], evening.state.pack.rounds[0].id, evening.state.pack.rounds[0].questions[2].id]
    evening.mark(1, 2, "0", over=tuple(old), why="Прочли лист ещё раз")
    return evening


def _paper(evening: Evening) -> list[TeamId]:
    return [team.id for team in evening.state.teams.values() if team.plays is Source.PAPER]


def _amended() -> Evening:
    evening = _late()
    late = tuple(name for name, key in evening.state.late.items() if key[0] == _paper(evening)[5])
    return evening.do(ask.JudgeLate(verdict="v1", operations=late, accepted=True, reason="Лист был у курьера", by="host"))


SCENES: Mapping[str, Callable[[], Evening]] = {
    "empty": lambda: Evening(pack_of("tupolev")),
    "lobby": paper_evening,
    "round_intro": lambda: paper_evening().start_round(),
    "reading": lambda: paper_evening().start_round().do(ask.ShowQuestion()),
    "question": lambda: paper_evening().start_round().show(),
    "picture": lambda: paper_evening().start_round().show().show().show(),
    "paused": lambda: paper_evening().start_round().show().do(ask.Pause()),
    "last_question": lambda: paper_evening().start_round().play_round(),
    "last_call": lambda: paper_evening().start_round().play_round().do(ask.CallLast()).wait(20_000),
    "collecting": _closed,
    "sealing": lambda: _closed().collect_all(),
    "collected": lambda: _closed().seal().collect_all(),
    "revealed": lambda: _revealed(1),
    "judging": lambda: _revealed(6),
    "number": lambda: _revealed(12),
    "disputed": lambda: _disputed().reveal(),
    "mixed": _mixed,
    "late_sheets": lambda: _closed().seal().collect("v0").do(ask.GoOnUncollected()).reveal(2),
    "round_end": _ended,
    "standing": lambda: _ended().do(ask.ShowStanding()),
    "open_winner": _open_winner,
    "break": lambda: _ended().do(ask.StartBreak(seconds=600)),
    "final": _final,
    "finished": lambda: _final().do(ask.Finish()),
    "blind": _blind,
    "late": _late,
    "amended": _amended,
    "each_open": lambda: _each(2).show(),
    "each_closed": lambda: _each(2).show().do(ask.CloseAnswers()),
    "each_sealed": lambda: _each(2).show().do(ask.CloseAnswers()).seal(),
    "each_revealed": lambda: _each(3),
    "each_text": lambda: _each(6),
    "voided": lambda: (evening := paper_evening().start_round().show()).do(
        ask.VoidQuestion(question=evening.question.id, voided=True, reason="Снят ведущим")
    ),
}
"""Where a host can be, by name."""


def media_into(evening: Evening, folder: Path) -> None:
    """Puts the pack's pictures where the pages ask for them."""
    for name, file in evening.frozen.media.items():
        (folder / name).write_bytes(file.read_bytes())
