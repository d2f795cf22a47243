"""Who runs the site and its logos, as an administrator sets them; and lists that are empty."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from assessment.models import Logo, Site
from assessment.reports.issue_wording.logos import OF_LOGOS

pytestmark = pytest.mark.django_db
ADD = "admin:assessment_logo_add"
SECRET = "taken at 12.05 S, 77.04 W"


def png(size: tuple[int, int] = (900, 300), mode: str = "RGBA") -> bytes:
    told = PngInfo()
    told.add_text("Comment", SECRET)
    file = BytesIO()
    Image.new(mode, size).save(file, "PNG", pnginfo=told)
    return file.getvalue()


def jpeg() -> bytes:
    """Turned by its EXIF, which also says where it was taken."""
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = SECRET, 6
    file = BytesIO()
    Image.new("CMYK", (40, 80)).save(file, "JPEG", exif=exif)
    return file.getvalue()


def claiming(width: int, height: int) -> bytes:
    """A PNG of one pixel whose head claims more."""
    head = struct.pack(">II", width, height) + png((1, 1))[24:29]
    part = b"IHDR" + head
    whole, crc = png((1, 1)), struct.pack(">I", zlib.crc32(part))
    return whole[:8] + struct.pack(">I", 13) + part + crc + whole[33:]


def posted(maria: Client, content: bytes, name: str = "logo.png", **more: object) -> Any:
    file = SimpleUploadedFile(name, content)
    form = {"position": 1, "alternative": "Ministry", "file": file} | more
    return maria.post(reverse(ADD), form)


def test_logo_is_drawn_anew_and_keeps_nothing_of_its_file(maria: Client) -> None:
    table = {1: (png(), (480, 160)), 2: (jpeg(), (80, 40))}

    for place, (content, size) in table.items():
        posted(maria, content, position=place)

        logo = Logo.objects.get(position=place)
        stored = bytes(logo.content)
        with Image.open(BytesIO(stored)) as drawn:
            assert (drawn.format, drawn.mode, drawn.size, drawn.info) == ("PNG", "RGB", size, {})
        assert ((logo.width, logo.height), SECRET.encode() in stored) == (size, False)


def test_file_that_is_no_logo_is_refused_in_words(maria: Client) -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"
    table: list[tuple[bytes, str]] = [
        (svg, "logo_no_picture"),
        (b"GIF89a", "logo_no_picture"),
        (png() + b" " * 500_000, "logo_too_large"),
        (png((4001, 4000), "1"), "logo_too_many_pixels"),
        (claiming(9_600, 9_600), "logo_too_many_pixels"),
        (claiming(60_000, 60_000), "logo_too_many_pixels"),
        (png()[:400], "logo_unreadable"),
        (b"\xff\xd8\xff" + b"0" * 40, "logo_unreadable"),
    ]

    assert [
        code for content, code in table if str(OF_LOGOS[code]) not in posted(maria, content).text
    ] == []
    assert {code for _content, code in table} == set(OF_LOGOS)
    assert not Logo.objects.exists()


def test_words_of_a_logo_change_without_its_picture_and_who_may_only_see_it_sends_no_file(
    maria: Client,
) -> None:
    posted(maria, png())
    before = Logo.objects.get()
    page = reverse("admin:assessment_logo_change", args=[before.pk])

    maria.post(page, {"position": 2, "alternative": "  Ministry  of Agriculture "})

    after = Logo.objects.get()
    told = (after.position, after.alternative, after.digest)
    assert told == (2, "Ministry of Agriculture", before.digest)
    assert f'src="{reverse("logo", args=[after.digest])}"' in maria.get(page).text
    assert posted(maria, png(), position=3, alternative="a\0b").status_code == 200
    assert "U+FFFE" in posted(maria, png(), position=3, alternative="a\ufffeb").text
    assert Logo.objects.count() == 1

    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_logo"))
    client = Client()
    client.force_login(reader)
    seen = client.get(page)
    assert (seen.status_code, 'type="file"' in seen.text) == (200, False)


def test_fifth_logo_has_no_place(maria: Client) -> None:
    for place in range(1, 5):
        posted(maria, png(), position=place)

    assert "already exists" in posted(maria, png()).text
    assert Logo.objects.count() == 4


def test_site_is_said_once_and_changed_from_then_on(maria: Client) -> None:
    add = reverse("admin:assessment_site_add")

    maria.post(add, {"organisation": "Institute", "person": "Ana", "contact": "ana@example.org"})

    assert [(site.pk, str(site)) for site in Site.objects.all()] == [(1, "Institute")]
    assert maria.get(add)["Location"] == reverse("admin:assessment_site_change", args=[1])
    assert maria.get(reverse("admin:assessment_site_delete", args=[1])).status_code == 403
    assert str(Site()) == "who runs this site"


def test_every_list_says_when_empty_what_it_will_show(maria: Client) -> None:
    Group.objects.all().delete()
    registered: dict[Any, Any] = {**admin.site._registry}
    lists = {
        model._meta.model_name: shown.empty_list
        for model, shown in registered.items()
        if not model.objects.exists()
    }

    def page(name: str | None, query: str = "") -> str:
        app = "auth" if name == "group" else "assessment"
        return maria.get(reverse(f"admin:{app}_{name}_changelist") + query).text

    told = {name for name, words in lists.items() if words and str(words)[:40] in page(name)}
    assert told == set(lists)
    assert "matches the search" in page("response", "?q=x")
