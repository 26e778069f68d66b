"""Spreadsheet files, and nothing of what is in them: XLSX and CSV become rows of text, and rows become files. Knows no battle."""
