"""The facilitator's pack as a file: the HTML that is printed, on which paper, and its key."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from assessment.models import ReportFile
from assessment.models.offered_languages import interface_of
from assessment.reports.pack.pack import pack_of_round, title_of
from assessment.reports.pdf.files import renderer_hash
from assessment.reports.pdf.printed_text import printable
from assessment.reports.sections.names import cut_name

if TYPE_CHECKING:
    from datetime import time

    from assessment.models import Round

PAPERS = {ReportFile.Layer.PACK_A4: "A4", ReportFile.Layer.PACK_LETTER: "letter"}
"""By layer of a file the paper on which it is printed, as a style sheet calls it."""
STYLE = settings.BASE_DIR / "static" / "css" / "pack.css"
ON_PAPER = "@page {{ size: {paper}; }} html {{ font-size: 10pt; }}"


def pack_html(round: Round, *, language: str, layer: str, begins: time | None) -> str:
    with translation.override(interface_of(language)):
        pack = pack_of_round(round, language=language, begins=begins)
        style = ON_PAPER.format(paper=PAPERS[ReportFile.Layer(layer)])
        title = title_of(pack)
        context = {
            "pack": pack,
            "begins": begins,
            "title": title,
            "running": cut_name(title),
            "identity": _("Round {reference}").format(reference=pack.reference),
            "mark": _("Invented example") if pack.demo else "",
            "language": interface_of(language),
            "style": mark_safe(STYLE.read_text(encoding="utf-8") + style),
        }
        return printable(render_to_string("pack/pack_pdf.html", context))


def pack_key(html: str) -> str:
    """Names of people are in it and cannot be read back."""
    return hashlib.sha256(f"{renderer_hash()}\n{html}".encode()).hexdigest()
