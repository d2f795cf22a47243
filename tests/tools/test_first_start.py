"""The proof on a bare Debian takes minutes and is run by hand; here is what it says without one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tools.first_start import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_proof_says_that_it_was_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["first_start"])

    assert main() == 2
    assert capsys.readouterr().err.startswith("Skipped, the first start on a bare Debian: ")
