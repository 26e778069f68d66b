"""The wordmark as browser/parts/drawings.js has it, in strokes: the name of the game, and the section of a fuselage beside it.

A stroke goes on over its ends by half its width, so the points here lie so much further in than those of the pages.
"""

from math import cos, pi, sin

Points = tuple[tuple[float, float], ...]

TOP, HIGH = -5.0, 70.0
LEFT = -4.0


def _arc(x: float, y: float, radius: float, start: float, stop: float) -> Points:
    """Half a circle in so many straight pieces that nobody sees them; angles in half turns, 0 to the right, growing downwards."""
    angles = [pi * (start + (stop - start) * n / 16) for n in range(17)]
    return tuple((x + radius * cos(angle), y + radius * sin(angle)) for angle in angles)


def _moved(points: Points, right: float) -> Points:
    return tuple((x + right, y) for x, y in points)


_B = ((32.5, 6.5), (6.5, 6.5), (6.5, 53.5), *_arc(30, 41, 12.5, 0.5, -0.5), (6.5, 28.5))
_I = (((6.5, 6.5), (6.5, 53.5)), ((43.5, 6.5), (43.5, 53.5)), ((11.0, 46.6), (39.0, 13.4)))
_T = (((6.5, 6.5), (37.5, 6.5)), ((22.0, 6.5), (22.0, 53.5)))
_V = ((6.5, 28.5), *_arc(27, 17.5, 11, 0.5, -0.5), (6.5, 6.5), (6.5, 53.5), *_arc(29, 41, 12.5, 0.5, -0.5), (27.0, 28.5))
_A = (((6.5, 53.5), (6.5, 20.0), (20.0, 6.5), (32.0, 6.5), (45.5, 20.0), (45.5, 53.5)), ((6.5, 40.0), (45.5, 40.0)))
LETTERS: tuple[Points, ...] = tuple(
    _moved(stroke, right) for right, strokes in ((84, (_B,)), (138, _I), (197, _T), (247, (_V,)), (301, _A)) for stroke in strokes
)
LETTERS_WIDE = 13.0


def _of_section(points: Points) -> Points:
    return tuple((x * 1.08 - 2, y * 1.08 - 4.5) for x, y in points)


SECTION_DARK = _of_section(_arc(32, 32, 25, 0.5, 1.5))
SECTION_EDGE, EDGE_WIDE = _of_section(_arc(32, 32, 25, -0.5, 0.5)), 4 * 1.08
_HATCHES = ((10, 33.0, 9.0), (21, 41.4, 11.6), (32, 47.8, 16.2), (43, 52.4, 22.6), (54, 54.7, 31.3))
SECTION_LINES: tuple[Points, ...] = (
    *(_of_section(((32.0, float(y)), (right, up))) for y, right, up in _HATCHES),
    _of_section(((32.0, 1.7), (32.0, 62.3))),
)
LINES_WIDE = 3.4 * 1.08
