"""What every team's answer to one question is worth: online answers and sheets, marked together by one rule."""

from collections.abc import Iterator, Mapping

from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.kinds import kind_of
from quizserver.battle.kinds.kind import MARK_ASK, MARK_BLANK, MARK_HALF, MARK_RIGHT, MARK_WRONG
from quizserver.battle.questions import Plain, Question, Round
from quizserver.battle.remembering import Parts
from quizserver.battle.settings import Source
from quizserver.battle.sheets import EMPTY, TOTAL, Cell, CellState, cell
from quizserver.battle.state import BattleState, Mark, Marked
from quizserver.battle.typed import cell_of, text_of


def answers_that_count(state: BattleState, question: QuestionId) -> Mapping[TeamId, AnswerRow]:
    """The sealed answers of a question's online teams: of several openings a team's latest, since what was acknowledged is never
    taken back."""
    counted: dict[TeamId, AnswerRow] = {}
    for box in state.sealed_boxes(question):
        counted.update(box.answers)
    if not counted:
        return counted
    on_paper = {team.id for team in state.paper_teams(state.plan.positions[question])}
    return {team: row for team, row in counted.items() if team in state.teams and team not in on_paper}


def answered_parts(state: BattleState, question: QuestionId) -> Parts:
    """What everything that is said about a question's sealed answers is made of."""
    return state.teams, state.marks.get(question), *state.sealed_boxes(question)


def answer_that_counts(state: BattleState, question: QuestionId, team: TeamId) -> AnswerRow | None:
    """The same for one team, at no more cost: every team asks for its own."""
    counted: AnswerRow | None = None
    for box in state.sealed_boxes(question):
        counted = box.answers.get(team, counted)
    return counted


def _is_online(state: BattleState, team: TeamId, position: int) -> bool:
    return state.teams[team].source(position) is Source.ONLINE


def paper_cell(state: BattleState, team: TeamId, question: QuestionId) -> Cell:
    """What the sheets say of a team's question: the operations, in time or let in, of venues that had confirmed or were let in."""
    playing, _ = state.plan.questions[state.plan.positions[question]]
    scope = state.scope(playing, question)
    key = (team, playing.id, question)
    known = state.counting(key)
    return cell_of(state, key, {name: operation for name, operation in known.items() if state.marks_count(operation.venue, scope)})


def total_cell(state: BattleState, team: TeamId, playing: Round) -> Cell:
    """A sheet's own total of a round. It says nothing where the sheet has marks too, or the team played a part of it online."""
    known = state.counting((team, playing.id, TOTAL))
    if not known:  # asked for every unread cell, and hardly ever there
        return EMPTY
    for question in playing.questions:
        online = _is_online(state, team, state.plan.positions[question.id])
        if online or paper_cell(state, team, question.id).state is not CellState.EMPTY:
            return EMPTY
    scopes = {state.scope(playing, question.id) for question in playing.questions}
    counts = {name: op for name, op in known.items() if all(state.marks_count(op.venue, scope) for scope in scopes)}
    return cell(counts)


def mark_question(state: BattleState, question: QuestionId) -> Mapping[TeamId, Marked]:
    """All marks of one question. A team without an answer is absent; an unread sheet is pending; a total alone gives no marks."""
    position = state.plan.positions[question]
    _, asked = state.plan.questions[position]
    if question in state.voided:
        return {team: Marked(Mark.REMOVED) for team in state.teams}
    paper = _paper_cells(state, question)
    values = _values(state, asked, paper)
    right = right_teams(state, asked, values)
    as_right, as_wrong = _scored(asked, True), _scored(asked, False)
    marks = {team: as_right if team in right else as_wrong for team in values}
    for team, entered in paper.items():
        if team not in values and (marked := _paper_mark(state, asked, team, entered)) is not None:
            marks[team] = marked
    return marks


def values_of(state: BattleState, question: QuestionId) -> Mapping[TeamId, Plain]:
    """What every team said whose answer is known by its words: online, and on paper where a desk enters the answer itself or
    types it."""
    _, asked = state.plan.questions[state.plan.positions[question]]
    return _values(state, asked, _paper_cells(state, question))


def _paper_cells(state: BattleState, question: QuestionId) -> Mapping[TeamId, Cell]:
    return {team.id: paper_cell(state, team.id, question) for team in state.paper_teams(state.plan.positions[question])}


def _values(state: BattleState, asked: Question, paper: Mapping[TeamId, Cell]) -> dict[TeamId, Plain]:
    values = {team: row.value for team, row in answers_that_count(state, asked.id).items()}
    return values | dict(_written_values(state, asked, paper))


def right_teams(state: BattleState, question: Question, values: Mapping[TeamId, Plain]) -> set[TeamId]:
    """Whose value is right: what the kind says, and over it the judge's ruling on what was said."""
    kind, rulings = kind_of(question), state.rulings.get(question.id, {})
    right = kind.right(question, state.solution(question.id), values)
    if not rulings:
        return set(right)
    return {team for team, value in values.items() if rulings.get(kind.said(question, value), team in right)}


def sheet_is_in(state: BattleState, team: TeamId, playing: Round) -> bool:
    """True when nothing of a team's sheet of a round is missing or disputed; or its total is in."""
    cells = [
        paper_cell(state, team, question.id)
        for question in playing.questions
        if question.id not in state.voided and not _is_online(state, team, state.plan.positions[question.id])
    ]
    marked = all(each.state is CellState.MARKED and each.value != MARK_ASK for each in cells)
    return marked or total_cell(state, team, playing).state is CellState.MARKED


def _written_values(state: BattleState, question: Question, paper: Mapping[TeamId, Cell]) -> Iterator[tuple[TeamId, Plain]]:
    """What paper teams wrote, where a desk enters the answer itself or has typed it."""
    kind = kind_of(question)
    takes_value = kind.paper_takes_value(question, state.solution(question.id))
    for team, entered in paper.items():
        if entered.state is CellState.MARKED and entered.value not in (MARK_BLANK, MARK_ASK):
            text = entered.value if takes_value else text_of(entered.value)
            if text is not None:
                yield team, kind.read(question, text)


def _scored(question: Question, is_right: bool) -> Marked:
    return Marked(Mark.RIGHT, question.points) if is_right else Marked(Mark.WRONG, -question.penalty)


def half_of(question: Question) -> int:
    """What half an answer on paper brings, in hundredths, rounded down; it is neither right nor missed."""
    return question.points // 2


def _paper_mark(state: BattleState, question: Question, team: TeamId, entered: Cell) -> Marked | None:
    if entered.state is CellState.MARKED and entered.value != MARK_ASK:
        half = Marked(Mark.HALF, half_of(question))
        return {MARK_RIGHT: _scored(question, True), MARK_HALF: half, MARK_WRONG: _scored(question, False)}.get(entered.value)
    playing, _ = state.plan.questions[state.plan.positions[question.id]]
    has_total = entered.state is CellState.EMPTY and total_cell(state, team, playing).state is CellState.MARKED
    return None if has_total else Marked(Mark.PENDING)
