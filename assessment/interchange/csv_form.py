"""How a CSV file is written: a spreadsheet reads the separator and decimals of its own language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CsvForm:
    separator: str
    decimal: str

    def number(self, value: float) -> str:
        return str(value).replace(".", self.decimal)


COMMA, SEMICOLON = "comma", "semicolon"
CSV_FORMS = {COMMA: CsvForm(",", "."), SEMICOLON: CsvForm(";", ",")}
