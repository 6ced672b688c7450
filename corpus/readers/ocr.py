"""Pictures of text through tesseract, with its Vietnamese model."""

from __future__ import annotations

import io
import os
import re
import shutil
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageSequence, UnidentifiedImageError

from corpus.errors import TextError
from corpus.readers import limits
from corpus.readers.content import Content, Progress
from corpus.readers.encodings import untangle
from corpus.readers.layout import Page, Row, Word, text_of

DPI = 250  # of 200 to 400 tried, the best with one block: at 300 capitals lost their marks
SECONDS = 100  # a page; below limits.SILENCE, so that the message can name the program
_WORD_LEVEL = "5"
UNSURE = 0.6  # confidence below which a lone sign between words is a speck
_SPECK = re.compile(r"[^\w\-–+•%=]{1,2}|_+")
_CUT_NUMBER = re.compile(r"\d+/.*-")


@dataclass(frozen=True, slots=True)
class Reading:
    """A page read from a picture."""

    page: Page
    confidences: tuple[float, ...]  # of each word, 0 to 1


def read_image(data: bytes, name: str, progress: Progress | None = None) -> Content:
    """Read a picture of text: PNG, JPEG, TIFF (all pages) or BMP.

    Raises:
        TextError: It is damaged or too large, or tesseract is not installed.
    """
    Image.MAX_IMAGE_PIXELS = limits.MAX_PIXELS
    readings: list[Reading] = []
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP")) as image:
            count = getattr(image, "n_frames", 1)
            if count > limits.MAX_PAGES:
                raise TextError(f"{name} has {count} pages, more than {limits.MAX_PAGES}")
            for number, frame in enumerate(ImageSequence.Iterator(image), 1):
                if frame.width * frame.height > limits.MAX_PIXELS:
                    raise TextError(f"{name} has more than {limits.MAX_PIXELS:,} pixels a page")
                readings.append(read_picture(frame.convert("L"), name))
                if progress is not None:
                    progress(number, count)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise TextError(f"{name} is a damaged picture: {error}") from error
    except Image.DecompressionBombError as error:
        raise TextError(f"{name} has more than {limits.MAX_PIXELS:,} pixels a page") from error
    text, _ = untangle(text_of([reading.page for reading in readings]))
    return Content(text, "image", "", True, mean(readings), len(readings))


def read_picture(picture: Image.Image, name: str) -> Reading:
    """Read one page.

    Args:
        picture: A PIL image in grey, drawn at DPI dots an inch.
        name: For messages.

    Raises:
        TextError: tesseract or its Vietnamese data is not installed, or it fails.
    """
    program = _tesseract(name)
    encoded = io.BytesIO()
    picture.save(encoded, "PNG", compress_level=1)
    # One block of text (psm 6) keeps labels such as "2." that page analysis takes for noise.
    command = [program, "stdin", "stdout", "-l", "vie", "--psm", "6", "--dpi", str(DPI), "tsv"]
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments, no shell
            command,
            input=encoded.getvalue(),
            capture_output=True,
            timeout=SECONDS,
            # One thread: more of them are slower on small pages, and pages go one by one.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TextError(f"tesseract needed more than {SECONDS} s for a page of {name}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()[-200:]
        raise TextError(f"tesseract could not read a page of {name}: {said}")
    return _reading(done.stdout.decode("utf-8", "replace"), picture.width, picture.height)


def mean(readings: Sequence[Reading]) -> float | None:
    """Return the mean confidence of all words, `None` where no page was read from a picture."""
    values = [value for reading in readings for value in reading.confidences]
    return round(statistics.fmean(values), 4) if values else None


@cache
def _vietnamese(program: str) -> bool:
    listed = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [program, "--list-langs"], capture_output=True, text=True, timeout=30, check=False
    )
    return "vie" in listed.stdout.split()


def _tesseract(name: str) -> str:
    program = shutil.which("tesseract")
    if program is None:
        raise TextError(
            f"{name} is a scan, which tesseract reads; install it "
            "(apt-get install tesseract-ocr tesseract-ocr-vie)"
        )
    if not _vietnamese(program):
        raise TextError(
            f"{name} is a scan, and tesseract has no Vietnamese data; install it "
            "(apt-get install tesseract-ocr-vie)"
        )
    return program


def _reading(table: str, width: int, height: int) -> Reading:
    """Return the page that tesseract's table of words describes."""
    lines: dict[tuple[str, ...], list[tuple[Word, float, float]]] = {}
    confidences: list[float] = []
    for entry in table.splitlines()[1:]:
        fields = entry.split("\t")
        if len(fields) != 12 or fields[0] != _WORD_LEVEL or not fields[11].strip():
            continue
        sure = max(float(fields[10]), 0.0) / 100
        if sure < UNSURE and _SPECK.fullmatch(fields[11].strip()):
            continue
        left, top, wide, tall = (float(value) for value in fields[6:10])
        word = Word(fields[11].strip(), left, left + wide)
        lines.setdefault(tuple(fields[1:5]), []).append((word, top, top + tall))
        confidences.append(sure)
    scale = 72 / DPI
    pieces = [_piece(words, scale) for words in lines.values()]
    rows = _side_by_side(sorted(pieces, key=lambda row: row.base))
    return Reading(Page(width * scale, height * scale, rows, scanned=True), tuple(confidences))


def _piece(words: Sequence[tuple[Word, float, float]], scale: float) -> Row:
    # The median of tops and bottoms: marks above and tails below differ from word to word.
    top = statistics.median(top for _, top, _ in words) * scale
    bottom = statistics.median(bottom for _, _, bottom in words) * scale
    placed = sorted(
        (Word(word.text, word.left * scale, word.right * scale) for word, _, _ in words),
        key=lambda word: word.left,
    )
    return Row(_whole_numbers(placed), bottom, max(bottom - top, 1.0))


def _whole_numbers(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words of a row with "130/2005/NĐ-" and "CP" as the one word they are."""
    whole: list[Word] = []
    for word in words:
        if whole and _CUT_NUMBER.fullmatch(whole[-1].text) and word.text[:1].isupper():
            last = whole.pop()
            whole.append(Word(last.text + word.text, last.left, word.right))
        else:
            whole.append(word)
    return tuple(whole)


def _side_by_side(pieces: Sequence[Row]) -> list[Row]:
    """Return pieces of one height, such as the columns of a letterhead, as one row."""
    rows: list[Row] = []
    for piece in pieces:
        if rows:
            last = rows[-1]
            level = abs(piece.base - last.base) < 0.5 * min(piece.size, last.size)
            apart = piece.left > last.right or piece.right < last.left
            if level and apart:
                words = sorted((*last.words, *piece.words), key=lambda word: word.left)
                rows[-1] = Row(tuple(words), last.base, last.size)
                continue
        rows.append(piece)
    return rows
