"""Dashed-off citations written out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.citing import written_out
from corpus.text import fold
from tests.evaluation.cases import typed_lines


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("k2d6", "khoản 2 điều 6"),
        ("Đ6K2 nói gì", "điều 6 khoản 2 nói gì"),
        ("điều 6.2", "điều 6 khoản 2"),
        ("dieu 6.2 noi gi", "dieu 6 khoản 2 noi gi"),
        ("điều sáu khoản hai", "điều 6 khoản 2"),
        ("khoản mười hai điều hai mươi tư", "khoản 12 điều 24"),
        ("khoan bon dieu sau noi ve gi", "khoản 4 điều 6 noi ve gi"),
        ("điều bẩy khoản mốt", "điều 7 khoản 1"),
        ("khoản hai điều hai mươi mốt", "khoản 2 điều 21"),
        ("khoản hai điều sau đây", "khoản 2 điều sau đây"),
        ("khoản mười điều mười lăm", "khoản 10 điều 15"),
        ("nd137 điều 7", "nd 137 điều 7"),
        ("dieu6khoan3diemb", "điều 6 khoản 3 điểm b"),
        ("điểm a b c khoản 3", "điểm a , b , c khoản 3"),
        ("điểm a e cần gấp", "điểm a e cần gấp"),
        ("diem d khoan 3", "điểm d, đ khoan 3"),
        ("diem dd khoan 3", "điểm đ khoan 3"),
        ("các điều sau đây", "các điều sau đây"),
        ("khoản năm 2024", "khoản năm 2024"),
        ("điều hai bên thỏa thuận", "điều hai bên thỏa thuận"),
        ("đ6.k3.c quy định sao", "điều 6 khoản 3 điểm c quy định sao"),
        ("điều 6. khoản 3.đ", "điều 6 khoản 3 điểm đ"),
        ("Đ.6 K.2 đ.b nói sao", "điều 6 khoản 2 điểm b nói sao"),
        ("đb, k2 đ6", "điểm b, khoản 2 điều 6"),
        ("đ. c khoản 3", "điểm c khoản 3"),
        ("khoản 2 đã bỏ", "khoản 2 đã bỏ"),
        ("khoản 2 do ai làm", "khoản 2 do ai làm"),
        ("do khoản 2 nói, đi k3", "do khoản 2 nói, đi k3"),
        ("khoan 3 de lam gi", "khoan 3 de lam gi"),
        ("ý e là kế hoạch", "ý e là kế hoạch"),  # em
        ("6.3.c là gì", "điều 6 khoản 3 điểm c là gì"),
        ("phiên bản 6.3.1", "phiên bản 6.3.1"),
        ("6.3 e", "điều 6 khoản 3 điểm e"),
        ("phiên bản 6.3 e nhé", "phiên bản 6.3 e nhé"),  # em
        ("Điều 6(3)(b)", "Điều 6 khoản 3 điểm b"),
        ("Điều 6 (3) nói gì", "Điều 6 khoản 3 nói gì"),
        ("Điều 6 (sửa đổi)", "Điều 6 (sửa đổi)"),
        ("khoản thứ nhất điều bảy", "khoản 1 điều 7"),
        ("khoản thứ mười hai", "khoản 12"),
        ("khoan thu nhat cua dieu bay", "khoản 1 cua điều 7"),
        ("nghị định một trăm ba mươi bảy", "nghị định 137"),
        ("thông tư hai trăm linh năm", "thông tư 205"),
        ("nghị định một trăm", "nghị định 100"),
        ("nghị định một lần", "nghị định một lần"),
        ("nđ.137", "nđ 137"),
        ("điểm xê khoản ba", "điểm c khoản 3"),
        ("điểm cờ bạc khoản nào", "điểm cờ bạc khoản nào"),
        ("ddieemr dd khoanr 3", "điểm đ khoản 3"),
        ("d9ie6m3 e khoan3 2 d9ie6u2 6", "điểm e khoản 2 điều 6"),
        ("đầu khoan3", "đầu khoan3"),
        ("dieemr g khoanr 3 dieeuf 6", "điểm g khoản 3 điều 6"),
        ("b khoản 3 điều 6", "điểm b khoản 3 điều 6"),
        ("c, k3, đ6", "điểm c, khoản 3, điều 6"),
        ("cho e khoản 3 điều 6", "cho e khoản 3 điều 6"),  # em
        ("Điều 6 - khoản 3 - e)", "Điều 6 - khoản 3 điểm e"),
        ("điều 6 mục 2 ý b", "điều 6 khoản 2 điểm b"),
        ("Điều 6, Mục 2, Chương III", "Điều 6, Mục 2, Chương III"),
        ("137/2024/NĐCP", "137/2024/NĐ-CP"),
        ("nghị định 137-2024-nd-cp", "nghị định 137/2024/NĐ-CP"),
        ("khoản 2 đ6", "khoản 2 điều 6"),
        ("k3.a, k4.", "khoản 3 điểm a, khoản 4."),
        ("theo điều 6.2.1", "theo điều 6.2.1"),
        ("theo điều 6. 3 năm", "theo điều 6. 3 năm"),
        ("giá 6.2 triệu", "giá 6.2 triệu"),
        ("6.2 nđ137", "điều 6 khoản 2 nđ 137"),
        ("nghị định 137, 6.2 viết gì", "nghị định 137, điều 6 khoản 2 viết gì"),
        ("6.2", "điều 6 khoản 2"),
        ("6.2 nói gì vậy", "điều 6 khoản 2 nói gì vậy"),
        ("6.2 là phiên bản mới", "6.2 là phiên bản mới"),
        ("d6 nd 137 ghi j v", "điều 6 nd 137 ghi j v"),
        ("d6 nằm ở đâu", "d6 nằm ở đâu"),
        ("đọc đ.7 cho bác nghe", "đọc điều 7 cho bác nghe"),
        ("giá 100đ 7 cái", "giá 100đ 7 cái"),
        ("điều số 6, khoản số 3, điểm a", "điều 6, khoản 3, điểm a"),
        ("muc 2 dieu 6", "khoản 2 dieu 6"),
        ("Chương III, mục 2 quy định gì", "Chương III, mục 2 quy định gì"),
        ("Điều VI khoản III", "điều 6 khoản 3"),
        ("khoản V", "khoản V"),
        ("khoản tư điều sáu", "khoản 4 điều 6"),
        ("diem a khoan hai", "diem a khoản 2"),
        ("khoan hai ben thoa thuan", "khoan hai ben thoa thuan"),
        ("dieu thu sau", "điều 6"),
        ("khoan thu nam nay", "khoan thu nam nay"),
        ("từ khoản hai tới khoản bốn điều sáu", "từ khoản 2 tới khoản 4 điều 6"),
        ("khoản hai và ba điều sáu", "khoản 2 và 3 điều 6"),
        ("khoản 2 và ba mẹ em", "khoản 2 và ba mẹ em"),
        ("dieu 6 khaon 4 gui minh", "dieu 6 khoản 4 gui minh"),
        ("Điiều 6 quy định gì", "điều 6 quy định gì"),
        ("điền 6 ô trống", "điền 6 ô trống"),
        ("art. 6 clause 2", "điều 6 khoản 2"),
        ("Art. 7(1) Decree 137/2024", "điều 7 khoản 1 nghị định 137/2024"),
        ("clause 3 point e article 6", "khoản 3 điểm e điều 6"),
        ("nghị định một ba bảy", "nghị định 137"),
        ("nghi dinh mot ba bay nam 2024", "nghi dinh 137 nam 2024"),
        ("Điều 6a khoản 2", "Điều 6a khoản 2"),
        ("khoản 3 điều 6, từ điểm a tới điểm g", "khoản 3 điều 6, từ điểm a tới điểm g"),
        ("đ.c, k.3, đ.6 nđ 137", "điểm c, khoản 3, điều 6 nđ 137"),
        ("điều 7 -> khoản 1", "điều 7 - khoản 1"),
        ("điều 6/4", "điều 6 khoản 4"),
        ("điều 6/2024", "điều 6/2024"),
        ("Đ6-K3-b", "điều 6- khoản 3 điểm b"),
        ("Điều 6 [khoản 1]", "Điều 6 khoản 1"),
        ("khoản 3 (điểm b) điều 6", "khoản 3 điểm b điều 6"),
        ("khoản ba điểm đê nghị định", "khoản 3 điểm đ nghị định"),
        ("khoản ba điểm đê nói gì", "khoản 3 điểm đ nói gì"),
        ("điểu 6 khoảng 3 điễm a", "điều 6 khoản 3 điểm a"),
        ("điều 6 khoảng 3 ngày", "điều 6 khoảng 3 ngày"),
        (
            "nghị định một trăm ba mươi bảy năm hai nghìn không trăm hai mươi tư",
            "nghị định 137 năm 2024",
        ),
        ("khoản 2 và bà tư", "khoản 2 và bà tư"),
        ("bao hiem y te", "bao hiem y te"),
        ("van phong dai dien o tinh", "van phong dai dien o tinh"),
        ("tai khoan hai quan o dau", "tai khoan hai quan o dau"),
        ("tài khoản số 1 mở ở đâu", "tài khoản số 1 mở ở đâu"),
        ("họ điều một xuồng ra chặn", "họ điều một xuồng ra chặn"),
        ("khoản 1, sau điều tra", "khoản 1, sau điều tra"),
        ("", ""),
    ],
)
def test_only_citations_are_written_out(typed: str, written: str) -> None:
    assert written_out(typed) == written


def test_everyday_lines_hold_no_citation() -> None:
    lines = [one.meant for one in typed_lines()]
    lines += [fold(line) for line in lines]
    assert len(lines) > 700
    assert [line for line in lines if written_out(line) != line] == []


@given(st.text(alphabet=st.characters(exclude_categories=("N", "Cs")), max_size=60))
def test_text_without_citations_comes_back_as_it_is(text: str) -> None:
    if not any(marker in text.lower() for marker in ("điều", "khoản", "điểm", "diem")):
        assert written_out(text) == text
