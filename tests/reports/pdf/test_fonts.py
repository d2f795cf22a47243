from __future__ import annotations

from pathlib import Path

from pytest_django import Settings

from assessment.reports.pdf import fonts


def test_cut_gives_the_same_bytes_every_time() -> None:
    name, weight = fonts.CUTS["report:italic.ttf"]

    assert fonts.cut_font(fonts.FILES / name, weight) == fonts.fonts()["report:italic.ttf"]


def test_cut_is_made_once_and_kept(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    name, weight = fonts.CUTS["report:regular.ttf"]
    file = tmp_path / "fonts" / f"{fonts.font_key(name, weight)}.ttf"
    fonts.write_whole_file(file, b"a font")

    assert fonts.cached_subset(name, weight) == b"a font"


def test_folder_that_cannot_be_written_is_no_hindrance(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "file"
    (tmp_path / "file").write_text("not a folder")

    content = fonts.cached_subset("NotoSans[wdth,wght].ttf", 400)

    assert content == fonts.fonts()["report:regular.ttf"]


def test_letters_of_the_launch_languages_can_be_printed() -> None:
    letters = "áéíóúñü¿¡ÁÉÍÓÚÑ àâçèêëîïôœùûÿÀÂÇÈÊ ãõÃÕ “”‘’–—…·€−"

    assert {ord(letter) for letter in letters} <= fonts.characters()
