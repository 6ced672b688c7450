"""Questions for amounts, and texts that state one."""

import pytest

from chatbot.amounts import Amount, asked_amount, states


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("phạt bao nhiêu tiền", Amount.MONEY),
        ("mất mấy triệu vậy ad", Amount.MONEY),
        ("nộp hồ sơ xong bao lâu có kết quả", Amount.TIME),
        ("kế hoạch mấy năm một lần", Amount.TIME),
        ("được tạm ứng mấy phần trăm hợp đồng", Amount.SHARE),
        ("hội đồng có bao nhiêu thành viên?", Amount.NUMBER),
        ("Nhà em ba đứa con. Mỗi đứa được bao nhiêu?", Amount.NUMBER),
        ("mấy dãy ô nhận thư ở sảnh gọi là gì", None),
        ("mấy năm nay xã không làm kế hoạch", None),
        ("bao nhiêu người thì do ai quyết", None),  # asks something else as well
        ("có phải in ra bao nhiêu lít không", None),
        ("Bộ nào hướng dẫn", None),
        ("", None),
    ],
)
def test_the_amount_asked_for(question: str, amount: Amount | None) -> None:
    assert asked_amount(question) is amount


@pytest.mark.parametrize(
    ("text", "amount", "stated"),
    [
        ("1. Trong thời hạn 05 ngày làm việc, cơ quan trả lời.", Amount.TIME, True),
        ("Chậm nhất trong sáu mươi (60) ngày", Amount.TIME, True),
        ("kế hoạch hằng năm", Amount.TIME, True),
        ("2. Cơ quan nêu rõ lý do; theo khoản 2 Điều 6.", Amount.TIME, False),
        ("giảm thời gian xử lý công việc", Amount.TIME, False),
        ("vào thời điểm 22 giờ", Amount.TIME, True),
        ("phạt tiền từ 2.000.000 đồng", Amount.MONEY, True),
        ("theo Nghị định 999/2099/NĐ-CP", Amount.MONEY, False),
        ("hỗ trợ 50% chi phí", Amount.SHARE, True),
        ("hỗ trợ 50 người", Amount.SHARE, False),
        ("1. Hội đồng gồm Chủ tịch, a) và các ủy viên theo điểm b khoản 2", Amount.NUMBER, False),
        ("có từ hai thành viên", Amount.NUMBER, True),
    ],
)
def test_what_a_text_states(text: str, amount: Amount, stated: bool) -> None:
    assert states(text, amount) is stated
