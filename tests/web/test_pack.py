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


def form_of(*codes: str, data: QueryDict | None = None) -> forms.Form:
    form = forms.Form(data)
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


def test_question_stands_as_legend_hint_error_options_and_why_we_ask() -> None:
    """And keeps its note open beside a newer answer."""
    html = drawn(form_of("HC2", data=QueryDict("HC2=9")), asked("HC2"))
    alone = drawn(form_of("HC2"), asked("HC2", heading=True))

    order = places(html, "<legend>", 'id="HC2-hint"', 'id="HC2-error"', 'class="options"')
    assert order == sorted(order)
    assert 'aria-describedby="HC2-hint HC2-error"' in html
    finding = seeds().finding[seeds().question["HC2"].findings[0]]
    why = alone.partition("Why we ask")[2]
    assert (finding.text in why, finding.citation in why) == (True, True)
    noted = form_of("PC1", data=QueryDict("PC1=1&PC1-note=Law <12>"))
    newer = ShownConflict(text="Another answer", note="Why")
    beside = drawn(noted, asked("PC1", conflict=newer))
    assert '<dd class="theirs" dir="auto">Another answer<br>Note: Why</dd>' in beside
    assert 'value="1" checked' in beside
    assert '<details class="aside note" open>' in beside
    assert "Law &lt;12&gt;" in beside


def test_html_in_the_cache_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    html: ProcessCache[Any] = ProcessCache(1)
    monkeypatch.setattr(layout, "QUESTION_HTML", html)

    drawn(form_of("RP1", "RP2"), asked("RP1"), asked("RP2"))

    assert len(html.values) == 1


def test_word_is_explained_once_on_a_page_and_not_by_a_question_put_away() -> None:
    instrument = replace(seeds(), terms=(Term("the", "the", "The one we both know."),))
    shown = {"PC1": False, "PC2": True, "PC3": True}
    parts = [
        QuestionLayout(seeds().question[code], instrument=instrument, shown=is_shown)
        for code, is_shown in shown.items()
    ]

    html = drawn(form_of(*shown), *parts)

    put_away, *others = re.findall(r"<fieldset.*?</fieldset>", html)
    assert re.match(r'<fieldset[^>]*id="PC1"[^>]* hidden>', put_away)
    assert [one.count("The one we both know.") for one in (put_away, *others)] == [1, 1, 0]


def test_error_summary_says_what_each_field_says_and_links_to_its_first_input() -> None:
    form = form_of("PC1", "TG5", data=QueryDict("PC1=9&TG5=40"))

    links = render_to_string("articula/errors.html", {"form": form})
    summary = render_to_string("_error_summary.html", {"form": form})

    page = drawn(form, asked("PC1"), asked("TG5"))
    targets = re.findall(r'href="#([^"]+)"', links)
    assert targets == ["id_PC1", "id_TG5"]
    assert [target for target in targets if f'id="{target}"' not in page] == []
    sentence = "enter a whole number from 0 to 10, in digits"
    assert (summary.count(sentence), page.count(sentence)) == (1, 1)


def test_plain_form_is_drawn_whole_and_field_by_field() -> None:
    """Nothing is required of the browser; what is optional says so without asterisks."""
    whole = drawn(Plain())
    html = drawn(Plain(QueryDict("name=Sierra&done=maybe")), "reason", "name", "done")

    marks = (" novalidate>", "Name (optional)</label>", "Reason</label>", " required", "*")
    assert [mark in whole for mark in marks] == [True, True, True, False, False]
    order = places(html, ">Reason</label>", "Say why", 'name="reason"', "As on the cover.")
    assert order == sorted(order)
    assert '<fieldset class="field has-error" aria-describedby=" id_done_error">' in html
    assert "<legend>Done?</legend>" in html


def test_layout_objects_hold_their_fields_a_formset_its_rows_and_one_row_the_actions() -> None:
    helper = FormHelper()
    helper.add_input(Submit("go", "Go on"))
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
    rows = drawn(forms.formset_factory(Plain, extra=2)())  # type: ignore[arg-type]
    assert (rows.count('<div class="row">'), rows.count("form-TOTAL_FORMS")) == (2, 2)
    actions = str(render_crispy_form(Plain(), helper)).partition('<div class="actions">')[2]
    assert actions.count("<button") == 1


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
    """And writes nothing on a dry run."""
    storage = BundledStorage(location=tmp_path, base_url="/static/")
    storage.save("css/site.css", ContentFile(b'@import "one.css";\n'))
    storage.save("css/one.css", ContentFile(b"a {\n  color: var(--ink) var(--line);\n}\n"))
    storage.save("css/tokens.css", ContentFile(b":root {\n  --ink: #111;\n  --line: #222;\n}\n"))
    storage.save("css/print.css", ContentFile(b":root { --line: var(--ink); }"))
    paths = {f"css/{name}.css": (storage, f"css/{name}.css") for name in NAMES}

    dry = list(storage.post_process(paths, dry_run=True))
    list(storage.post_process(paths))

    def served(name: str) -> str:
        file = tmp_path / storage.stored_name(f"css/{name}.css")
        return str(file.read_text())

    assert dry == []
    assert served("site") == "a{color:#111 var(--line)}"
    assert served("print") == ":root{--line:#111}"
    assert served("tokens") == ":root {\n  --ink: #111;\n  --line: #222;\n}\n"


def test_page_marks_an_invented_example_an_error_in_the_title_and_its_width() -> None:
    request = RequestFactory().get("/")
    page = Template(
        '{% extends "wide.html" %}{% block main_column %}Question{% endblock %}'
        "{% block side_column %}Help{% endblock %}"
    )

    plain = render_to_string("base.html", {"form": Plain({}), "demo": True}, request)
    wide = page.render(RequestContext(request))

    assert [mark in plain for mark in ("<title>Error:", 'class="strip"', "<body>")] == [True] * 3
    order = places(wide, '<body class="wide">', '<div class="columns">', "Question", "Help")
    assert order == sorted(order)
    assert [mark in wide for mark in ("<title>Error:", 'class="strip"')] == [False] * 2


@pytest.mark.usefixtures("collected")
def test_tokens_that_pictures_name_are_defined_where_they_are_served() -> None:
    storage: Any = staticfiles_storage
    style = Path(storage.path(storage.stored_name("css/site.css")))

    served = style.read_text(encoding="utf-8")

    assert [token for token in TOKENS.values() if f"{token}:" not in served] == []
