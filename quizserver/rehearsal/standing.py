"""The standing as it was served, and the file in which two rehearsals of one seed are the same to the byte."""

import json
from collections.abc import Iterable

from quizserver.rehearsal.expected import Row
from quizserver.rehearsal.line import View

POINT = 100


def served(rows: Iterable[View]) -> list[Row]:
    """Rows of the server's pages, by (place, name); "" for the venue of an online team."""
    return sorted(Row(row["place"], row["name"], row.get("venue", ""), row["points"], tuple(row["rounds"])) for row in rows)


def standing_file(pack: str, rows: Iterable[Row]) -> bytes:
    """Sorted-key compact UTF-8 JSON; points as decimal strings; no ids, times or hashes."""
    teams = [
        {
            "name": row.name,
            "venue": row.venue,
            "place": row.place,
            "points": decimal(row.points),
            "rounds": [decimal(points) for points in row.rounds],
        }
        for row in sorted(rows)
    ]
    return json.dumps({"pack": pack, "teams": teams}, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def decimal(hundredths: int) -> str:
    """Points in their shortest form: 1200 is "12", -50 is "-0.5"."""
    whole, rest = divmod(abs(hundredths), POINT)
    digits = f"{whole}.{rest:02}".rstrip("0").rstrip(".")
    return f"-{digits}" if hundredths < 0 else digits
