"""The one exception for a file that cannot be taken or made, and the codes of what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assessment.instrument.issues import EDITION, ISSUE_PARAMS, Issue, Where, require_params

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assessment.instrument.issues import Param

MOST_FAULTS = 200

ARCHIVES: Mapping[str, tuple[str, ...]] = {
    "entry_damaged": ("name",),
    "file_too_large": ("megabytes",),
    "no_archive": (),
    "too_many_entries": ("most",),
    "unpacked_too_large": ("megabytes",),
    "bad_entry_name": ("name",),
    "repeated_entry": ("name",),
    "encrypted_entry": ("name",),
    "packed_entry": ("name",),
    "parsing_too_long": (),
    "too_large_for_page": ("most",),
}
TOML_FILES: Mapping[str, tuple[str, ...]] = {
    "repeated_file": (),
    "texts_too_large": ("megabytes",),
    "toml_key_too_long": (),
    "shared_file": (),
    "bad_file_name": ("name",),
    "no_text_entries": (),
}
WORKBOOKS: Mapping[str, tuple[str, ...]] = {
    "no_workbook": (),
    "workbook_too_deep": (),
    "workbook_entities": (),
    "workbook_text_too_long": ("longest",),
    "active_content": ("name",),
    "sheets_not_once": (),
    "rows_out_of_order": (),
    "too_many_rows": ("most",),
    "cells_out_of_order": (),
    "too_many_columns": (),
    "text_not_in_file": (),
    "ignored_sheet": (),
    "ignored_column": ("name",),
    "ignored_file": (),
    "no_sheet_of_the_bank": (),
    "sheet_missing": (),
    "unknown_setting": (),
    "setting_missing": ("name",),
    "no_head": ("columns",),
    "unknown_column": ("name", "like"),
    "column_missing": ("name",),
    "repeated_column": ("name",),
    "outside_table": (),
    "code_missing": (),
    "code_in_row": ("row",),
    "unknown_parent": ("value", "sheet"),
}
CELLS: Mapping[str, tuple[str, ...]] = {
    "escaped_letter": (),
    "control_character": ("character", "near"),
    "cell_too_long": ("longest",),
    "code_in_list": ("value",),
    "cell_not_whole": ("value",),
    "cell_not_yes_or_no": ("value",),
    "cell_not_share": ("value",),
    "cell_not_two_numbers": (),
    "formula": (),
    "spreadsheet_error": (),
    "cell_date": (),
    "number_for_text": (),
}
TRANSLATIONS: Mapping[str, tuple[str, ...]] = {
    "key_of_no_translation": ("code", "name"),
    "text_not_in_bank": ("name",),
    "repeated_text_of_bank": ("name",),
    "source_hash_too_long": ("name", "longest"),
    "control_character_in_text": ("name", "character", "near"),
    "language_of_bank": (),
    "po_unreadable": ("reason",),
}
FILE_PARAMS: dict[str, tuple[str, ...]] = {
    **ARCHIVES,
    **TOML_FILES,
    **WORKBOOKS,
    **CELLS,
    **TRANSLATIONS,
    "not_for_a_form": ("name",),
    "not_storable": ("reason",),
    "more_faults": ("number",),
}
"""Every code that only files have, with the names of its params."""
FAULT_PARAMS = ISSUE_PARAMS | FILE_PARAMS


@dataclass(frozen=True, slots=True)
class FileFault:
    """One thing wrong: `sheet` is a sheet or a file, row 0 and an empty column are no place.

    `code` is one of FILE_PARAMS or of an Issue; `where` is the object, where the file has one.
    Raises TypeError for other params than those of the code.
    """

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    params: Mapping[str, Param] = field(default_factory=dict, hash=False)
    where: Where = EDITION

    def __post_init__(self) -> None:
        require_params(self.code, self.params, FAULT_PARAMS)


def fault_of(issue: Issue, sheet: str, row: int = 0, column: str = "") -> FileFault:
    """What is wrong with the bank itself, at its place in the file."""
    return FileFault(issue.code, sheet, row, column, issue.params, issue.where)


class Refused(Exception):
    """Nothing was taken; carries what is wrong, the first faults where there are very many."""

    def __init__(self, faults: Iterable[FileFault]) -> None:
        found = list(faults)
        self.faults = tuple(found[:MOST_FAULTS])
        if len(found) > MOST_FAULTS:
            more = {"number": len(found) - MOST_FAULTS}
            self.faults += (FileFault("more_faults", params=more),)
        super().__init__(*self.faults)


def refusal(code: str, sheet: str = "", /, **params: Param) -> Refused:
    return Refused([FileFault(code, sheet, params=params)])
