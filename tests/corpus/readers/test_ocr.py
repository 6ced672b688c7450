from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from PIL import Image

from corpus.errors import TextError
from corpus.readers import read_source


@pytest.fixture
def tesseract() -> str:
    """Path of tesseract. Skipping is for developers: under CI it must be there."""
    path = shutil.which("tesseract")
    if path is None:
        install = "apt-get install tesseract-ocr tesseract-ocr-vie"
        if os.environ.get("CI"):
            pytest.fail(f"scans cannot be read: no tesseract ({install})")
        pytest.skip(f"no tesseract on this machine ({install})")
    return path


def test_one_scanned_page(tesseract: str, shared: Path, tmp_path: Path) -> None:
    import pypdfium2

    scan = shared / "data" / "documents" / "nd-82-2023.scan.pdf"
    with pypdfium2.PdfDocument(scan) as pdf, pypdfium2.PdfDocument.new() as one:
        one.import_pages(pdf, [4])
        one.save(tmp_path / "page.pdf")
    told: list[tuple[int, int]] = []
    source = read_source(tmp_path / "page.pdf", lambda page, of: told.append((page, of)))
    assert told == [(1, 1)]
    assert (source.format, source.scanned, source.pages) == ("pdf", True, 1)
    assert source.confidence is not None
    assert 0.9 < source.confidence <= 1
    known = read_source(scan.with_name("nd-82-2023.pdf")).text
    words = [word for word in known.split() if word in source.text.split()]
    assert len(source.text.split()) > 100
    assert len(set(source.text.split()) - set(words)) < 0.1 * len(set(source.text.split()))


def test_a_picture_without_text_is_said_to_be_empty(tesseract: str, tmp_path: Path) -> None:
    Image.new("L", (400, 200), 255).save(tmp_path / "blank.png")
    with pytest.raises(TextError, match="no text was found"):
        read_source(tmp_path / "blank.png")


def test_without_tesseract_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.new("L", (400, 200), 255).save(tmp_path / "blank.png")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(TextError, match="apt-get install tesseract-ocr"):
        read_source(tmp_path / "blank.png")
