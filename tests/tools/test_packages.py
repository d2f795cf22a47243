from __future__ import annotations

from django.conf import settings


def test_every_folder_of_tools_is_a_package() -> None:
    """The contracts on imports see no module below a folder that is none."""
    folders = {file.parent for file in (settings.BASE_DIR / "tools").rglob("*.py")}

    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []
