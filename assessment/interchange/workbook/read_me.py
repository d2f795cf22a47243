"""The first sheet of the workbook, for the person who opens it: one paragraph a row."""

from __future__ import annotations

TEXT = r"""
This workbook holds one edition of the question bank. You can change it and import it again.

Each sheet is a table: the first row names the columns, each row below is one object. Leave the
names of sheets and columns as they are. The order of the rows is the order of the bank.

The sheet "edition" holds the language of the texts and the thresholds of the method.

The sheets "options", "readings" and "variants" belong to questions, cases and rules: their first
column says to which one.

A sheet such as "translations-es" holds the texts in one language. Its first columns say which text
is meant; source_hash tells from which source it was made: leave it, or leave it empty where the
translation is of the source as it stands now. A language without a sheet is left as it is.

A code is never changed and never used again: answers and results refer to it.

Where a cell takes several codes, write commas between them.

Where it takes several texts (sub_dimensions, advice, forms, labels, meanings), write one text a
line. A line break within such a text is written as \n, a backslash as \\.

Write yes or no where a column asks for it. An empty cell means that there is nothing, or the usual
value: points 0, weight 1, and weight 2 for an essential question.

Conditions are written as in the application, for example: level.PC >= 3 and profile.region == "LA"

Every cell is a text, so that nothing becomes a formula or a date. Keep it so: formulas and dates
are refused.

An unfinished bank can be imported too: what is still open is listed. Each fault is named by its
sheet, row and column, and nothing is written before all of them are put right. A dry run shows
what would be added, changed and removed.
"""
READ_ME = tuple(" ".join(paragraph.split("\n")) for paragraph in TEXT.strip().split("\n\n"))
