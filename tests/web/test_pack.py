from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Field, Fieldset, Hidden, Layout, Row, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.http import QueryDict
from django.template import RequestContext, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from assessment.instrument.answers import Answer
from assessment.instrument.model import Term
from assessment.models.process_cache import ProcessCache
from assessment.reports.chart_tag import TOKENS
from assessment.web.bundles import BundledStorage, bundle
from assessment.web.questionnaire import layout
from assessment.web.questionnaire.fields import answer_fields
from assessment.web.questionnaire.layout import QuestionLayout, ShownConflict
from tests.seeds_once import seeds


class Plain(forms.Form):
    use_required_attribute = False
    name = forms.CharField(label="Name", help_text="As on the cover.", required=False)
    reason = forms.CharField(label="Reason", error_messages={"required": "Say why"})
    done = forms.ChoiceField(
        label="Done?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="Agreed", required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)


def form_of(*codes: str, data: QueryDict | None = None, **initial: Any) -> forms.Form:
    form = forms.Form(data, initial={key.replace("_", "-"): v for key, v in initial.items()})
    for code in codes:
        form.fields.update(answer_fields(seeds().question[code], instrument=seeds()))
    return form


def drawn(form: forms.Form, *parts: Any) -> str:
    """The markup with one space wherever it has white space, which is how browsers read it."""
    helper = FormHelper()
    helper.layout = Layout(*parts) if parts else None
    return " ".join(render_crispy_form(form, helper).split())


def asked(code: str, **options: Any) -> QuestionLayout:
    return QuestionLayout(seeds().question[code], instrument=seeds(), **options)


def places(html: str, *marks: str) -> list[int]:
    return [html.index(mark) for mark in marks]


def test_question_stands_as_legend_hint_error_options() -> None:
    html = drawn(form_of("PC1", data=QueryDict("PC1=9")), asked("PC1"))

    order = places(html, "<legend>", 'id="PC1-hint"', 'id="PC1-error"', 'class="options"')
    assert order == sorted(order)


def test_question_is_described_by_its_hint_and_error() -> None:
    html = drawn(form_of("PC1", data=QueryDict("PC1=9")), asked("PC1"))

    assert 'aria-describedby="PC1-hint PC1-error"' in html


def test_question_cites_the_findings_behind_it() -> None:
    html = drawn(form_of("HC2"), asked("HC2", heading=True))

    finding = seeds().finding[seeds().question["HC2"].findings[0]]
    assert finding.text in html.partition("Why we ask")[2]
    assert finding.citation in html.partition("Why we ask")[2]


def test_question_not_shown_is_there_but_hidden() -> None:
    html = drawn(form_of("HC4"), asked("HC4", shown=False))

    assert re.search(r'<fieldset[^>]*id="HC4"[^>]* hidden>', html)


def test_question_keeps_note_open_where_there_is_one() -> None:
    html = drawn(form_of("PC1", PC1=Answer("answered", 2), PC1_note="Law <12>"), asked("PC1"))

    assert '<details class="aside note" open>' in html
    assert "Law &lt;12&gt;" in html


def test_question_shows_a_newer_answer_beside_the_own_one() -> None:
    form = form_of("PC1", data=QueryDict("PC1=1"))

    html = drawn(form, asked("PC1", conflict=ShownConflict(text="Another answer", note="Why")))

    assert '<dd class="theirs" dir="auto">Another answer<br>Note: Why</dd>' in html
    assert 'value="1" checked' in html


def test_html_in_the_cache_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    html: ProcessCache[Any] = ProcessCache(1)
    monkeypatch.setattr(layout, "QUESTION_HTML", html)

    drawn(form_of("RP1", "RP2"), asked("RP1"), asked("RP2"))

    assert len(html.values) == 1


def test_word_is_explained_once_on_a_page() -> None:
    instrument = replace(seeds(), terms=(Term("the", "the", "The one we both know."),))
    parts = [
        QuestionLayout(seeds().question[code], instrument=instrument) for code in ("PC1", "PC2")
    ]

    html = drawn(form_of("PC1", "PC2"), *parts)

    assert html.count("The one we both know.") == 1


def test_word_of_a_hidden_question_is_left_to_the_next() -> None:
    instrument = replace(seeds(), terms=(Term("the", "the", "The one we both know."),))
    hidden, shown = (
        QuestionLayout(seeds().question[code], instrument=instrument, shown=shown)
        for code, shown in (("PC1", False), ("PC2", True))
    )

    html = drawn(form_of("PC1", "PC2"), hidden, shown)

    assert "The one we both know." in html.partition('id="PC2"')[2]


def test_error_summary_links_to_the_first_input_of_each_problem() -> None:
    form = form_of("PC1", "TG5", data=QueryDict("PC1=9&TG5=40"))

    html = render_to_string("articula/errors.html", {"form": form})

    page = drawn(form, asked("PC1"), asked("TG5"))
    targets = re.findall(r'href="#([^"]+)"', html)
    assert targets == ["id_PC1", "id_TG5"]
    assert all(f'id="{target}"' in page for target in targets)


def test_error_summary_says_the_same_as_the_field() -> None:
    form = form_of("TG5", data=QueryDict("TG5=40"))

    sentence = "enter a whole number from 0 to 10, in digits"
    summary = render_to_string("_error_summary.html", {"form": form})
    assert (summary.count(sentence), drawn(form, asked("TG5")).count(sentence)) == (1, 1)


def test_plain_form_is_drawn_whole_without_native_validation() -> None:
    html = drawn(Plain())

    assert " novalidate>" in html
    assert " required" not in html


def test_plain_field_is_label_hint_error_input() -> None:
    html = drawn(Plain(QueryDict("name=Sierra")), "reason", "name")

    order = places(html, ">Reason</label>", "Say why", 'name="reason"', "As on the cover.")
    assert order == sorted(order)


def test_plain_field_that_is_optional_says_so_without_asterisks() -> None:
    html = drawn(Plain(), "name", "reason")

    assert "Name (optional)</label>" in html
    assert "*" not in html


def test_plain_radios_stand_in_a_fieldset_with_a_legend() -> None:
    html = drawn(Plain(QueryDict("done=maybe")), "done")

    assert '<fieldset class="field has-error" aria-describedby=" id_done_error">' in html
    assert "<legend>Done?</legend>" in html


def test_layout_objects_hold_their_fields() -> None:
    html = drawn(
        Plain(),
        Fieldset("Who", "name", css_class="wide", css_id="who"),
        Row(Column("reason"), css_id="row"),
        Div(Field("agreed"), "key", css_class="box"),
        Hidden("kept", "7"),
        Submit("go", "Go on", css_class="button-secondary"),
    )

    assert '<fieldset class="group wide" id="who">' in html
    assert '<input type="hidden" name="kept" value="7">' in html
    assert '<button type="submit" name="go"' in html


def test_formset_is_drawn_row_by_row() -> None:
    rows = forms.formset_factory(Plain, extra=2)()

    html = drawn(rows)  # type: ignore[arg-type]

    assert (html.count('<div class="row">'), html.count("form-TOTAL_FORMS")) == (2, 2)


def test_inputs_of_the_helper_stand_in_one_row_of_actions() -> None:
    form = Plain()
    helper = FormHelper()
    helper.add_input(Submit("go", "Go on"))

    html = str(render_crispy_form(form, helper))

    assert html.partition('<div class="actions">')[2].count("<button") == 1


def stored(**texts: str) -> dict[str, Any]:
    storage = InMemoryStorage()
    names = {name: name.replace("__", "/").replace("_", ".") for name in texts}
    for name, text in texts.items():
        storage.save(names[name], ContentFile(text.encode()))
    return {path: (storage, path) for path in names.values()}


def test_bundle_puts_scripts_in_blocks_without_their_comments() -> None:
    paths = stored(
        js__site_js='import "./one.js";\nimport "./two.js";\n',
        js__one_js="// Why.\nconst a = 1;\n",
        js__two_js="if (a) {\n  b();\n}\n",
    )

    assert bundle("js/site.js", paths) == "{\nconst a = 1;\n}\n{\nif (a) {\nb();\n}\n}\n"


NAMES = ("site", "one", "tokens", "print")


def test_bundled_storage_serves_one_style_sheet_with_values_for_tokens(tmp_path: Any) -> None:
    storage = BundledStorage(location=tmp_path, base_url="/static/")
    storage.save("css/site.css", ContentFile(b'@import "one.css";\n'))
    storage.save("css/one.css", ContentFile(b"a {\n  color: var(--ink) var(--line);\n}\n"))
    storage.save("css/tokens.css", ContentFile(b":root {\n  --ink: #111;\n  --line: #222;\n}\n"))
    storage.save("css/print.css", ContentFile(b":root { --line: var(--ink); }"))
    paths = {f"css/{name}.css": (storage, f"css/{name}.css") for name in NAMES}

    list(storage.post_process(paths))

    def served(name: str) -> str:
        file = tmp_path / storage.stored_name(f"css/{name}.css")
        return str(file.read_text())

    assert served("site") == "a{color:#111 var(--line)}"
    assert served("print") == ":root{--line:#111}"
    assert served("tokens") == ":root {\n  --ink: #111;\n  --line: #222;\n}\n"


def test_bundled_storage_writes_nothing_on_a_dry_run(tmp_path: Any) -> None:
    paths = stored(css__site_css="", css__tokens_css="", css__print_css="")

    assert list(BundledStorage(location=tmp_path).post_process(paths, dry_run=True)) == []


def test_base_marks_an_invented_example_and_an_error_in_the_title() -> None:
    form = Plain({})
    request = RequestFactory().get("/")

    html = render_to_string("base.html", {"form": form, "demo": True}, request)

    assert re.search(r"<title>Error:", html)
    assert 'class="strip"' in html


def test_wide_page_has_a_main_and_a_side_column() -> None:
    page = Template(
        '{% extends "wide.html" %}{% block main_column %}Question{% endblock %}'
        "{% block side_column %}Help{% endblock %}"
    )

    html = page.render(RequestContext(RequestFactory().get("/")))

    order = places(html, '<body class="wide">', '<div class="columns">', "Question", "Help")
    assert order == sorted(order)
    assert "<body>" in render_to_string("base.html", {}, RequestFactory().get("/"))


@pytest.mark.usefixtures("collected")
def test_tokens_that_pictures_name_are_defined_where_they_are_served() -> None:
    storage: Any = staticfiles_storage
    style = Path(storage.path(storage.stored_name("css/site.css")))

    served = style.read_text(encoding="utf-8")

    assert [token for token in TOKENS.values() if f"{token}:" not in served] == []
