"""How much a file may hold. An evening of 10,000 teams in seven rounds of eight questions is 70,000 rows; no venue sends that."""

from quizserver.spreadsheets.table import Unreadable

MOST_BYTES = 2_000_000  # of a file: 2,000 teams with all their marks are 300 KB
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_LETTERS = 1_000  # in one cell; a name has 40, a mask 100
MOST_TABS = 60

# --- an XLSX file is a ZIP archive: what its directory says, before anything is unpacked ---
MOST_PARTS = 200
MOST_UNPACKED = 20_000_000  # bytes, of all parts together
MOST_RATIO = 100  # unpacked to packed of a part: rows that are all alike come to 40
SMALL = 100_000  # bytes: so much is never a bomb, however well it was packed

# --- the process that reads it ---
MEMORY_BYTES = 512 * 2**20  # of addresses; what it takes is told by a test and is below 200 MB
CPU_S = 10
READING_S = 30.0  # by the clock: two others may be reading


def check_cell(text: str, line: int) -> str:
    """The same text. Raises Unreadable."""
    if len(text) > MOST_LETTERS:
        raise Unreadable("file_cell_too_long", str(line))
    return text


def check_row(line: int, width: int) -> None:
    """`line`: where something stands. Raises Unreadable."""
    if line > MOST_ROWS:
        raise Unreadable("file_too_long", str(MOST_ROWS))
    if width > MOST_COLUMNS:
        raise Unreadable("file_too_wide", str(MOST_COLUMNS))
