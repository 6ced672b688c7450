from __future__ import annotations

import pytest

from corpus.errors import TextError
from corpus.readers.html import read_html


def lines(page: str) -> list[str]:
    return read_html(page.encode(), "x").text.split("\n")[:-1]


def test_paragraphs_breaks_lists_and_tables() -> None:
    page = """<html><head><title>T</title><style>p{}</style></head><body><script>var x</script>
    <p>Điều 1.
       Phạm <b>vi</b><br>1. Một</p><div>Hai<p>Ba</p>Bốn</div>
    <ol start=3><li>Năm<li>Sáu</ol><ul><li>Bảy</ul><ol type=a><li>Tám</ol>
    <table><tr><td>Số<td>Tên</tr><tr><td>1<td><p>Ống</p><p>dài</p></tr></table>
    <p style="display: none">ẩn</p><!-- ghi chú -->Hết"""
    assert lines(page) == [
        "Điều 1. Phạm vi", "1. Một", "Hai", "Ba", "Bốn", "3. Năm", "4. Sáu", "- Bảy", "a. Tám",
        "| Số | Tên |", "| 1 | Ống dài |", "Hết",
    ]  # fmt: skip


def test_a_letterhead_is_no_table() -> None:
    page = (
        "<table><tr><td>BỘ X<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập</table><p>Điều 1. A"
    )
    assert lines(page) == ["BỘ X", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập", "Điều 1. A"]


def test_a_page_that_states_its_encoding_is_believed_last() -> None:
    page = '<meta charset="iso-8859-1"><p>Điều 1. A</p>'
    assert read_html(page.encode(), "x").text == "Điều 1. A\n"  # it says Latin-1, and is UTF-8
    assert read_html("<meta charset=latin-1><p>caf\xe9 cr\xe8me".encode("latin-1"), "x").encoding


def test_absurd_depth_is_refused_and_ordinary_depth_read() -> None:
    with pytest.raises(TextError, match="deep"):
        lines("<div>" * 100_000 + "x")
    assert lines("<div>" * 300 + "Điều 1. A") == ["Điều 1. A"]
