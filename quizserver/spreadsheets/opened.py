"""What kind of file somebody gave us, by what is in it: whatever it is called, and however it came."""

from quizserver.spreadsheets.csv_in import read_csv
from quizserver.spreadsheets.limits import MOST_BYTES
from quizserver.spreadsheets.table import Table, Unreadable

ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # and every workbook with a password


def opened(file: bytes) -> tuple[Table, ...]:
    """Its tables. Only in a process whose memory is bounded (`Reader`). Raises Unreadable."""
    if len(file) > MOST_BYTES:
        raise Unreadable("file_too_big", str(MOST_BYTES // 1_000_000))
    if not file.strip():
        raise Unreadable("file_is_empty")
    if file.startswith(OLD_EXCEL):
        raise Unreadable("file_is_old")
    if not file.startswith(ZIP):
        return read_csv(file)
    from quizserver.spreadsheets.xlsx_in import read_xlsx  # a fifth of a second that a CSV file need not wait for

    return read_xlsx(file)
