"""The numbers Word writes before paragraphs by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml.etree import _Element as Node

from corpus.readers.numbering import MAX_NUMBER, Numbering, shape
from tests.corpus.readers.making import W


def node(xml: str) -> Node:
    return etree.fromstring(xml)


def level(depth: int, how: str, text: str, more: str = "", start: str = "1") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{how}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(
    levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> Node:
    return node(
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{nums}'
        "</w:numbering>"
    )


def item(depth: int | None = 0, number: str = "1", style: str = "") -> Node:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    placed = (
        ""
        if depth is None
        else f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    )
    return node(f"<w:p {W}><w:pPr>{named}{placed}</w:pPr></w:p>")


def labels(numbering: Numbering, *paragraphs: Node) -> list[str]:
    return [numbering.next_label(paragraph) for paragraph in paragraphs]


LAW = (
    level(0, "upperRoman", "Chương %1")
    + level(1, "decimal", "Điều %2.")
    + level(2, "decimal", "%3.")
    + level(3, "lowerLetter", "%4)")
    + level(4, "decimal", "%3.%5")
)


def test_deeper_levels_begin_again_behind_a_higher_one() -> None:
    depths = (0, 1, 2, 2, 3, 3, 4, 1, 2, 0, 1, 2)
    assert labels(Numbering(lists(LAW), None), *map(item, depths)) == [
        "Chương I", "Điều 1.", "1.", "2.", "a)", "b)", "2.1", "Điều 2.", "1.", "Chương II",
        "Điều 1.", "1.",
    ]  # fmt: skip


def test_a_level_that_was_not_counted_shows_its_first_number() -> None:
    deep = level(0, "decimal", "%1.", start="3") + level(1, "decimal", "%1.%2")
    assert labels(Numbering(lists(deep), None), item(1), item(1)) == ["3.1", "3.2"]


def test_lists_of_one_look_count_on_unless_they_say_where_to_begin() -> None:
    nums = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/>{start}</w:num>'
        for number, start in (
            ("1", ""),
            ("2", ""),
            ("3", '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'),
        )
    )
    numbering = Numbering(lists(level(0, "decimal", "%1."), nums), None)
    found = labels(numbering, *(item(0, number) for number in ("1", "2", "3", "3", "1")))
    assert found == ["1.", "2.", "7.", "8.", "9."]


@pytest.mark.parametrize(
    ("how", "text", "label"),
    [
        ("bullet", "\uf0b7", "-"),
        ("none", "%1.", ""),
        ("decimal", "", ""),
        ("decimal", "Điều %1:", "Điều 1:"),
        ("decimalZero", "%1", "01"),
        ("chicago", "%1", "1"),
    ],
)
def test_ways_to_number(how: str, text: str, label: str) -> None:
    assert labels(Numbering(lists(level(0, how, text)), None), item()) == [label]


@pytest.mark.parametrize(
    "paragraph",
    [
        node(f"<w:p {W}/>"),
        item(None),
        item(0, "0"),  # Word's way to take a number away
        item(0, "99"),
        item(8),
        item(9),
        item(-1),
        item(None, style="Lạ"),
    ],
)
def test_a_paragraph_outside_the_lists_has_no_label_and_is_not_counted(paragraph: Node) -> None:
    numbering = Numbering(lists(level(0, "decimal", "%1.")), None)
    assert labels(numbering, item(), paragraph, item()) == ["1.", "", "2."]


def test_a_document_without_lists_has_no_labels() -> None:
    assert labels(Numbering(None, None), item(), item(None)) == ["", ""]


def styles(*rows: tuple[str, str, str]) -> Node:
    """Return styles given as name, the one they are based on, and properties."""
    return node(
        f"<w:styles {W}>"
        + "".join(
            f'<w:style w:styleId="{name}"><w:basedOn w:val="{base}"/><w:pPr>{facts}</w:pPr>'
            "</w:style>"
            for name, base, facts in rows
        )
        + "</w:styles>"
    )


NUMBERED = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'


def test_a_style_gives_its_number_to_the_styles_based_on_it() -> None:
    found = styles(("Con", "Giữa", ""), ("Giữa", "Điều", ""), ("Điều", "", NUMBERED))
    numbering = Numbering(lists(LAW), found)
    assert labels(numbering, item(None, style="Điều"), item(None, style="Con")) == [
        "Điều 1.",
        "Điều 2.",
    ]


def test_a_level_of_a_list_may_name_its_style() -> None:
    named = level(0, "decimal", "Điều %1.", '<w:pStyle w:val="Điều"/>')
    assert labels(Numbering(lists(named), None), item(None, style="Điều")) == ["Điều 1."]


def test_the_number_of_the_paragraph_goes_before_that_of_its_style() -> None:
    numbering = Numbering(lists(LAW), styles(("Điều", "", NUMBERED)))
    assert labels(numbering, item(2, style="Điều"), item(0, "0", style="Điều")) == ["1.", ""]


def test_styles_based_on_one_another_in_a_circle_have_no_number() -> None:
    numbering = Numbering(lists(LAW), styles(("A", "B", ""), ("B", "A", "")))
    assert labels(numbering, item(None, style="A")) == [""]


@pytest.mark.parametrize(
    ("value", "how", "text"),
    [
        (1, "lowerLetter", "a"),
        (28, "lowerLetter", "bb"),
        (53, "upperLetter", "AAA"),
        (1999, "lowerRoman", "mcmxcix"),
        (MAX_NUMBER, "decimal", "9999"),
        (MAX_NUMBER + 1, "lowerLetter", "10000"),
        (0, "upperRoman", "0"),
        (-3, "lowerLetter", "-3"),
        (7, "decimalZero", "07"),
        (12, "decimalZero", "12"),
        (12, "", "12"),
    ],
)
def test_numbers_in_every_shape(value: int, how: str, text: str) -> None:
    assert shape(value, how) == text


@given(st.integers(1, MAX_NUMBER), st.integers(1, MAX_NUMBER))
def test_no_two_numbers_look_alike(one: int, two: int) -> None:
    for how in ("lowerLetter", "upperRoman", "decimal", "decimalZero"):
        assert (shape(one, how) == shape(two, how)) is (one == two)
