"""The whole path on the shipped decree, with the real encoder and FAISS."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.answers import AnswerStatus, Turn
from chatbot.asking import CITED_CHANCE, Chatbot
from chatbot.assembly import Assembly
from chatbot.lookup import look_up
from chatbot.messages import VIETNAMESE
from corpus.errors import InputError, TextError, UnavailableError
from corpus.library import SHIPPED, build_library, shipped_library
from corpus.model import Document, Metadata
from corpus.parsing import parse
from index.errors import StoredIndexError
from index.search import ClauseIndex

SOURCE_QUESTIONS = [
    (
        "Kế hoạch ứng dụng công nghệ thông tin, chuyển đổi số trên môi trường điện tử "
        "của cơ quan nhà nước được xây dựng bao nhiêu năm?",
        "khoản 2 Điều 6 Nghị định 137/2024/NĐ-CP",
    ),
    (
        "Việc triển khai ứng dụng hệ thống thông tin, nền tảng số trên môi trường điện tử "
        "của cơ quan nhà nước phải gắn liền với công tác nào?",
        "khoản 4 Điều 6 Nghị định 137/2024/NĐ-CP",
    ),
    (
        "Trách nhiệm của cơ quan nhà nước trong tiếp nhận, giải quyết yêu cầu của tổ chức "
        "cá nhân trên môi trường điện tử là gì?",
        "khoản 1 Điều 7 Nghị định 137/2024/NĐ-CP",
    ),
]


def no_index() -> ClauseIndex:
    raise AssertionError("a look-up needs no index")


@pytest.fixture
def librarian() -> Chatbot:
    return Chatbot(shipped_library(), no_index)


@pytest.mark.model
@pytest.mark.parametrize(("question", "citation"), SOURCE_QUESTIONS)
def test_the_source_questions_get_their_clause_word_for_word(
    parts: Assembly, question: str, citation: str
) -> None:
    answer = parts.chatbot.ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.answer is not None
    assert answer.answer.citation == citation
    document = parts.library.documents[answer.answer.document_id]
    assert answer.answer.quote in document.text
    assert 1 <= len(answer.alternatives) <= 3


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("co7 quan nha2 nu7o71c tu72 cho61i pha3i ne6u ly1 do kho6ng", "dieu-7.khoan-1"),
        ("kees hoachj chuyeenr ddooir soos maays nawm", "dieu-6.khoan-2"),
    ],
)
def test_what_is_typed_with_the_input_method_off_is_answered(
    parts: Assembly, question: str, clause: str
) -> None:
    answer = parts.chatbot.ask(question).answer
    assert answer is not None
    assert answer.url.split("#")[1].startswith(clause)


@pytest.mark.model
@pytest.mark.parametrize(
    "question", ["phạt bao nhiêu tiền khi vượt đèn đỏ", "thời tiết hôm nay thế nào", "?"]
)
def test_what_the_text_does_not_answer_is_not_answered(parts: Assembly, question: str) -> None:
    answer = parts.chatbot.ask(question)
    assert (answer.status, answer.answer) == (AnswerStatus.NOT_FOUND, None)
    assert answer.message


@pytest.mark.parametrize(
    ("question", "url", "complete"),
    [
        ("khoản 3 Điều 6 nói gì", "#dieu-6.khoan-3", True),
        ("d6 k2", "#dieu-6.khoan-2", False),
        ("điểm đ khoản 3 Điều 6 Nghị định 137/2024/NĐ-CP", "#dieu-6.khoan-3.diem-dd", True),
        ("Điều 7", "#dieu-7", True),
        ("đ6.k3.c quy định sao ạ", "#dieu-6.khoan-3.diem-c", True),
        ("gạch đầu dòng thứ hai ở k.1 Đ.7", "#dieu-7.khoan-1.gach-2", True),
        ("điểm g", "#dieu-6.khoan-3.diem-g", True),  # there is no other
        ("khoản 4 thì sao", "#dieu-6.khoan-4", True),
        ("Điểm g đòi gì?", "#dieu-6.khoan-3.diem-g", True),
        ("ý cuối cùng khoản 1 điều 7", "#dieu-7.khoan-1.gach-3", True),
        ("khoản cuối cùng của điều 6", "#dieu-6.khoan-4", True),
        ("khoản đầu tiên điều 6 nói j", "#dieu-6.khoan-1", True),
        ("điểm đầu khoản 3 điều 6", "#dieu-6.khoan-3.diem-a", True),
        ("khoản cuối cùng bảo gì ở điều 6", "#dieu-6.khoan-4", True),
        ("d.6 k.3 từ điểm c tới điểm đ", "#dieu-6.khoan-3.diem-c", True),
        ("khoản 3 điều 6 từ điểm a tới điểm g", "#dieu-6.khoan-3", True),
        ("khoản cuối điều 7", "#dieu-7", True),  # the source leaves out what follows khoản 1
        ("6.2 nđ137", "#dieu-6.khoan-2", False),
        ("khoản 2 điều 6 nđ 137 điểm a", "#dieu-6.khoan-2.diem-a", True),
        (
            "nghị định giao dịch điện tử của cơ quan nhà nước khoản 4 điều 6",
            "#dieu-6.khoan-4",
            True,
        ),
        ("d6 nd 137 noi gi", "#dieu-6", False),
        ("art. 6 clause 4", "#dieu-6.khoan-4", True),
        ("ddieeuf 7 khoanr 1 nghij ddinhj 137", "#dieu-7.khoan-1", True),
        ("gạch thứ tư khoản 1 điều 7", "#dieu-7.khoan-1", True),  # there are three
        ("ddieemr dd khoanr 3 ddieeuf 6 quy ddinhj gif", "#dieu-6.khoan-3.diem-dd", True),
        ("d9ie6m3 e khoan3 3 d9ie6u2 6 no1i gi2", "#dieu-6.khoan-3.diem-e", True),
        ("khoan3 1 d9ie6u2 6", "#dieu-6.khoan-1", True),  # the 3 is a mark
        ("ND137/2024/ND-CP - D6 - K4", "#dieu-6.khoan-4", True),
        ("khoản bốn điều sáu nghị định một trăm ba mươi bảy", "#dieu-6.khoan-4", True),
    ],
)
def test_a_cited_provision_is_looked_up(
    librarian: Chatbot, question: str, url: str, complete: bool
) -> None:
    answer = librarian.ask(question)
    assert answer.answer is not None
    assert answer.answer.url == "/van-ban/137-2024-nd-cp" + url
    assert answer.answer.complete is complete


@pytest.mark.model
def test_a_refusal_says_that_the_amount_is_missing(parts: Assembly) -> None:
    refused = parts.chatbot.ask("bao lâu thì cơ quan phải thông báo kết quả giải quyết yêu cầu")
    assert refused.status is AnswerStatus.NOT_FOUND
    assert "khoản 1 Điều 7" in refused.message
    assert "không nêu con số" in refused.message
    cited = parts.chatbot.ask("khoản 3 điều 6 phạt bao nhiêu tiền")
    assert cited.status is AnswerStatus.NOT_FOUND
    assert "khoản 3 Điều 6" in cited.message


@pytest.mark.parametrize("rest", ["về khoản đầu tư", "điểm cuối năm", "ý đầu mối"])
def test_other_words_with_first_and_last_choose_no_part(librarian: Chatbot, rest: str) -> None:
    (place,) = look_up(f"điều 6 {rest}", librarian.library).places
    assert place.provision is not None
    assert place.provision.id == "dieu-6"


def test_a_provision_that_is_only_looked_up_is_marked_whole(librarian: Chatbot) -> None:
    for question in ("khoản 1 điều 7 quy định gì", "dieu 7 khoan 1 nd 137/2024 quy dinh j"):
        answer = librarian.ask(question).answer
        assert answer is not None
        assert answer.highlights == ((0, len(answer.quote)),)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("khoản 9 Điều 6", "Điều 6 có: khoản 1, khoản 2, khoản 3, khoản 4"),
        ("Điều 12 nói gì", "lược bỏ Điều 12"),
        ("điểm c khoản 2 Điều 6", "lược bỏ điểm c khoản 2 Điều 6"),
        ("Điều 25", "Không có Điều 25"),  # the decree has 24 articles
        ("Điều 5 Nghị định 999/2099/NĐ-CP", "chưa được nạp"),
        ("luật đất đai 2024 điều 6 nói gì", "chưa được nạp"),
        ("điều 7 hiến pháp 2013", "chưa được nạp"),
    ],
)
def test_a_look_up_that_fails_says_why(librarian: Chatbot, question: str, words: str) -> None:
    answer = librarian.ask(question)
    assert answer.status is AnswerStatus.NOT_FOUND
    assert words in answer.message


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Sếp nhắc em in Điều 6 để dán ở phòng họp, gửi em nguyên văn với ạ", "#dieu-6"),
        ("Thầy em đọc tới điểm c khoản 3 Điều 6 thì hết giờ, cho em xem lại", ".diem-c"),
        ("theo Điều 6 thì kế hoạch do bộ nào hướng dẫn xây dựng", "#dieu-6.khoan-2"),
    ],
)
def test_a_cited_place_is_shown_to_who_wants_it_or_asks_what_it_says(
    parts: Assembly, question: str, place: str
) -> None:
    answer = parts.chatbot.ask(question)
    assert answer.answer is not None
    assert answer.answer.url.endswith(place)


@pytest.mark.model
def test_what_example_questions_name_is_marked_in_a_cited_place(parts: Assembly) -> None:
    question = "theo dieu 7 ho khong nhan don cua toi qua mang thi co phai noi tai sao ko"
    answer = parts.chatbot.ask(question).answer
    assert answer is not None
    marked = [answer.quote[start:end] for start, end in answer.highlights]
    assert any("phải nêu rõ lý do" in words for words in marked)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("khoản 2 Điều 6 phạt nuôi gà thả rông mấy triệu đồng", "khoản 2 Điều 6"),
        ("theo điểm c khoản 3 điều 6 thì mỗi tổ dân phố được mấy cây cảnh", "điểm c khoản 3"),
        ("Điều 7 cho thuê nhà trọ phải đăng ký tạm trú trong mấy ngày", "Điều 7"),
    ],
)
def test_a_cited_place_that_does_not_answer_is_offered_only(
    parts: Assembly, question: str, place: str
) -> None:
    answer = parts.chatbot.ask(question)
    assert answer.status is AnswerStatus.NOT_FOUND
    assert answer.message.startswith(f"Không thấy trong {place}")
    assert answer.alternatives[0].citation.startswith(place)


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    ["khoản 4 hợp đồng thuê nhà của tôi ghi gì", "được hưởng khoản 4 triệu trợ cấp không"],
)
def test_a_lone_citation_of_something_else_is_not_looked_up(parts: Assembly, question: str) -> None:
    assert parts.chatbot.ask(question).answer is None


def test_a_follow_up_is_read_in_the_place_last_answered(librarian: Chatbot) -> None:
    last = Turn("khoản 2 Điều 6", "137-2024-nd-cp", "dieu-6.khoan-2")
    answer = librarian.ask("còn điểm b thì sao?", [last])
    assert answer.answer is not None
    assert answer.answer.citation == "điểm b khoản 2 Điều 6 Nghị định 137/2024/NĐ-CP"


@pytest.mark.parametrize(
    ("question", "place", "found"),
    [
        ("khoản trước nói gì", "dieu-6.khoan-4", "dieu-6.khoan-3"),
        ("còn khoản cuối thì sao", "dieu-6.khoan-2.diem-a", "dieu-6.khoan-4"),
        ("điểm đầu tiên", "dieu-6.khoan-3", "dieu-6.khoan-3.diem-a"),
        ("khoản tiếp theo", "dieu-6.khoan-1", "dieu-6.khoan-2"),
        ("điểm liền sau thì sao", "dieu-6.khoan-3.diem-d", "dieu-6.khoan-3.diem-dd"),
        ("điều kế tiếp quy định gì", "dieu-6.khoan-2", "dieu-7"),
    ],
)
def test_the_provision_before_or_behind_is_found_from_the_place_last_answered(
    librarian: Chatbot, question: str, place: str, found: str
) -> None:
    answer = librarian.ask(question, [Turn("khoản 2 Điều 6", "137-2024-nd-cp", place)])
    assert answer.answer is not None
    assert answer.answer.url.endswith("#" + found)


@pytest.mark.parametrize(
    ("question", "place", "found"),
    [
        ("còn b?", "dieu-6.khoan-2", "dieu-6.khoan-2.diem-b"),
        ("còn 4?", "dieu-6.khoan-3.diem-a", "dieu-6.khoan-4"),
        ("tiếp", "dieu-6.khoan-2", "dieu-6.khoan-3"),
        ("tiếp", "dieu-6.khoan-3.diem-d", "dieu-6.khoan-3.diem-dd"),
        ("tiếp luôn", "dieu-6", "dieu-7"),
    ],
)
def test_a_bare_label_or_step_is_quoted_whole_from_the_place_last_answered(
    librarian: Chatbot, question: str, place: str, found: str
) -> None:
    answer = librarian.ask(question, [Turn("khoản 2 Điều 6", SHIPPED, place)]).answer
    assert answer is not None
    assert answer.url.endswith("#" + found)
    assert answer.highlights == ((0, len(answer.quote)),)


def test_a_label_that_the_place_last_answered_lacks_is_said_to_be_missing(
    librarian: Chatbot,
) -> None:
    answer = librarian.ask("còn h?", [Turn("khoản 3 Điều 6", SHIPPED, "dieu-6.khoan-3")])
    assert answer.status is AnswerStatus.NOT_FOUND
    assert answer.message.startswith("Không có điểm h khoản 3 Điều 6")


@pytest.mark.model
@pytest.mark.parametrize("thanks", ["cảm ơn nhé", "ok cảm ơn bạn", "cam on nhe"])
def test_thanks_in_a_conversation_are_answered_with_no_quotation(
    parts: Assembly, thanks: str
) -> None:
    last = Turn("Tỉnh làm kế hoạch mấy năm", SHIPPED, "dieu-6.khoan-2")
    answer = parts.chatbot.ask(thanks, [last])
    assert answer.status is AnswerStatus.NOT_FOUND
    assert answer.message == VIETNAMESE.said_in_passing
    assert (answer.answer, answer.alternatives) == (None, ())


@pytest.mark.model
@pytest.mark.parametrize("question", ["khoản mấy đó", "dieu nao vay", "cho xem nguyên văn"])
def test_who_asks_again_gets_the_provision_last_answered_whole(
    parts: Assembly, question: str
) -> None:
    history = [
        Turn("hồ sơ mật thì theo luật nào", SHIPPED, "dieu-6.khoan-1"),
        Turn("Tỉnh làm kế hoạch mấy năm", SHIPPED, "dieu-6.khoan-2.diem-a"),
        Turn("phạt bao nhiêu tiền"),
    ]
    answer = parts.chatbot.ask(question, history).answer
    assert answer is not None
    assert answer.citation == "điểm a khoản 2 Điều 6 Nghị định 137/2024/NĐ-CP"
    assert answer.highlights == ((0, len(answer.quote)),)


@pytest.mark.model
def test_what_is_likely_about_the_place_last_answered_is_answered_from_it(
    parts: Assembly,
) -> None:
    question = "thanh tra đột xuất qua mạng"
    decision = parts.chatbot.searcher.search(question).decision
    assert not decision.answer
    assert decision.chance >= CITED_CHANCE
    assert parts.chatbot.ask(question).status is AnswerStatus.NOT_FOUND
    elsewhere = [Turn("khoản 1 Điều 7", SHIPPED, "dieu-7.khoan-1")]
    assert parts.chatbot.ask(question, elsewhere).status is AnswerStatus.NOT_FOUND
    there = parts.chatbot.ask(question, [Turn("khoản 1 Điều 6", SHIPPED, "dieu-6.khoan-1")])
    assert there.answer is not None
    assert there.answer.url.endswith("#dieu-6.khoan-1")
    assert there.understood_as is None


@pytest.mark.model
def test_what_is_unlikely_about_the_place_last_answered_is_not(parts: Assembly) -> None:
    question = "giấy tờ photo nộp mạng"
    found = parts.chatbot.searcher.search(question)
    assert found.decision.chance < CITED_CHANCE
    assert found.clauses[0].provision_id == "dieu-7.khoan-1"
    there = [Turn("khoản 1 Điều 7", SHIPPED, "dieu-7.khoan-1")]
    assert parts.chatbot.ask(question, there).status is AnswerStatus.NOT_FOUND


@pytest.mark.model
def test_a_point_last_answered_is_a_part_of_what_its_clause_answers(parts: Assembly) -> None:
    last = Turn("điểm c khoản 3 Điều 6", SHIPPED, "dieu-6.khoan-3.diem-c")
    answer = parts.chatbot.ask("độ ổn định thì sao", [last])
    assert answer.answer is not None
    assert answer.answer.url.endswith("#dieu-6.khoan-3")
    assert answer.understood_as is None


@pytest.mark.model
@pytest.mark.parametrize(("question", "_citation"), SOURCE_QUESTIONS)
def test_a_new_question_is_answered_as_if_nothing_had_been_asked_before(
    parts: Assembly, question: str, _citation: str
) -> None:
    history = [
        Turn("hồ sơ mật thì theo luật nào", SHIPPED, "dieu-6.khoan-1"),
        Turn("phạt bao nhiêu tiền khi vượt đèn đỏ"),
    ]
    assert parts.chatbot.ask(question, history) == parts.chatbot.ask(question)


GONE = [
    Turn("thả diều mấy giờ", "999-2099-nd-cp", "dieu-6.khoan-2"),
    Turn("thả diều mấy giờ", SHIPPED, "dieu-99"),  # the document was replaced
]


@pytest.mark.model
@pytest.mark.parametrize("gone", GONE)
@pytest.mark.parametrize("question", ["cảm ơn nhé", "khoản mấy đó", "thế thì sao"])
def test_an_answer_that_is_no_longer_loaded_counts_as_none(
    parts: Assembly, question: str, gone: Turn
) -> None:
    unanswered = parts.chatbot.ask(question, [Turn(gone.question)])
    assert parts.chatbot.ask(question, [gone]) == unanswered
    assert unanswered.status is AnswerStatus.NOT_FOUND


@pytest.mark.parametrize("gone", GONE)
def test_behind_an_answer_that_is_gone_the_one_before_it_counts(
    librarian: Chatbot, gone: Turn
) -> None:
    history = [Turn("khoản 2 Điều 6", SHIPPED, "dieu-6.khoan-2"), gone]
    answer = librarian.ask("còn b?", history).answer
    assert answer is not None
    assert answer.url.endswith("#dieu-6.khoan-2.diem-b")


@pytest.mark.model
@pytest.mark.parametrize("history", [[], [Turn("phạt vượt đèn đỏ bao nhiêu")]])
def test_thanks_are_no_question_even_without_an_answer_before(
    parts: Assembly, history: list[Turn]
) -> None:
    answer = parts.chatbot.ask("cảm ơn bạn nhiều nhé", history)
    assert answer.status is AnswerStatus.NOT_FOUND
    assert answer.message == VIETNAMESE.said_in_passing
    assert answer.alternatives == ()


@pytest.mark.parametrize(
    ("question", "error"),
    [("", InputError), ("  \n", InputError), ("a\x00", TextError), ("\ud800", TextError)],
)
def test_what_is_no_question_is_refused(
    librarian: Chatbot, question: str, error: type[InputError]
) -> None:
    with pytest.raises(error):
        librarian.ask(question)


def test_a_broken_index_is_unavailable_not_nothing_found() -> None:
    def broken() -> ClauseIndex:
        raise StoredIndexError("broken")

    answer = Chatbot(shipped_library(), broken).ask("ai lập kế hoạch?")
    assert answer.status is AnswerStatus.UNAVAILABLE
    assert issubclass(StoredIndexError, UnavailableError)


def test_nfd_and_html_are_text(librarian: Chatbot, tmp_path: Path) -> None:
    import unicodedata

    answer = librarian.ask(unicodedata.normalize("NFD", "khoản 3 Điều 6 <b>nói</b> gì"))
    assert answer.answer is not None


@pytest.mark.model
def test_a_document_chosen_hides_what_was_answered_in_another(parts: Assembly) -> None:
    other = Turn("thả diều mấy giờ", "999-2099-nd-cp", "dieu-2.khoan-1")
    shipped = next(iter(parts.chatbot.library.documents))
    asked = parts.chatbot.ask("khoản cuối", [other], document_id=shipped)
    assert asked == parts.chatbot.ask("khoản cuối", [Turn(other.question)], document_id=shipped)


@pytest.mark.model
def test_what_leads_to_clauses_is_answered_with_its_article_and_the_heading_unmarked(
    parts: Assembly,
) -> None:
    text = (
        "Điều 1. Mượn diều\nNgười mượn diều phải trả trong 05 ngày. Diều được mượn ở:\n"
        "1. Công viên;\n2. Trường học.\nĐiều 2. Bán diều\n1. Không bán diều rách.\n"
    )
    library = build_library([parse(text, Metadata(number="999/2099/NĐ-CP", kind="Nghị định"))])
    index = ClauseIndex.build(library.clauses, parts.chatbot.searcher.index().encoder)
    answer = Chatbot(library, lambda: index).ask("mượn diều phải trả trong mấy ngày?").answer
    assert answer is not None
    assert answer.citation == "Điều 1 Nghị định 999/2099/NĐ-CP"
    assert answer.quote == text[: text.index("\nĐiều 2")]
    marked = [answer.quote[start:end] for start, end in answer.highlights]
    assert marked == ["Người mượn diều phải trả trong 05 ngày."]


@pytest.mark.model
@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("Trừ trường hợp quy định tại Điều 3 thì được thả diều từ mấy giờ?", "dieu-2.khoan-1"),
        ("Theo quy định tại Điều 3 thì dây dài tối đa mấy mét?", "dieu-3.khoan-2"),
    ],
)
def test_a_place_in_passing_gives_way_to_what_answers(
    parts: Assembly, kites: Document, asked: str, place: str
) -> None:
    library = build_library([kites])
    index = ClauseIndex.build(library.clauses, parts.chatbot.searcher.index().encoder)
    answer = Chatbot(library, lambda: index).ask(asked).answer
    assert answer is not None
    assert answer.url.endswith(f"#{place}")


@pytest.fixture(scope="module")
def kite_flyer(parts: Assembly, kites: Document) -> Chatbot:
    """Answers from the fictitious decree alone."""
    library = build_library([kites])
    index = ClauseIndex.build(library.clauses, parts.chatbot.searcher.index().encoder)
    return Chatbot(library, lambda: index)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "citation"),
    [
        ("Nghị định này nói về cái gì vậy?", "Điều 1 Nghị định 999/2099/NĐ-CP"),
        ("nghi dinh 999 co hieu luc tu ngay nao", "Điều 9 Nghị định 999/2099/NĐ-CP"),
    ],
)
def test_what_a_document_says_of_itself_is_quoted(
    kite_flyer: Chatbot, question: str, citation: str
) -> None:
    answer = kite_flyer.ask(question).answer
    assert answer is not None
    assert answer.citation == citation


@pytest.mark.model
def test_what_a_document_leaves_out_about_itself_is_said(parts: Assembly) -> None:
    answer = parts.chatbot.ask("nghị định này áp dụng cho ai?")
    assert answer.status is AnswerStatus.NOT_FOUND
    assert "đối tượng áp dụng" in answer.message
    assert "Điều 6. Chuyển đổi hoạt động của cơ quan nhà nước" in answer.message


@pytest.mark.model
def test_of_several_documents_one_has_to_be_named(parts: Assembly, kites: Document) -> None:
    library = build_library([*parts.library.documents.values(), kites])
    index = ClauseIndex.build(library.clauses, parts.chatbot.searcher.index().encoder)
    chatbot = Chatbot(library, lambda: index)
    asked = chatbot.ask("có hiệu lực từ khi nào")
    assert asked.message == VIETNAMESE.which_document
    assert [one.citation for one in asked.alternatives] == ["Điều 9 Nghị định 999/2099/NĐ-CP"]
    named = chatbot.ask("nghị định 999/2099 có hiệu lực từ khi nào").answer
    chosen = chatbot.ask("có hiệu lực từ khi nào", document_id=kites.id).answer
    assert named == chosen
    assert named is not None


@pytest.mark.model
def test_in_a_conversation_the_document_has_to_be_meant(kite_flyer: Chatbot) -> None:
    turn = Turn("được thả diều từ mấy giờ", "999-2099-nd-cp", "dieu-2.khoan-1")
    about = kite_flyer.ask("nghị định này có hiệu lực từ khi nào", [turn]).answer
    assert about is not None
    assert about.article == "9"
    further = kite_flyer.ask("áp dụng từ khi nào", [turn])
    assert further.message != VIETNAMESE.which_document


@pytest.mark.model
def test_who_asked_about_the_document_goes_on_about_it(kite_flyer: Chatbot) -> None:
    turn = Turn("nghị định này nói về cái gì", "999-2099-nd-cp", "dieu-1")
    further = kite_flyer.ask("có hiệu lực chưa", [turn]).answer
    assert further is not None
    assert further.article == "9"


@pytest.mark.model
def test_a_reading_keeps_the_name_that_the_search_leaves_out(kite_flyer: Chatbot) -> None:
    turn = Turn("được thả diều từ mấy giờ", "999-2099-nd-cp", "dieu-2.khoan-1")
    read = kite_flyer.ask("thế nghị định này nói dây dài mấy mét", [turn]).understood_as
    assert read is None or "nghị định này" in read
