"""Templates are read in a diff side by side: no line of one is longer than 120 characters."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

LONGEST = 120


def too_long(root: Path) -> list[str]:
    """Each line as its file, number and length."""
    return [
        f"{file.relative_to(root).as_posix()}:{number}: {len(line)}"
        for file in sorted((root / "templates").rglob("*.*"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST
    ]


def test_no_line_of_a_template_is_too_long() -> None:
    assert too_long(settings.BASE_DIR) == []


def test_line_that_is_too_long_is_named_by_file_and_number(tmp_path: Path) -> None:
    mail = tmp_path / "templates" / "email" / "link.txt"
    mail.parent.mkdir(parents=True)
    mail.write_text(f"{'é' * 120}\n{'é' * 121}\n")

    assert too_long(tmp_path) == ["templates/email/link.txt:2: 121"]
