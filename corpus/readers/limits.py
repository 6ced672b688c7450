"""How much of a file is read. One place, so that every reader stops at the same borders."""

from __future__ import annotations

MAX_BYTES = 50 * 2**20  # of the file
MAX_CHARS = 50 * 10**6  # of its text
MAX_UNPACKED = 200 * 2**20  # bytes of the parts of a Word file together
MAX_PAGES = 2000
MAX_PIXELS = 40 * 10**6  # of a page drawn for reading: A4 at 300 dpi has 9 million
MEMORY = 3 * 2**30  # bytes of address space of the reading process
SILENCE = 120.0  # seconds without a page read after which the reading process is stopped
TOTAL = 4 * 3600.0  # seconds in all: 2,000 scanned pages at 6 s
