"""The squares of a code are those of segno; and a sheet is drawn without what segno and ReportLab bring along."""

from __future__ import annotations

import subprocess
import sys

import pytest
import segno

from mbc_desktop.documents.drawing.squares import squares


@pytest.mark.parametrize("code", ["36MSZ-F9W77-Y", "A", "https://example.org/plan/36MSZ", "é€"])
def test_the_squares_are_those_of_segno(code: str) -> None:
    expected = segno.make(code, error="m", micro=False, boost_error=False, mask=2).matrix
    assert [list(row) for row in squares(code)] == [list(row) for row in expected]


def test_a_sheet_brings_along_no_web_client_and_nothing_that_reads_photographs() -> None:
    script = """
import sys
from mbc_desktop.documents.drawing import pdf
from mbc_desktop.documents.drawing.squares import squares
squares("36MSZ-F9W77-Y")
print([name for name in ("urllib.request", "http.client", "ssl", "PIL.Image", "segno.writers") if name in sys.modules])
import segno
from PIL import Image
print(segno.make("A").matrix[0][0], Image.new("L", (1, 1)).size)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines() == ["[]", "1 (1, 1)"]
