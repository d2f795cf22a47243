"""What is wrong with a file of the question bank, a sentence for each code and its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.instrument.issues import SYNTAX, Issue
from assessment.reports.issue_wording.bank import bare_sentence, issue_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assessment.instrument.seeds import SeedErrors
    from assessment.interchange.refusal import FileFault

OF_ARCHIVES: Mapping[str, Any] = {
    "entry_damaged": _("{name} is damaged in the file."),
    "file_too_large": _("The file is larger than {megabytes} MB."),
    "no_archive": _("The file is damaged, or it is neither a ZIP nor an XLSX file."),
    "too_many_entries": _("The file holds more than {most} entries."),
    "unpacked_too_large": _("Unpacked, the file is larger than {megabytes} MB."),
    "bad_entry_name": _("{name!r} is not a name that a file in the archive may have."),
    "repeated_entry": _("{name} stands in the file more than once."),
    "encrypted_entry": _("{name} is encrypted. Save the file without a password."),
    "packed_entry": _("{name} is packed in a way that is not read here. Use a plain ZIP."),
    "parsing_too_long": _(
        "The file takes too long to read on this page. Whoever runs the site can bring it in: "
        "python3 manage.py import_bank."
    ),
    "too_large_for_page": _(
        "The file holds more than {most} parts, options and translations, too many for this page. "
        "Whoever runs the site can bring it in: python3 manage.py import_bank."
    ),
}
OF_TOML_FILES: Mapping[str, Any] = {
    "repeated_file": _("A file of the bank stands in the archive more than once."),
    "texts_too_large": _("Unpacked, the files are larger than {megabytes} MB."),
    "toml_key_too_long": _("not readable as TOML: a key has too many parts."),
    "shared_file": _("Two dimensions would share a file: choose codes that differ in letters."),
    "bad_file_name": _("{name} is no name of a file: change the code of the dimension."),
    "no_text_entries": _("holds something else than [[text]] entries."),
}
OF_WORKBOOKS: Mapping[str, Any] = {
    "no_workbook": _("The file is no workbook (XLSX)."),
    "workbook_too_deep": _("The workbook is nested too deeply."),
    "workbook_entities": _("The workbook declares entities, which no spreadsheet does."),
    "workbook_text_too_long": _("The workbook holds a text of more than {longest} characters."),
    "active_content": _("The workbook holds macros or other files ({name}). Save it as .xlsx."),
    "sheets_not_once": _("A sheet is missing in the file, or stands in it twice."),
    "rows_out_of_order": _("The rows of the sheet are not in order."),
    "too_many_rows": _("A row stands below row {most}, the last that is read."),
    "cells_out_of_order": _("The cells of the sheet are not in order."),
    "too_many_columns": _("A cell stands far outside the table."),
    "text_not_in_file": _("A text of the sheet is missing in the file."),
    "ignored_sheet": _("is no sheet of the bank and was left aside."),
    "ignored_column": _("the column {name} is no column of this sheet and was left aside."),
    "ignored_file": _("is no file of the bank and was left aside."),
    "no_sheet_of_the_bank": _(
        "No sheet of this workbook belongs to a bank: choose one that was exported here."
    ),
    "sheet_missing": _("the sheet is missing."),
    "unknown_setting": _("is no setting, or stands here twice."),
    "setting_missing": _("the setting {name} is missing."),
    "no_head": _("the first row has to name the columns ({columns}). Put the row of names back."),
    "unknown_column": _("the column {name} is unknown: {like} is missing. Is it meant?"),
    "column_missing": _("the column {name} is missing."),
    "repeated_column": _("the column {name} stands twice."),
    "outside_table": _("the cell stands in no column of the table and was left aside."),
    "code_missing": _("the code is missing."),
    "code_in_row": _("the code stands already in row {row}."),
    "unknown_parent": _("{value!r} is no code of the sheet {sheet}."),
}
OF_CELLS: Mapping[str, Any] = {
    "escaped_letter": _("holds a sequence like _x0041_, which spreadsheets read as one letter."),
    "control_character": _("holds the character {character}, which cannot be kept: “{near}”."),
    "cell_too_long": _("is longer than {longest} characters, which no cell of a workbook holds."),
    "code_in_list": _("the code {value!r} cannot stand in a list with commas."),
    "cell_not_whole": _("{value!r} is not a whole number."),
    "cell_not_yes_or_no": _("{value!r} is neither yes nor no."),
    "cell_not_share": _("{value!r} is not a share such as 2/3."),
    "cell_not_two_numbers": _("takes two whole numbers with a comma between them, or nothing."),
    "formula": _("holds a formula. Write the value itself."),
    "spreadsheet_error": _("holds an error of the spreadsheet."),
    "cell_date": _("holds a date. Write it as a text."),
    "number_for_text": _(
        "holds a number or a date. Set the format of the cell to text and write it again."
    ),
}
OF_TRANSLATIONS: Mapping[str, Any] = {
    "key_of_no_translation": _("{code}: {name} is no text of a translation."),
    "text_not_in_bank": _("{name} is no text of the bank."),
    "repeated_text_of_bank": _("{name} stands here twice."),
    "source_hash_too_long": _("{name}: the hash is longer than {longest} characters."),
    "control_character_in_text": _(
        "{name} holds the character {character}, which cannot be kept: “{near}”."
    ),
    "language_of_bank": _("is the language of the bank itself."),
    "po_unreadable": _("not readable as PO: {reason}"),
}
FILE_SENTENCES: Mapping[str, Any] = {
    **OF_ARCHIVES,
    **OF_TOML_FILES,
    **OF_WORKBOOKS,
    **OF_CELLS,
    **OF_TRANSLATIONS,
    "not_for_a_form": _("its condition speaks of {name}, which a form without scores cannot ask."),
    "not_storable": "{reason}",
    "more_faults": _("and {number} more faults."),
}


def fault_sentence(fault: FileFault) -> str:
    """What is wrong, with the code of the object that it is wrong with."""
    if fault.code in FILE_SENTENCES:
        sentence = str(FILE_SENTENCES[fault.code]).format(**fault.params)
    else:
        sentence = _sentence_in_file(Issue(fault.code, fault.where, fault.params))
    return _joined(fault.where.code, sentence)


def fault_line(fault: FileFault) -> str:
    """The same behind its place in the file."""
    row = gettext("row {row}").format(row=fault.row) if fault.row else ""
    place = ", ".join(filter(None, (fault.sheet, row, fault.column)))
    return _joined(place, fault_sentence(fault))


def fault_lines(faults: Iterable[FileFault]) -> str:
    return "\n".join(map(fault_line, faults))


def seed_lines(errors: SeedErrors) -> str:
    """Every fault of the files of seeds/ by its file and code, a line each."""
    return "\n".join(
        _joined(fault.file, fault.issue.where.code, _sentence_in_file(fault.issue))
        for fault in errors.faults
    )


def _sentence_in_file(issue: Issue) -> str:
    """A text that is no condition stands behind the name of its field, or in a cell of its own."""
    if issue.code not in SYNTAX:
        return issue_sentence(issue)
    problem = bare_sentence(issue)
    if issue.where.field:
        return _joined(issue.where.field, problem)
    return gettext("is no condition: {problem}").format(problem=problem)


def _joined(*parts: str) -> str:
    return ": ".join(filter(None, parts))
