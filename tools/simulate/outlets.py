"""The bytes in which a round leaves the site, and what somebody reads in them.

Each outlet is read by itself, by its own words and numbers, as who has only this one file would:
not by what it was made from.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import openpyxl

from assessment.instrument.groups import TOTAL
from assessment.instrument.model import ASPECTS, SECTORS, TIERS
from assessment.reports.page import report_html
from assessment.reports.pdf.files import print_html
from assessment.reports.pdf.render import pdf_of
from assessment.reports.result_output import json_of
from assessment.reports.round_files.tables import csv_of_round, json_of_round, xlsx_of_round
from assessment.reports.seat_wording import SECTORS as SECTOR_WORDS
from assessment.reports.seat_wording import TIERS as TIER_WORDS
from assessment.reports.seat_wording import seat_words
from assessment.reports.sections import FILES
from tools.html_page import HtmlPage
from tools.simulate.readings import GAP, LINK, MEAN, QUESTION, SHARE, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from assessment.instrument.groups import Group
    from assessment.instrument.model import Instrument
    from assessment.reports.report_data import ReportData

POINTS, LEVELS, SHARES = 0.05, 0.005, 0.005
"""Half of the last digit of each unit in the files."""
MEANS = {"score": "", ASPECTS[0]: ASPECTS[0], ASPECTS[1]: ASPECTS[1]}
HIDDEN, TOTAL_NAME = "Hidden", "Everybody"
PEOPLE = re.compile(r" \d[\d,]*$")
"""So many answered, behind the name of a group."""
OPEN = "–"
FIGURES = re.compile(r"–|none|\d+(?:\.\d+)?%?(?: ?\| ?\d+(?:\.\d+)?)?")
SECOND_OF_PAIR = re.compile(r"\| ?\d+(?:\.\d+)?")
PRINTED_TABLE = re.compile(r"^ *(Each group on each subject: .*)$", re.MULTILINE)
AVERAGE = re.compile(r"on average level (\d\.\d)")


def groups_by_name() -> dict[str, Group]:
    found: dict[str, Group] = {TOTAL_NAME: TOTAL}
    for sector in (None, *SECTORS):
        for tier in (None, *TIERS):
            if sector or tier:
                found[seat_words(sector, tier)] = (sector, tier)
    return found


def codes_of_bank(bank: Instrument) -> list[str]:
    """The dimensions in the order in which every table has them."""
    return [dimension.code for dimension in bank.dimensions]


# The flat files


def in_json(content: bytes, _bank: Instrument) -> Iterator[Reading]:
    yield from _in_figures(json.loads(content)["figures"])


def in_csv(content: bytes, _bank: Instrument) -> Iterator[Reading]:
    with ZipFile(BytesIO(content)) as archive:
        text = archive.read("figures.csv").decode("utf-8-sig")
    yield from _in_figures(list(csv.DictReader(StringIO(text))))


def _in_figures(rows: Sequence[Mapping[str, Any]]) -> Iterator[Reading]:
    after = any(row["part"] == "apart" for row in rows)
    for row in rows:
        part, name = row["part"], row["figure"]
        here: Group = (row.get("sector") or None, row.get("tier") or None)
        agreed = after and part in {"whole", "question"}
        value = row["value"]
        if part in {"whole", "apart", "group"} and name in MEANS:
            yield Reading(MEAN, here, row["subject"], float(value), MEANS[name], "", POINTS, agreed)
        elif part in {"whole", "group"} and name == "dont_know_share" and not agreed:
            yield Reading(SHARE, here, row["subject"], float(value), slack=SHARES)
        elif part == "question" and name == "score":
            yield Reading(
                QUESTION, TOTAL, row["question"], float(value), slack=POINTS, agreed=agreed
            )
        elif part == "gap":
            on = row.get("subject") or row["question"]
            yield Reading(GAP, here, on, float(value), against=row["against"], slack=LEVELS)
        elif part == "chain":
            yield Reading(LINK, here, row["question"], float(value), slack=LEVELS)


def in_xlsx(content: bytes, bank: Instrument) -> Iterator[Reading]:
    """Before a session: afterwards the flat files tell which figures are those of before."""
    book = openpyxl.load_workbook(BytesIO(content), read_only=True)
    sheets = {sheet.title: list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book}
    names, codes = groups_by_name(), codes_of_bank(bank)
    for name, _invited, _submitted, _shown, *scores in sheets["Groups"]:
        for code, value in zip(codes, scores, strict=False):
            yield from _cell(MEAN, names[str(name)], code, value, POINTS)
    for code, cells in zip(codes, sheets.get("Subjects", ()), strict=False):
        parts = {"": cells[1], ASPECTS[0]: cells[6], ASPECTS[1]: cells[7]}
        for aspect, value in parts.items():
            found = _cell(MEAN, TOTAL, code, value, POINTS)
            yield from (one._replace(aspect=aspect) for one in found)
        yield from _cell(SHARE, TOTAL, code, cells[8], SHARES)
    for code, _text, _subject, _stands, score, *tiers in sheets.get("Questions", ()):
        yield from _cell(QUESTION, TOTAL, str(code), score, POINTS)
        for tier, value in zip(TIERS, tiers, strict=False):
            yield from _cell(LINK, (None, tier), str(code), value, LEVELS)
    codes_of = {str(w): name for name, w in (*SECTOR_WORDS.items(), *TIER_WORDS.items())}
    for first, second, on, _text, value in sheets.get("Gaps", ()):
        one, other = codes_of[str(first)], codes_of[str(second)]
        side: Group = (None, one) if one in TIERS else (one, None)
        found = _cell(GAP, side, str(on), value, LEVELS)
        yield from (reading._replace(against=other) for reading in found)


def _cell(kind: str, group: Group, on: str, value: Any, slack: float) -> Iterator[Reading]:
    if value is not None:
        yield Reading(kind, group, on, float(value), slack=slack)


def in_score(content: bytes, _bank: Instrument) -> Iterator[Reading]:
    """What the command `score` prints of the same answers, unrounded."""
    found = json.loads(content)
    for group in found["groups"]:
        here = (group["sector"], group["tier"])
        for code, one in group["dimensions"].items():
            for name, aspect in MEANS.items():
                if one[name] is not None:
                    yield Reading(MEAN, here, code, one[name], aspect)
            if one["dont_know_share"] is not None:
                yield Reading(SHARE, here, code, one["dont_know_share"])
    for gap in found["gaps"]:
        first, second = gap["between"]
        side: Group = (None, first) if first in TIERS else (first, None)
        yield Reading(GAP, side, gap["on"], gap["levels"], against=second)


# The page and the paper


def in_page(content: bytes, bank: Instrument) -> Iterator[Reading]:
    page = HtmlPage(content.decode().replace("<br>", "<br> "))
    names, codes = groups_by_name(), codes_of_bank(bank)
    for caption, name, cells in _rows(page, "group-scores"):
        for code, cell in zip(codes, cells if len(cells) > 1 else (), strict=False):
            yield from _of_group(caption, names[PEOPLE.sub("", name)], code, cell)
    questions = {text: one.code for one in bank.questions for text in (one.text, one.short)}
    for _caption, name, cells in _rows(page, "chain"):
        code = questions[name]
        for tier, level in zip(TIERS, cells, strict=False):
            yield Reading(LINK, (None, tier), code, float(level), slack=_slack(level))
    dimensions = {dimension.name: dimension.code for dimension in bank.dimensions}
    for _caption, name, (higher, levels) in _rows(page, "gaps"):
        yield from _gap(dimensions[name], higher, levels)
    for code, words in _answers(page):
        if found := AVERAGE.search(words):
            value, width = float(found[1]), float(bank.scale.width)
            yield Reading(QUESTION, TOTAL, code, value * width, slack=LEVELS * 10 * width)


def in_paper(content: bytes, bank: Instrument) -> Iterator[Reading]:
    """The three tables of the groups as they are printed; ValueError where they are not."""
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()
    names, codes = groups_by_name(), codes_of_bank(bank)
    _before, *tables = PRINTED_TABLE.split(text.partition("A dash stands")[0])
    found = {}
    for caption, table in zip(tables[::2], tables[1::2], strict=True):
        rows = list(_printed_rows(table, len(codes)))
        found[caption] = [name for name, _cells in rows]
        for name, cells in rows:
            for code, cell in zip(codes, cells, strict=False):
                yield from _of_group(caption, names[name], code, cell)
    groups = [*found.values()]
    if len(groups) != 3 or any(one != groups[0] or TOTAL_NAME not in one for one in groups):
        raise ValueError(f"The paper has other tables of the groups than these: {found}")


def _printed_rows(table: str, number: int) -> Iterator[tuple[str, list[str]]]:
    """Of each group its name and cells, none where it is hidden; lines of a row stand together."""
    for row in re.split(r"\n\s*\n", table):
        lines = [line for line in row.splitlines() if line.strip()]
        headings = [re.split(r"\s{2,}", line)[0] for line in lines if not line[0].isspace()]
        name = PEOPLE.sub("", " ".join(headings))
        if name in groups_by_name():
            cells = FIGURES.findall(lines[0])[-number:] if HIDDEN not in lines[0] else []
            yield name, _whole_pairs(cells, lines[1:])


def _whole_pairs(cells: list[str], further: Sequence[str]) -> list[str]:
    """A pair that had no room for its second number has it in the next line."""
    second = iter(SECOND_OF_PAIR.findall(" ".join(further)))
    alone = any(SECOND_OF_PAIR.search(line) for line in further)
    return [
        f"{cell} {next(second)}" if alone and cell != OPEN and "|" not in cell else cell
        for cell in cells
    ]


def _pair(group: Group, code: str, score: str, share: str) -> Iterator[Reading]:
    if score != OPEN:
        yield Reading(MEAN, group, code, float(score), slack=_slack(score))
    if share != OPEN:
        value = 0.0 if share == "none" else float(share.rstrip("%")) / 100
        yield Reading(SHARE, group, code, value, slack=0.0 if share == "none" else SHARES)


def _of_group(caption: str, group: Group, code: str, cell: str) -> Iterator[Reading]:
    """One cell of the tables of the groups: a score, a pair of aspects, or who does not know."""
    if "does not know" in caption:
        yield from _pair(group, code, OPEN, cell)
    elif caption.endswith("score"):
        yield from _pair(group, code, cell, OPEN)
    else:
        for aspect, score in zip(ASPECTS, re.findall(r"\d+(?:\.\d+)?", cell), strict=False):
            yield Reading(MEAN, group, code, float(score), aspect, slack=_slack(score))


def _gap(code: str, higher: str, levels: str) -> Iterator[Reading]:
    """Which side sees it higher gives the sign; where both are alike it may be either."""
    codes = {str(words): name for name, words in (*SECTOR_WORDS.items(), *TIER_WORDS.items())}
    if higher in codes:
        side = codes[higher]
        first, second = (TIERS[0], TIERS[-1]) if side in TIERS else (SECTORS[0], SECTORS[1])
        group: Group = (None, first) if side in TIERS else (first, None)
        value = float(levels) if side == first else -float(levels)
        yield Reading(GAP, group, code, value, against=second, slack=_slack(levels))


def _slack(number: str) -> float:
    """Half of the last digit that is printed."""
    return 0.5 * 10.0 ** -len(number.partition(".")[2])


def _rows(page: HtmlPage, table: str) -> Iterator[tuple[str, str, list[str]]]:
    """Of each table of this class its caption, and of each row heading and cells."""
    for index, _tag, _attributes in page.find("table"):
        if table in page.elements[index][1].get("class", "").split():
            captions = [at for at, *_more in page.find("caption") if index in page.elements[at][2]]
            caption = " ".join(" ".join(page.texts.get(at, "") for at in captions).split())
            for row, tag, _attrs in page.find("tr"):
                inside = [
                    (page.elements[at][0], " ".join(page.texts.get(at, "").split()))
                    for at, _name, _found in page.find("th", "td")
                    if row in page.elements[at][2] and index in page.elements[row][2]
                ]
                if inside and inside[0][0] == "th" and tag == "tr":
                    yield caption, inside[0][1], [text for _cell, text in inside[1:]]


def _answers(page: HtmlPage) -> Iterator[tuple[str, str]]:
    code = ""
    for index, _tag, attributes in page.find("span", "p"):
        text = " ".join(page.texts.get(index, "").split())
        if attributes.get("class") == "code":
            code = text
        elif "words" in attributes.get("class", "").split() and code:
            yield code, text
            code = ""


Outlet = tuple["Callable[[ReportData], bytes]", "Callable[[bytes, Instrument], Iterator[Reading]]"]
OUTLETS: Mapping[str, Outlet] = {
    "json": (json_of_round, in_json),
    "csv": (csv_of_round, in_csv),
    "xlsx": (xlsx_of_round, in_xlsx),
    "score": (lambda report: json.dumps(json_of(report)).encode(), in_score),
    "page": (lambda report: report_html(report).encode(), in_page),
}
PAPER: Outlet = (lambda report: pdf_of(print_html(report, FILES["report"])), in_paper)
"""The file without annexes, from which `in_paper` would take nothing."""
