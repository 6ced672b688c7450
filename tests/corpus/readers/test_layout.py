from __future__ import annotations

from corpus.readers.layout import Page, Row, Word, text_of
from corpus.readers.ruling import Ruling, grids_of

SIZE = 10.0


def row(text: str, base: float, left: float = 50.0) -> Row:
    words, at = [], left
    for part in text.split(" "):
        if part:
            words.append(Word(part, at, at + 5 * len(part)))
        at += 5 * len(part) + 3
    return Row(tuple(words), base, SIZE)


def beside(one: str, two: str, base: float, right: float = 280.0) -> Row:
    return Row((*row(one, base).words, *row(two, base, right).words), base, SIZE)


FULL = (
    "Nghị định này quy định việc thử nghiệm các đường ống dẫn nước mưa ở các vùng núi"  # 80 signs
)


def page(*rows: Row) -> Page:
    return Page(600, 800, list(rows))


def test_full_rows_are_joined_and_short_ones_end_a_paragraph() -> None:
    pages = [page(row(FULL, 100), row("cao và ven biển.", 112), row("1. Một.", 124))]
    assert text_of(pages) == f"{FULL} cao và ven biển.\n1. Một.\n"


def test_a_wider_step_or_an_opening_behind_a_full_stop_ends_a_paragraph() -> None:
    ended = FULL[:-1] + "."
    assert text_of([page(row(ended, 100), row("a) Một.", 112), row("Hai", 124))]).count("\n") == 3
    apart = [page(row(FULL, 100), row(FULL, 112), row(FULL, 124), row("Khác", 150))]
    assert text_of(apart) == f"{FULL} {FULL} {FULL}\nKhác\n"


def test_paragraphs_go_on_over_pages_and_page_furniture_goes() -> None:
    pages = [
        page(
            row(f"CÔNG BÁO/Số {n}/Ngày 01-01-2099", 20),
            row(f"{begin} {FULL}", 100),
            row(str(n), 780, 300),
        )
        for n, begin in enumerate(("Một", "Hai", "Ba"), 1)
    ]
    assert text_of(pages) == f"Một {FULL} Hai {FULL} Ba {FULL}\n"


def test_broken_words_are_mended() -> None:
    long = FULL[:-6]
    for end, begin, wanted in (
        ("kinhtế-", "kỹ thuật", "kinhtế-kỹ"),
        ("99/2099/NĐ-", "CP của", "99/2099/NĐ-CP"),
        ("commu-", "nication protocols", "communication"),
        ("99/2099/", "NĐ-CP của", "99/2099/NĐ-CP"),
    ):
        text = text_of([page(row(FULL, 88), row(f"{long} {end}", 100), row(begin, 112))])
        assert wanted in text


def test_letterhead_and_signature_are_read_by_columns() -> None:
    head = beside("CHÍNH PHỦ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 40)
    second = beside("-----", "Độc lập - Tự do", 52)
    third = beside("Số: 999/2099/NĐ-CP", "Hà Nội, ngày 01 tháng 01 năm 2099", 64)
    foot = beside("Nơi nhận:", "TM. CHÍNH PHỦ", 200)
    last = beside("- Lưu: VT.", "Nguyễn Văn X", 212)
    assert text_of([page(head, second, third, row("Điều 1. A", 100), foot, last)]).split("\n") == [
        "CHÍNH PHỦ", "-----", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do",
        "Số: 999/2099/NĐ-CP", "Hà Nội, ngày 01 tháng 01 năm 2099", "Điều 1. A", "Nơi nhận:",
        "- Lưu: VT.", "TM. CHÍNH PHỦ", "Nguyễn Văn X", "",
    ]  # fmt: skip


def test_ruled_lines_make_a_table() -> None:
    rulings = [Ruling(True, y, 40, 300) for y in (90.0, 120.0, 150.0)]
    rulings += [Ruling(False, x, 90, 150) for x in (40.0, 150.0, 300.0)]
    cells = [beside("Số", "Tên", 110, 160), beside("1", "Ống", 130, 160), row("dài", 142, 160)]
    grids, outside = grids_of(rulings, [row("Trên", 60), *cells, row("Dưới", 180)])
    assert [grid.lines for grid in grids] == [("| Số | Tên |", "| 1 | Ống dài |")]
    assert [other.text for other in outside] == ["Trên", "Dưới"]
