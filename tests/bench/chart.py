"""Cost of a delivered message against the number of connections, as a multiple of the floor's: an SVG for the README."""

from collections.abc import Iterator, Sequence
from html import escape
from math import log
from typing import Any

WIDTH, HEIGHT = 760, 400
LEFT, RIGHT, TOP, BOTTOM = 56, 192, 44, 48
LINES = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0)
LABEL_PX = 15  # between two names at the right edge
COLOURS = {
    "ours": "#0b6fb8",
    "floor_c": "#6b7280",
    "websockets_broadcast": "#b45309",
    "starlette_loop": "#be123c",
    "python_socketio": "#7c3aed",
    "node_socketio": "#15803d",
}
NAMES = {
    "ours": "this server",
    "floor_c": "C loop of send()",
    "websockets_broadcast": "websockets broadcast()",
    "starlette_loop": "Starlette send loop",
    "python_socketio": "python-socketio",
    "node_socketio": "Node socket.io",
}
STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#374151}.h{font-size:14px;font-weight:600}"
    "@media(prefers-color-scheme:dark){text{fill:#d1d5db}.bg{fill:#111827}}"
)
Row = dict[str, Any]


class Scale:
    """Both axes are logarithmic: from 200 to 10,000, and from the floor to many times it."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.sizes = sorted({row["n"] for row in rows})
        self._most = max(1.6, *(row["ratio_p90"] for row in rows)) * 1.08
        self._least = min(0.92, *(row["ratio_p10"] for row in rows))

    def x(self, size: int) -> float:
        low, high = log(self.sizes[0]), log(max(self.sizes[-1], self.sizes[0] + 1))
        return LEFT + (WIDTH - LEFT - RIGHT) * (log(size) - low) / (high - low)

    def y(self, ratio: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (log(self._most) - log(ratio)) / (log(self._most) - log(self._least))

    @property
    def lines(self) -> list[float]:
        return [line for line in LINES if self._least <= line <= self._most]


def chart(rows: Sequence[Row]) -> str:
    """The SVG. Bars are the 10-90 % range of the rounds."""
    scale = Scale(rows)
    parts = [*_frame(scale), *(part for name in COLOURS for part in _variant(name, rows, scale)), *_labels(rows, scale)]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img">'
    title = "<title>CPU of a delivered message as a multiple of a C loop of send(), by the number of connections</title>"
    return "\n".join([head, title, f"<style>{STYLE}</style>", *parts, "</svg>\n"])


def _frame(scale: Scale) -> Iterator[str]:
    yield f'<rect class="bg" width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
    yield f'<text class="h" x="{LEFT}" y="22">CPU of one delivered message, as a multiple of the kernel\'s own price</text>'
    for line in scale.lines:
        y = scale.y(line)
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#9ca3af" stroke-opacity=".35"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{line:g}×</text>'
    for size in scale.sizes:
        yield f'<text x="{scale.x(size):.1f}" y="{HEIGHT - 24}" text-anchor="middle">{size:,}</text>'
    yield f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 6}" text-anchor="middle">connections</text>'


def _variant(name: str, rows: Sequence[Row], scale: Scale) -> Iterator[str]:
    own = [row for row in rows if row["variant"] == name]
    points = " ".join(f"{scale.x(row['n']):.1f},{scale.y(row['ratio_to_floor']):.1f}" for row in own)
    thick = 3 if name == "ours" else 1.6
    if own:
        yield f'<polyline points="{points}" fill="none" stroke="{COLOURS[name]}" stroke-width="{thick}"/>'
    for row in own:
        x, low, high = scale.x(row["n"]), scale.y(row["ratio_p10"]), scale.y(row["ratio_p90"])
        yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{low:.1f}" y2="{high:.1f}" stroke="{COLOURS[name]}" stroke-opacity=".5"/>'
        yield f'<circle cx="{x:.1f}" cy="{scale.y(row["ratio_to_floor"]):.1f}" r="{thick + 1}" fill="{COLOURS[name]}"/>'


def _labels(rows: Sequence[Row], scale: Scale) -> Iterator[str]:
    """Beside the last point of each line, moved down where two would cover each other."""
    ends = [(scale.y(row["ratio_to_floor"]), row) for row in rows if row["n"] == scale.sizes[-1]]
    free = 0.0
    for y, row in sorted(ends, key=lambda end: end[0]):
        free = max(y, free + LABEL_PX)
        name = row["variant"]
        words = f"{NAMES[name]} {row['ratio_to_floor']:.2f}"
        yield f'<text x="{WIDTH - RIGHT + 12}" y="{free + 4:.1f}" style="fill:{COLOURS[name]}">{escape(words)}</text>'
