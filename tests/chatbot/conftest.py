"""What the chatbot's tests share: language statistics, the shipped decree, a fictitious one."""

from __future__ import annotations

import pytest

from chatbot.language import LanguageModel, load_statistics
from corpus.library import Library, shipped_library
from corpus.model import Document, Metadata
from corpus.parsing import parse

FICTITIOUS = """\
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về thả diều trong công viên.
Điều 2. Giờ thả diều
1. Được thả diều từ 7 giờ đến 19 giờ.
2. Người trông coi công viên có trách nhiệm:
a) Nhắc người thả diều giữ khoảng cách 20 mét;
b) Thu giữ diều có dây kim loại theo khoản 1 Điều 3.
Điều 3. Dây diều
1. Cấm dùng dây kim loại.
2. Dây dài tối đa 100 mét.
...
Điều 9. Hiệu lực
Nghị định này có hiệu lực từ ngày 01 tháng 02 năm 2099.
"""


@pytest.fixture(scope="session")
def language() -> LanguageModel:
    """The language statistics as shipped."""
    return load_statistics()


@pytest.fixture(scope="session")
def decree() -> Library:
    """The library with the shipped decree alone."""
    return shipped_library()


@pytest.fixture(scope="session")
def kites() -> Document:
    """A fictitious decree of four articles; the official text has nine."""
    facts = Metadata(
        number="999/2099/NĐ-CP", kind="Nghị định", title="Nghị định về thả diều", article_count=9
    )
    return parse(FICTITIOUS, facts)
