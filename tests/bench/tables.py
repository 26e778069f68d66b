"""The results as tables for people."""

from collections.abc import Iterable, Iterator, Sequence

from tests.bench.results import CLIENT, FANOUT, QUESTION, SINGLE, Results, Row


def tables(results: Results) -> str:
    """All of them."""
    listed = (("fanout", FANOUT), ("load_client", CLIENT), ("question", QUESTION))
    return "\n".join([*(line for name, keys in listed for line in _table(name, results[name], keys)), *_rest(results)])


def _table(name: str, rows: Iterable[Row], keys: Sequence[str]) -> Iterator[str]:
    cells = [list(keys), *([_shown(row[key]) for key in keys] for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(keys))]
    yield f"\n{name}"
    for line in cells:
        yield "  " + "  ".join(_placed(word, width, at == 0) for at, (word, width) in enumerate(zip(line, widths, strict=True)))


def _rest(results: Results) -> Iterator[str]:
    yield ""
    for name in SINGLE:
        yield f"{name}: " + ", ".join(f"{key} {_shown(value)}" for key, value in results[name].items())
    yield "\nmachine: " + ", ".join(f"{key} {_shown(value)}" for key, value in results["machine"].items())


def _shown(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _placed(word: str, width: int, is_name: bool) -> str:
    return word.ljust(width) if is_name else word.rjust(width)
