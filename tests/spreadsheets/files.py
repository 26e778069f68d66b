"""Spreadsheet files as people make them, and as nobody should."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook


def workbook(tabs: Mapping[str, Iterable[Sequence[Any]]]) -> bytes:
    """Written by openpyxl: a text that begins with = is a formula."""
    book = Workbook(write_only=True)
    for name, rows in tabs.items():
        tab = book.create_sheet(name)
        for row in rows:
            tab.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(file: bytes, name: str, part: bytes) -> bytes:
    """The same archive with another part in it, or instead of the one of this name."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for each in before.namelist():
            if each != name:
                after.writestr(each, before.read(each))
        after.writestr(name, part)
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
SMALL = workbook({"1": [["team", "round", "mask"], ["Ту-104", 1, "10"]]})
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10))


def sheet_xml(inside: str, before: str = "") -> bytes:
    return f'<?xml version="1.0"?>{before}<worksheet {NAMESPACE}><sheetData>{inside}</sheetData></worksheet>'.encode()


def hostile_files() -> Mapping[str, tuple[bytes, str]]:
    """By what each is: a file, and the code that it is refused with."""
    row = '<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>x</t></is></c></row>'
    many = "".join(row.format(n=n) for n in range(1, 30_001))
    wide = '<row r="1">' + "".join(f'<c t="inlineStr"><is><t>{n}</t></is></c>' for n in range(300)) + "</row>"
    here = f'<!DOCTYPE x [{LAUGHS}]>'
    outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
    zipped = with_part(SMALL, "xl/media/image1.png", bytes(19_000_000))
    parts = io.BytesIO(SMALL)
    with zipfile.ZipFile(parts, "a") as archive:
        for n in range(300):
            archive.writestr(f"xl/{n}.xml", "")
    twice = io.BytesIO(SMALL)
    with zipfile.ZipFile(twice, "a") as archive:
        archive.writestr("XL/Workbook.xml", "x")
    lying = bytearray(with_part(SMALL, SHEET, sheet_xml(cell.format("y" * 400_000))))
    at = lying.rindex(SHEET.encode()) - 46  # its entry in the directory at the end
    lying[at + 24 : at + 28] = (900).to_bytes(4, "little")  # what it says it unpacks to
    return {
        "nothing": (b" \r\n", "file_is_empty"),
        "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "file_is_no_table"),
        "bytes of no alphabet": (b"team;\x98\x98", "file_is_no_table"),
        "an old workbook, or one with a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "file_is_old"),
        "half a workbook": (SMALL[: len(SMALL) // 2], "file_is_broken"),
        "an archive of something else": (_archive({"word/document.xml": b"<x/>"}), "file_is_no_table"),
        "a workbook with macros": (with_part(SMALL, "xl/vbaProject.bin", b"\xd0\xcf"), "file_has_macros"),
        "a workbook without its sheet": (with_part(SMALL, SHEET, b""), "file_is_broken"),
        "a zip bomb": (zipped, "file_unpacks_too_big"),
        "a zip bomb that lies about its size": (bytes(lying), "file_is_broken"),
        "hundreds of parts": (parts.getvalue(), "file_unpacks_too_big"),
        "one part twice": (twice.getvalue(), "file_unpacks_too_big"),
        "an XML bomb": (with_part(SMALL, SHEET, sheet_xml(cell.format("&l9;"), here)), "file_is_broken"),
        "an XML bomb in the list of tabs": (
            with_part(SMALL, "xl/workbook.xml", f"{here}<workbook {NAMESPACE}><sheets>&l9;</sheets></workbook>".encode()),
            "file_is_broken",
        ),
        "somebody else's file in an entity": (with_part(SMALL, SHEET, sheet_xml(cell.format("&e;"), outside)), "file_is_broken"),
        "30,000 rows": (with_part(SMALL, SHEET, sheet_xml(many)), "file_too_long"),
        "one row, the millionth": (with_part(SMALL, SHEET, sheet_xml(row.format(n=1_000_000))), "file_too_long"),
        "300 columns": (with_part(SMALL, SHEET, sheet_xml(wide)), "file_too_wide"),
        "the last column there is": (
            with_part(SMALL, SHEET, sheet_xml('<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>')),
            "file_too_wide",
        ),
        "a huge string": (with_part(SMALL, SHEET, sheet_xml(cell.format("y" * 30_000))), "file_cell_too_long"),
        "a million lines of CSV": (b"x\n" * 990_000, "file_too_long"),
        "thousands of columns of CSV": (b"x" + b";x" * 5_000, "file_too_wide"),
        "one huge line of CSV": (b"x" * 1_900_000, "file_is_broken"),
        "a quote that never ends": (b'team;"' + b"x\n" * 5_000, "file_is_broken"),
        "more bytes than anybody needs": (b"x;" * 1_000_001, "file_too_big"),
    }


def _archive(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()
