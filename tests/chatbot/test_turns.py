"""What a message in a conversation wants, told by the real encoder."""

from __future__ import annotations

from collections import Counter

import pytest

from chatbot.turns import Wish, example_messages, wish_of
from corpus.text import fold, syllables
from index.types import Encoder


def wish(message: str, encoder: Encoder) -> Wish:
    return wish_of(message, encoder.encode_queries([message])[0], encoder)


@pytest.mark.model
@pytest.mark.parametrize(
    "message", ["cảm ơn bạn nhiều lắm nhé", "ok cảm ơn", "hay quá, cảm ơn", "thôi chào nhé"]
)
def test_thanks_and_farewell_want_nothing(message: str, encoder: Encoder) -> None:
    assert wish(message, encoder) is Wish.NOTHING


@pytest.mark.model
@pytest.mark.parametrize(
    "message",
    [
        "khoản mấy đó",
        "nó ở khoản mấy thế",
        "cho xem lại nguyên văn với",
        "nói lại xem nào",
        "căn cứ điều mấy",
    ],
)
def test_who_wants_the_place_or_its_words_wants_the_last_again(
    message: str, encoder: Encoder
) -> None:
    assert wish(message, encoder) is Wish.AGAIN


@pytest.mark.model
@pytest.mark.parametrize(
    "message",
    ["rồi ai duyệt", "thế ai phải lập", "có bị phạt tiền không", "trễ hạn thì ai chịu trách nhiệm"],
)
def test_a_question_of_its_own_asks_something_further(message: str, encoder: Encoder) -> None:
    assert wish(message, encoder) is Wish.FURTHER


@pytest.mark.model
@pytest.mark.parametrize(
    "message", ["con mèo trèo cây cau", "7 x 8 = 56", "thủ đô nước Pháp", "hệ thống thông tin"]
)
def test_a_message_like_none_of_the_examples_asks_something_further(
    message: str, encoder: Encoder
) -> None:
    assert wish(message, encoder) is Wish.FURTHER


@pytest.mark.parametrize("kind", list(Wish))
def test_every_kind_has_examples(kind: Wish) -> None:
    assert len(kind.examples()) >= 100


def test_the_messages_are_the_examples_of_all_kinds() -> None:
    assert sorted(example_messages()) == sorted(line for kind in Wish for line in kind.examples())


def test_no_example_stands_twice_within_a_kind_or_across_them() -> None:
    said = Counter(" ".join(syllables(fold(line))) for line in example_messages())
    assert [line for line, times in said.items() if times > 1] == []
    assert "" not in said
