"""Makes files of every format from a fictitious document."""

from __future__ import annotations

import zipfile
from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LINES = (
    "Số: 999/2099/NĐ-CP",
    "NGHỊ ĐỊNH",
    "Quy định thử nghiệm",
    "Điều 1. Phạm vi điều chỉnh",
    "1. Nghị định này quy định việc thử nghiệm các đường ống dẫn nước mưa.",
    "2. Các trường hợp khác gồm:",
    "a) Ống dẫn đặt ngoài trời;",
    "đ) Ống dẫn đã cũ.",
    "Điều 2. Hiệu lực",
    "Nghị định này có hiệu lực từ ngày 01 tháng 01 năm 2099.",
)
TEXT = "\n".join(LINES) + "\n"


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """Return the XML of a Word paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def write_docx(path: Path, body: str, parts: dict[str, str] | None = None) -> Path:
    """Write a Word file with `body` as its document, and further parts by name."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        for name, xml in (parts or {}).items():
            archive.writestr(name, xml)
    return path
