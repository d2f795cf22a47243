"""Colours stand in tokens.css: every other file names one by its custom property."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.contrib import admin
from PIL.ImageColor import colormap

TOKENS = "static/css/tokens.css"
FOLDERS = ("static", "templates", "assessment")
SUFFIXES = {".css", ".html", ".svg", ".js", ".py"}
# Where a custom property cannot be read, with the reason.
WITHOUT_TOKENS = {
    "static/img/icon.svg": "the browser draws it in its own bar, where no page's style reaches",
    "assessment/interchange/workbook/writer.py": "XLSX takes a colour only as hex",
}

NAMES = "|".join(colormap)
WRITTEN = (
    r"(?<![&\w])#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b"
    r"|(?<![\w.-])(?:rgba?|hsla?|hwb|(?:ok)?lab|(?:ok)?lch|color|color-mix)\("
)
IN_STYLES = re.compile(rf"{WRITTEN}|(?<![\w.#-])(?:{NAMES})(?![\w-])", re.IGNORECASE)
# In prose and code a name is a colour only as a whole value: fill="red", %}red{%, color: red;
ELSEWHERE = re.compile(rf"{WRITTEN}|(?<=[\"':=}}])\s*(?:{NAMES})(?=\s*[\"'{{;])", re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
DEFINED = re.compile(r"(--[\w-]+)\s*:\s*([^;]+);")
USED = re.compile(r"var\((--[\w-]+)\)")


def files(root: Path) -> list[Path]:
    found = (file for folder in FOLDERS for file in (root / folder).rglob("*"))
    return sorted(file for file in found if file.suffix in SUFFIXES)


def colours(file: Path) -> list[tuple[int, str]]:
    """Line and word of every colour that is written out."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".css":
        return [(number_of(text, found), found[0].strip()) for found in ELSEWHERE.finditer(text)]
    text = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    return [(number_of(text, found), found[0]) for found in IN_STYLES.finditer(text)]


def number_of(text: str, found: re.Match[str]) -> int:
    return text.count("\n", 0, found.start()) + 1


def written_out(root: Path) -> list[str]:
    allowed = {TOKENS, *WITHOUT_TOKENS}
    return [
        f"{name}:{number}: {word}"
        for file in files(root)
        if (name := file.relative_to(root).as_posix()) not in allowed
        for number, word in colours(file)
    ]


def defined(*sheets: Path) -> dict[str, str]:
    return {name: value for sheet in sheets for name, value in DEFINED.findall(sheet.read_text())}


def tokens() -> dict[str, str]:
    return defined(settings.BASE_DIR / TOKENS)


def admins() -> dict[str, str]:
    folder = Path(admin.__file__).parent / "static" / "admin" / "css"
    return defined(*sorted(folder.glob("*.css")))


def test_colours_stand_only_in_the_tokens() -> None:
    assert written_out(settings.BASE_DIR) == []


PLANTED: list[tuple[str, str, list[str]]] = [
    ("static/css/base.css", "a { color: #1d2523; }", ["#1d2523"]),
    ("static/css/base.css", "a { border: 1px solid #FFF; }", ["#FFF"]),
    ("static/css/base.css", "a { color: rgb(1 2 3 / 50%); }", ["rgb("]),
    ("static/css/base.css", "a { color: HSL(1deg 2% 3%); }", ["HSL("]),
    (
        "static/css/base.css",
        "a { color: color-mix(in srgb, var(--ink), red); }",
        ["color-mix(", "red"],
    ),
    ("static/css/base.css", "a { border: 1px solid rebeccapurple; }", ["rebeccapurple"]),
    ("static/img/ring.svg", '<path fill="white"/>', ["white"]),
    ("templates/a.html", '<rect fill="{% if x %}red{% endif %}"/>', ["red"]),
    ("templates/a.html", '<meta name="theme-color" content="#12454b">', ["#12454b"]),
    ("static/js/a.js", 'line.style.color = "crimson";', ["crimson"]),
    ("assessment/reports/a.py", 'FILL = "#8fabb3"', ["#8fabb3"]),
    ("assessment/reports/a.py", 'FILLS = {"low": "teal"}', ["teal"]),
    ("static/css/tokens.css", ":root { --ink: #1d2523; }", []),
    ("static/css/base.css", "a { color: var(--ink); white-space: nowrap; }", []),
    ("static/css/base.css", "a { color: currentcolor; background: transparent; }", []),
    ("static/css/base.css", "/* #1d2523 is red */ .red { margin: 0; } #content { margin: 0; }", []),
    ("templates/a.html", '<a href="#facts">red</a> &#8203; a red: line', []),
    ("assessment/reports/a.py", "'a red line'  # red is no sign", []),
]


def test_planted_colour_is_found_with_its_file_and_line_and_nothing_else(tmp_path: Path) -> None:
    def found(place: Path, name: str, line: str) -> list[str]:
        (place / name).parent.mkdir(parents=True)
        (place / name).write_text(f"\n\n{line}\n")
        return written_out(place)

    assert [
        (name, line, found(tmp_path / str(number), name, line))
        for number, (name, line, _) in enumerate(PLANTED)
    ] == [(name, line, [f"{name}:3: {word}" for word in words]) for name, line, words in PLANTED]


def test_file_without_tokens_holds_colours() -> None:
    """An exception that is no longer needed goes."""
    table: list[str] = sorted(WITHOUT_TOKENS)

    assert [name for name in table if colours(settings.BASE_DIR / name) == []] == []


def test_icon_has_the_colours_of_the_tokens() -> None:
    icon = {word for _number, word in colours(settings.BASE_DIR / "static" / "img" / "icon.svg")}

    assert icon == {tokens()[name] for name in ("--accent-deep", "--on-accent", "--joint")}


def test_every_property_that_is_used_is_defined_once() -> None:
    """A name that nothing defines is no error in CSS: the colour would silently be another. And
    the PDF's charts take a token's value from its file: two would leave open which."""
    known = {"admin": admins(), "site": tokens()}
    undefined = [
        f"{file.name}: {name}"
        for file in files(settings.BASE_DIR)
        for name in USED.findall(file.read_text(encoding="utf-8"))
        if name not in known["admin" if file.name.startswith("admin-") else "site"]
    ]
    names = [name for name, _value in DEFINED.findall((settings.BASE_DIR / TOKENS).read_text())]

    assert undefined == []
    assert len(names) == len(set(names))
