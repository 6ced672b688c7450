"""PDF: the text layer where a page has one, else the picture of the page."""

from __future__ import annotations

import ctypes
import re
import statistics
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image
from pypdfium2 import PdfPage, PdfTextPage

from corpus.errors import TextError
from corpus.readers import limits, ocr
from corpus.readers.content import Content, Progress
from corpus.readers.encodings import untangle
from corpus.readers.layout import Page, Row, Word, text_of
from corpus.readers.ruling import grids_of, rulings_of
from corpus.readers.vietnamese import share

FEW_CHARS = 400  # a stamp or a signature's words on a scanned page are fewer
COVERED = 0.6  # of the page that a picture covers, for the page to be a scan
GOOD_LAYER = 0.9  # share of Vietnamese words in a hidden text layer that is believed
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
SPACE = 0.14  # of the letter size: a gap that separates words


def read_pdf(data: bytes, name: str, progress: Progress | None = None) -> Content:
    """Read a PDF.

    Raises:
        TextError: It is damaged, has a password, too many pages, or needs tesseract.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise TextError(
                f"{name} is protected by a password; remove it and try again"
            ) from error
        raise TextError(f"{name} is a damaged PDF: {error}") from error
    with document:
        count = len(document)
        if count > limits.MAX_PAGES:
            raise TextError(
                f"{name} has {count} pages; the most that are read is {limits.MAX_PAGES}"
            )
        widths = _Widths()
        pages: list[Page] = []
        read: list[ocr.Reading] = []
        scanned = False
        for number in range(count):
            try:
                page, reading, hidden = _page(document[number], name, widths)
            except pypdfium2.PdfiumError as error:
                raise TextError(f"{name} is a damaged PDF: page {number + 1}: {error}") from error
            pages.append(page)
            scanned = scanned or hidden or reading is not None
            if reading is not None:
                read.append(reading)
            if progress is not None:
                progress(number + 1, count)
    text, encoding = untangle(text_of(pages))
    return Content(
        text, "pdf", encoding if encoding != "utf-8" else "", scanned, ocr.mean(read), count
    )


def _page(page: PdfPage, name: str, widths: _Widths) -> tuple[Page, ocr.Reading | None, bool]:
    """Return a page, how its picture was read if it was, and whether it has a scan's text layer."""
    layer = page.get_textpage()
    chars = list(_chars(page, layer))
    if _covered(page) >= COVERED:
        invisible = any(
            obj.type == pdfium.FPDF_PAGEOBJ_TEXT
            and pdfium.FPDFTextObj_GetTextRenderMode(obj.raw)
            == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
            for obj in page.get_objects(max_depth=3)
        )
        good = share("".join(char.text for char in chars)) >= GOOD_LAYER
        if len(chars) < FEW_CHARS or (invisible and not good):
            reading = ocr.read_picture(_drawn(page), name)
            return reading.page, reading, False
        hidden = invisible
    else:
        hidden = False
    width, height = page.get_size()
    rows = _rows(chars, widths)
    grids, rows = grids_of(rulings_of(page), rows)
    return Page(width, height, rows, grids), None, hidden


@dataclass(frozen=True, slots=True)
class _Char:
    text: str
    left: float  # where the pen stood
    right: float
    base: float  # y downwards
    size: float

    @property
    def shape(self) -> tuple[str, int]:
        """What decides the width: the letter without its tone, and the size."""
        bare = _TONES.sub("", unicodedata.normalize("NFD", self.text))
        return unicodedata.normalize("NFC", bare), round(self.size)


def _chars(page: PdfPage, layer: PdfTextPage) -> Iterator[_Char]:
    """Yield the drawn characters of a page, marks joined to their letters."""
    width, height = page.get_size()
    turn = page.get_rotation() // 90
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    last: _Char | None = None
    for at in range(layer.count_chars()):
        if pdfium.FPDFText_IsGenerated(layer.raw, at) == 1:
            continue  # spaces and line ends guessed from the order of drawing
        code = pdfium.FPDFText_GetUnicode(layer.raw, at)
        text = "\xad" if code in (0x02, 0xFFFE) else chr(code) if code else ""
        if code == 0x02 or pdfium.FPDFText_IsHyphen(layer.raw, at) == 1:
            text = "-"
        if not text or 0xD800 <= code <= 0xDFFF or unicodedata.category(text) == "Cc":
            continue
        if last is not None and unicodedata.combining(text):
            last = replace(last, text=last.text + text)
            continue
        pdfium.FPDFText_GetCharOrigin(layer.raw, at, x, y)
        pdfium.FPDFText_GetLooseCharBox(layer.raw, at, box)
        size = pdfium.FPDFText_GetFontSize(layer.raw, at)
        left, base = _seen(x.value, y.value, turn, width, height)
        one, low = _seen(box.left, box.bottom, turn, width, height)
        other, high = _seen(box.right, box.top, turn, width, height)
        right, tall = max(one, other), abs(low - high)
        if last is not None:
            yield last
        # Scaled text states a font size of 1; its box says the real one.
        last = _Char(text, min(left, right), right, base, size if size > 3 else max(tall, 1.0))
    if last is not None:
        yield last


