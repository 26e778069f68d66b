"""An A4 page in millimetres, black on white, in the letters of the pages. Whatever people call themselves can be written on it.

Letters that the font has not (emoji, Arabic) become a box, and what is too long ends in an ellipsis: a printed name is for
recognising, and a missing page would be worse.
"""

from unicodedata import category, normalize

import segno
from fpdf import FPDF
from fpdf.fonts import TTFFont

from quizserver.page import BROWSER
from quizserver.printing import wordmark

LETTERS = BROWSER / "vendor" / "golos-text" / "ttf"
PLAIN, HEAVY = "golos", "golos-heavy"
WIDTH, HEIGHT = 210, 297
MM_OF_POINT = 25.4 / 72
BOX = "\ue000"  # of the private plane: stands for a letter that the font has not
BOX_EM = 0.7  # as wide as most letters, so that a box reads as one letter
THICK, MIDDLE, THIN = 0.7, 0.35, 0.2


class Paper(FPDF):
    """Coordinates are from the upper left corner; of text, x and y are where its baseline begins."""

    def __init__(self, title: str, language: str) -> None:
        super().__init__(unit="mm", format="A4")
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.set_title(title)
        self.set_lang(language)
        for family, file in ((PLAIN, "regular.ttf"), (HEAVY, "extra-bold.ttf")):
            self.add_font(family, fname=LETTERS / file)
        self._lines: dict[tuple[str, float, float], list[str]] = {}
        self._faces = [face for face in self.fonts.values() if isinstance(face, TTFFont)]
        self._known = frozenset.intersection(*(frozenset(face.cmap) for face in self._faces))

    def finished(self) -> bytes:
        """The PDF. Nothing can be drawn any more."""
        pdf = bytes(self.output())
        self.put_away()
        return pdf

    def put_away(self) -> None:
        """Closes the files of the fonts, which are read to the end."""
        for face in self._faces:
            face.ttfont.close()

    # --- words ---

    def say(self, x: float, y: float, text: str, size_pt: float, *, heavy: bool = False, width: float | None = None) -> None:
        """One line; cut to `width` if that is given."""
        self.set_font(HEAVY if heavy else PLAIN, size=size_pt)
        shown = self.printable(text)
        for piece in _pieces(shown if width is None else self._cut(shown, width)):
            if piece == BOX:
                self._box(x, y)
            else:
                self.text(x, y, piece)
            x += self._width(piece)

    def say_centred(self, x: float, y: float, text: str, size_pt: float, *, heavy: bool = False) -> None:
        """One line around x; it is ours, and fits."""
        self.set_font(HEAVY if heavy else PLAIN, size=size_pt)
        self.text(x - self.get_string_width(text) / 2, y, text)

    def say_largest(self, x: float, y: float, text: str, sizes_pt: tuple[float, ...], width: float) -> None:
        """One heavy line in the first of these sizes in which it fits, or cut in the last."""
        size = next((size for size in sizes_pt if self._fits(text, size, width)), sizes_pt[-1])
        self.say(x, y, text, size, heavy=True, width=width)

    def say_lines(self, x: float, y: float, text: str, size_pt: float, width: float, leading: float = 1.35) -> None:
        """Our own sentences, broken into lines; `y` is the baseline of the first."""
        for at, line in enumerate(self._broken(text, size_pt, width)):
            self.say(x, y + at * size_pt * MM_OF_POINT * leading, line, size_pt)

    def _broken(self, text: str, size_pt: float, width: float) -> list[str]:
        """The lines, as many words in each as fit; kept, since every sheet says the same."""
        asked = (text, size_pt, width)
        if asked not in self._lines:
            self.set_font(PLAIN, size=size_pt)
            self._lines[asked] = [""]
            for word in text.split(" "):
                longer = f"{self._lines[asked][-1]} {word}".strip()
                fits = self._width(longer) <= width
                self._lines[asked][-1:] = [longer] if fits else [self._lines[asked][-1], word]
        return self._lines[asked]

    def printable(self, text: str) -> str:
        """The text in letters that can be drawn, BOX where there is none; accents that there are not are left out."""
        shown = (" " if char.isspace() else char for char in normalize("NFC", text))
        known = (char if ord(char) in self._known else "" if category(char) in ("Mn", "Me", "Cf") else BOX for char in shown)
        return "".join(known)

    def _fits(self, text: str, size_pt: float, width: float) -> bool:
        """True if this heavy line is no wider."""
        self.set_font(HEAVY, size=size_pt)
        return self._width(self.printable(text)) <= width

    def _cut(self, text: str, width: float) -> str:
        if self._width(text) <= width:
            return text
        while text and self._width(f"{text}…") > width:
            text = text[:-1]
        return f"{text.rstrip()}…"

    def _width(self, text: str) -> float:
        boxes = text.count(BOX)
        return float(self.get_string_width(text.replace(BOX, ""))) + boxes * BOX_EM * self.font_size

    def _box(self, x: float, y: float) -> None:
        side = self.font_size
        self.set_line_width(side * 0.06)
        self.rect(x + side * 0.08, y - side * 0.68, side * (BOX_EM - 0.16), side * 0.68)

    # --- lines and drawings ---

    def rule(self, x1: float, y1: float, x2: float, y2: float, thickness: float = THIN) -> None:
        """A straight line."""
        self.set_line_width(thickness)
        self.line(x1, y1, x2, y2)

    def frame(self, x: float, y: float, width: float, height: float, thickness: float = THICK) -> None:
        """A rectangle that nothing fills."""
        self.set_line_width(thickness)
        self.rect(x, y, width, height)

    def code(self, x: float, y: float, side: float, text: str) -> None:
        """The text as a QR code, drawn, so that any printer prints it sharp. Its quiet zone is the caller's."""
        rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
        module = side / len(rows)
        for down, row in enumerate(rows):
            for start, length in _runs(row):
                self.rect(x + start * module, y + down * module, length * module, module, style="F")

    def wordmark(self, x: float, y: float, height: float) -> None:
        """The name of the game as it is drawn on the pages."""
        scale = height / wordmark.HIGH

        def placed(points: wordmark.Points) -> list[tuple[float, float]]:
            return [(x + (across - wordmark.LEFT) * scale, y + (down - wordmark.TOP) * scale) for across, down in points]

        self.polygon(placed(wordmark.SECTION_DARK), style="F")
        for wide, strokes in (
            (wordmark.EDGE_WIDE, (wordmark.SECTION_EDGE,)),
            (wordmark.LINES_WIDE, wordmark.SECTION_LINES),
            (wordmark.LETTERS_WIDE, wordmark.LETTERS),
        ):
            self.set_line_width(wide * scale)
            for stroke in strokes:
                self.polyline(placed(stroke))


def _pieces(text: str) -> list[str]:
    """Stretches of letters, and boxes one by one."""
    parts = text.split(BOX)
    return [piece for part in parts[:-1] for piece in (part, BOX) if piece] + [part for part in parts[-1:] if part]


def _runs(row: list[int]) -> list[tuple[int, int]]:
    """Where dark modules begin, and how many there are beside each other."""
    starts = [at for at, dark in enumerate(row) if dark and (at == 0 or not row[at - 1])]
    return [(start, next((at for at in range(start, len(row)) if not row[at]), len(row)) - start) for start in starts]
