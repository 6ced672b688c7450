from __future__ import annotations

from pathlib import Path

from corpus.readers.docx import read_docx
from corpus.readers.numbering import shape
from tests.corpus.readers.making import W, paragraph, write_docx


def level(depth: int, how: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{how}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="0">
{level(0, "decimal", "Điều %1.")}{level(1, "decimal", "%2.")}{level(2, "lowerLetter", "%3)")}
</w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="8"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""
STYLES = f"""<w:styles {W}>
<w:style w:styleId="Dieu"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="DieuCon"><w:basedOn w:val="Dieu"/></w:style></w:styles>"""


def read(tmp_path: Path, body: str, parts: dict[str, str] | None = None) -> list[str]:
    return read_docx(write_docx(tmp_path / "x.docx", body, parts), "x").text.split("\n")[:-1]


def place(level: int, number: int = 7) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def test_automatic_numbers_are_written_out(tmp_path: Path) -> None:
    body = (
        paragraph("Phạm vi", '<w:pStyle w:val="DieuCon"/>')
        + paragraph("Một", place(1))
        + paragraph("Hai:", place(1))
        + paragraph("A", place(2))
        + paragraph("B", place(2))
        + paragraph("Đối tượng", place(0))
        + paragraph("Lại một", place(1))
        + paragraph("Năm", place(1, 8))
        + paragraph("Không số", place(1, 0))
    )
    parts = {"word/numbering.xml": NUMBERING, "word/styles.xml": STYLES}
    assert read(tmp_path, body, parts) == [
        "Điều 1. Phạm vi", "1. Một", "2. Hai:", "a) A", "b) B", "Điều 2. Đối tượng", "1. Lại một",
        "5. Năm", "Không số",
    ]  # fmt: skip


def test_shapes_of_numbers() -> None:
    assert [shape(n, "lowerLetter") for n in (1, 26, 27)] == ["a", "z", "aa"]
    assert [shape(n, "upperRoman") for n in (4, 9, 49)] == ["IV", "IX", "XLIX"]


def test_tables_footnotes_and_text_boxes(tmp_path: Path) -> None:
    cell = "<w:tc>{}</w:tc>".format
    table = (
        f"<w:tbl><w:tr>{cell(paragraph('Số'))}{cell(paragraph('Tên'))}</w:tr>"
        f"<w:tr>{cell(paragraph('1'))}{cell(paragraph('Ống') + paragraph('dài'))}</w:tr></w:tbl>"
    )
    letterhead = (
        f"<w:tbl><w:tr>{cell(paragraph('BỘ X'))}"
        f"{cell(paragraph('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'))}</w:tr></w:tbl>"
    )
    noted = '<w:p><w:r><w:t>Điều 1. A</w:t><w:footnoteReference w:id="4"/></w:r></w:p>'
    inner = f"<w:txbxContent>{paragraph('Trong khung')}</w:txbxContent>"
    boxed = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
        f'markup-compatibility/2006"><mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}'
        "</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>Ngoài khung</w:t></w:r></w:p>"
    )
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="4">{paragraph("Chú thích")}</w:footnote></w:footnotes>'
    )
    found = read(tmp_path, letterhead + noted + table + boxed, {"word/footnotes.xml": notes})
    assert found == [
        "BỘ X", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Điều 1. A[1]", "| Số | Tên |",
        "| 1 | Ống dài |", "Ngoài khung", "Trong khung", "[1] Chú thích",
    ]  # fmt: skip


def test_what_word_does_not_show_is_not_read(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>Còn</w:t></w:r><w:del><w:r><w:delText>xoá</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
        "<w:ins><w:r><w:t> thêm</w:t></w:r></w:ins></w:p>"
    )
    assert read(tmp_path, body) == ["Còn thêm"]


def test_fonts_that_hide_vietnamese_are_undone(tmp_path: Path) -> None:
    body = (
        paragraph("§iÒu 1. Ph¹m vi", run='<w:rFonts w:ascii=".VnTime"/>')
        + paragraph("nghÞ ®Þnh", run='<w:rFonts w:ascii=".VnTimeH"/>')
        + paragraph("Ñieàu 2", run='<w:rFonts w:ascii="VNI-Times"/>')
    )
    assert read(tmp_path, body) == ["Điều 1. Phạm vi", "NGHỊ ĐỊNH", "Điều 2"]
