"""A pack for the benchmark: one round of questions with four options, each revealed when its time is up."""

from quizserver.battle.ids import OptionId, QuestionId, RoundId
from quizserver.battle.questions import Option, Pack, Question, Reveal, Round, Solution

LETTERS = "abcd"
TEXT = {
    "ru": "В каком году лётчик-испытатель впервые поднял в воздух пассажирский самолёт с двумя турбореактивными двигателями?",
    "en": "In which year did a test pilot first fly the airliner with two turbojets?",
}


def pack_of(questions: int, seconds: int) -> Pack:
    """So many questions, open for so long, without time to read."""
    asked = tuple(_question(number, seconds) for number in range(1, questions + 1))
    playing = Round(RoundId("round"), {"en": "Round"}, asked, reveal=Reveal.EACH, reading_ms=0, grace_ms=0)
    solutions = {each.id: Solution(each.id, {"right": (each.options[1].id,)}, {"en": "It flew."}) for each in asked}
    return Pack("bench", {"en": "Bench"}, ("en", "ru"), (playing,), solutions)


def _question(number: int, seconds: int) -> Question:
    name = f"question{number:03}"
    options = tuple(Option(OptionId(f"{name}-{letter}"), {"ru": f"Ответ {letter}", "en": f"Answer {letter}"}) for letter in LETTERS)
    return Question(QuestionId(name), "one", TEXT, seconds, options)
