"""An evening on a real pack for the pages: teams with awkward names, answers that fall as answers do, and what each role is shown."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from quizserver.battle import commands as ask
from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.kinds import kind_of
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Pack, Plain, Question, Solution
from quizserver.battle.settings import Source
from quizserver.battle.standings import shown_standing
from quizserver.battle.views import mine_view, screen_view, team_view
from quizserver.battle.views.desks import desk_rows
from quizserver.battle.views.pages import standing_page
from quizserver.battle.views.parts import plain
from quizserver.battle.views.patch import View
from quizserver.hub.mine import Places
from rounds.freeze import Frozen, freeze
from rounds.library import load
from tests.support.battles import Evening

START_MS = 1_648_749_600_000  # 31 March 2022, 18:00 UTC: page clocks show a plausible time
HEAD = "k7f2mzx5w3jd6yaq"
NAMES = (
    "Допуск и посадка",
    "Два мешка с песком",
    "Red Wing Machinists",
    "Нержавейка",
    "Чугунная логика",
    "Ы",
    "Сборная третьего цеха и отдела технолога",
    "Коэффициент полезного действия",
    "<b>Гайка</b> М8 & <script>",
    "Лонжерон",
    "Флаттер",
    "ОТК не пропустит",
)
ON_PAPER = ("Бригада № 8", "Кузнецы своего счастья", "Пятая ось", "Рейсшина")
US = TeamId(NAMES[0])


@cache
def frozen(name: str = "tupolev", online_only: bool = False) -> Frozen:
    """A shipped pack with ids in a row, its options shuffled by one seed."""
    numbers = count()
    return freeze(load(name), lambda: f"{name}{next(numbers):08d}", Random(4).shuffle, online_only)


class PageEvening(Evening):
    """The evening with its audience. `many` fills the standing with so many more online teams, `paper` adds the hall's;
    `nobody`: not one team is in."""

    def __init__(self, pack: Pack | None = None, many: int = 0, paper: bool = True, nobody: bool = False, **settings: Any) -> None:
        super().__init__(pack=pack or frozen(online_only=not paper).pack, now_ms=START_MS, **settings)
        self.lots = Random(7)
        self.silent: dict[str, int] = {}  # venues whose desk went, and when
        names = () if nobody else (*NAMES, *(f"Команда {number}" for number in range(1, many + 1)))
        self.online = [self.join(name) for name in names]
        self.paper = [self.join_paper(name) for name in ON_PAPER] if paper and not nobody else []

    def speak(self, language: str) -> None:
        """The battle's screens speak this language from now on, as if it had been made so."""
        self._state = replace(self.state, settings=replace(self.state.settings, language=language))

    # --- playing ---

    def to(self, phase: Phase, number: int = 1) -> None:
        """Presses on, with everybody answering, until question `number` of the round stands in this phase."""
        for _ in range(500):
            at = (self.state.question or 0) + 1
            if self.state.phase is phase and (at == number or phase in _WITHOUT_QUESTION):
                return
            if self.state.phase is Phase.OPEN and self.shown not in self._asked:
                self.everybody_answers()
            self.wait(3_100)
            self.press()
        raise AssertionError(f"{phase} of question {number} never came")

    @property
    def _asked(self) -> set[QuestionId]:
        return {question for question, _ in self.boxes}

    def everybody_answers(self, but: frozenset[TeamId] = frozenset()) -> None:
        """Most are right, some are wrong, one in ten says nothing."""
        asked = self.state.current_question
        assert asked is not None
        for team in self.online:
            chance = self.lots.random()
            if team not in but and (chance < 0.9 or team == US):
                self.answer(team, self.value(asked, right=chance < 0.6))

    def value(self, asked: Question, right: bool) -> Plain:
        """Something to say to a question."""
        return _value(asked, self.state.solution(asked.id), right, self.lots.choice)

    def enter_sheets(self, teams: int) -> None:
        """The hall's sheets of the round come in, of so many teams."""
        playing = self.state.current_round
        assert playing is not None
        for team in self.paper[:teams]:
            for each in playing.questions:
                takes_value = kind_of(each).paper_takes_value(each, self.state.solution(each.id))
                self.mark(team, each.id, "10000" if takes_value else self.lots.choice("1101"))

    def let_late_in(self) -> None:
        """The host lets in what came after its gate."""
        self.do(ask.JudgeLate(verdict="let-in", operations=tuple(self.state.late), accepted=True, reason="the courier"))

    # --- what they are shown ---

    def view(self, role: str) -> View:
        """The room of a role."""
        return team_view(self.state) if role == "team" else screen_view(self.state, HEAD)

    def mine(self, team: TeamId = US) -> View:
        """A team's own document."""
        place, gap = Places().row(self.state, team) if self.state.revealed else (None, None)
        return mine_view(self.state, team, self._said_by(team), place, gap)

    def _said_by(self, team: TeamId) -> dict[QuestionId, View]:
        said: dict[QuestionId, View] = {}
        for (question, opening), rows in self.boxes.items():
            ours = [row for row in rows if row.team == team]
            if ours and question not in self.state.revealed and question in team_view(self.state).get("questions", {}):
                said[question] = {"value": plain(ours[-1].value), "revision": ours[-1].revision, "opening": opening}
        return said

    def page(self, which: str, start: int, rows: int) -> View:
        """Rows of the standing, as the server pages them."""
        return standing_page(self.state, shown_standing(self.state, which), start, rows)

    def desks(self) -> list[View]:
        """The venues with teams on paper, as the server tells of them."""
        rows = [{**row, "connected": row["venue"] not in self.silent} for row in desk_rows(self.state)]
        return [{**row, "silent": self.silent[row["venue"]]} if row["venue"] in self.silent else row for row in rows]

    def counts(self) -> View:
        """How many have answered the question on the stage."""
        key = (self.shown, self.state.openings.get(self.shown, 0))
        online = sum(1 for team in self.state.teams.values() if team.plays is Source.ONLINE)
        answered = len({row.team for row in self.boxes.get(key, ())})
        return {"t": "counts", "question": key[0], "opening": key[1], "answered": answered, "of": online}

    def lobby(self) -> View:
        """What a phone is told of the battle before it joins."""
        battle = self.view("team")["battle"]
        return {"t": "lobby", "locked": self.state.lobby_locked, **{key: battle[key] for key in _BEFORE_JOINING}}


_WITHOUT_QUESTION = (Phase.LOBBY, Phase.ROUND_INTRO, Phase.ROUND_END, Phase.FINAL, Phase.FINISHED)
_BEFORE_JOINING = ("pin", "title", "languages", "language", "theme")


def media() -> dict[str, Path]:
    """The pictures of the shipped packs by their random names."""
    return {
        name: path for pack in ("tupolev", "industry") for each in (False, True) for name, path in frozen(pack, each).media.items()
    }


def _value(asked: Question, solution: Solution, right: bool, choose: Callable[[Any], Any]) -> Plain:
    ids, key = [option.id for option in asked.options], solution.key
    good = [option for option in ids if option in _many(key.get("right"))]
    bad = [option for option in ids if option not in good]
    match asked.kind:
        case "several":
            return tuple(good) if right else (good[0], bad[0])
        case "text":
            accept = key["accept"]
            assert isinstance(accept, dict)
            return str(choose(accept["ru"][:2]) if right else choose(("Ил-18", "Ту-134", "не знаю")))
        case "number":
            return str(key["value"]) if right else choose(("6", "9000", "12"))
    return str(good[0] if right else choose(bad))


def _many(value: Plain) -> tuple[Plain, ...]:
    return tuple(value) if isinstance(value, tuple | list) else ()
