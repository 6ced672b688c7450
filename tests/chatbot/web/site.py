"""A small site for tests: fictitious documents beside the shipped decree, and who answers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from chatbot.answers import Alternative, Answer, AnswerStatus, Quotation, Turn
from chatbot.asking import Chatbot
from chatbot.settings import Settings
from corpus.identifiers import permalink
from corpus.library import Library, shipped_library
from corpus.model import Document, Metadata, Status
from corpus.parsing import parse
from index.search import ClauseIndex
from tests.toys import ToyEncoder

ATTACK = '<script>window.attacked = true</script><img src=x onerror="window.attacked = true">'
FICTION = f"""Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về cầu vồng; xem thêm Điều 3 và Nghị định 137/2024/NĐ-CP.
Điều 2. Giải thích từ ngữ
Trong Nghị định này, các từ ngữ dưới đây được hiểu như sau:
1. Cầu vồng là dải màu trên trời sau cơn mưa.
2. Người ngắm cầu vồng là cá nhân nhìn lên trời.
Chương II
NGẮM CẦU VỒNG
Điều 3. Nghĩa vụ của người ngắm cầu vồng {ATTACK}
1. Người ngắm cầu vồng phải:
a) Đứng yên ít nhất 5 phút;
b) Không chỉ tay vào *cầu vồng* _hai lần_ {ATTACK};
đ) Thực hiện điểm a khoản này và khoản 2 Điều này.
- Trường hợp trời mưa thì mang ô.
2. Cơ quan khí tượng thông báo theo khoản 1 Điều 1 của Luật Cầu vồng và khoản 7 Điều 3.
Điều 4. Hiệu lực
Nghị định này có hiệu lực khi có cầu vồng.
Ở vùng núi, người dân được nghỉ sớm.
"""
FICTION_ID = "999-2099-nd-cp"


def fiction() -> Document:
    """Return a document of a made-up number with everything a page must be able to show."""
    facts = Metadata(
        number="999/2099/NĐ-CP",
        kind="Nghị định",
        title=f"Nghị định về ngắm cầu vồng {ATTACK}",
        issuer="Chính phủ",
        issued=date(2099, 1, 2),
        effective=date(2099, 3, 4),
        status=Status.NOT_YET,
        ocr=True,
        source_name="cau-vong.txt",
    )
    return parse(FICTION, facts)


def library() -> Library:
    """Return the shipped decree, with its example questions, and the fictitious document."""
    return shipped_library([fiction()])


def real_chatbot(shelf: Library) -> Chatbot:
    """Return the real chatbot over an index of a toy encoder."""
    index = ClauseIndex.build(shelf.clauses, ToyEncoder())
    return Chatbot(shelf, lambda: index)


def quoted(shelf: Library, document_id: str, provision: str) -> Answer:
    """Return an answer that quotes a provision, with every field a card shows."""
    clause = shelf.by_key[document_id, provision]
    return Answer(
        AnswerStatus.ANSWERED,
        "?",
        understood_as=f"hiểu là {ATTACK}",
        answer=Quotation(
            citation=f"khoản thử {ATTACK}",
            document="999/2099/NĐ-CP",
            document_id=document_id,
            article="3",
            clause="1",
            point=None,
            heading=clause.heading,
            quote=clause.quote,
            highlights=((3, 12),),
            complete=False,
            url=permalink(document_id, provision),
        ),
        alternatives=(Alternative(f"khác {ATTACK}", clause.quote, permalink(document_id)),),
        suggestions=(f"gợi ý {ATTACK}",),
    )


@dataclass
class Scripted:
    """Answers from a script where it has one, else as the real chatbot does."""

    real: Chatbot
    script: dict[str, Callable[[], Answer]] = field(default_factory=dict)
    asked: list[tuple[str, tuple[Turn, ...], str | None]] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    @property
    def library(self) -> Library:
        return self.real.library

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        document_id: str | None = None,
        as_typed: bool = False,
    ) -> Answer:
        self.asked.append((question, tuple(history), document_id))
        self.gate.wait(20)
        if question in self.script:
            return self.script[question]()
        return self.real.ask(question, history, document_id=document_id, as_typed=as_typed)


def broken() -> Answer:
    raise RuntimeError("a part broke in a way nobody foresaw")


def scripted() -> Scripted:
    """Return someone to ask who also knows attacks, failures and refusals by heart."""
    shelf = library()
    return Scripted(
        real_chatbot(shelf),
        {
            "tấn công": lambda: quoted(shelf, FICTION_ID, "dieu-3.khoan-1"),
            "hỏng": broken,
            "không sẵn sàng": lambda: Answer(AnswerStatus.UNAVAILABLE, "không sẵn sàng"),
            "không có": lambda: Answer(
                AnswerStatus.NOT_FOUND, "không có", message=f"Không có quy định. {ATTACK}"
            ),
        },
    )


SETTINGS = Settings(max_question_chars=300, max_history=3)