def _seen(x: float, y: float, turn: int, width: float, height: float) -> tuple[float, float]:
    """Return where a point of a page is seen, y downwards; `turn` in quarters clockwise."""
    if turn == 1:
        return y, x
    if turn == 2:
        return width - x, y
    if turn == 3:
        return width - y, height - x
    return x, height - y


def _rows(chars: list[_Char], widths: _Widths) -> list[Row]:
    """Return the characters as rows of words, from top to bottom.

    Order of drawing is not trusted: letters from a substitute font are drawn after the others.
    """
    groups: list[list[_Char]] = []
    for char in sorted(chars, key=lambda char: char.base):
        if groups and abs(groups[-1][0].base - char.base) < 0.3 * max(
            char.size, groups[-1][0].size
        ):
            groups[-1].append(char)
        else:
            groups.append([char])
    merged: list[list[_Char]] = []
    for group in groups:
        if merged and _is_raised(merged[-1], group):
            small, large = sorted((merged[-1], group), key=lambda chars: chars[0].size)
            merged[-1] = [*large, *small]
        else:
            merged.append(group)
    widths.learn(merged)
    usual = widths.medians()
    rows = [_row(group, usual) for group in merged]
    return [row for row in rows if row is not None]


def _is_raised(above: list[_Char], below: list[_Char]) -> bool:
    """Whether one of two groups holds the small raised or lowered signs of the other."""
    sizes = sorted((max(char.size for char in above), max(char.size for char in below)))
    near = abs(above[0].base - below[0].base) < 0.6 * sizes[1]
    few = min(len(above), len(below)) <= 12
    return near and few and sizes[0] < 0.8 * sizes[1]


class _Widths:
    """The widths that letters really take, where their fonts state more.

    A substitute font may be stated wider than it is set, so that its letters seem to overlap
    the next ones and the spaces behind them vanish. Learned page by page.
    """

    def __init__(self) -> None:
        self._steps: dict[tuple[str, int], list[float]] = {}

    def learn(self, groups: list[list[_Char]]) -> None:
        """Take note of how far the letters of a page stand apart."""
        for group in groups:
            ordered = sorted(group, key=lambda char: char.left)
            for char, after in pairwise(ordered):
                step, stated = after.left - char.left, char.right - char.left
                if 0.3 * stated < step < 0.98 * stated:
                    steps = self._steps.setdefault(char.shape, [])
                    if len(steps) < 100:
                        steps.append(step)

    def medians(self) -> dict[tuple[str, int], float]:
        """Return the usual width of each letter that was seen to take less than stated."""
        return {shape: statistics.median(found) for shape, found in self._steps.items()}


def _row(group: list[_Char], widths: dict[tuple[str, int], float]) -> Row | None:
    size = max(char.size for char in group)
    words: list[Word] = []
    text, left, right = "", 0.0, 0.0
    for char in sorted(group, key=lambda char: char.left):
        blank = char.text.isspace()
        if text and (blank or char.left - right > SPACE * size):
            words.append(Word(text, left, right))
            text = ""
        if blank:
            continue
        if not text:
            left = char.left
        text += char.text
        right = min(char.right, char.left + widths.get(char.shape, float("inf")))
    if text:
        words.append(Word(text, left, right))
    return Row(tuple(words), group[0].base, size) if words else None


def _covered(page: PdfPage) -> float:
    """Return which share of the page its largest picture covers."""
    width, height = page.get_size()
    largest = 0.0
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        across = min(right, max(width, height)) - max(left, 0)
        largest = max(largest, across * (min(top, max(width, height)) - max(bottom, 0)))
    return float(largest / max(width * height, 1))


def _drawn(page: PdfPage) -> Image.Image:
    """Return the page as a picture, at a scale that letters can be read from."""
    width, height = page.get_size()
    scale = min(ocr.DPI / 72, (limits.MAX_PIXELS / max(width * height, 1)) ** 0.5)
    drawn: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    return drawn
