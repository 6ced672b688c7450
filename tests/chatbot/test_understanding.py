"""How typed lines are read."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.language import LanguageModel
from chatbot.restoring import typing_of
from chatbot.syllables import fold
from chatbot.understanding import understand
from corpus.text import syllables
from corpus.tones import canonical


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ke hoach may nam", "kế hoạch mấy năm"),
        ("Uy ban nhan dan tinh phe duyet", "Ủy ban nhân dân tỉnh phê duyệt"),
        ("kees hoachj maays nawm", "kế hoạch mấy năm"),
        ("mắc qá vậy", "mắc quá vậy"),
        ("nộp nhìu hồ sơ rùi", "nộp nhiều hồ sơ rồi"),
        ("bị phạt bao nhìu", "bị phạt bao nhiêu"),
        ("rui ro la gi", "rủi ro là gì"),
        ("ke61 hoach5 ma61y na8m", "kế hoạch mấy năm"),
        ("UBND phê duyệt TTHC", "Ủy ban nhân dân phê duyệt thủ tục hành chính"),
        ("ubnd phê duyệt tthc", "Ủy ban nhân dân phê duyệt thủ tục hành chính"),
        ("CĐS là gì", "chuyển đổi số là gì"),
        ("Sở TN&MT ở đâu", "Sở tài nguyên và môi trường ở đâu"),
        ("bộ kh&cn hướng dẫn gì", "bộ khoa học và công nghệ hướng dẫn gì"),
        ("sở LĐ-TB&XH có cấp không", "sở lao động, thương binh và xã hội có cấp không"),
        ("công ty A&B có phải báo cáo không", "công ty A&B có phải báo cáo không"),
        ("TN của cơ quan nhà nước", "trách nhiệm của cơ quan nhà nước"),
        ("phải làm tn", "phải làm thế nào"),
        ("kế hoạhc ứng dụng", "kế hoạch ứng dụng"),
        ("theo NĐ 137/2024/NĐ-CP thì sao", "theo NĐ 137/2024/NĐ-CP thì sao"),
        ("khoan 2 dieu 6", "khoản 2 điều 6"),
        ("cho em hoi ke hoach may nam", "cho em hỏi kế hoạch mấy năm"),
        ("cho e hỏi nói về cái j z", "cho em hỏi nói về cái gì vậy"),
        ("c ơi mấy h thì hết hạn", "chị ơi mấy giờ thì hết hạn"),
        ("dự án nhóm a ở khu vực e", "dự án nhóm a ở khu vực e"),
        ("điểm a khoản 2", "điểm a khoản 2"),
        ("k2 d6", "k2 d6"),
        ("điểm đ khoản 3 Điều 6", "điểm đ khoản 3 Điều 6"),
        ("gửi qua email hoặc Facebook được không", "gửi qua email hoặc Facebook được không"),
        ("mua tên miền .vn ở đâu", "mua tên miền .vn ở đâu"),
        ("VN có mấy tỉnh .", "Việt Nam có mấy tỉnh ."),
        ("", ""),
        ("???", "???"),
    ],
)
def test_lines_as_people_type_them(typed: str, read: str, language: LanguageModel) -> None:
    assert understand(typed, language).text == read


@pytest.mark.parametrize(
    "typed",
    [
        "Cơ quan nhà nước có được từ chối tiếp nhận hồ sơ không?",
        "Kế hoạch được xây dựng bao nhiêu năm?",
        "cho hỏi ai hướng dẫn các tỉnh lập kế hoạch",
        "Người lao động nghỉ việc phải báo trước mấy ngày",
        "hai bên cùng ký trong ngày",
        "Mồng mười tháng Ba chủ ghe phơi lưới ở bến, xã có cấm không",
        "Viên chức thư viện huyện Nho Quan còn giữ phụ cấp hay thôi",
    ],
)
def test_text_with_its_marks_is_left_alone(typed: str, language: LanguageModel) -> None:
    understood = understand(typed, language)
    assert understood.text == typed
    assert not understood.changed


def test_decomposed_text_is_composed_and_not_called_a_change(language: LanguageModel) -> None:
    understood = understand(unicodedata.normalize("NFD", "Kế hoạch mấy năm"), language)
    assert understood.text == "Kế hoạch mấy năm"
    assert not understood.changed


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "quyết",
                "định",
                "phê",
                "duyệt",
                "kế",
                "hoạch",
                "ke",
                "hoach",
                "nam",
                "nuoc",
                "ubnd",
                "toi",
                "cho",
                "hỏi",
                "được",
                "khong",
            ]
        ),
        max_size=12,
    )
)
def test_a_tone_that_was_typed_is_never_changed(words: list[str]) -> None:
    language = _LANGUAGE[0]
    read = syllables(understand(" ".join(words), language).text)
    if "ubnd" not in words:
        assert len(read) == len(words)
        for typed, now in zip(words, read, strict=True):
            assert fold(now) == fold(typed)
            assert canonical(now) == canonical(typed) or fold(typed) == typed


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_read(text: str) -> None:
    understand(text, _LANGUAGE[0])


_LANGUAGE: list[LanguageModel] = []


@pytest.fixture(autouse=True)
def _keep_language(language: LanguageModel) -> None:
    _LANGUAGE[:] = [language]


def test_the_gate_counts_only_syllables_that_should_carry_marks(language: LanguageModel) -> None:
    typing = typing_of(["cho", "trong", "ke", "hoạch"], language)
    assert (typing.marked, typing.missing) == (1, 1)
    assert typing.share == 0.5
    assert typing.lacks_marks
    assert typing_of(["cho", "trong"], language).share == 1


@pytest.mark.parametrize(("name", "least"), [("legal_real_25", 0.80), ("telex_real_25", 0.78)])
def test_real_careless_typing(
    name: str, least: float, shared: Path, language: LanguageModel
) -> None:
    right = total = 0
    for line in (shared / "data" / "typing" / f"{name}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        read = [canonical(word) for word in syllables(understand(row["input"], language).text)]
        wanted = [canonical(word) for word in syllables(row["target"])]
        total += len(wanted)
        if len(read) == len(wanted):
            right += sum(a == b for a, b in zip(read, wanted, strict=True))
    assert right / total >= least


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("luat dau tu cong ap dung tu bao gio", "luật đầu tư công áp dụng từ bao giờ"),
        ("Luat dau tu cong 2099 noi gi", "Luật đầu tư công 2099 nói gì"),
        ("luật Đầu tư công nói gì", "luật Đầu tư công nói gì"),
    ],
)
def test_the_name_of_a_loaded_law_is_read_as_it_is_written(
    typed: str, read: str, language: LanguageModel
) -> None:
    assert understand(typed, language, ["Luật đầu tư công"]).text == read
