"""A PDF looked at as people and phones look at it: its words by page, and the codes on a drawn page."""

from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]
import zxingcpp
from PIL import Image
from pypdf import PdfReader

DOTS_PER_POINT = 2  # 144 dpi: half of what a bad printer has


def words_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def page_of(pdf: bytes, number: int) -> Image.Image:
    """A page (0-based) as a grey picture."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture: Image.Image = document[number].render(scale=DOTS_PER_POINT).to_pil().convert("L")
    finally:
        document.close()
    return picture


def codes_on(pdf: bytes, number: int) -> list[str]:
    """What the QR codes on a page say."""
    return [found.text for found in zxingcpp.read_barcodes(page_of(pdf, number))]
