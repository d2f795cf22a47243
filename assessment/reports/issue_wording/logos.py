"""Why a file is no logo, a sentence for each code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

OF_LOGOS: Mapping[str, Any] = {
    "logo_too_large": _("The file has more than 500 kB: save it smaller."),
    "logo_no_picture": _(
        "Only PNG and JPEG are taken. An SVG can hold a program: save the logo as PNG instead."
    ),
    "logo_too_many_pixels": _(
        "The picture has more than 16 million pixels: save it smaller; 480 by 160 are enough."
    ),
    "logo_unreadable": _("The picture cannot be read: save it once more, as PNG."),
}
