"""What is asked of a document as a whole, told by the real encoder, and what answers it."""

from __future__ import annotations

import pytest

from chatbot.aspects import Aspect, aspect_of, provision_on, tells
from corpus.library import shipped_library
from corpus.model import Document, Metadata
from corpus.parsing import parse
from index.types import Encoder

JOINT = """\
Điều 1. Phạm vi điều chỉnh, đối tượng áp dụng
1. Quy chế này quy định việc thả diều.
2. Quy chế này áp dụng đối với người thả diều.
Điều 2. Thay thế
1. Các quy chế khác hết hiệu lực từ ngày Quy chế này có hiệu lực.
2. Quy chế này có hiệu lực từ ngày 01 tháng 02 năm 2099.
"""
BARE = """\
Điều 1. Quyết định này quy định việc thả diều.
Điều 2. Quyết định này có hiệu lực từ ngày ký.
"""


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("nó nói đại khái về cái gì", Aspect.SCOPE),
        ("phạm vi điều chỉnh ra sao", Aspect.SCOPE),
        ("ai phải làm theo đây", Aspect.ADDRESSEES),
        ("áp dụng cho những đối tượng nào", Aspect.ADDRESSEES),
        ("từ ngày nào thì có hiệu lực", Aspect.EFFECT),
        ("chừng nào bắt đầu áp dụng", Aspect.EFFECT),
    ],
)
def test_what_is_asked_of_a_document(question: str, aspect: Aspect, encoder: Encoder) -> None:
    assert aspect_of(question, encoder, is_named=False) is aspect


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    [
        "hợp đồng mua nhà có hiệu lực từ khi nào",
        "thuế này áp dụng cho ai",
        "diều được bay trong phạm vi nào",
        "hết hiệu lực từ ngày nào",
        "ai ban hành",
        "cảm ơn nhé",
        "",
    ],
)
def test_a_topic_is_not_the_document(question: str, encoder: Encoder) -> None:
    assert aspect_of(question, encoder, is_named=True) is None


@pytest.mark.model
def test_where_the_document_is_named_a_part_of_the_question_may_ask(encoder: Encoder) -> None:
    asked = "áp dụng từ ngày nào vậy, em đang soạn tờ trình mua diều"
    assert aspect_of(asked, encoder, is_named=True) is Aspect.EFFECT
    assert aspect_of(asked, encoder, is_named=False) is None


def parsed(text: str, kind: str) -> Document:
    return parse(text, Metadata(number="999/2099/QĐ-UBND", kind=kind))


@pytest.mark.parametrize(
    ("text", "kind", "places"),
    [
        (JOINT, "Quyết định", ("dieu-1.khoan-1", "dieu-1.khoan-2", "dieu-2.khoan-2")),
        (BARE, "Quyết định", ("dieu-1", None, "dieu-2")),
        ("Điều 1. Diều\n1. Cấm thả diều.\n", "Quyết định", (None, None, None)),
        (
            "Điều 1. Phạm vi áp dụng giá vé\n1. Cả nước.\n"
            "Điều 2. Đối tượng áp dụng giá vé\nTrẻ em.\n",
            "Quyết định",
            (None, None, None),
        ),
    ],
)
def test_the_provision_that_says_it(text: str, kind: str, places: tuple[str | None, ...]) -> None:
    document = parsed(text, kind)
    found = [provision_on(document, aspect) for aspect in Aspect]
    assert tuple(one.id if one else None for one in found) == places


def test_an_article_with_this_heading_alone_says_it_whole(kites: Document) -> None:
    scope, effect = (provision_on(kites, one) for one in (Aspect.SCOPE, Aspect.EFFECT))
    assert (scope and scope.id, effect and effect.id) == ("dieu-1", "dieu-9")
    assert [one.id for one in kites.walk() if tells(kites, one)] == ["dieu-1", "dieu-9"]


def test_the_shipped_decree_leaves_it_out() -> None:
    (decree,) = shipped_library().documents.values()
    assert [provision_on(decree, aspect) for aspect in Aspect] == [None, None, None]
