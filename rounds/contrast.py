"""How well two colours can be told apart: the contrast ratio of WCAG 2.2, from 1 to 21."""

from collections.abc import Iterator

from rounds.pack import Theme

STAGE = "#0b1722"
"""The ink of the stage, on which the accent is drawn."""
TEXT, SHAPES = 4.5, 3.0
"""WCAG 2.2 AA for text and for what is no text."""


def contrast(one: str, other: str) -> float:
    """The ratio of two `#rrggbb` colours, in either order."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def weak_pairs(theme: Theme) -> Iterator[tuple[str, str]]:
    """The pairs of a theme that cannot be read: the field to mend, and a sentence."""
    pairs = (
        ("accent_ink", theme.accent_ink, theme.accent, "accent", TEXT),
        ("field_ink", theme.field_ink, theme.field, "field", TEXT),
        ("field_ink", theme.field_ink, theme.field_2, "field_2", TEXT),
        ("accent", theme.accent, STAGE, f"the stage ({STAGE})", SHAPES),
    )
    for field, front, back, name, least in pairs:
        ratio = contrast(front, back)
        if ratio < least:
            # rounded down, so that 4.49 never reads as 4.5
            yield field, f"reaches {int(ratio * 100) / 100:.2f}:1 on {name}; {least:g}:1 is needed"


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place:place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
