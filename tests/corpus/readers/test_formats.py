from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corpus.errors import TextError
from corpus.readers import read_source
from corpus.readers.formats import is_markdown, sniff
from tests.corpus.readers.making import LINES, TEXT, paragraph, write_docx

HTML = "<!DOCTYPE html><html><body>" + "".join(f"<p>{line}</p>" for line in LINES)


@pytest.mark.parametrize("suffix", [".txt", ".pdf", ".docx", ""])
def test_content_decides_not_the_extension(tmp_path: Path, suffix: str) -> None:
    page, word = tmp_path / f"page{suffix}", tmp_path / f"word{suffix}"
    page.write_text(HTML, "utf-8")
    write_docx(word, "".join(map(paragraph, LINES)))
    read = {path.name[:4]: read_source(path) for path in (page, word)}
    assert {name: source.format for name, source in read.items()} == {
        "page": "html",
        "word": "docx",
    }
    assert read["page"].text == read["word"].text == TEXT


def test_markdown_is_told_from_text_by_its_marks(tmp_path: Path) -> None:
    assert is_markdown("**Điều 1.** A")
    assert not is_markdown(TEXT)
    path = tmp_path / "x.txt"
    path.write_text("# Điều 1. A\n\n|Số|Tên|\n|---|---|\n|1|Ống|\n", "utf-8")
    source = read_source(path)
    assert (source.format, source.text) == ("md", "Điều 1. A\n\n| Số | Tên |\n| 1 | Ống |\n")


def test_a_row_of_markdown_may_go_over_several_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    rows = "|Số|Tên \\\n\\\nống|\n|---|---|\n|1|**Ống**|\n"
    path.write_text(f"# Điều 1. A\n\n{rows}\n| không phải hàng \\\nĐiều 2. B\n", "utf-8")
    assert read_source(path).text.splitlines() == [
        "Điều 1. A", "", "| Số | Tên ống |", "| 1 | Ống |", "", "| không phải hàng \\", "Điều 2. B",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "words"), [(b"Rar!\x1a", "RAR"), (b"\x7fELF", "a program"), (b"\x1f\x8b", "gzip")]
)
def test_other_kinds_are_named(data: bytes, words: str) -> None:
    with pytest.raises(TextError, match=words):
        sniff(data, "x")


ARTICLES = {"luat-20-2023": 53, "nd-73-2019": 64, "nd-82-2023": 3, "nd-10-2023": 6,
            "qd-30-2021": 23, "tt-09-2022": 25}  # fmt: skip


@pytest.mark.parametrize("name", [
    "luat-20-2023-QH15.doc", "luat-20-2023-QH15.docx", "luat-20-2023-QH15.md", "nd-73-2019.doc",
    "nd-73-2019.docx", "nd-73-2019.pdf", "nd-82-2023.doc", "nd-82-2023.pdf", "nd-10-2023.doc",
    "nd-10-2023.html", "qd-30-2021-TTg.doc", "qd-30-2021-TTg.pdf", "tt-09-2022-BTTTT.doc",
    "tt-09-2022-BTTTT.docx",
])  # fmt: skip
def test_real_files_have_all_articles(shared: Path, name: str) -> None:
    from corpus.checking import check
    from corpus.header import read_header
    from corpus.model import Level
    from corpus.parsing import parse

    source = read_source(shared / "data" / "documents" / name)
    document = parse(source.text, read_header(source.text, name))
    labels = [node.label for node in document.walk() if node.level is Level.ARTICLE]
    wanted = next(count for start, count in ARTICLES.items() if name.startswith(start))
    assert labels == [str(number) for number in range(1, wanted + 1)]
    assert check(document).problems == ()
    assert (
        document.metadata.number.replace("/", "-")
        .lower()
        .startswith(name.split("-", 1)[1].split("-")[0])
    )


@pytest.mark.parametrize(
    ("one", "two", "apart"),
    [
        ("luat-20-2023-QH15.doc", "luat-20-2023-QH15.docx", 0),
        ("nd-73-2019.doc", "nd-73-2019.docx", 0),
        ("nd-73-2019.doc", "nd-73-2019.pdf", 1),
        ("nd-82-2023.doc", "nd-82-2023.pdf", 0),
        ("nd-10-2023.doc", "nd-10-2023.html", 0),
        ("luat-20-2023-QH15.docx", "luat-20-2023-QH15.md", 0),
        ("tt-09-2022-BTTTT.doc", "tt-09-2022-BTTTT.docx", 0),
        ("qd-30-2021-TTg.doc", "qd-30-2021-TTg.pdf", 2),  # two formulas set as fractions
    ],
)
def test_formats_of_one_document_agree(shared: Path, one: str, two: str, apart: int) -> None:
    from corpus.clauses import clauses_of
    from corpus.header import read_header
    from corpus.parsing import parse

    texts = []
    for name in (one, two):
        source = read_source(shared / "data" / "documents" / name)
        document = parse(source.text, read_header(source.text, name))
        texts.append({c.provision_id: " ".join(c.quote.split()) for c in clauses_of(document)})
    assert texts[0].keys() == texts[1].keys()
    assert sum(texts[0][key] != texts[1][key] for key in texts[0]) <= apart


def test_doc_without_a_program_that_reads_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.doc"
    path.write_bytes(b"{\\rtf1 Dieu 1. A\\par}")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(TextError, match="apt-get install catdoc"):
        read_source(path)


@pytest.mark.skipif(not shutil.which("catdoc"), reason="no catdoc on this machine")
def test_rtf_is_read_by_catdoc(tmp_path: Path) -> None:
    path = tmp_path / "x.doc"
    path.write_bytes(b"{\\rtf1\\ansi \\u272?i\\u7873?u 1. A\\par 1. B\\par}")
    assert read_source(path).text.split("\n")[:2] == ["Điều 1. A", "1. B"]
