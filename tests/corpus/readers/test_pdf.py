"""PDF pages with a text layer, drawn here letter by letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.errors import TextError
from corpus.readers import limits
from corpus.readers.content import Content
from corpus.readers.pdf import FEW_CHARS, read_pdf
from corpus.text import nfc
from tests.corpus.readers.making import LINES, TEXT

MISREAD = "Nghø ñònh naøy quy ñònh vieäc thöû nghieäm"  # a layer that takes marks for letters
LETTERS = "".join(sorted({*TEXT, *MISREAD, *"Trên Số 0123456789"}))
WIDTH, HEIGHT = 600, 800
SIZE = 12
STEP = SIZE / 2  # every letter is half as wide as high
SHADES = b"\x80" * 16


def make_pdf(*pages: str, rotate: int = 0, letters: str = LETTERS) -> bytes:
    """Return a PDF of pages given as drawing operators; its font has `letters`."""
    codes = "".join(f"<{code:02x}> <{ord(c):04x}>\n" for code, c in enumerate(letters, 1))
    mapping = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> "
        f"endcodespacerange {len(letters)} beginbfchar\n{codes}endbfchar endcmap end"
    )
    count = len(pages)
    kids = " ".join(f"{6 + 2 * at} 0 R" for at in range(count))
    widths = " ".join("0" if unicodedata.combining(letter) else "500" for letter in letters)
    shapes = "/n" * len(letters)  # every letter is drawn as one that all fonts have
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{kids}]>>".encode(),
        f"<</Type/Font/Subtype/Type1/BaseFont/Toy/FirstChar 1/LastChar {len(letters)}"
        f"/Encoding<</Differences[1{shapes}]>>/Widths[{widths}]/ToUnicode 4 0 R>>".encode(),
        stream(mapping.encode()),
        stream(SHADES, "/Type/XObject/Subtype/Image/Width 4/Height 4/ColorSpace/DeviceGray"
               "/BitsPerComponent 8"),
    ]  # fmt: skip
    for at, page in enumerate(pages):
        bodies.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Rotate {rotate}"
            f"/Contents {7 + 2 * at} 0 R"
            "/Resources<</Font<</F 3 0 R>>/XObject<</I 5 0 R>>>>>>".encode()
        )
        bodies.append(stream(page.encode()))
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        data
        + (
            f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}"
            f"trailer<</Size {len(bodies) + 1}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF"
        ).encode()
    )


def stream(content: bytes, facts: str = "") -> bytes:
    return f"<<{facts}/Length {len(content)}>>\nstream\n".encode() + content + b"\nendstream"


def text(
    words: str, left: float, down: float, *, size: float = SIZE, turn: int = 0, mode: int = 0
) -> str:
    """Return the operators that show words where a reader of the page sees them."""
    a, b, x, y = {
        0: (1, 0, left, HEIGHT - down),
        90: (0, 1, down, left),
        180: (-1, 0, WIDTH - left, down),
        270: (0, -1, WIDTH - down, HEIGHT - left),
    }[turn]
    codes = "".join(f"{LETTERS.index(letter) + 1:02x}" for letter in words)
    return f"BT /F {size} Tf {mode} Tr {a} {b} {-b} {a} {x} {y} Tm <{codes}> Tj ET\n"


def written(lines: Sequence[str], turn: int = 0, mode: int = 0) -> str:
    return "".join(
        text(line, 50, 60 + 18 * at, turn=turn, mode=mode) for at, line in enumerate(lines)
    )


def read(*pages: str) -> str:
    return read_pdf(make_pdf(*pages), "x.pdf").text


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_pages_are_read_as_they_are_seen(turn: int) -> None:
    content = read_pdf(make_pdf(written(LINES, turn), rotate=turn), "x.pdf")
    assert content == Content(TEXT, "pdf", pages=1)


def test_the_order_of_drawing_is_not_trusted() -> None:
    letters = [
        text(letter, 50 + STEP * at, 60 + 18 * row)
        for row, line in enumerate(LINES)
        for at, letter in enumerate(line)
    ]
    assert read("".join(sorted(letters, key=lambda drawn: drawn[-12:]))) == TEXT


def test_a_gap_parts_words_and_a_narrow_one_does_not() -> None:
    page = text("Nghị", 50, 60) + text("định", 50 + 4 * STEP + 4, 60)
    assert read(page) == "Nghị định\n"
    assert read(page.replace(f"{50 + 4 * STEP + 4}", f"{50 + 4 * STEP + 1}")) == "Nghịđịnh\n"


def test_small_raised_signs_stay_in_their_row() -> None:
    page = text("100 m", 50, 60) + text("2", 50 + 5 * STEP, 55, size=7)
    assert read(page) == "100 m2\n"


def test_marks_drawn_apart_join_their_letter() -> None:
    letters = "Đie\u0302\u0300u "
    page = "BT /F 12 Tf 1 0 0 1 50 700 Tm <010203040506> Tj <070101> Tj ET"
    assert nfc(read_pdf(make_pdf(page, letters=letters), "x.pdf").text) == "Điều ĐĐ\n"


def test_ruled_tables_become_rows() -> None:
    lines = "".join(f"50 {HEIGHT - y} m 350 {HEIGHT - y} l S\n" for y in (100, 130, 160)) + "".join(
        f"{x} {HEIGHT - 100} m {x} {HEIGHT - 160} l S\n" for x in (50, 150, 350)
    )
    words = [("Số", 60, 120), ("Tên", 160, 120), ("1", 60, 150), ("Ống", 160, 150)]
    cells = "".join(text(*word) for word in words)
    page = text("Trên", 50, 60) + lines + cells + text("Hiệu lực", 50, 200)
    assert read(page) == "Trên\n| Số | Tên |\n| 1 | Ống |\nHiệu lực\n"


def test_pages_are_counted_and_told() -> None:
    told: list[tuple[int, int]] = []
    pages = [written(LINES[:5]), "", written(LINES[5:])]
    content = read_pdf(make_pdf(*pages), "x.pdf", lambda page, of: told.append((page, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert (content.text, content.pages, content.scanned) == (TEXT, 3, False)


def test_an_empty_page_has_no_text() -> None:
    assert read("").strip() == ""


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PAGES", 2)
    assert read("", "")
    with pytest.raises(TextError, match=r"^x.pdf has 3 pages; the most that are read is 2$"):
        read("", "", "")


FULL = "600 0 0 800 0 0 cm /I Do\n"
SCAN = f"q {FULL}Q\n"
LONG = LINES + ("Nghị định này quy định việc thử nghiệm các đường ống dẫn nước mưa.",) * 8
INVISIBLE = 3


def test_a_scan_with_a_good_hidden_layer_is_read_from_it() -> None:
    assert sum(map(len, LONG)) > FEW_CHARS
    content = read_pdf(make_pdf(SCAN + written(LONG, mode=INVISIBLE)), "x.pdf")
    assert (content.scanned, content.confidence) == (True, None)
    assert content.text.startswith(TEXT)


def test_text_over_a_background_picture_is_no_scan() -> None:
    content = read_pdf(make_pdf(SCAN + written(LONG)), "x.pdf")
    assert not content.scanned
    assert content.text.startswith(TEXT)


def test_a_small_picture_makes_no_scan() -> None:
    seal = "q 90 0 0 90 300 60 cm /I Do Q\n"
    assert read(seal + written(LINES)) == TEXT


@pytest.mark.parametrize(
    "layer",
    [
        "",
        written(LINES[:3]),  # a stamp's words
        written([MISREAD] * 12, mode=INVISIBLE),
    ],
)
def test_a_scan_without_a_good_layer_needs_tesseract(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layer: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(TextError, match=r"^x.pdf is a scan, which tesseract reads; install it"):
        read(SCAN + layer)
