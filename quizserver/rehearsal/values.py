"""What a team might say: something right, something wrong. Text and numbers in the form in which the server keeps them."""

from decimal import Decimal
from random import Random

from quizserver.battle.kinds.number import canonical
from quizserver.rehearsal.evening import Asked, Value

_HELPLESS = ("не знаем", "сдаёмся", "пусть будет паровоз", "спросите соседей", "это было до нас")


def right_value(rng: Random, asked: Asked) -> Value:
    """A right answer; where the nearest wins nobody knows one, so a guess."""
    match asked.kind:
        case "several":
            return tuple(rng.sample(asked.right, len(asked.right)))
        case "text":
            return rng.choice((str, str.lower, str.upper))(rng.choice(asked.right))
        case "number":
            return _guess(rng, asked) if asked.mode == "nearest" else _decimal(Decimal(asked.number))
    return asked.right[0]


def wrong_value(rng: Random, asked: Asked) -> Value:
    """An answer that is wrong for certain; where the nearest wins, another guess."""
    match asked.kind:
        case "several":
            return _wrong_choice(rng, asked)
        case "text":
            return rng.choice((*asked.near, *_HELPLESS))
        case "number":
            return _guess(rng, asked) if asked.mode == "nearest" else _far_off(rng, asked)
    return rng.choice([option for option in asked.options if option not in asked.right])


def some_value(rng: Random, asked: Asked, knowing: float) -> Value:
    """Right with the chance `knowing`."""
    return right_value(rng, asked) if rng.random() < knowing else wrong_value(rng, asked)


def other_than(rng: Random, asked: Asked, value: Value) -> Value:
    """An answer that is certainly not `value`: right where that one is wrong, if there is one."""
    for _ in range(100):
        other = some_value(rng, asked, 0.5)
        if same_words(other) != same_words(value):
            return other
    raise ValueError(f"nothing but {value!r} can be said")


def same_words(value: Value) -> object:
    """Equal for values that say the same: the order of several choices and the size of letters are nothing."""
    return frozenset(value) if isinstance(value, tuple) else value.casefold()


def _wrong_choice(rng: Random, asked: Asked) -> tuple[str, ...]:
    while True:
        chosen = tuple(rng.sample(asked.options, rng.randint(1, len(asked.options))))
        if set(chosen) != set(asked.right):
            return chosen


def _guess(rng: Random, asked: Asked) -> str:
    target = Decimal(asked.number)
    return _decimal(target + max(abs(target) / 2, Decimal(10)) * rng.randint(-1000, 1000) / 1000)


def _far_off(rng: Random, asked: Asked) -> str:
    target = Decimal(asked.number)
    margin = Decimal(asked.tolerance.rstrip("%") or 0)
    margin = abs(target) * margin / 100 if asked.tolerance.endswith("%") else margin
    return _decimal(target + (margin + rng.randint(1, 9)) * rng.choice((-1, 1)))


def _decimal(number: Decimal) -> str:
    """As people guess: whole where it is large, one digit behind the point where it is small."""
    return canonical(str(round(number) if number == int(number) or abs(number) > 100 else round(number, 1)))
