from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.checking import check
from corpus.header import read_header
from corpus.library import shipped_library
from corpus.model import Metadata
from corpus.parsing import parse
from corpus.readers import read_source
from corpus.reading import SourceText

FACTS = Metadata(number="999/2099/NĐ-CP", kind="Nghị định", title="Nghị định về thả diều")
GOOD = """\
Điều 1. Phạm vi
Nghị định này quy định về thả diều.
Điều 2. Giờ thả diều
1. Từ 7 giờ.
2. Đến 19 giờ.
Điều 3. Hiệu lực
Từ ngày 01 tháng 02 năm 2099.
"""


def problems(text: str) -> tuple[str, ...]:
    return check(parse(text, FACTS)).problems


def test_an_unbroken_sequence_has_no_problem_and_is_counted() -> None:
    report = check(parse(GOOD, FACTS))
    assert report.problems == ()
    assert report.remarks == ()
    assert (report.counts["article"], report.counts["clause"], report.units) == (3, 2, 4)
    assert report.articles == "1-3 (3)"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Điều 3.", "Điều 5.", "Điều 2 is followed by Điều 5 (line 6); expected Điều 3"),
        ("Điều 1.", "Điều 2.", "the first article is Điều 2"),
        ("Điều 3.", "Điều 1.", 'line 6 "Điều 1. Hiệu lực" was not taken as an article'),
        ("Điều 3.", "Điều 2.", 'line 6 "Điều 2. Hiệu lực" was not taken as an article'),
        ("2. Đến", "4. Đến", 'Điều 2: behind khoản 1 comes line 5 "4. Đến 19 giờ."'),
        ("1. Từ", "3. Từ", "Điều 2: behind no khoản comes line 4"),
    ],
)
def test_jumps_and_repeats_are_named_with_their_line(old: str, new: str, said: str) -> None:
    assert any(problem.startswith(said) for problem in problems(GOOD.replace(old, new)))


def test_what_the_source_says_it_leaves_out_is_no_jump() -> None:
    text = GOOD.replace("Điều 3.", "\n...\nĐiều 7.")
    report = check(parse(text, FACTS))
    assert report.problems == ()
    assert any("leaves text out at line 7" in remark for remark in report.remarks)


def test_the_shipped_decree_has_no_problem() -> None:
    (document,) = shipped_library().documents.values()
    assert check(document).problems == ()


def test_misread_words_of_a_scan_are_shown_and_only_of_a_scan() -> None:
    text = GOOD.replace("thả diều.", "thả diềuu ờ cônng viên, UBND, xã Plei Kần, Plei, Plei.")
    document = parse(text, FACTS)
    source = SourceText(text, "a.pdf", "", "pdf", scanned=True, confidence=0.7, pages=2)
    report = check(document, source)
    assert set(report.doubtful_words) == {"diềuu", "cônng"}
    assert any("confidence 70%" in remark for remark in report.remarks)
    assert check(document).doubtful_words == ()


def test_a_document_called_after_its_file_says_so() -> None:
    facts = replace(read_header(GOOD, "van-ban"), source_name="van-ban.txt")
    remarks = check(parse(GOOD, facts)).remarks
    assert any("give --number" in remark for remark in remarks)
    assert any("give --title" in remark for remark in remarks)


def test_the_text_is_short_and_the_json_complete() -> None:
    broken = "".join(f"Điều {number}. Tên\nLời.\n" for number in range(1, 61, 3))
    report = check(parse(broken, FACTS))
    assert len(report.problems) == 19
    assert len(str(report).splitlines()) < 25
    value = json.loads(json.dumps(report.to_json()))
    assert len(value["problems"]) == 19
    assert value["metadata"]["number"] == "999/2099/NĐ-CP"


@pytest.mark.parametrize(
    "name", ["luat-20-2023-QH15.md", "luat-39-2019-QH14.md", "nd-224-2026.md", "nd-73-2019.docx"]
)
def test_real_documents_have_no_problem(shared: Path, name: str) -> None:
    source = read_source(shared / "data" / "documents" / name)
    assert check(parse(source.text, read_header(source.text, name)), source).problems == ()
