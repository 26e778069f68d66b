"""Pieces that several views show: the battle, the round, a question, the clock, a solution, a distribution."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from quizserver.battle.ids import QuestionId
from quizserver.battle.kinds import kind_of
from quizserver.battle.marking import answered_parts, answers_that_count
from quizserver.battle.questions import Media, Question
from quizserver.battle.remembering import remembered
from quizserver.battle.state import BattleState, Clock, Mark, Stage, Venue
from quizserver.battle.views.patch import View

MOST_TEXTS = 6  # rows of right or wrong texts that fit a screen


def battle_part(state: BattleState) -> View:
    """What the evening is called and how it looks."""
    theme = state.pack.theme
    return {
        "id": state.battle,
        "pin": state.pin,
        "title": state.settings.title or state.pack.title,
        "pack": dict(state.pack.title),
        "languages": list(state.pack.languages),
        "language": state.settings.language,
        "rounds": len(state.pack.rounds),
        "theme": {"name": theme.name, "colours": dict(theme.colours), "art": theme.art},
    }


def round_part(state: BattleState) -> View:
    """The round being played; {} in the lobby."""
    playing = state.current_round
    if playing is None:
        return {}
    return {
        "id": playing.id,
        "number": state.round + 1,
        "title": dict(playing.title),
        "intro": dict(playing.intro),
        "questions": len(playing.questions),
        "reveal": playing.reveal.value,
        "counts": playing.counts.value,
    }


def question_part(state: BattleState, question: Question) -> View:
    """A question as everybody may see it; nothing of its solution is within reach of this function."""
    playing, _ = state.plan.questions[state.plan.positions[question.id]]
    part: View = {
        "id": question.id,
        "number": playing.questions.index(question) + 1,
        "kind": question.kind,
        "text": dict(question.text),
        "seconds": question.seconds,
        "points": question.points,
        "penalty": question.penalty,
        "parts": plain_map(question.parts),
        "options": [{"id": option.id, "text": dict(option.text)} for option in question.options],
    }
    if question.media:
        part["media"] = media_part(question.media)
    if state.openings.get(question.id):
        part["opening"] = state.openings[question.id]
    if question.id in state.voided:
        part["voided"] = True
    return part


def media_part(media: Media) -> View:
    """A picture under its random name."""
    return {"file": media.file, "alt": dict(media.alt), "width": media.width, "height": media.height}


def venue_part(venue: Venue) -> View:
    """Its city, and when it begins by its own clocks; {} where nobody has said."""
    city: View = {"city": venue.city} if venue.city else {}
    return city | ({"starts": venue.starts, "zone": venue.zone_min} if venue.starts else {})


def clock_part(clock: Clock | None) -> View:
    """Battle times in milliseconds; {} when no clock runs. Pages count down by their own offset to battle time."""
    if clock is None:
        return {}
    return {"id": clock.id, "opens_at": clock.opens_at_ms, "deadline": clock.deadline_ms, "closes": clock.closes}


def shows_part(state: BattleState) -> View:
    """When the question on the stage is to be seen by everybody but the host; {} where it is seen as soon as it comes."""
    return {"shows_at": state.shows_at_ms} if state.shows_at_ms else {}


def amended_part(state: BattleState) -> View:
    """That the standing is another one than at the battle's end, how many times it became so, and when last."""
    return {"amended": {"times": len(state.amended_ms), "at": state.amended_ms[-1]}} if state.amended_ms else {}


def stage_part(state: BattleState) -> View:
    """What stands on the stage beside the phase."""
    part: View = {"show": state.stage.value}
    if state.stage is Stage.STANDING:
        part["which"] = state.standing_which
    if state.stage is Stage.BREAK:
        part["until"] = state.break_until_ms
    return part


def solution_part(state: BattleState, question: Question) -> View:
    """The solution with its fun fact. Only for a reader who may have it: the caller's duty."""
    solution = state.solution(question.id)
    part: View = {"is": plain_map(kind_of(question).solution_view(question, solution))}
    if solution.fun_fact:
        part["fun_fact"] = dict(solution.fun_fact)
    if solution.source:
        part["source"] = solution.source
    if solution.media:
        part["media"] = media_part(solution.media)
    return part


def distribution_part(state: BattleState, question: Question, every_text: bool = False) -> View:
    """How the online answers fell, counted by what was said: [said, count, right, shown as]; wrong texts only when ticked."""
    return _distribution(state, question.id, every_text)


@remembered(lambda state, asked, every_text: (*answered_parts(state, asked), state.ticked.get(asked)))
def _distribution(state: BattleState, asked: QuestionId, every_text: bool) -> View:
    _, question = state.plan.questions[state.plan.positions[asked]]
    rows = answers_that_count(state, asked)
    marks, kind = state.marks.get(question.id, {}), kind_of(question)
    counts: Counter[str] = Counter()
    said_as: dict[str, tuple[Any, bool]] = {}
    for team, row in rows.items():
        said = kind.said(question, row.value)
        counts[said] += 1
        said_as.setdefault(said, (row.value, marks[team].mark is Mark.RIGHT))
    ticked = state.ticked.get(question.id, frozenset())
    open_texts = bool(question.options) or every_text
    shown = [
        {"said": said, "value": plain(said_as[said][0]), "count": count, "right": said_as[said][1]}
        for said, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if open_texts or said_as[said][1] or said in ticked
    ]
    right = sum(count for said, count in counts.items() if said_as[said][1])
    return {"answered": sum(counts.values()), "right": right, "rows": shown[: None if question.options else MOST_TEXTS]}


def plain(value: Any) -> Any:
    """A plain value with lists for tuples and dicts for maps, as codecs take it."""
    if isinstance(value, Mapping):
        return plain_map(value)
    return [plain(item) for item in value] if isinstance(value, tuple | list) else value


def plain_map(value: Mapping[str, Any]) -> View:
    """The same for a map, without its nulls (a view holds none)."""
    return {key: plain(item) for key, item in value.items() if item is not None}
