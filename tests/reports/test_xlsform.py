"""An edition as a form of other programs: converted by pyxform, with conditions and no score."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from pyxform.xls2xform import convert

from assessment.actions.editions.start_draft import start_draft
from assessment.instrument.conditions.grammar import parse
from assessment.instrument.issues import Where
from assessment.instrument.kinds.registry import KINDS
from assessment.instrument.model import TIERS
from assessment.instrument.texts import hash_of_text
from assessment.interchange.refusal import FileFault, Refused
from assessment.interchange.workbook.xlsx import XlsxFile
from assessment.interchange.xlsform.form import FIELDS, Form, language_label, to_xlsform
from assessment.interchange.xlsform.relevant import Relevance
from assessment.models import EditionLanguage, Translation
from assessment.reports.xlsform import xlsform_of
from tests.factories import NOW
from tests.instrument.build import instrument, level, multi
from tests.seeds_once import seeds
from tests.tables import raised

if TYPE_CHECKING:
    from assessment.models import Edition

BESIDE = ("profile_region", "profile_way", "profile_who", "short", "whole", "alone", "several")
WORDS = dict.fromkeys(
    ("dont_know", "not_applicable", "number", "profile", "closing", *BESIDE), "word"
)
Rows = list[dict[str, str]]


def rows_of(data: bytes, sheet: str) -> Rows:
    (_one, head), *rest = XlsxFile(data).rows(sheet)
    return [{head[at].text: cell.text for at, cell in cells.items()} for _row, cells in rest]


@pytest.fixture
def form(edition: Edition) -> bytes:
    draft = start_draft(edition=edition, now=NOW)
    for language in ("es", "am"):
        EditionLanguage.objects.create(edition=draft, language=language)
    Translation.objects.create(
        edition=draft,
        language="es",
        kind="questions",
        code="PC1",
        field="text",
        text="¿Hay ${nombre}?",
        source_hash=hash_of_text(draft.question_set.get(code="PC1").text),
        updated_at=NOW,
    )
    return xlsform_of(draft)


def test_pyxform_converts_it_without_a_word_and_no_score_stands_in_it(form: bytes) -> None:
    warnings: list[str] = []

    made = convert(form, warnings=warnings, file_type=".xlsx", form_name="articula")
    rows = [row for sheet in ("survey", "choices") for row in rows_of(form, sheet)]

    assert "<h:html" in made.xform
    assert warnings == []
    assert {name.partition("::")[0] for row in rows for name in row} == {
        *("type", "name", "relevant", "label", "hint", "constraint", "calculation", "list_name")
    }


def test_every_question_language_and_kind_of_field_stands_in_it(form: bytes) -> None:
    """Each language is named by itself."""
    asked = [row for row in rows_of(form, "survey") if "name" in row]

    assert {q.code for q in seeds().questions} <= {row["name"] for row in asked}
    first = next(row for row in asked if row["name"] == "PC1")
    labels = {name: text for name, text in first.items() if name.startswith("label")}
    assert labels == {
        "label::English (en)": seeds().question["PC1"].text,
        "label::Español (es)": "¿Hay $ {nombre}?",
        "label::አማርኛ (am)": seeds().question["PC1"].text,
    }
    assert rows_of(form, "settings")[0]["default_language"] == "English (en)"
    assert [language_label(code) for code in ("en-gb", "fr")] == [
        "English (united kingdom) (en-gb)",
        "Français (fr)",
    ]
    assert FIELDS.keys() == {kind.field for kind in KINDS.values()}


def choices(form: bytes, code: str) -> list[str]:
    return [row["name"] for row in rows_of(form, "choices") if row["list_name"] == code]


def test_form_offers_every_choice_first_what_is_put_and_last_what_cannot_be_answered(
    form: bytes,
) -> None:
    """What excludes others stands alone, and the region follows from the country."""
    code = min(q.code for q in seeds().questions if q.not_applicable and q.kind == "level")
    number = next(q.code for q in seeds().questions if q.kind == "number" and not q.profile)
    stronger = next(q.code for q in seeds().questions if q.profile == "stronger")
    (several,) = [row for row in rows_of(form, "survey") if row.get("name") == "HC3"]

    assert choices(form, code) == ["0", "1", "2", "3", "4", "dont_know", "not_applicable"]
    assert choices(form, f"{number}_known")[:2] == ["number", "dont_know"]
    assert choices(form, stronger).count("dont_know") == 1
    assert several["type"] == "select_multiple HC3"
    alone = "count-selected(.) = 1 or not(selected(., 'none') or "
    assert several["constraint"].startswith(alone)

    rows = {row["name"]: row for row in rows_of(form, "survey") if "name" in row}

    assert list(rows)[:4] == ["section_profile", "profile_way", "profile_who", "P1"]
    assert choices(form, "profile_way") == ["short", "whole"]
    assert choices(form, "profile_who") == ["alone", "several"]
    assert {"PE", "ET", "FR"} <= set(choices(form, "P1"))
    region = rows["profile_region"]["calculation"]
    assert re.fullmatch(r"if\(\$\{P1\} = '' or .*'other'\)+", region)


RELEVANCE: list[tuple[str, str]] = [
    ("answer.PC1 >= 2", "not((number(${PC1}) < 2))"),
    ("answer.PC1 == 2", "not((number(${PC1}) = number(${PC1}) and not(number(${PC1}) = 2)))"),
    ("answer.PC1 != 2", "not((number(${PC1}) = 2))"),
    ("not answer.PC1 > 1.5", "not((number(${PC1}) > 1.5))"),
    (
        "not (answer.PC1 > 1 and answer.PC2 > 1)",
        "not(((number(${PC1}) > 1) and (number(${PC2}) > 1)))",
    ),
    (
        "answer.PC1 > 1 or answer.PC2 > 1",
        "(not((number(${PC1}) <= 1)) or not((number(${PC2}) <= 1)))",
    ),
    ("not (not answer.PC1 > 1)", "not(not(not((number(${PC1}) <= 1))))"),
    ('"none" not in answer.HC3', "not(selected(${HC3}, 'none'))"),
    (
        '"none" in answer.HC3',
        (
            "not((${HC3} != '' and not(selected(${HC3}, 'dont_know')) and "
            "not(selected(${HC3}, 'not_applicable')) and not(selected(${HC3}, 'none'))))"
        ),
    ),
    (
        'profile.region != "LA"',
        "not((${profile_region} = 'LA'))",
    ),
    (
        'profile.stage in ("design", "it\'s")',
        (
            "not((${P5} != '' and ${P5} != 'dont_know' and ${P5} != 'not_applicable' and "
            "not(${P5} = 'design' or ${P5} = \"it's\")))"
        ),
    ),
]


def test_condition_hides_only_where_it_is_surely_false() -> None:
    stage = next(q.code for q in seeds().questions if q.profile == "stage")

    def relevant(condition: str) -> str:
        asked = replace(seeds().question["PC1"], code="PC3", tiers=TIERS, shown_if=parse(condition))
        return Relevance(seeds()).of(asked).replace(stage, "P5")

    assert [(condition, relevant(condition)) for condition, _ in RELEVANCE] == RELEVANCE


def test_short_way_seat_and_points_decide_what_is_put() -> None:
    """The points of what is chosen are added up."""
    tier, sector = "${P2} = '' or ${P2} = ", "${P3} = '' or ${P3} = "
    asked = {
        "PC1": f"(${{profile_who}} != 'several' or ({tier}'national' or ${{P2}} = 'regional'))",
        "PC3": (
            f"${{profile_way}} != 'short' and (${{profile_who}} != 'several' or "
            f"(({tier}'national') or ${{P3}} = 'finance'))"
        ),
        "HC1": (
            "not((number(${P5}) < 2)) and (${profile_who} != 'several' or "
            f"({sector}'social_protection' or ${{P3}} = 'agriculture'))"
        ),
        "P2": "",
    }

    assert {code: Relevance(seeds()).of(seeds().question[code]) for code in asked} == asked
    bank = instrument(multi("PC1", {"a": 1, "b": 2}), level("PC2", shown_if="points.PC1 >= 2"))
    assert Relevance(bank).of(bank.question["PC2"]) == (
        "not((${PC1} != '' and not(selected(${PC1}, 'dont_know')) "
        "and not(selected(${PC1}, 'not_applicable')) "
        "and (number(1 * number(selected(${PC1}, 'a')) + 2 * number(selected(${PC1}, 'b')) "
        "+ 0 * number(selected(${PC1}, 'none'))) < 2)))"
    )


def test_what_no_form_can_ask_or_hold_is_refused() -> None:
    where = Where("questions", "PC3", "shown_if")
    first, *rest = seeds().questions
    bank = replace(seeds(), questions=(replace(first, text="x" * 40_000), *rest))
    place = ("survey", 5, "label::English (en)")

    def refused(name: str) -> tuple[FileFault, ...]:
        asked = replace(seeds().question["PC3"], shown_if=parse(f"{name} > 1"))
        return raised(Refused, Relevance(seeds()).of, asked).faults

    names = ("points.HC1", "level.PC", "answer.XX")
    assert {name: refused(name) for name in names} == {
        name: (FileFault("not_for_a_form", "xlsform", params={"name": name}, where=where),)
        for name in names
    }
    too_long = raised(Refused, to_xlsform, {"en": bank}, {"en": WORDS})
    assert too_long.faults == (FileFault("cell_too_long", *place, {"longest": 32_767}),)


def filled(bank: Any) -> Form:
    form = Form({"en": bank}, {"en": WORDS})
    form.fill()
    return form


def test_region_is_asked_where_a_condition_needs_it_and_no_country_tells_it() -> None:
    """Of those that a country tells none is reached that has no countries."""
    questions = tuple(q for q in seeds().questions if q.kind == "text" or q.profile == "tier")
    regions = (*seeds().regions, replace(seeds().regions[0], code="XX", countries=()))
    asked = level("PC1", shown_if='profile.region == "LA"')

    (told,) = [
        row["calculation"]
        for row in filled(replace(seeds(), regions=regions)).survey
        if "calculation" in row
    ]
    bare = filled(replace(seeds(), questions=questions, regions=regions)).survey
    asking = filled(replace(instrument(asked), questions=(asked,)))

    assert ("'LA'" in told, "'XX'" in told) == (True, False)
    assert [row["type"] for row in bare if "calculation" in row] == []
    assert {row["name"] for row in bare if row["type"] == "begin_group"} == {
        "section_profile",
        "section_closing",
    }
    (row,) = [row for row in asking.survey if row.get("name") == "profile_region"]
    offered = [c["name"] for c in asking.choices if c["list_name"] == "profile_region"]
    assert (row["type"], offered) == ("select_one profile_region", ["LA", "AF", "other"])
